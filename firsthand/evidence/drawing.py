"""A review's flow diagram as a file: SVG, PNG, PDF/UA-1 (ISO 14289-1) or Word, each with its table.

The picture in a document has its description as alternative text, and every count stands below it
in a table with a heading row. Nothing is fetched from anywhere.
"""

import html
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from firsthand.evidence.word import plain, table
from firsthand.methods.flow.counts import Flow
from firsthand.methods.flow.figure import TITLE, figure
from firsthand.methods.flow.shapes import Figure
from firsthand.methods.flow.svg import svg
from firsthand.methods.flow.table import COLUMNS, rows

SHARP = 2.0  # PNG pixels for each of the picture's: 1280 wide becomes 2560, enough for print
_TALLEST = 16_000  # pixels: a picture that would be higher is made less sharp, to spare memory
_INCH, _ACROSS, _DOWN = 96.0, 6.3, 8.6  # pixels; inches that a picture may take on A4
_STYLE = """
@page { size: A4; margin: 16mm; @bottom-right { content: counter(page); font: 9pt sans-serif } }
body { font: 10pt/1.4 sans-serif; color: #2b2723 }
h1 { font-size: 16pt }
img { max-width: 100%; max-height: 215mm }
h2 { font-size: 12pt; break-after: avoid }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 1px solid #ddd2c2; padding: 1.5mm 2mm; text-align: left }
td:last-child, th:last-child { text-align: right }
thead { display: table-header-group }
tr { break-inside: avoid }
"""


def as_svg(flow: Flow, title: str = TITLE, *, narrow: bool = False) -> bytes:
    return svg(figure(flow, title=title, narrow=narrow)).encode()


def as_png(flow: Flow, title: str = TITLE, *, narrow: bool = False) -> bytes:
    return _png(figure(flow, title=title, narrow=narrow))


def as_pdf(flow: Flow, title: str = TITLE, *, narrow: bool = False) -> bytes:
    """A tagged document. The same counts give the same bytes."""
    from weasyprint import HTML  # slow to load, and most commands draw nothing

    drawn = figure(flow, title=title, narrow=narrow)
    page = HTML(string=_page(flow, drawn), url_fetcher=_only(svg(drawn)))
    made: bytes = page.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"firsthand-flow")
    return made


def as_docx(flow: Flow, title: str = TITLE, *, narrow: bool = False) -> bytes:
    """A Word document. The picture is a PNG: older Words show no SVG."""
    from docx import Document
    from docx.shared import Inches

    drawn = figure(flow, title=title, narrow=narrow)
    document = Document()
    document.core_properties.title = plain(title)
    document.core_properties.author = ""
    document.add_heading(plain(title), 1)
    wide = min(_ACROSS, drawn.width / _INCH, _DOWN * drawn.width / drawn.height)
    document.add_picture(io.BytesIO(_png(drawn)), width=Inches(wide))
    _describe(document, drawn)
    _table(document, flow)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


FORMATS: dict[str, Callable[..., bytes]] = {
    ".svg": as_svg,
    ".png": as_png,
    ".pdf": as_pdf,
    ".docx": as_docx,
}


def kind(path: Path) -> str:
    """The ending of a file's name. Raises ValueError for one that nothing is drawn as."""
    ending = path.suffix.lower()
    if ending not in FORMATS:
        known = ", ".join(FORMATS)
        raise ValueError(f"{path.name} would have to end in one of: {known}.")
    return ending


def _png(drawn: Figure) -> bytes:
    import vl_convert

    scale = min(SHARP, _TALLEST / drawn.height)
    made: bytes = vl_convert.svg_to_png(svg(drawn), scale=scale)
    return made


def _page(flow: Flow, drawn: Figure) -> str:
    title, told = (html.escape(plain(each)) for each in (drawn.title, drawn.description))
    head = "".join(f'<th scope="col">{each}</th>' for each in COLUMNS)
    body = "".join(f"<tr>{_cells(row.texts)}</tr>" for row in rows(flow))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1>"
        f'<img src="figure:" alt="{told}"><h2>Every count in the picture</h2><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></body></html>"
    )


def _cells(texts: tuple[str, ...]) -> str:
    return "".join(f"<td>{html.escape(plain(each))}</td>" for each in texts)


def _only(picture: str) -> Callable[..., Any]:
    """Give the picture itself, and nothing else that may be asked for."""
    from weasyprint.urls import URLFetcherResponse

    def give(url: str, *args: Any, **kwargs: Any) -> Any:
        if url != "figure:":
            raise ValueError(f"Making a document fetches nothing, and {url} was asked for.")
        return URLFetcherResponse(url, picture.encode(), {"Content-Type": "image/svg+xml"})

    return give


def _describe(document: Any, drawn: Figure) -> None:
    """Give the picture its alternative text (the property `descr` of DrawingML)."""
    shown = document.inline_shapes[-1]._inline.docPr
    shown.set("descr", plain(drawn.description))
    shown.set("title", plain(drawn.title))


def _table(document: Any, flow: Flow) -> None:
    document.add_heading("Every count in the picture", 2)
    table(document, COLUMNS, (row.texts for row in rows(flow)))
