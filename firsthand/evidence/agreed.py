"""How far people who charted the same studies agreed, in words and as a table."""

from dataclasses import dataclass

from firsthand.evidence import agreeing, charts
from firsthand.evidence.calibration import PERCENT
from firsthand.evidence.charts import ChartedLine
from firsthand.evidence.models import Review
from firsthand.methods.agreement import Measure, Undefined
from firsthand.methods.charting.comparing import Agreed, Twice, agreement
from firsthand.methods.charting.merging import carried
from firsthand.methods.charting.plain import read_answers
from firsthand.methods.charting.values import Form

COLUMNS = ("Field", "Studies", "Alike", "Cohen's kappa", "Gwet's AC1")
Row = tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """Rows of the page, and why something has no figure."""

    rows: tuple[Row, ...]
    why: tuple[str, ...]


def told(review: Review, lines: list[ChartedLine]) -> Told:
    """Say, field by field, how far two charts of each study agree."""
    version = charts.published(review)
    form = charts.fields(version) if version else ()
    found = agreement(form, twice(form, lines))
    whys = (
        it.value.value
        for each in found
        for it in _measures(each)
        if isinstance(it.value, Undefined)
    )
    return Told(tuple(map(_row, found)), tuple(dict.fromkeys(whys)))


def twice(form: Form, lines: list[ChartedLine]) -> Twice:
    """Return the two charts of each study whose first pass is over, as they hold under a form."""
    found = []
    for each in lines:
        if each.opened and len(each.opened.charts) > 1:
            held = [
                carried(each.opened.fields, read_answers(chart.answers), form)
                for chart in each.opened.charts
            ]
            found.append((held[0], held[1]))
    return found


def _measures(each: Agreed) -> list[Measure]:
    return [it for it in (each.percent, each.kappa, each.ac1) if it is not None]


def _row(each: Agreed) -> Row:
    beyond = (
        agreeing.shown(name, it.value) if it else "only for choices"
        for name, it in zip(COLUMNS[3:], (each.kappa, each.ac1), strict=True)
    )
    return (each.label, str(each.percent.n), agreeing.shown(PERCENT, each.percent.value), *beyond)
