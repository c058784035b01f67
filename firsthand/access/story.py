"""The access log told in plain words, to the person it is about."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from firsthand.access import rules
from firsthand.access.models import Grant, LogLine

# What some things are done to; the others are done to the whole, or to a part of it.
_OF = {rules.TOLD: "", rules.WROTE: "", rules.PROMISED: "", rules.JUDGED: "",
       rules.CLOSED: "a conversation"}  # fmt: skip
# What is done to a team and a conversation.
_WITH = {
    rules.LET_IN: "let {team} into {talk}",
    rules.EARLIER: "opened what was written before in {talk} to {team}",
    rules.TOOK_OUT: "took {team} out of {talk}",
}


@dataclass(frozen=True)
class Told:
    """One line as a person reads it. `moment` has a time only where one is kept."""

    who: str
    what: str
    moment: datetime
    to_the_day: bool
    refused: bool


def story(lines: Iterable[LogLine]) -> list[Told]:
    """Return the lines in words, newest first, what the owner did told once a day."""
    rows = list(lines)
    talks, learning = _talks(rows), _for_research(rows)
    return list(dict.fromkeys(_told(row, talks, learning) for row in rows))[::-1]


def _told(line: LogLine, talks: Mapping[uuid.UUID, str], learning: set[int]) -> Told:
    own, what = line.by is None, _what(line, talks)
    if line.place in learning:
        what += ", for research"
    return Told(_who(line), what, line.at, own, line.refused)


def _who(line: LogLine) -> str:
    if line.by is None:
        return "Someone with a sign-in (it may have been you)" if line.refused else "You"
    name = line.by.name or "Another person"
    return f"{name}, {line.team}" if line.team else name


def _what(line: LogLine, talks: Mapping[uuid.UUID, str]) -> str:
    if line.refused:
        return "tried to open this and was refused"
    if line.done in _WITH:
        talk = talks.get(line.about, "a conversation")
        return _WITH[line.done].format(team=line.team, talk=talk)
    if line.done in (rules.SHARED, rules.REVOKED):
        return f"{rules.DONE[line.done]} {line.team}"
    what = "a part of it" if line.about != line.item_id else "it"
    return f"{rules.DONE[line.done]} {_OF.get(line.done, what)}".rstrip()


def _for_research(lines: list[LogLine]) -> set[int]:
    """Return the places of the lines of a team that was let in for research."""
    made = [line.about for line in lines if line.done == rules.SHARED]
    grants = Grant.objects.filter(id__in=made, purpose=rules.RESEARCH)
    found, inside, by_grant = set[int](), set[uuid.UUID](), set(grants.values_list("id", flat=True))
    for line in lines if by_grant else []:
        if line.team_id and line.done == rules.SHARED:
            (inside.add if line.about in by_grant else inside.discard)(line.team_id)
        if line.team_id in inside and not line.refused:
            found.add(line.place)
    return found


def _talks(lines: list[LogLine]) -> dict[uuid.UUID, str]:
    """Name each conversation by the team it was begun with, under its item and under its grants."""
    if not any(line.done in _WITH for line in lines):
        return {}
    made = {line.about: line for line in lines if line.done in rules.MAKES_A_GRANT}
    of = dict(Grant.objects.filter(id__in=made).values_list("id", "item_id"))
    names = {
        item: f"your conversation with {made[grant].team}"
        for grant, item in of.items()
        if made[grant].done == rules.SHARED
    }
    return names | {grant: names[item] for grant, item in of.items() if item in names}
