"""A review's flow diagram, laid out: PRISMA 2020's picture (Page et al. 2021, BMJ 372, n71).

What was not reported, and what cannot be true, stands in words under the boxes: whoever is sent
the picture alone is told too.
"""

from firsthand.methods.flow import narrow as narrow_layout
from firsthand.methods.flow import wide as wide_layout
from firsthand.methods.flow.cells import DATABASES, ELSEWHERE, PREVIOUS, cells, title, unreported
from firsthand.methods.flow.checks import contradictions
from firsthand.methods.flow.counts import Count, Flow, total
from firsthand.methods.flow.shapes import LEADING, PAD, Figure, Line, plain
from firsthand.methods.flow.table import sentence

_MARGIN, _ABOVE_NOTES = 16.0, 12.0
TITLE = "Flow of records, reports and studies through the review"


def figure(flow: Flow, *, title: str = TITLE, narrow: bool = False) -> Figure:
    """Lay the diagram out; `narrow` is for phones, 375 pixels wide.

    Raises ValueError when not a single count was reported.
    """
    drawn = cells(flow)
    if not drawn:
        raise ValueError("Not a single count is given: there is nothing to draw.")
    laid = (narrow_layout if narrow else wide_layout).lay(drawn, _titles(flow))
    notes = _notes(flow, laid.width - 2 * _MARGIN + 2 * PAD)
    begin = laid.bottom + _ABOVE_NOTES
    height = (begin + len(notes) * LEADING if notes else laid.bottom) + _MARGIN
    return Figure(title, sentence(drawn), laid.width, height, laid.boxes, laid.arrows, notes, begin)


def under_way(flow: Flow) -> str:
    """A sentence on what a review that is not finished has still to do; nothing otherwise."""
    records = flow.databases.waiting
    reports = total(*(each.waiting for each in flow.ways))
    said = [_some(number, one) for number, one in ((records, "record"), (reports, "report"))]
    still = " and ".join(each for each in said if each)
    return f"Not finished: {still} still to be decided." if still else ""


def _some(number: Count, one: str) -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}" if number else ""


def _titles(flow: Flow) -> dict[str, str]:
    there = {PREVIOUS: flow.previous, DATABASES: flow.databases, ELSEWHERE: flow.elsewhere}
    return {way: title(flow, way) for way, its in there.items() if its}


def _notes(flow: Flow, width: float) -> tuple[Line, ...]:
    lines: tuple[Line, ...] = ()
    wrong = contradictions(flow)
    if wrong:
        lines += plain("These counts do not agree with each other:", width, strong=True)
    for each in wrong:
        lines += plain(each, width)
    if waiting := under_way(flow):
        lines += plain(waiting, width, strong=True)
    missing = unreported(flow)
    if missing:
        lines += plain(f"Not reported, so not drawn: {'; '.join(missing)}.", width)
    return lines
