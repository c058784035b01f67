"""Cells that no spreadsheet takes for a formula.

OWASP, "CSV injection": a cell that begins with one of these signs may be run when it is opened.
"""

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(cell: str) -> str:
    """Return a cell as text that is only read: risky ones with an apostrophe before them."""
    return f"'{cell}" if cell.startswith(RISKY) else cell


def bare(text: str) -> str:
    """Return a text without risky signs and spaces at its beginning."""
    return text.lstrip("".join(RISKY) + " ")
