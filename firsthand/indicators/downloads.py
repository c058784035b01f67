"""A published table as CSV (RFC 4180), with how it was made in the lines above it. Pure."""

import csv
import io
from datetime import date

from firsthand.indicators.sections import Section
from firsthand.indicators.words import method_note
from firsthand.methods.disclosure.suppress import SYMBOL


def as_csv(section: Section, made_on: date, threshold: int, address: str) -> str:
    """Lines that start with "#" say what the table is; then one line of headings, then the rows.

    A byte order mark goes first: spreadsheets then read the letters right.
    """
    out = io.StringIO()
    for line in (section.title, section.about, *method_note(made_on, threshold), address):
        # A comma would put the rest of a sentence in a cell of its own.
        out.write(f"# {line.replace(',', ';')}\r\n")
    lines = csv.writer(out)
    lines.writerow([section.heading, "Code", *section.columns])
    lines.writerows([row.label, row.code, *_cells(row.counts)] for row in section.rows)
    return "\ufeff" + out.getvalue()


def _cells(counts: tuple[int | None, ...]) -> list[str]:
    return [SYMBOL if count is None else str(count) for count in counts]
