"""The access log told in plain words, to the person it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from firsthand.access import rules
from firsthand.access.models import LogLine

# What some things are done to; the others are done to the whole, or to a part of it.
_OF = {rules.TOLD: "", rules.WROTE: "", rules.PROMISED: "", rules.JUDGED: "",
       rules.CLOSED: "a conversation"}  # fmt: skip


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
    return list(dict.fromkeys(map(_told, lines)))[::-1]


def _told(line: LogLine) -> Told:
    own = line.by is None
    return Told(_who(line), _what(line), line.at, own, line.refused)


def _who(line: LogLine) -> str:
    if line.by is None:
        return "Someone with a sign-in (it may have been you)" if line.refused else "You"
    name = line.by.name or "Another person"
    return f"{name}, {line.team}" if line.team else name


def _what(line: LogLine) -> str:
    if line.refused:
        return "tried to open this and was refused"
    if line.done in (rules.SHARED, rules.REVOKED):
        return f"{rules.DONE[line.done]} {line.team}"
    what = "a part of it" if line.about != line.item_id else "it"
    return f"{rules.DONE[line.done]} {_OF.get(line.done, what)}".rstrip()
