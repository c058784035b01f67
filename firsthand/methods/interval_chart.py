"""A chart of ranges: for each named row its lowest, middle and highest, as an SVG picture.

Drawn by Vega-Lite (through Altair and vl-convert), on the machine itself, as `charts` draws bars:
the name above, the range below it, what it says in words at its end.
"""

import html
import textwrap
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from firsthand.methods.charts import Look

_WIDTH, _RANGE, _LETTERS, _LINE, _MANY = 300, 30, 15, 19, 200
_HOLDS = 33  # characters of a wide letter in a line, of which there are three at most


@dataclass(frozen=True)
class Range:
    """A row: its name, its numbers, and what is written beside them."""

    name: str
    low: float
    middle: float
    high: float
    said: str


@lru_cache(maxsize=64)
def ranges(
    title: str, description: str, rows: tuple[Range, ...], look: Look, *, first_left: bool = False
) -> str:
    """Draw the rows from top to bottom. `first_left`: small numbers (ranks) stand at the left,
    as all do; the axis then begins at 1. Raises ValueError for no rows or far too many.
    """
    if not 0 < len(rows) <= _MANY:
        raise ValueError("a chart is drawn of a few rows")
    import vl_convert  # here and in `_spec`: they take a second, and a process may never draw

    svg: str = vl_convert.vegalite_to_svg(_spec(rows, look, first_left).to_dict())
    start, rest = svg.split(">", 1)
    named = f"<title>{html.escape(title)}</title><desc>{html.escape(description)}</desc>"
    return f'{start} role="img">{named}{rest}'


def _spec(rows: tuple[Range, ...], look: Look, first_left: bool) -> Any:
    import altair as alt

    least = 1.0 if first_left else min(row.low for row in rows)
    most = max(row.high for row in rows)
    names = [textwrap.wrap(row.name, _HOLDS, max_lines=3, placeholder="\u2026") for row in rows]
    above = _LINE * max(len(each) for each in names) + 4
    data = [
        {"place": n, "low": row.low, "middle": row.middle, "high": row.high,
         "name": name, "said": row.said}
        for n, (row, name) in enumerate(zip(rows, names, strict=True))
    ]  # fmt: skip
    base = alt.Chart(alt.InlineData(data)).encode(y=alt.Y("place:O", axis=None))
    # What is said at the end of the longest range has to fit beside it.
    across = _WIDTH - 10 - max(len(row.said) for row in rows) * _LETTERS * 0.6
    ends = [least, max(most, least + 1)]
    scale = alt.Scale(domain=ends, range=[0, max(across, _WIDTH / 3)], nice=False, zero=False)
    at, middle = alt.X("low:Q", axis=None, scale=scale), above / 2
    style: dict[str, Any] = {"align": "left", "baseline": "middle"}
    style |= {"fontSize": _LETTERS, "lineHeight": _LINE}
    layers = [
        base.mark_rule(color=look.bar, strokeWidth=4, yOffset=middle).encode(x=at, x2="high:Q"),
        base.mark_point(color=look.ink, fill=look.ink, size=90, yOffset=middle).encode(
            x=alt.X("middle:Q", axis=None, scale=scale)
        ),
        base.mark_text(**style, color=look.ink, dy=-(_RANGE / 2)).encode(
            text="name:N", x=alt.value(0)
        ),
        base.mark_text(**style, color=look.ink, dx=10, dy=middle).encode(
            text="said:N", x=alt.X("high:Q", axis=None, scale=scale)
        ),
    ]
    chart = alt.layer(*layers).properties(
        width=_WIDTH, height=alt.Step(above + _RANGE), background="transparent"
    )
    return chart.configure(font="sans-serif", aria=False, view=alt.ViewConfig(stroke=None))
