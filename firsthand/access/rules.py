"""Purposes, and what the log can say was done. Pure."""

from dataclasses import dataclass
from datetime import date

HELP = "help"
ANSWER = "answer"
RESEARCH = "research"
PURPOSES = {
    HELP: "to help and speak up for you",
    ANSWER: "to answer you",
    RESEARCH: "for research: to learn from it, without keeping your words",
}
# What a person may ask of those they let in; for research nothing is asked.
REQUESTS = {each: said for each, said in PURPOSES.items() if each != RESEARCH}

TOLD = "told"
READ = "read"
CHANGED = "changed"
SHARED = "shared"
REVOKED = "revoked"
WITHDREW = "withdrew"
WROTE = "wrote"
PROMISED = "promised"
JUDGED = "judged"
CLOSED = "closed"
LET_IN = "let in"
EARLIER = "earlier"
TOOK_OUT = "took out"
DONE = {
    TOLD: "told us",
    READ: "opened",
    CHANGED: "changed",
    SHARED: "shared with",
    REVOKED: "stopped sharing with",
    WITHDREW: "withdrew",
    WROTE: "wrote a message",
    PROMISED: "made a promise",
    JUDGED: "said how a promise went",
    CLOSED: "closed",
    LET_IN: "let into a conversation",
    EARLIER: "opened what was written before",
    TOOK_OUT: "took out of a conversation",
}
MAKES_A_GRANT = (SHARED, LET_IN)


@dataclass(frozen=True)
class Terms:
    """What a grant says, as its owner signs it."""

    grant: str
    item: str
    team: str
    purpose: str
    made_on: date
    until: date | None

    def parts(self) -> tuple[str, ...]:
        """Return the terms in the order in which they are signed."""
        until = self.until.isoformat() if self.until else "ended by its owner"
        return (
            "grant",
            self.grant,
            self.item,
            self.team,
            self.purpose,
            self.made_on.isoformat(),
            until,
        )


def is_live(until: date | None, revoked_on: date | None, today: date) -> bool:
    """Say whether a grant holds today: its last day counts, its revocation ends it at once."""
    return revoked_on is None and (until is None or today <= until)
