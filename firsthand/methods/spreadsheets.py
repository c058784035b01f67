"""Tables for spreadsheets, and cells that none of them takes for a formula.

OWASP, "CSV injection": a cell that begins with one of these signs may be run when it is opened.
RFC 4180 for the table itself.
"""

import csv
import io
from collections.abc import Iterable, Sequence

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(cell: str) -> str:
    """Return a cell as text that is only read: risky ones with an apostrophe before them."""
    return f"'{cell}" if cell.startswith(RISKY) else cell


def bare(text: str) -> str:
    """Return a text without risky signs and spaces at its beginning."""
    return text.lstrip("".join(RISKY) + " ")


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """Write rows, every text in them safe; a byte order mark says that it is UTF-8."""
    out = io.StringIO(newline="")
    safely = ([safe(it) if isinstance(it, str) else it for it in row] for row in rows)
    csv.writer(out).writerows(safely)
    return "\ufeff" + out.getvalue()
