"""Choosing among charted studies: by what they reported or did not, and in which order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from firsthand.methods.charting.gaps import answers_to, questions, standing
from firsthand.methods.charting.values import (
    GIVEN,
    NUMBER,
    STATES,
    WITH_CHOICES,
    Charted,
    Day,
    Field,
    Form,
    chosen,
    words,
)

Question = tuple[Field, Field | None]


def askable(form: Form) -> dict[str, Question]:
    """Return every field and part that is asked by its key, each part with its group."""
    return {field.key: (field, group) for field, group in questions(form)}


def fits(study: Charted, question: Question, wanted: str) -> bool:
    """Say whether a study stands so: a state, a choice's key, or words that its answer holds."""
    field, group = question
    found = answers_to(study, field, group)
    if wanted in STATES:
        return standing(found) == wanted
    given = [each for each in found if each.state == GIVEN]
    if field.kind in WITH_CHOICES:
        return any(wanted in chosen(each) for each in given)
    return any(wanted.casefold() in words(field, each).casefold() for each in given)


def kept(form: Form, studies: Iterable[Charted], wanted: Mapping[str, str]) -> list[Charted]:
    """Return the studies that stand as wanted on every field; unknown fields are passed over."""
    known = askable(form)
    asks = [(known[key], said) for key, said in wanted.items() if key in known and said]
    return [each for each in studies if all(fits(each, *one) for one in asks)]


def in_order(
    form: Form, studies: Sequence[Charted], by: str = "", *, down: bool = False
) -> list[Charted]:
    """Return the studies by number, by name, or by a field; without an answer they come last."""
    if by == "name":
        return sorted(studies, key=lambda each: each.name.casefold(), reverse=down)
    known = askable(form)
    if by not in known:
        return sorted(studies, key=lambda each: each.number, reverse=down)
    field = known[by][0]
    has = [each for each in studies if each[field.key].state == GIVEN]
    rest = [each for each in studies if each[field.key].state != GIVEN]
    return sorted(has, key=_place(field), reverse=down) + rest


def _place(field: Field) -> Callable[[Charted], tuple[Decimal, str]]:
    def place(study: Charted) -> tuple[Decimal, str]:
        answer = study[field.key]
        if field.kind == NUMBER:
            return (_number(str(answer.value)), "")
        if isinstance(answer.value, Day):
            return (Decimal(0), answer.value.earliest or "9999")
        return (Decimal(0), words(field, answer).casefold())

    return place


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)
