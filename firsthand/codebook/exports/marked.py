"""A source with its codes marked: a web page, or a document to print (PDF/UA-1, by WeasyPrint).

A code is known by its colour, by the pattern of its line, and by its name behind the words, so that
nobody has to tell colours apart.
"""

from pathlib import Path
from typing import Any, NoReturn

from django.template.loader import render_to_string
from weasyprint import CSS, HTML

from firsthand.access.refused import not_now
from firsthand.codebook import rules
from firsthand.codebook.exports.pieces import Piece, lines
from firsthand.codebook.exports.seen import Seen, codes_of, for_xml
from firsthand.codebook.models import Code, Passage

STYLES = Path(__file__).with_name("marked.css")
PRINT = "@page { size: A4; margin: 20mm 18mm } body { font-size: 10.5pt; max-width: none }"
LONGEST_PDF = 200_000  # characters; a longer one takes minutes to set
_LINES = {  # of rules.PATTERNS: as CSS draws them
    "solid": "underline solid 1.5px",
    "double": "underline double 1.5px",
    "dotted": "underline dotted 2.5px",
    "dashed": "underline dashed 2px",
    "wavy": "underline wavy 1.5px",
    "thick": "underline solid 4px",
}


def write_html(seen: Seen) -> bytes:
    """Return a page that needs nothing but itself."""
    return _page(seen, STYLES.read_text()).encode()


def write_pdf(seen: Seen) -> bytes:
    """Return a document. The same passages on the same text give the same bytes."""
    if seen.source.length > LONGEST_PDF:
        raise not_now(
            f"This text is too long for a PDF here: {LONGEST_PDF:,} characters at most. Take the "
            "web page or the Word document, and print that."
        )
    page = HTML(string=_page(seen, ""), url_fetcher=_fetch_nothing)
    made: bytes = page.write_pdf(
        stylesheets=[CSS(string=STYLES.read_text() + PRINT)],
        pdf_variant="pdf/ua-1",
        pdf_identifier=seen.source.digest.encode(),
    )
    return made


def _fetch_nothing(url: str, *args: Any, **kwargs: Any) -> NoReturn:
    raise ValueError(f"Making a document fetches nothing, and {url} was asked for.")


def _page(seen: Seen, styles: str) -> str:
    told = {
        "source": seen.source, "seen": seen, "styles": styles, "codes_of": codes_of,
        "lines": lines(for_xml(seen.source.text), seen.passages), "looks": _looks(seen.codes),
        "depth": _depth, "for_xml": for_xml,
    }  # fmt: skip
    return render_to_string("codebook/marked.html", told)


def _looks(codes: list[Code]) -> str:
    """Return the line of each code as CSS."""
    return "\n".join(
        f".k{each.number} {{ text-decoration: {_LINES[each.pattern]} {each.colour} }}"
        for each in codes
        if rules.is_colour(each.colour)  # it stands in a style as it is
    )


def _depth(piece: Piece[Passage]) -> list[tuple[int, Code]]:
    """Return the codes on a piece, each with how far below the words its line is drawn."""
    found = {code.id: code for each in piece.on for code in codes_of(each)}
    return list(enumerate(sorted(found.values(), key=lambda each: each.number)))
