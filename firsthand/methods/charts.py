"""A bar chart of a few named counts, as an SVG picture with its own title and description.

Drawn by Vega-Lite (through Altair and vl-convert), on the machine itself. A count that is withheld
has no bar, no scale and no number in the picture: only the symbol it is given.
"""

import html
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

# Pixels. The whole is no wider than a small phone's page, so that its letters stay readable.
_WIDTH, _BAR, _GAP, _LETTERS, _LINE = 270, 18, 12, 15, 19
_LINE_HOLDS = 38  # characters in a line above a bar, of which there are two at most
_MANY = 1_000  # rows, beyond which no such picture is of use


@dataclass(frozen=True)
class Bar:
    """A row of the chart: its name, its count, or None when the count is withheld."""

    name: str
    count: int | None


@dataclass(frozen=True)
class Look:
    """Colours as #rrggbb, and the symbol of a withheld count."""

    bar: str
    ink: str
    symbol: str


@lru_cache(maxsize=128)
def bars(title: str, description: str, rows: tuple[Bar, ...], look: Look) -> str:
    """Draw the rows from top to bottom; the description says in words where the numbers are.

    The same chart is drawn only once. Raises ValueError for no rows or far too many.
    """
    if not 0 < len(rows) <= _MANY:
        raise ValueError("a chart is drawn of a few rows")
    import vl_convert  # here and in `_spec`: they take a second, and a process may never draw

    svg: str = vl_convert.vegalite_to_svg(_spec(rows, look).to_dict())
    return _described(svg, title, description)


def _spec(rows: Sequence[Bar], look: Look) -> Any:
    """Each row has room for its name's lines at the top, and below them its bar and number."""
    import altair as alt

    above = max(len(_lines(row.name)) for row in rows)
    data = [_datum(i, row, look.symbol, above) for i, row in enumerate(rows)]
    base = alt.Chart(alt.InlineData(data)).encode(y=alt.Y("place:O", axis=None))
    step = alt.Step(_LINE * above + _BAR + _GAP)
    chart = alt.layer(*_marks(base, rows, look, above))
    chart = chart.properties(width=_WIDTH, height=step, background="transparent")
    return chart.configure(font="sans-serif", aria=False, view=alt.ViewConfig(stroke=None))


def _marks(base: Any, rows: Sequence[Bar], look: Look, above: int) -> list[Any]:
    """Bars, names, numbers, and symbols where there is no number."""
    import altair as alt

    most = max((row.count or 0 for row in rows), default=0)
    x = alt.X("count:Q", axis=None, scale=alt.Scale(domain=[0, max(most, 1)], nice=False))
    left, middle = alt.value(0), _LINE * above / 2
    drawn = base.transform_filter("datum.count !== null")
    bar = drawn.mark_bar(color=look.bar, height=_BAR, yOffset=middle, cornerRadiusEnd=3)
    return [
        bar.encode(x=x),
        _text(base, "name", look.ink, dy=middle - _LINE * above - 2).encode(x=left),
        _text(drawn, "said", look.ink, dx=6, dy=middle).encode(x=x),
        _text(base.transform_filter("datum.count === null"), "said", look.ink, dy=middle).encode(
            x=left
        ),
    ]


def _text(base: Any, field: str, ink: str, dx: float = 0, dy: float = 0) -> Any:
    import altair as alt

    style = {"align": "left", "baseline": "middle", "fontSize": _LETTERS, "lineHeight": _LINE}
    return base.mark_text(**style, color=ink, dx=dx, dy=dy).encode(text=alt.Text(f"{field}:N"))


def _datum(place: int, row: Bar, symbol: str, above: int) -> dict[str, object]:
    said = symbol if row.count is None else f"{row.count:,}"
    lines = _lines(row.name)
    name = [""] * (above - len(lines)) + lines  # a short name stands right above its bar
    return {"place": place, "name": name, "count": row.count, "said": said}


def _lines(name: str) -> list[str]:
    return textwrap.wrap(name, _LINE_HOLDS, max_lines=2, placeholder="\u2026") or [""]


def _described(svg: str, title: str, description: str) -> str:
    """The picture with a title and a description that a screen reader says."""
    start, rest = svg.split(">", 1)
    named = f"<title>{html.escape(title)}</title><desc>{html.escape(description)}</desc>"
    return f'{start} role="img">{named}{rest}'
