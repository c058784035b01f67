"""Two charts of one study side by side; how far people who charted twice agreed, by field.

Charting a share twice, and saying how far people agreed: Cochrane Handbook, version 6.4, chapter 5
(T. Li, J. P. T. Higgins and J. J. Deeks). Agreement is a plain share; for choices Cohen's kappa and
Gwet's AC1 as well (`methods.agreement`), with "not reported" as a choice of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from firsthand.methods.agreement.chance import gwet_ac1
from firsthand.methods.agreement.cohen import cohen_kappa
from firsthand.methods.agreement.plain import percent
from firsthand.methods.agreement.table import table
from firsthand.methods.agreement.values import Measure
from firsthand.methods.charting.values import (
    CHOICE,
    DIFFERS,
    GIVEN,
    MANY,
    NOT_CHARTED,
    NOT_REPORTED,
    NUMBER,
    UNCHARTED,
    Answer,
    Answers,
    Day,
    Entry,
    Field,
    Form,
    asked,
    chosen,
    entries,
)

SAME, NOT_SAME = "the same", "not the same"
CHOSEN, NOT_CHOSEN = "chosen", "not chosen"


@dataclass(frozen=True)
class Compared:
    """One field of two charts."""

    field: Field
    one: Answer
    other: Answer
    alike: bool


def compare(form: Form, one: Answers, other: Answers) -> tuple[Compared, ...]:
    """Compare two charts field by field. Passages may differ: what was charted is compared."""
    return tuple(
        _compared(each, one.get(each.key, UNCHARTED), other.get(each.key, UNCHARTED))
        for each in asked(form)
    )


def _compared(field: Field, one: Answer, other: Answer) -> Compared:
    return Compared(field, one, other, alike(field, one, other))


def alike(field: Field, one: Answer, other: Answer) -> bool:
    """Say whether two answers say the same: spaces, capitals and 7 against 7.0 make no odds."""
    if one.state != other.state:
        return False
    return one.state != GIVEN or _bare(field, one) == _bare(field, other)


def _bare(field: Field, answer: Answer) -> object:
    value = answer.value
    if isinstance(value, Day):
        return (value.earliest, value.latest) if value.earliest else _folded(value.text)
    if field.kind == MANY:
        return frozenset(chosen(answer))
    if isinstance(value, tuple):
        return tuple(_entry(field, each) for each in entries(answer))
    if field.kind == CHOICE:
        return value
    return _number(str(value)) if field.kind == NUMBER else _folded(str(value))


def _entry(field: Field, entry: Entry) -> tuple[object, ...]:
    found = ((each, entry.answers.get(each.key, UNCHARTED)) for each in field.asked)
    return tuple((it.state, it.state == GIVEN and _bare(part, it)) for part, it in found)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _number(text: str) -> object:
    try:
        return Decimal(text)
    except InvalidOperation:
        return _folded(text)


def together(
    form: Form, charts: Sequence[Answers], settled: Mapping[str, Answer]
) -> dict[str, Answer]:
    """Return what was charted in the end: what settled a field, else what all say, else "differs".

    Of what all say, the first chart's words and everyone's passages are kept.
    """
    found = {}
    for field in asked(form):
        each = [chart.get(field.key, UNCHARTED) for chart in charts]
        said = settled.get(field.key) or _agreed(field, each)
        if said.state != NOT_CHARTED:
            found[field.key] = said
    return found


def _agreed(field: Field, each: Sequence[Answer]) -> Answer:
    if not all(alike(field, each[0], other) for other in each[1:]):
        return Answer(DIFFERS)
    passages = dict.fromkeys(passage for answer in each for passage in answer.passages)
    return Answer(each[0].state, each[0].value, tuple(passages))


# -- agreement over all that was charted twice ----------------------------------------------------


@dataclass(frozen=True)
class Agreed:
    """How far people agreed on one field, or on one choice of many. No kappa without choices."""

    label: str
    percent: Measure
    kappa: Measure | None = None
    ac1: Measure | None = None


Twice = Sequence[tuple[Answers, Answers]]


def agreement(form: Form, twice: Twice) -> tuple[Agreed, ...]:
    """Return, of each field, how far two charts of each study agree. What is not charted by both
    is left out.
    """
    return tuple(line for field in asked(form) for line in _of_field(field, twice))


def _of_field(field: Field, twice: Twice) -> Iterator[Agreed]:
    pairs = [
        (one.get(field.key, UNCHARTED), other.get(field.key, UNCHARTED)) for one, other in twice
    ]
    both = [pair for pair in pairs if all(each.state != NOT_CHARTED for each in pair)]
    if field.kind == CHOICE:
        names = [*(each.key for each in field.choices), NOT_REPORTED]
        yield _nominal(field.label, [tuple(map(_category, pair)) for pair in both], names)
        return
    same = [(SAME, SAME if alike(field, *pair) else NOT_SAME) for pair in both]
    yield Agreed(field.label, percent(table(same, (SAME, NOT_SAME))))
    for each in field.choices:
        chose = [tuple(_chose(each.key, one) for one in pair) for pair in both]
        yield _nominal(f"{field.label}: {each.label}", chose, (CHOSEN, NOT_CHOSEN))


def _category(answer: Answer) -> str:
    return NOT_REPORTED if answer.state == NOT_REPORTED else str(answer.value)


def _chose(key: str, answer: Answer) -> str:
    return CHOSEN if key in chosen(answer) else NOT_CHOSEN


def _nominal(label: str, rows: Sequence[tuple[str, ...]], names: Sequence[str]) -> Agreed:
    met = dict.fromkeys([*names, *(each for row in rows for each in row)])
    counts = table(rows, tuple(met))
    return Agreed(label, percent(counts), cohen_kappa(rows), gwet_ac1(counts))
