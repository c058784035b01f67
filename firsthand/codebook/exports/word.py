"""A source with its codes as a Word document: lines below the words, codes as comments beside them.

ECMA-376, part 1: `w:u` draws a code's line in its pattern and colour, comments stand in the margin.
"""

from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_UNDERLINE
from docx.oxml.ns import qn

from firsthand.codebook.exports.pieces import Piece, lines
from firsthand.codebook.exports.seen import Seen, codes_of, for_xml
from firsthand.codebook.models import Code, Passage

_LINES = {  # of rules.PATTERNS
    "solid": WD_UNDERLINE.SINGLE,
    "double": WD_UNDERLINE.DOUBLE,
    "dotted": WD_UNDERLINE.DOTTED,
    "dashed": WD_UNDERLINE.DASH,
    "wavy": WD_UNDERLINE.WAVY,
    "thick": WD_UNDERLINE.THICK,
}


def write(seen: Seen) -> bytes:
    """Return the file."""
    made = docx.Document()
    made.core_properties.title = for_xml(seen.source.title)[:255]
    made.core_properties.author = ""
    made.add_heading(for_xml(seen.source.title), level=1)
    runs: dict[object, list[Any]] = {}
    for line in lines(for_xml(seen.source.text), seen.passages):
        paragraph = made.add_paragraph()
        for piece in line:
            _add(paragraph, piece, runs, seen)
    for passage in seen.passages:
        if passage.id in runs:
            _comment(made, seen, passage, runs[passage.id])
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _add(paragraph: Any, piece: Piece[Passage], runs: dict[object, list[Any]], seen: Seen) -> None:
    run = paragraph.add_run(piece.text)
    codes = sorted({code for each in piece.on for code in codes_of(each)}, key=_by_number)
    if codes:
        run.font.underline = _LINES[codes[0].pattern]
        run._element.rPr.find(qn("w:u")).set(qn("w:color"), codes[0].colour.lstrip("#"))
    for each in piece.on:
        runs.setdefault(each.id, []).append(run)
    for each in piece.ending:
        label = paragraph.add_run(f"[{seen.number(each)}]")
        label.font.superscript = True


def _by_number(code: Code) -> int:
    return code.number


def _comment(made: Any, seen: Seen, passage: Passage, runs: list[Any]) -> None:
    names = ", ".join(code.name for code in codes_of(passage))
    said = f"{seen.number(passage)}. {names}" + (f"\n{passage.memo}" if passage.memo else "")
    who = seen.called(passage)
    made.add_comment(
        [runs[0], runs[-1]], text=for_xml(said), author=who, initials=who.removeprefix("Coder ")
    )
