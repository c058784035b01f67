"""Writes a published version to a file.

    firsthand model export 2027 --form pdf --output model-2027.pdf
    firsthand model export 2027 --form map.csv --output map.csv

Forms: jsonld, csv and pdf of any version; map.csv, beneath.csv, citation.cff, citation.bib and
citation.json of a version that was made on this site.
"""

import argparse
import hashlib
from pathlib import Path

from firsthand.config.reviewing import acting, tables
from firsthand.config.talk import Stop

HELP = "Write a published version to a file"
FORMS = ("jsonld", "csv", "pdf", "map.csv", "beneath.csv", "citation.cff", "citation.bib",
         "citation.json")  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument("version", metavar="VERSION", help="its short name, such as 2022")
    parser.add_argument("--form", choices=FORMS, default="jsonld", help="what to write")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="where to")
    acting.json_argument(parser)


def run(args: argparse.Namespace) -> None:
    """Write it."""
    with acting.site():
        content = _made(args.version, args.form)
    tables.keep(args.output, content)
    told = {"version": args.version, "form": args.form, "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest()}  # fmt: skip
    tables.tell(told, [f"{args.output.name}: {len(content):,} bytes"], args.json)


def _made(slug: str, form: str) -> bytes:
    from firsthand.harms import queries
    from firsthand.harms.views import downloads

    version = queries.version(slug)
    if version is None:
        raise Stop(f"There is no published version called {slug} here.")
    base = downloads.base(version)
    if form in downloads.FORMS:
        return downloads.FORMS[form][0](version, base)
    drafting = queries.drafting_of(version)
    if drafting is None:
        raise Stop(f"Version {slug} came in a file, so there is no {form} of it.")
    return downloads.FILES[form][0](drafting, base)
