"""An evidence and gap map: how many studies there are where two (or three) fields cross.

B. Snilstveit et al., "Evidence & gap maps: a tool for promoting evidence informed policy and
strategic research agendas", Journal of Clinical Epidemiology 79 (2016), 120-129. A study stands in
every cell whose choices it reported; so cells do not add up to the number of studies.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.methods.charting.choosing import Question
from firsthand.methods.charting.gaps import answers_to, standing
from firsthand.methods.charting.values import (
    GIVEN,
    NOT_REPORTED,
    STATES,
    Charted,
    Choice,
    chosen,
)

Keys = tuple[str, ...]


@dataclass(frozen=True)
class Map:
    """`axes`: the choices of each field, "not reported" last; `cells`: study numbers by keys.

    `left_out`: studies that are not charted on one of the fields yet, or not reconciled.
    """

    axes: tuple[tuple[Choice, ...], ...]
    cells: dict[Keys, tuple[int, ...]]
    left_out: tuple[int, ...]

    def studies(self, *keys: str) -> tuple[int, ...]:
        """Return the studies in one cell; with fewer keys than axes, in all cells that begin so."""
        found = (each for at, each in self.cells.items() if at[: len(keys)] == keys)
        return tuple(sorted({number for each in found for number in each}))

    @property
    def most(self) -> int:
        """The most studies that a cell of the first two fields has."""
        pairs = {keys[:2] for keys in self.cells}
        return max((len(self.studies(*each)) for each in pairs), default=0)


def crossed(questions: Sequence[Question], studies: Sequence[Charted]) -> Map:
    """Cross the choices of two or three fields."""
    cells: dict[Keys, list[int]] = {}
    left_out = []
    for study in studies:
        places = [_places(study, each) for each in questions]
        if not all(places):
            left_out.append(study.number)
        for keys in itertools.product(*places):
            cells.setdefault(keys, []).append(study.number)
    none = Choice(NOT_REPORTED, STATES[NOT_REPORTED])
    axes = tuple((*field.choices, none) for field, _ in questions)
    return Map(axes, {keys: tuple(each) for keys, each in cells.items()}, tuple(left_out))


def _places(study: Charted, question: Question) -> Keys:
    """Return the choices a study reported, or that it did not report; nothing while not charted."""
    field, group = question
    found = answers_to(study, field, group)
    stands = standing(found)
    if stands == GIVEN:
        keys = (key for each in found if each.state == GIVEN for key in chosen(each))
        return tuple(dict.fromkeys(keys))
    return (NOT_REPORTED,) if stands == NOT_REPORTED else ()
