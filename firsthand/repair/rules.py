"""The stages of a request for repair, who may move it, and how a promise can go. Pure.

One table says everything: `MOVES`. The page docs/reference/repair-stages.md is made from it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

# -- stages -----------------------------------------------------------------------------------

ASKED = "asked"
READ = "read"
ANSWERED = "answered"
PROMISED = "promised"
CLOSED = "closed"
STOPPED = "stopped"
WITHDRAWN = "withdrawn"

STAGES = {
    ASKED: "Sent, not opened yet",
    READ: "Opened, not answered yet",
    ANSWERED: "Answered",
    PROMISED: "Promises to keep",
    CLOSED: "Closed by the person",
    STOPPED: "No longer shared",
    WITHDRAWN: "Withdrawn",
}
STANDING = (ASKED, READ, ANSWERED, PROMISED)
WAITING = (ASKED, READ)  # an answer is still owed
SEEN_BY_TEAM = (*STANDING, CLOSED)

# -- who, and what they do --------------------------------------------------------------------

PERSON = "person"
TEAM = "team"
COMPANION = "companion"
PARTIES = {
    PERSON: "the person",
    TEAM: "the team that was asked",
    COMPANION: "a team the person let in beside them",
}

OPEN = "open"
WRITE = "write"
ANSWER = "answer"
JUDGE = "judge"
CLOSE = "close"
REOPEN = "reopen"
LET_IN = "let-in"
TAKE_OUT = "take-out"
STOP = "stop"
WITHDRAW = "withdraw"
STEPS = {
    OPEN: "opens it",
    WRITE: "writes a message",
    ANSWER: "gives an answer",
    JUDGE: "says how a promise went",
    CLOSE: "closes it",
    REOPEN: "opens it again",
    LET_IN: "lets a team in beside them",
    TAKE_OUT: "takes a team out again",
    STOP: "stops sharing",
    WITHDRAW: "withdraws what they told",
}


@dataclass(frozen=True)
class Move:
    """Who may take a step, and the stages it may lead to."""

    by: tuple[str, ...]
    to: tuple[str, ...]


def _beside(stage: str) -> dict[str, Move]:
    """Whom the person has beside them changes no stage."""
    return {step: Move((PERSON,), (stage,)) for step in (LET_IN, TAKE_OUT)}


_END = {STOP: Move((PERSON,), (STOPPED,)), WITHDRAW: Move((PERSON,), (WITHDRAWN,))}
_LEAVE = {CLOSE: Move((PERSON,), (CLOSED,)), **_END}
_WITH = (PERSON, COMPANION)
_ALL = (PERSON, TEAM, COMPANION)
_REPLIED = (ANSWERED, PROMISED)

MOVES: dict[str, dict[str, Move]] = {
    ASKED: {
        OPEN: Move((TEAM,), (READ,)),
        WRITE: Move(_WITH, (ASKED,)),
        **_beside(ASKED),
        **_LEAVE,
    },
    READ: {
        OPEN: Move((TEAM,), (READ,)),
        WRITE: Move(_ALL, (READ,)),
        ANSWER: Move((TEAM,), _REPLIED),
        **_beside(READ),
        **_LEAVE,
    },
    ANSWERED: {
        OPEN: Move((TEAM,), (ANSWERED,)),
        WRITE: Move(_ALL, (ANSWERED,)),
        ANSWER: Move((TEAM,), _REPLIED),
        JUDGE: Move((PERSON,), _REPLIED),
        **_beside(ANSWERED),
        **_LEAVE,
    },
    PROMISED: {
        OPEN: Move((TEAM,), (PROMISED,)),
        WRITE: Move(_ALL, (PROMISED,)),
        ANSWER: Move((TEAM,), (PROMISED,)),
        JUDGE: Move((PERSON,), _REPLIED),
        **_beside(PROMISED),
        **_LEAVE,
    },
    CLOSED: {
        OPEN: Move((TEAM,), (CLOSED,)),
        JUDGE: Move((PERSON,), (CLOSED,)),
        REOPEN: Move((PERSON,), STANDING),
        **_beside(CLOSED),
        **_END,
    },
    STOPPED: {
        JUDGE: Move((PERSON,), (STOPPED,)),
        TAKE_OUT: Move((PERSON,), (STOPPED,)),
        WITHDRAW: Move((PERSON,), (WITHDRAWN,)),
    },
    WITHDRAWN: {},
}
_ALWAYS_TO = {CLOSE: CLOSED, STOP: STOPPED, WITHDRAW: WITHDRAWN}


class NotAllowed(ValueError):
    """The table of moves has no such step for them at this stage."""


@dataclass(frozen=True)
class Facts:
    """What has happened so far: `running` counts promises nobody has judged yet."""

    opened: bool = False
    answered: bool = False
    running: int = 0

    @property
    def stage(self) -> str:
        """The standing stage that these facts amount to."""
        if self.running:
            return PROMISED
        if self.answered:
            return ANSWERED
        return READ if self.opened else ASKED


def may(stage: str, step: str, by: str) -> bool:
    """Say whether `by` may take `step` at `stage`."""
    move = MOVES[stage].get(step)
    return move is not None and by in move.by


def after(stage: str, step: str, by: str, facts: Facts) -> str:
    """Return the stage that follows, `facts` being as the step leaves them. Raises NotAllowed."""
    if not may(stage, step, by):
        raise NotAllowed(f"{by} may not {step} at {stage}")
    rests = stage in STANDING or step == REOPEN
    to = _ALWAYS_TO.get(step) or (facts.stage if rests else stage)
    if to not in MOVES[stage][step].to:
        raise NotAllowed(f"{step} at {stage} does not lead to {to}")
    return to


# -- promises ---------------------------------------------------------------------------------

RUNNING = "running"
KEPT = "kept"
PARTLY = "partly"
BROKEN = "broken"
VERDICTS = {
    KEPT: "Kept",
    PARTLY: "Partly kept",
    BROKEN: "Broken",
    RUNNING: "Too soon to say",
}
MOST_PROMISES = 20  # in one answer


def next_due(stage: str, answer_due: date, running: Iterable[date]) -> date | None:
    """Return the next day something is owed: an answer, or the earliest promise not judged."""
    if stage in WAITING:
        return answer_due
    return min(running, default=None) if stage == PROMISED else None


def is_overdue(due: date | None, today: date) -> bool:
    """Say whether `due` has passed; the day itself still counts."""
    return due is not None and due < today


# -- reminders ----------------------------------------------------------------------------------

SOON, TOMORROW, MISSED = "soon", "tomorrow", "missed"
REMINDERS = {SOON: -7, TOMORROW: -1, MISSED: 1}  # days from the day that something is due
REMIND_LATE = 7  # days: a reminder that nobody could send for longer is not sent any more


def reminder(due: date, made_on: date, today: date, given: str) -> str:
    """Return the reminder to give today, after the one `given` last; nothing if there is none.

    Only the newest is given, and none for a day on which the thing was not there yet.
    """
    rank = list(REMINDERS)
    days = {name: due + timedelta(days=after) for name, after in REMINDERS.items()}
    come = [name for name in rank if made_on < days[name] <= today]
    newest = come[-1] if come else ""
    passed = newest == MISSED and (today - days[MISSED]).days > REMIND_LATE
    fresh = newest and (not given or rank.index(newest) > rank.index(given))
    return newest if fresh and not passed else ""


# -- what people ask for ----------------------------------------------------------------------

ASKS = {
    "heard": "To be heard and believed",
    "apology": "An apology",
    "correction": "Something put right, such as in my records",
    "investigation": "Someone to look into what went wrong",
    "complaint": "That this counts as a complaint",
    "advocacy": "Someone to speak up for me",
    "mediation": "To meet, with someone neutral there",
    "report": "That those in charge learn of it, in confidence",
}

# -- kinds of turn ------------------------------------------------------------------------------

MESSAGE = "message"
ANSWER_KIND = "answer"
TURNS = {MESSAGE: "A message", ANSWER_KIND: "An answer"}
