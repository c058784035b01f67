"""A laid-out flow diagram as an SVG picture that can be listened to (W3C, SVG 1.1 second edition).

Text stays text; no script, no style sheet, no typeface and no address outside. A title and a
description are its first children; the table beside it (`table`) says every count one by one.
"""

import html
import re

from firsthand.methods.flow.shapes import (
    HEADING,
    LEADING,
    PAD,
    SIZE,
    STAGE,
    STAGE_UPRIGHT,
    Arrow,
    Box,
    Figure,
    Line,
)

# The site's own colours (web/assets/styles/_ground.scss): background, border and letters of each
# kind of box. Letters on background are 7:1 or better (WCAG 2.2, 1.4.6), lines 3:1 (1.4.11).
INK, PAPER, EDGE = "#2b2723", "#ffffff", "#22505a"
LOOKS = {
    HEADING: ("#fbe9e0", "#943c22", INK),
    STAGE: ("#e2edec", "#22505a", INK),
    STAGE_UPRIGHT: ("#e2edec", "#22505a", INK),
}
PLAIN = ("#fffdf9", EDGE, INK)
_FAMILY = "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"
_HEAD, _HALF = 8.0, 4.5  # an arrow's head: how long, and half as wide as
_RISE = 0.76  # of a line's height: from its top down to where letters stand
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def svg(figure: Figure) -> str:
    """The picture as text, in UTF-8 when it is kept. The same figure gives the same text."""
    size = f'width="{_n(figure.width)}" height="{_n(figure.height)}"'
    seen = f'viewBox="0 0 {_n(figure.width)} {_n(figure.height)}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {seen} role="img"'
    letters = f'font-family="{_FAMILY}" font-size="{_n(SIZE)}" fill="{INK}"'
    parts = [
        f"{head} {letters}>",
        f"<title>{_text(figure.title)}</title>",
        f"<desc>{_text(figure.description)}</desc>",
        f'<rect width="100%" height="100%" fill="{PAPER}"/>',
        *map(_arrow, figure.arrows),  # first, so that boxes lie over lines that pass behind
        *map(_box, figure.boxes),
        *_lines(figure.notes, PAD + 6, figure.notes_from),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _box(box: Box) -> str:
    back, edge, _ = LOOKS.get(box.kind, PLAIN)
    at = f'x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}"'
    rect = f'<rect {at} rx="4" fill="{back}" stroke="{edge}" stroke-width="1.5"/>'
    upright = box.kind == STAGE_UPRIGHT
    inner = [_upright(box)] if upright else _lines(box.lines, box.x + PAD, box.y + PAD)
    return "\n".join([rect, *inner])


def _upright(box: Box) -> str:
    x, y = box.middle + SIZE * 0.35, box.y + box.height / 2
    turned = f'transform="rotate(-90 {_n(x)} {_n(y)})" text-anchor="middle"'
    said = " ".join(each.text for each in box.lines)
    return f'<text x="{_n(x)}" y="{_n(y)}" {turned} font-weight="bold">{_text(said)}</text>'


def _lines(lines: tuple[Line, ...], x: float, top: float) -> list[str]:
    return [_line(each, x, top + LEADING * (i + _RISE)) for i, each in enumerate(lines)]


def _line(line: Line, x: float, y: float) -> str:
    weight = ' font-weight="bold"' if line.strong else ""
    return f'<text x="{_n(x + line.indent)}" y="{_n(y)}"{weight}>{_text(line.text)}</text>'


def _arrow(arrow: Arrow) -> str:
    """A line, and a filled triangle whose point is where the arrow ends."""
    (x0, y0), (x, y) = arrow.points[-2:]
    across, down = (x > x0) - (x < x0), (y > y0) - (y < y0)
    bx, by = x - across * _HEAD, y - down * _HEAD
    path = " ".join(f"{_n(px)},{_n(py)}" for px, py in (*arrow.points[:-1], (bx, by)))
    corners = ((x, y), (bx - down * _HALF, by + across * _HALF),
               (bx + down * _HALF, by - across * _HALF))  # fmt: skip
    head = " ".join(f"{_n(px)},{_n(py)}" for px, py in corners)
    line = f'<polyline points="{path}" fill="none" stroke="{EDGE}" stroke-width="1.5"/>'
    return f'{line}\n<polygon points="{head}" fill="{EDGE}"/>'


def _text(said: str) -> str:
    """Text as XML takes it: what no XML may hold (NUL, say) becomes the mark for a lost sign."""
    return html.escape(_NO_XML.sub("\ufffd", said))


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
