"""The curve of included records found against records read, as an SVG picture of its own.

Beside the curve stands a dashed line: where one would be, had as many been found evenly. All of it
is drawn here, on the machine itself; the table beside the picture says the same numbers.
"""

import html
from collections.abc import Sequence

Point = tuple[int, int]  # records read, included ones found

_WIDE, _HIGH = 340, 250  # pixels: no wider than a phone's page, so that its letters stay readable
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 12, 16, 46
_LINE, _INK, _QUIET = "#22505a", "#2b2723", "#8a7f72"


def points(labels: Sequence[int], most: int = 100) -> tuple[Point, ...]:
    """Return at most `most` + 1 points of the curve, from (0, 0) to the last record read."""
    size = len(labels)
    places = sorted({round(size * step / most) for step in range(most + 1)})
    found, made, at = 0, [], 0
    for place in places:
        found += sum(labels[at:place])
        made.append((place, found))
        at = place
    return tuple(made)


def drawn(curve: Sequence[Point], title: str, description: str) -> str:
    """Draw a curve. Raises ValueError where nothing was read."""
    read, found = curve[-1] if curve else (0, 0)
    if not read:
        raise ValueError("Nothing was read, so there is no curve.")
    line = " ".join(_at(each, read, found) for each in curve)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" role="img" '
        f'font-family="sans-serif" font-size="13"><title>{html.escape(title)}</title>'
        f"<desc>{html.escape(description)}</desc>{_axes(read, found)}"
        f'<polyline points="{_at((0, 0), read, found)} {_at((read, found), read, found)}" '
        f'fill="none" stroke="{_QUIET}" stroke-dasharray="4 4"/>'
        f'<polyline points="{line}" fill="none" stroke="{_LINE}" stroke-width="2.5" '
        'stroke-linejoin="round"/></svg>'
    )


def _at(point: Point, read: int, found: int) -> str:
    x = _LEFT + (_WIDE - _LEFT - _RIGHT) * point[0] / read
    y = _HIGH - _BOTTOM - (_HIGH - _TOP - _BOTTOM) * point[1] / max(found, 1)
    return f"{x:.1f},{y:.1f}"


def _axes(read: int, found: int) -> str:
    low, right = _HIGH - _BOTTOM, _WIDE - _RIGHT
    return (
        f'<path d="M{_LEFT} {_TOP}V{low}H{right}" fill="none" stroke="{_QUIET}"/>'
        f'<g fill="{_INK}"><text x="{_LEFT}" y="{low + 17}" text-anchor="middle">0</text>'
        f'<text x="{right}" y="{low + 17}" text-anchor="end">{read:,}</text>'
        f'<text x="{(_LEFT + right) / 2}" y="{low + 36}" text-anchor="middle">records read</text>'
        f'<text x="{_LEFT - 6}" y="{_TOP + 9}" text-anchor="end">{found:,}</text>'
        f'<text x="{_LEFT - 6}" y="{low}" text-anchor="end">0</text>'
        f'<text transform="translate(14 {(_TOP + low) / 2}) rotate(-90)" text-anchor="middle">'
        "included</text></g>"
    )
