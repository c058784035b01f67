"""README.md of a package: what it is, for whoever opens it without this program."""

from firsthand.evidence.models import Review
from firsthand.evidence.package.tables import Resource

_TEXT = """\
# {title}

A whole scoping review as a Frictionless Data Package: tables in CSV (UTF-8, RFC 4180) that
`datapackage.json` describes, column by column. Any tool for data packages reads it, and Firsthand
makes a review of it again: `firsthand review import-package FILE.zip --as NAME`, or the page
*Bring a review in*.

| table | what stands in it |
|---|---|
{rows}

- Reviewers have numbers. Who they are stands nowhere in here. But people may have written names
  into notes, reasons and searches: read these before you give the package to anyone.
- Days, not times: when in the day someone worked is left out.
- What was decided on a record that still waits for another reviewer is left out, so that everyone
  stays blind. The imported files themselves are left out; every field of every record is here.
- The PDFs of reports are not in here: they belong to their publishers. pdfs.csv says by name, size
  and fingerprint (SHA-256) which were attached.
- A chart is here once as many people have finished it as its study needs. Labels, notes and places
  on the meeting list are here for records that all have decided.
- Abstracts may be under their publishers' copyright. Look before you publish records.csv.
- A spreadsheet may take a cell that begins with = for a formula. Bring the tables in as text.
"""


def readme(review: Review, resources: tuple[Resource, ...]) -> str:
    """Return the file."""
    rows = "\n".join(f"| {each.path} | {each.title} |" for each in resources)
    return _TEXT.format(title=" ".join(review.title.split()), rows=rows)
