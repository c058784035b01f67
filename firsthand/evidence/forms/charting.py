"""Charting one study: a form made of a version's fields, and the answers read out of it.

Names in the page: `f1` the value, `f1-none` not reported, `f1-p0-quote` the first passage; of a
group `f2-rows` how often it is shown, `f2-0-f3` a part of its first entry.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as begun
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from firsthand.evidence.forms.protocol import Line, Text
from firsthand.methods import fuzzy_dates
from firsthand.methods.charting.values import (
    CHOICE,
    DATE,
    GIVEN,
    GROUP,
    MANY,
    NOT_REPORTED,
    NUMBER,
    TEXT,
    Answer,
    Day,
    Entry,
    Field,
    Form,
    Passage,
    Value,
    asked,
    chosen,
    entries,
)
from firsthand.methods.typed import whole

MOST_ENTRIES, MOST_PASSAGES = 100, 40
_BOTH = "You gave an answer and ticked \u201cNot reported\u201d too. Keep one of them."
_GONE = "This is no longer one of the choices."


class Number(forms.CharField):
    """A number as people write it; kept as a plain decimal number."""

    def __init__(self, label: str, hint: str) -> None:
        super().__init__(
            label=label, help_text=hint, required=False, max_length=60,
            widget=forms.TextInput(
                attrs={"class": "govuk-input--width-10", "inputmode": "decimal"}
            ),
            error_messages={"max_length": "This number is too long."},
        )  # fmt: skip

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value)).strip()
        try:
            found = Decimal(typed.replace(",", "").replace(" ", "") or "0")
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or abs(found.adjusted()) > 40:
            raise forms.ValidationError("Write a number, such as 12 or 3.5.")
        return format(found, "f") if typed else ""


def _control(asks: Field) -> forms.Field:
    said = asks.label, asks.help
    if asks.kind == NUMBER:
        return Number(*said)
    if asks.kind == DATE:
        return Line(asks.label, asks.help or "A rough one is fine. For example: 2015, or May 2018")
    if asks.kind == TEXT:
        return Text(*said, rows=2)
    choices = [(each.key, each.label) for each in asks.choices]
    errors = {"invalid_choice": _GONE}
    if asks.kind == CHOICE:
        return forms.ChoiceField(
            label=said[0], help_text=said[1], required=False, widget=forms.RadioSelect,
            choices=[*choices, ("", "Not charted yet")], error_messages=errors,
        )  # fmt: skip
    return forms.MultipleChoiceField(
        label=said[0], help_text=said[1], required=False, choices=choices,
        widget=forms.CheckboxSelectMultiple, error_messages=errors,
    )  # fmt: skip


@dataclass
class Asked:
    """A field as the page shows it: its boxes, its passages, and the entries of a group.

    `rows` is how many entries the page counts: those taken out leave a gap in the numbers.
    """

    field: Field
    name: str
    none: BoundField
    value: BoundField | None = None
    passages: list[dict[str, BoundField]] = begun(default_factory=list)
    entries: list["Filled"] = begun(default_factory=list)
    rows: int = 0


@dataclass
class Filled:
    """One entry of a group as the page shows it."""

    name: str
    parts: list[Asked]
    passages: list[dict[str, BoundField]]


class AnswerForm(forms.Form):
    """A chart. `answers` is what is in it now; `reports` are the study's, by number.

    `more` and `less` show one entry or passage more, and an entry less ("f2-rows", "f2-0").
    """

    began = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, asks: Form, answers: Mapping[str, Answer],
        reports: Sequence[tuple[int, str]], began: int, more: str = "", less: str = "",
    ) -> None:  # fmt: skip
        super().__init__(_counted_up(data, more), initial={"began": began}, auto_id="%s")
        self._reports, self._less = reports, less
        self.sections = [self._ask(each, each.key, answers.get(each.key)) for each in asked(asks)]

    # -- drawing up ---------------------------------------------------------------------------

    def _ask(self, asks: Field, name: str, said: Answer | None) -> Asked:
        none = forms.BooleanField(label=f"Not reported: {asks.label}", required=False)
        self._put(f"{name}-none", none, said is not None and said.state == NOT_REPORTED)
        shown = Asked(asks, name, self[f"{name}-none"])
        if asks.kind == GROUP:
            filled = entries(said) if said else ()
            shown.rows = self._count(f"{name}-rows", max(len(filled), 1), MOST_ENTRIES)
            shown.entries = self._entries(asks, shown, filled)
            return shown
        self._put(name, _control(asks), _initial(asks, said))
        shown.value = self[name]
        shown.passages = self._passages(name, said.passages if said else (), asks.label)
        return shown

    def _put(self, name: str, control: forms.Field, initial: Any) -> None:
        self.fields[name] = control
        self.initial[name] = initial

    def _entries(self, asks: Field, shown: Asked, filled: Sequence[Entry]) -> list[Filled]:
        names = (f"{shown.name}-{place}" for place in range(shown.rows))
        return [
            self._entry(asks, name, _at(filled, place))
            for place, name in enumerate(names)
            if name != self._less
        ]

    def _entry(self, asks: Field, name: str, filled: Entry | None) -> Filled:
        answers = filled.answers if filled else {}
        parts = [
            self._ask(each, f"{name}-{each.key}", answers.get(each.key)) for each in asks.asked
        ]
        passages = self._passages(name, filled.passages if filled else (), asks.label)
        return Filled(name, parts, passages)

    def _passages(self, name: str, held: Sequence[Passage], of: str) -> list[dict[str, BoundField]]:
        """The passages there are, and an empty one behind them."""
        many = self._count(f"{name}-ps", len(held) + 1, MOST_PASSAGES)
        return [self._passage(f"{name}-p{each}", _at(held, each), of) for each in range(many)]

    def _passage(self, name: str, held: Passage | None, of: str) -> dict[str, BoundField]:
        passage = held or Passage("")
        known = [(str(number), said) for number, said in self._reports]
        only = known[0][0] if len(known) == 1 else ""
        self._put(f"{name}-quote", Text("What it says there", rows=2), passage.quote)
        report = forms.ChoiceField(
            label="In which report", required=False, choices=[("", "Not said"), *known],
            error_messages={"invalid_choice": "This report is no longer one of this study's."},
        )  # fmt: skip
        self._put(f"{name}-report", report, str(passage.report or "") if held else only)
        self._put(f"{name}-place", Line("Page or place", most=100), passage.place)
        return {each: self[f"{name}-{each}"] for each in ("quote", "report", "place")}

    def _count(self, name: str, without: int, most: int) -> int:
        typed = str(self.data.get(name, "")) if self.is_bound else ""
        return min(whole(typed, without, digits=3), most)

    def begin_from(self, revision: int) -> None:
        """Let the page go on from what has just been saved."""
        sent = {name: self.data.getlist(name) for name in self.data}  # type: ignore[attr-defined]
        self.data = MultiValueDict({**sent, "began": [str(revision)]})

    # -- reading out --------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for each in self._every(self.sections):
            if said.get(f"{each.name}-none") and self._given(each, said):
                self.add_error(f"{each.name}-none", _BOTH)
        return said

    def _every(self, shown: Iterable[Asked]) -> Iterable[Asked]:
        for each in shown:
            yield each
            for filled in each.entries:
                yield from self._every(filled.parts)

    def _given(self, shown: Asked, said: Mapping[str, Any]) -> bool:
        if shown.field.kind != GROUP:
            return bool(said.get(shown.name))
        return any(self._filled(each, said) is not None for each in shown.entries)

    @property
    def answers(self) -> dict[str, Answer]:
        """What was charted, of a form that is valid. What was left open is not in it."""
        found = {each.field.key: self._answer(each, self.cleaned_data) for each in self.sections}
        return {key: each for key, each in found.items() if each is not None}

    def _answer(self, shown: Asked, said: Mapping[str, Any]) -> Answer | None:
        passages = self._quoted(shown.name, len(shown.passages), said)
        if said.get(f"{shown.name}-none"):
            return Answer(NOT_REPORTED, None, passages)
        value = self._value(shown, said)
        if value:
            return Answer(GIVEN, value, passages)
        return None

    def _value(self, shown: Asked, said: Mapping[str, Any]) -> Value | None:
        if shown.field.kind == GROUP:
            found = (self._filled(each, said) for each in shown.entries)
            return tuple(each for each in found if each is not None)
        typed = said.get(shown.name)
        if shown.field.kind == MANY:
            return tuple(typed or ())
        return _day(str(typed)) if typed and shown.field.kind == DATE else (typed or None)

    def _filled(self, shown: Filled, said: Mapping[str, Any]) -> Entry | None:
        found = {each.field.key: self._answer(each, said) for each in shown.parts}
        answers = {key: each for key, each in found.items() if each is not None}
        passages = self._quoted(shown.name, len(shown.passages), said)
        return Entry(answers, passages) if answers or passages else None

    def _quoted(self, name: str, many: int, said: Mapping[str, Any]) -> tuple[Passage, ...]:
        each = (f"{name}-p{place}" for place in range(many))
        found = (
            Passage(
                said.get(f"{at}-quote") or "", int(said.get(f"{at}-report") or 0) or None,
                said.get(f"{at}-place") or "",
            )
            for at in each
        )  # fmt: skip
        return tuple(passage for passage in found if passage.quote or passage.place)


def _counted_up(data: Mapping[str, Any] | None, more: str) -> Mapping[str, Any] | None:
    """Return what was sent, showing one more of what `more` counts."""
    if data is None or not more.endswith(("-rows", "-ps")):
        return data
    count = whole(str(data.get(more, "")), 0, digits=3)
    sent = {name: data.getlist(name) for name in data}  # type: ignore[attr-defined]
    return MultiValueDict({**sent, more: [str(count + 1)]})


def _at(held: Sequence[Any], place: int) -> Any:
    return held[place] if place < len(held) else None


def _initial(asks: Field, said: Answer | None) -> Any:
    if said is None or said.state != GIVEN:
        return [] if asks.kind == MANY else ""
    if isinstance(said.value, Day):
        return said.value.text
    return list(chosen(said)) if asks.kind == MANY else said.value


def _day(text: str) -> Day:
    """Return a date as typed, with the days it may mean; words that are no date stay words."""
    found = fuzzy_dates.read(text, timezone.localdate())
    if found is None:
        return Day(text)
    return Day(text, found.earliest.isoformat(), found.latest.isoformat())
