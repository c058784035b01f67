"""A small Excel workbook (.xlsx): sheets of words, the first row frozen and bold.

Source: ECMA-376, part 1, section 18.3; part 2 (packages). Every cell is an inline text, so nothing
in it is ever run as a formula. The same rows give the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

Rows = Iterable[Sequence[object]]
LONGEST = 32_767  # characters that a cell may hold
_LONGEST_NAME = 31
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WHEN = (1980, 1, 1, 0, 0, 0)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="2"><fill/><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf fontId="1" applyFont="1" xfId="0"/></cellXfs>'
    "</styleSheet>"
)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def workbook(sheets: Sequence[tuple[str, Rows]]) -> bytes:
    """Return a workbook of named sheets. Names are shortened and told apart as Excel asks."""
    names = sheet_names([name for name, _ in sheets])
    parts = {
        "[Content_Types].xml": _types(len(names)), "_rels/.rels": _root(),
        "xl/workbook.xml": _book(names), "xl/_rels/workbook.xml.rels": _links(len(names)),
        "xl/styles.xml": _STYLES,
    }  # fmt: skip
    for number, (_, rows) in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(rows)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, _WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, _HEAD + text)
    return out.getvalue()


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Return names that Excel takes: 31 characters, none of []:*?/\\, none twice."""
    names: list[str] = []
    for each in wanted:
        name = (
            " ".join(re.sub(r"[\[\]:*?/\\']", " ", _text(each)).split())[:_LONGEST_NAME] or "Sheet"
        )
        number = 2
        while name.casefold() in {it.casefold() for it in names}:
            name = f"{name[: _LONGEST_NAME - 4].rstrip()} {number}"
            number += 1
        names.append(name)
    return names


def _sheet(rows: Rows) -> str:
    body = "".join(
        f'<row r="{number}">{_cells(row, number)}</row>' for number, row in enumerate(rows, start=1)
    )
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    return f'<worksheet xmlns="{_MAIN}">{view}<sheetData>{body}</sheetData></worksheet>'


def _cells(row: Sequence[object], number: int) -> str:
    style = ' s="1"' if number == 1 else ""
    return "".join(
        f'<c r="{_column(place)}{number}" t="inlineStr"{style}><is><t xml:space="preserve">'
        f"{escape(_text(str(cell))[:LONGEST])}</t></is></c>"
        for place, cell in enumerate(row)
    )


def _column(place: int) -> str:
    """Return the letters of a column, counted from 0: A, B, ... Z, AA."""
    letters, rest = "", place + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        letters = chr(65 + last) + letters
    return letters


def _text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _types(many: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{each}.xml" ContentType="{_KIND}.worksheet+xml"/>'
        for each in range(1, many + 1)
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>{sheets}</Types>'
    )


def _root() -> str:
    return _related([("officeDocument", "xl/workbook.xml")])


def _links(many: int) -> str:
    sheets = [("worksheet", f"worksheets/sheet{each}.xml") for each in range(1, many + 1)]
    return _related([*sheets, ("styles", "styles.xml")])


def _related(targets: Sequence[tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _book(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="r{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'
