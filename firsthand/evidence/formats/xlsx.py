"""The rows of the first sheet of an Excel file (.xlsx), one at a time.

Source: ECMA-376, part 1, sections 18.3 (sheets) and 18.4 (shared strings). Parsed by defusedxml; no
formula is worked out. Only shared texts are held, and no part that would unpack beyond all bounds.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import IO, BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from firsthand.evidence.formats.reference import Problem, Unreadable
from firsthand.evidence.formats.table import Row

LARGEST = 1 << 30  # bytes that one part may unpack to
_MOST_COLUMNS = 16_384  # Excel's own
_BROKEN = (zipfile.BadZipFile, ParseError, DefusedXmlException, EOFError, OSError, KeyError)


def rows(stream: BinaryIO) -> Iterator[Row | Problem]:
    """Yield each row's number and cells. `stream` can be sought in."""
    number = 0
    try:
        with zipfile.ZipFile(stream) as archive:
            shared = _shared(archive)
            with _part(archive, _first_sheet(archive)) as sheet:
                for number, cells in _rows(sheet, shared):
                    yield number, cells
    except _BROKEN as why:
        if not number:
            raise Unreadable("This Excel file is damaged. Save it again, or as CSV.") from why
        yield Problem(number, "The Excel file is damaged after this row.", "The rows up to here.")


def _part(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    if archive.getinfo(name).file_size > LARGEST:
        raise Unreadable("This Excel file is too large to unpack. Save it as CSV.")
    return archive.open(name)


def _first_sheet(archive: zipfile.ZipFile) -> str:
    sheets = [
        name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)
    ]
    if not sheets:
        raise Unreadable("This is no Excel file with a sheet in it (.xlsx).")
    return min(sheets, key=lambda name: (len(name), name))


def _shared(archive: zipfile.ZipFile) -> list[str]:
    """Return the texts that cells point to by number."""
    name = "xl/sharedStrings.xml"
    if name not in archive.namelist():
        return []
    found = []
    with _part(archive, name) as part:
        for node in _ended(part, "si"):
            found.append(_text(node))
            node.clear()
    return found


def _rows(sheet: IO[bytes], shared: list[str]) -> Iterator[Row]:
    for at, node in enumerate(_ended(sheet, "row"), 1):
        cells: list[str] = []
        for cell in node:
            place = _column(cell.get("r", ""), len(cells))
            cells += [""] * (place - len(cells))
            cells.append(_value(cell, shared))
        yield int(node.get("r", at)), cells
        node.clear()


def _ended(part: IO[bytes], name: str) -> Iterator[Element]:
    """Yield each element of a name when it is whole; what is done with is let go."""
    root = None
    for event, node in iterparse(part, events=("start", "end")):
        root = node if root is None else root
        if event == "end" and _bare(node) == name:
            yield node
        if event == "end" and name == "row" and _bare(node) == "sheetData":
            root.clear()


def _bare(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _column(place: str, following: int) -> int:
    """Return the column of "BC12", counted from 0."""
    letters = re.match("[A-Z]{1,3}", place)
    if not letters:
        return following
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - 64
    return max(following, min(number, _MOST_COLUMNS) - 1)


def _value(cell: Element, shared: list[str]) -> str:
    kind, value = cell.get("t", ""), ""
    for child in cell:
        if _bare(child) == "is":
            return _text(child)
        if _bare(child) == "v":
            value = child.text or ""
    if kind == "s":
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    return value[:-2] if re.fullmatch(r"\d+\.0", value) else value


def _text(node: Element) -> str:
    """Join the runs of a text, without what is said above it in small (phonetic runs)."""
    if _bare(node) == "rPh":
        return ""
    own = (node.text or "") if _bare(node) == "t" else ""
    return own + "".join(_text(child) for child in node)
