"""What studies reported, choice by choice, and what none of them did: the gaps.

A gap is what a review cannot speak about (Arksey and O'Malley 2005, as in `values`; A. C. Tricco
et al., PRISMA-ScR, item 15). What is not charted yet is no gap: it is counted beside.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from firsthand.methods.charting.values import (
    CHOICE,
    DIFFERS,
    GIVEN,
    GROUP,
    MANY,
    NOT_CHARTED,
    NOT_REPORTED,
    Answer,
    Charted,
    Field,
    Form,
    asked,
    chosen,
    entries,
)


@dataclass(frozen=True)
class Line:
    """One choice: which studies reported it, by number."""

    key: str
    label: str
    studies: tuple[int, ...]


@dataclass(frozen=True)
class Counted:
    """One field over all studies. `group` names the group it is a part of.

    `lines` is empty for a field without choices. A part of a group is reported by a study if one
    of its entries has it.
    """

    field: Field
    group: Field | None
    reported: tuple[int, ...]
    not_reported: tuple[int, ...]
    not_charted: tuple[int, ...]
    differs: tuple[int, ...]
    lines: tuple[Line, ...]

    @property
    def name(self) -> str:
        return f"{self.group.label}: {self.field.label}" if self.group else self.field.label

    @property
    def empty(self) -> tuple[Line, ...]:
        """The choices that no study reported: none is known before any study is charted."""
        known = self.reported or self.not_reported
        return tuple(each for each in self.lines if known and not each.studies)


def answers_to(study: Charted, field: Field, group: Field | None = None) -> tuple[Answer, ...]:
    """Return every answer of a study to a field: one, or one for each entry of its group."""
    if group is None:
        return (study[field.key],)
    whole = study[group.key]
    found = [e.answers[field.key] for e in entries(whole) if field.key in e.answers]
    return tuple(found) or (Answer(NOT_CHARTED if whole.state == GIVEN else whole.state),)


def questions(form: Form) -> Iterator[tuple[Field, Field | None]]:
    """Yield every field that is asked, and the parts of groups, each with its group."""
    for each in asked(form):
        yield each, None
        if each.kind == GROUP:
            yield from ((part, each) for part in each.asked)


def counted(form: Form, studies: Sequence[Charted]) -> tuple[Counted, ...]:
    """Count every field of a form over the studies."""
    return tuple(_counted(field, group, studies) for field, group in questions(form))


def _counted(field: Field, group: Field | None, studies: Sequence[Charted]) -> Counted:
    stands: dict[str, list[int]] = {
        each: [] for each in (GIVEN, NOT_REPORTED, NOT_CHARTED, DIFFERS)
    }
    chose: dict[str, list[int]] = {each.key: [] for each in field.choices}
    for study in studies:
        found = answers_to(study, field, group)
        stands[standing(found)].append(study.number)
        for key in {key for each in found if each.state == GIVEN for key in _keys(field, each)}:
            chose.setdefault(key, []).append(study.number)
    lines = (Line(key, field.label_of(key), tuple(which)) for key, which in chose.items())
    known, none, never, differs = (tuple(each) for each in stands.values())
    return Counted(field, group, known, none, never, differs, tuple(lines))


def standing(found: Sequence[Answer]) -> str:
    """Return how a study stands on a field, of all its answers: reported, if one of them is."""
    states = [each.state for each in found]
    return next(each for each in (DIFFERS, GIVEN, NOT_REPORTED, NOT_CHARTED) if each in states)


def _keys(field: Field, answer: Answer) -> tuple[str, ...]:
    return chosen(answer) if field.kind in (CHOICE, MANY) else ()


def sentences(found: Sequence[Counted], *, so_far: bool = True) -> tuple[str, ...]:
    """Say each choice that no study reported, and each field that no study reported.

    `so_far`: where some studies are not charted or reconciled yet, say that of those charted.
    """
    return tuple(said for each in found for said in _said(each, so_far))


def _said(each: Counted, so_far: bool) -> Iterator[str]:
    waits = bool(each.not_charted or each.differs)
    none = "no study that is charted" if waits and so_far else "no study"
    if each.not_reported and not each.reported and not each.differs:
        yield f"{each.name}: {none} reported it."
        return
    for line in each.empty:
        yield f"{each.name}: {none} reported \u201c{line.label}\u201d."
