"""What every Word document of a review needs of its tables."""

from collections.abc import Iterable, Sequence
from typing import Any


def plain(text: str) -> str:
    """Without the signs that no document can hold."""
    return "".join(each if each.isprintable() else " " for each in text)


def table(document: Any, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Add a table whose heading row is said to be one, on every page and to a screen reader."""
    made = document.add_table(rows=1, cols=len(head), style="Light Grid Accent 1")
    _fill(made.rows[0], head)
    _repeat(made.rows[0])
    for row in rows:
        _fill(made.add_row(), row)


def _fill(row: Any, texts: Sequence[str]) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        cell.text = plain(text)


def _repeat(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
