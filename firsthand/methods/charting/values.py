"""A charting form and what was charted with it: fields, answers, passages.

Charting is stage 4 of a scoping review: H. Arksey and L. O'Malley, "Scoping studies: towards a
methodological framework", International Journal of Social Research Methodology 8 (2005), 19-32;
items 10 and 11 of PRISMA-ScR (A. C. Tricco et al., Annals of Internal Medicine 169 (2018),
467-473). Three things are told apart everywhere: an answer, "not reported" by the study, and not
charted yet (there is no answer at all).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

TEXT, NUMBER, CHOICE, MANY, DATE, GROUP = "text", "number", "choice", "many", "date", "group"
KINDS = {
    TEXT: "Words",
    NUMBER: "A number",
    CHOICE: "One of several choices",
    MANY: "Any of several choices",
    DATE: "A date, or a rough one",
    GROUP: "A group of fields, filled as often as needed",
}
WITH_CHOICES = (CHOICE, MANY)

GIVEN, NOT_REPORTED, NOT_CHARTED, DIFFERS = "given", "not reported", "not charted", "differs"
STATES = {
    GIVEN: "Reported",
    NOT_REPORTED: "Not reported",
    NOT_CHARTED: "Not charted yet",
    DIFFERS: "To be reconciled",
}


@dataclass(frozen=True)
class Choice:
    """What one may choose. Its key stays the same for as long as its words do."""

    key: str
    label: str


@dataclass(frozen=True)
class Field:
    """One question of a form. `parts` are the fields of a group. A retired one is asked no more."""

    key: str
    kind: str
    label: str
    help: str = ""
    unit: str = ""
    required: bool = False
    retired: bool = False
    choices: tuple[Choice, ...] = ()
    parts: tuple["Field", ...] = ()

    @property
    def asked(self) -> tuple["Field", ...]:
        """The parts that are asked today."""
        return asked(self.parts)

    def label_of(self, key: str) -> str:
        """Return a choice's words; the key itself for one that is not there (any more)."""
        return next((each.label for each in self.choices if each.key == key), key)


Form = tuple[Field, ...]


def asked(fields: Iterable[Field]) -> Form:
    """Return the fields that are not retired."""
    return tuple(each for each in fields if not each.retired)


@dataclass(frozen=True)
class Passage:
    """Where an answer stands: the words, the number of the report's record, the place in it."""

    quote: str
    report: int | None = None
    place: str = ""


@dataclass(frozen=True)
class Day:
    """A date as typed, and the days it may mean (ISO 8601; empty when it could not be read)."""

    text: str
    earliest: str = ""
    latest: str = ""


@dataclass(frozen=True)
class Entry:
    """A group filled once: the answers to its parts, and where they stand."""

    answers: Mapping[str, "Answer"]
    passages: tuple[Passage, ...] = ()


Value = str | tuple[str, ...] | Day | tuple[Entry, ...]


@dataclass(frozen=True)
class Answer:
    """What was charted for one field. A value is there if, and only if, the state is GIVEN.

    `value` by kind: words or a plain number as text; a choice's key; the keys of many; a Day; the
    entries of a group.
    """

    state: str
    value: Value | None = None
    passages: tuple[Passage, ...] = ()


UNCHARTED = Answer(NOT_CHARTED)
UNREPORTED = Answer(NOT_REPORTED)
Answers = Mapping[str, Answer]


@dataclass(frozen=True)
class Charted:
    """A study with what was charted for it. Without an answer, a field is not charted yet."""

    number: int
    name: str
    answers: Answers = field(default_factory=dict)

    def __getitem__(self, key: str) -> Answer:
        return self.answers.get(key, UNCHARTED)


def entries(answer: Answer) -> tuple[Entry, ...]:
    """Return how a group was filled; nothing when it was not."""
    found = answer.value if isinstance(answer.value, tuple) else ()
    return tuple(each for each in found if isinstance(each, Entry))


def chosen(answer: Answer) -> tuple[str, ...]:
    """Return the keys that were chosen, of one or of many choices."""
    if isinstance(answer.value, str):
        return (answer.value,)
    found = answer.value if isinstance(answer.value, tuple) else ()
    return tuple(each for each in found if isinstance(each, str))


def words(field: Field, answer: Answer) -> str:
    """Return an answer as it is read in a table; a group as how often it was filled."""
    if answer.state != GIVEN:
        return STATES[answer.state]
    if field.kind in WITH_CHOICES:
        return "; ".join(map(field.label_of, chosen(answer)))
    if field.kind == GROUP:
        return " | ".join(_entry(field, each) for each in entries(answer))
    if isinstance(answer.value, Day):
        return answer.value.text
    return f"{answer.value} {field.unit}".strip() if field.kind == NUMBER else str(answer.value)


def _entry(field: Field, entry: Entry) -> str:
    said = (
        f"{part.label}: {words(part, entry.answers[part.key])}"
        for part in field.parts
        if part.key in entry.answers
    )
    return "; ".join(said)
