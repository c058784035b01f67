"""A bar chart of a few named counts, as an SVG picture with its own title and description.

Drawn by Vega-Lite (through Altair and vl-convert), on the machine itself. A count that is withheld
has no bar, no scale and no number in the picture: only the symbol it is given.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import vl_convert

_WIDTH, _STEP, _BAR, _LETTERS = 400, 52, 18, 15  # pixels
_LONGEST_NAME = 54  # characters that fit above a bar
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
    svg: str = vl_convert.vegalite_to_svg(_spec(rows, look).to_dict())
    return _described(svg, title, description)


def _spec(rows: Sequence[Bar], look: Look) -> Any:
    most = max((row.count or 0 for row in rows), default=0)
    data = alt.InlineData([_datum(i, row, look.symbol) for i, row in enumerate(rows)])
    base = alt.Chart(data)
    base = base.encode(y=alt.Y("place:O", axis=None))
    scale = alt.Scale(domain=[0, max(most, 1)], nice=False)
    drawn = base.transform_filter("datum.count !== null")
    lines = drawn.mark_bar(color=look.bar, height=_BAR, yOffset=10, cornerRadiusEnd=3)
    names = _text(base, "name", look.ink, dy=-10).encode(x=alt.value(0))
    counts = _text(drawn, "said", look.ink, dx=6, dy=10).encode(x=alt.X("count:Q", axis=None))
    hidden = _text(base.transform_filter("datum.count === null"), "said", look.ink, dy=10)
    chart = alt.layer(
        lines.encode(x=alt.X("count:Q", axis=None, scale=scale)),
        names, counts, hidden.encode(x=alt.value(0)),
    )  # fmt: skip
    chart = chart.properties(width=_WIDTH, height=alt.Step(_STEP), background="transparent")
    return chart.configure(font="sans-serif", aria=False, view=alt.ViewConfig(stroke=None))


def _text(base: alt.Chart, field: str, ink: str, dx: int = 0, dy: int = 0) -> Any:
    mark = base.mark_text(align="left", fontSize=_LETTERS, color=ink, dx=dx, dy=dy)
    return mark.encode(text=alt.Text(f"{field}:N"))


def _datum(place: int, row: Bar, symbol: str) -> dict[str, object]:
    name = row.name
    if len(name) > _LONGEST_NAME:
        name = name[: _LONGEST_NAME - 1].rstrip() + "\u2026"
    said = symbol if row.count is None else f"{row.count:,}"
    return {"place": place, "name": name, "count": row.count, "said": said}


def _described(svg: str, title: str, description: str) -> str:
    """The picture with a title and a description that a screen reader says."""
    start, rest = svg.split(">", 1)
    named = f"<title>{html.escape(title)}</title><desc>{html.escape(description)}</desc>"
    return f'{start} role="img">{named}{rest}'
