"""Two windows that save the same chart: what each changed is kept, and what both changed is told.

A three-way merge by field: what a window began from, what it says now, what was saved meanwhile
(the rule of the diff3 family: S. Khanna, K. Kunal and B. C. Pierce, "A formal investigation of
Diff3", FSTTCS 2007). A group is one field: how often it was filled is merged whole.
"""

from dataclasses import dataclass

from firsthand.methods.charting.values import Answer, Answers, Field, Form


@dataclass(frozen=True)
class Merged:
    """The answers together. `clashes` are the fields both changed: there `answers` has mine."""

    answers: dict[str, Answer]
    clashes: tuple[str, ...]


def merge(began: Answers, mine: Answers, saved: Answers) -> Merged:
    """Merge what one window says with what another one saved since the first began."""
    keys = list(dict.fromkeys([*saved, *mine]))
    both = [key for key in keys if _clash(began.get(key), mine.get(key), saved.get(key))]
    found = {key: _one(began.get(key), mine.get(key), saved.get(key)) for key in keys}
    kept = {key: each for key, each in found.items() if each is not None}
    return Merged(kept, tuple(both))


def _clash(began: Answer | None, mine: Answer | None, saved: Answer | None) -> bool:
    return mine != began and saved != began and mine != saved


def _one(began: Answer | None, mine: Answer | None, saved: Answer | None) -> Answer | None:
    return saved if mine == began else mine


def carried(before: Form, answers: Answers, now: Form) -> dict[str, Answer]:
    """Return the answers that hold under a later form: those to fields that did not change.

    What a field asks is its kind, words, unit, choices and parts; its help, and whether it is
    required, change nothing of what was answered.
    """
    same = {each.key: _asks(each) for each in before}
    kept = {each.key for each in now if same.get(each.key) == _asks(each) and not each.retired}
    return {key: each for key, each in answers.items() if key in kept}


def _asks(field: Field) -> tuple[object, ...]:
    parts = tuple(_asks(each) for each in field.asked)
    return (field.kind, field.label, field.unit, frozenset(field.choices), parts)
