"""Between a study's row of a table and its chart: each cell is checked as the page checks it."""

from typing import TYPE_CHECKING, Any

from django.utils.datastructures import MultiValueDict

from firsthand.config.reviewing.protocol import said_by
from firsthand.methods.charting.values import GROUP, MANY, WITH_CHOICES, Field, Form, asked

if TYPE_CHECKING:
    from firsthand.config.reviewing.tables import Row
    from firsthand.evidence.forms.charting import AnswerForm

NONE, APART = "not reported", "|"


def columns(form: Form) -> list[str]:
    """Return the headings: one a field, and one for each part of a group."""
    return [name for field in asked(form) for name, _ in _cells(field)]


def _cells(field: Field) -> list[tuple[str, Field]]:
    if field.kind != GROUP:
        return [(field.label, field)]
    return [(f"{field.label}: {part.label}", part) for part in field.asked]


def filled(form: Form, row: "Row", reports: list[tuple[int, str]]) -> "AnswerForm":
    """Return the page's own form, filled in by a row. Raises ValueError with what is wrong."""
    from firsthand.evidence.forms.charting import AnswerForm

    sent: dict[str, list[str]] = {"began": ["0"]}
    for field in asked(form):
        sent |= (
            _group(field, row)
            if field.kind == GROUP
            else _one(field, field.key, row[_head(field.label)])
        )
    made = AnswerForm(MultiValueDict(sent), asks=form, answers={}, reports=reports, began=0)
    if not made.is_valid():
        raise ValueError(" ".join(said_by(made)))
    return made


def _head(label: str) -> str:
    """Return a heading as tables are read: in small letters."""
    return label.strip().lower()


def _one(field: Field, name: str, said: str) -> dict[str, list[str]]:
    if said.lower() == NONE:
        return {f"{name}-none": ["on"]}
    if field.kind not in WITH_CHOICES:
        return {name: [said]}
    words = [each.strip() for each in said.split(APART)] if field.kind == MANY else [said]
    return {name: [_key(field, each) for each in words if each]}


def _key(field: Field, said: str) -> str:
    """Return the key of a choice by its words. Raises ValueError."""
    known = {each.label.lower(): each.key for each in field.choices}
    if said.lower() not in known:
        choices = ", ".join(each.label for each in field.choices)
        raise ValueError(f"{field.label}: {said[:60]!r} is none of: {choices}.")
    return known[said.lower()]


def _group(field: Field, row: "Row") -> dict[str, list[str]]:
    """Fill a group: the first entries of all its parts belong together, and so on."""
    said = {part: row[_head(name)] for name, part in _cells(field)}
    if said and all(each.lower() == NONE for each in said.values()):
        return {f"{field.key}-none": ["on"]}
    parted = {part: each.split(APART) if each else [] for part, each in said.items()}
    many = max((len(each) for each in parted.values()), default=0)
    sent: dict[str, list[str]] = {f"{field.key}-rows": [str(max(many, 1))]}
    for part, texts in parted.items():
        for at, text in enumerate(texts):
            sent |= _one(part, f"{field.key}-{at}-{part.key}", text.strip())
    return sent


def value(field: Field, said: str) -> "AnswerForm":
    """Return the form of one field, filled in. Raises ValueError."""
    if field.kind == GROUP:
        raise ValueError(f"{field.label}: a group is settled on its page.")
    from firsthand.evidence.forms.charting import AnswerForm

    sent: Any = MultiValueDict({"began": ["0"], **_one(field, field.key, said)})
    made = AnswerForm(sent, asks=(field,), answers={}, reports=[], began=0)
    if not made.is_valid() or field.key not in made.answers:
        raise ValueError(" ".join(said_by(made)) or f"{field.label}: say what it is to be.")
    return made
