"""The 22 studies of 2023 as a charting form and what was charted with it: a worked example.

Only what the source gives is here. A study that it names under no line of a question is not known
on it: that is "not charted", which is neither "no" nor "not reported".
"""

from firsthand.evidence.study_table import Group, StudyTable
from firsthand.methods.charting.values import (
    GIVEN,
    MANY,
    UNREPORTED,
    Answer,
    Charted,
    Choice,
    Field,
    Form,
)

_NONE = "_not_reported"  # an attribute that says so of the whole question


def form_of(table: StudyTable) -> Form:
    """Return a question for each group of attributes, with its attributes to choose from."""
    return tuple(_field(group) for group in table.groups)


def _field(group: Group) -> Field:
    choices = tuple(
        Choice(each.key, each.label) for each in group.attributes if not each.key.endswith(_NONE)
    )
    return Field(_key(group), MANY, group.name, choices=choices)


def _key(group: Group) -> str:
    return "-".join(group.name.lower().split())


def studies_of(table: StudyTable) -> tuple[Charted, ...]:
    """Return every study with what the table says of it; without its number, it has no name."""
    return tuple(_charted(table, number) for number in table.studies)


def _charted(table: StudyTable, number: int) -> Charted:
    said = {_key(group): _answer(group, number) for group in table.groups}
    return Charted(number, f"Study {number}", {key: it for key, it in said.items() if it})


def _answer(group: Group, number: int) -> Answer | None:
    has = [each.key for each in group.attributes if number in each.studies]
    given = tuple(key for key in has if not key.endswith(_NONE))
    if given:
        return Answer(GIVEN, given)
    return UNREPORTED if has else None
