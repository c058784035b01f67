"""Forms and answers as plain values for JSON (RFC 8259), there and back without loss."""

from collections.abc import Iterable, Mapping
from typing import Any

from firsthand.methods.charting.values import (
    GIVEN,
    Answer,
    Answers,
    Choice,
    Day,
    Entry,
    Field,
    Form,
    Passage,
    Value,
)

Told = dict[str, Any]


def told_field(field: Field) -> Told:
    """Return a field for JSON: what it does not have is left out."""
    said = {
        "key": field.key, "kind": field.kind, "label": field.label, "help": field.help,
        "unit": field.unit, "required": field.required, "retired": field.retired,
        "choices": [{"key": each.key, "label": each.label} for each in field.choices],
        "parts": [told_field(each) for each in field.parts],
    }  # fmt: skip
    return {name: value for name, value in said.items() if value}


def told_form(form: Form) -> list[Told]:
    return [told_field(each) for each in form]


def read_field(told: Mapping[str, Any]) -> Field:
    """Return the field that was told so. Raises KeyError when key, kind or label is missing."""
    return Field(
        told["key"], told["kind"], told["label"], told.get("help", ""), told.get("unit", ""),
        bool(told.get("required")), bool(told.get("retired")),
        tuple(Choice(each["key"], each["label"]) for each in told.get("choices", ())),
        tuple(read_field(each) for each in told.get("parts", ())),
    )  # fmt: skip


def read_form(told: Iterable[Mapping[str, Any]]) -> Form:
    return tuple(read_field(each) for each in told)


def told_answers(answers: Answers) -> Told:
    return {key: _told_answer(each) for key, each in answers.items()}


def _told_answer(answer: Answer) -> Told:
    said: Told = {"state": answer.state}
    if answer.state == GIVEN:
        said["value"] = _told_value(answer.value)
    if answer.passages:
        said["passages"] = _told_passages(answer.passages)
    return said


def _told_value(value: Value | None) -> Any:
    if isinstance(value, Day):
        return {"text": value.text, "earliest": value.earliest, "latest": value.latest}
    if isinstance(value, tuple):
        return [_told_entry(each) if isinstance(each, Entry) else each for each in value]
    return value


def _told_entry(entry: Entry) -> Told:
    return {"answers": told_answers(entry.answers), "passages": _told_passages(entry.passages)}


def _told_passages(passages: Iterable[Passage]) -> list[Told]:
    return [{"quote": each.quote, "report": each.report, "place": each.place} for each in passages]


def read_answers(told: Mapping[str, Any]) -> dict[str, Answer]:
    """Return the answers that were told so."""
    return {key: _read_answer(each) for key, each in told.items()}


def _read_answer(told: Mapping[str, Any]) -> Answer:
    value = _read_value(told["value"]) if told["state"] == GIVEN else None
    return Answer(told["state"], value, _read_passages(told.get("passages", ())))


def _read_value(told: Any) -> Value:
    if isinstance(told, Mapping):
        return Day(told["text"], told["earliest"], told["latest"])
    if isinstance(told, list):
        return tuple(_read_entry(each) if isinstance(each, Mapping) else each for each in told)
    return str(told)


def _read_entry(told: Mapping[str, Any]) -> Entry:
    return Entry(read_answers(told["answers"]), _read_passages(told["passages"]))


def _read_passages(told: Iterable[Mapping[str, Any]]) -> tuple[Passage, ...]:
    return tuple(Passage(each["quote"], each["report"], each["place"]) for each in told)
