"""Alpha of each code with its interval, as an SVG picture: a dot, and a line for the interval.

After Cleveland WS (1984), "Graphical methods for data presentation", The American Statistician 38:
270-280: dots on a common scale. The picture has its own title and description; what it shows is in
the table beside it. Narrow enough for a small phone.
"""

from collections.abc import Sequence
from html import escape

from firsthand.methods.agreement.by_code import CodeAgreement
from firsthand.methods.agreement.telling import ALPHA, CANNOT, cell, number
from firsthand.methods.agreement.values import Interval, Undefined

_WIDTH, _ROW, _TOP, _SIDE = 300, 46, 30, 14
_INK, _LINE, _DOT = "#2b2620", "#8a8178", "#00785a"


def plot(found: Sequence[CodeAgreement], title: str) -> str:
    """Draw the codes from top to bottom, on a scale from the lowest end (0 or below) to 1."""
    low = _lowest(found)
    tall = _TOP + _ROW * len(found) + 8
    said = f"A dot is alpha, the line its 95% interval, from {number(ALPHA, low)} to 1."
    parts = [_scale(low, tall), *(_row(each, at, low) for at, each in enumerate(found))]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {tall}" role="img" '
        f'width="{_WIDTH}" height="{tall}" font-family="sans-serif" font-size="13">'
        f"<title>{escape(title)}</title><desc>{escape(said)}</desc>{''.join(parts)}</svg>"
    )


def _lowest(found: Sequence[CodeAgreement]) -> float:
    ends = [each.alpha.interval.low for each in found if isinstance(each.alpha.interval, Interval)]
    ends += [each.alpha.value for each in found if not isinstance(each.alpha.value, Undefined)]
    return min(0.0, *(int(end * 5 - 1) / 5 for end in ends if end < 0), 0.0)


def _x(value: float, low: float) -> float:
    return round(_SIDE + (value - low) / (1 - low) * (_WIDTH - 2 * _SIDE), 1)


def _scale(low: float, tall: int) -> str:
    marks = sorted({low, 0.0, 0.5, 1.0})
    return "".join(
        f'<line x1="{_x(at, low)}" x2="{_x(at, low)}" y1="{_TOP - 8}" y2="{tall}" '
        f'stroke="{_LINE}" stroke-width="{1 if at else 1.5}" stroke-dasharray="2 3"/>'
        f'<text x="{_x(at, low)}" y="{_TOP - 14}" text-anchor="middle" fill="{_INK}">'
        f"{number(ALPHA, at)}</text>"
        for at in marks
    )


def _row(each: CodeAgreement, at: int, low: float) -> str:
    top = _TOP + _ROW * at
    name = each.code if len(each.code) <= 38 else each.code[:37] + "\u2026"
    words = f'<text x="{_SIDE}" y="{top + 14}" fill="{_INK}">{escape(name)}</text>'
    if isinstance(each.alpha.value, Undefined):
        return words + (
            f'<text x="{_SIDE}" y="{top + 32}" fill="{_INK}" font-style="italic">{CANNOT}</text>'
        )
    line = ""
    if isinstance(each.alpha.interval, Interval):
        one, other = _x(each.alpha.interval.low, low), _x(each.alpha.interval.high, low)
        line = (
            f'<line x1="{one}" x2="{other}" y1="{top + 28}" y2="{top + 28}" '
            f'stroke="{_DOT}" stroke-width="3"/>'
        )
    x = _x(each.alpha.value, low)
    dot = f'<circle cx="{x}" cy="{top + 28}" r="5" fill="{_DOT}"/>'
    return f"<g><title>{escape(each.code)}: {cell(ALPHA, each.alpha)}</title>{words}{line}{dot}</g>"
