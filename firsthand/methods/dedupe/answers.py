"""What is done with two reports, and how that is said."""

from dataclasses import dataclass
from typing import Literal

from firsthand.methods.dedupe.comparing import CLOSE, OTHER, SAME, UNKNOWN, Evidence
from firsthand.methods.dedupe.facts import Facts
from firsthand.methods.dedupe.values import LinkKind, Reason
from firsthand.methods.dedupe.wording import EQUAL, NAMED, SLIPS

Outcome = Literal["merge", "ask", "link", ""]
GUARD = "would join reports that contradict each other"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is done, by which rule; `kind` is a link's, `abstract` how the abstracts compare."""

    outcome: Outcome
    rule: str = ""
    abstract: int = UNKNOWN
    kind: LinkKind = "again"


NOTHING = Answer("")


def merge(rule: str, abstract: int = UNKNOWN) -> Answer:
    """One report."""
    return Answer("merge", rule, abstract)


def ask(rule: str, abstract: int = UNKNOWN) -> Answer:
    """Let a person look."""
    return Answer("ask", rule, abstract)


def elsewhere(one: Facts, other: Facts, abstract: int = UNKNOWN) -> Answer:
    """The same work in another place or year: linked, a meeting's abstract as such."""
    kind: LinkKind = "meeting" if one.meeting != other.meeting else "again"
    return Answer("link", "same title, other place", abstract, kind)


def reason(answer: Answer, seen: Evidence) -> Reason:
    """The answer in plain words."""
    fields = (
        ("DOI", seen.doi), ("PubMed number", seen.pmid), ("authors", seen.authors),
        ("journal or book", seen.container), ("year", seen.year), ("volume", seen.volume),
        ("issue", seen.issue), ("pages", seen.pages), ("abstract", answer.abstract),
    )  # fmt: skip
    words = {SAME: "same", CLOSE: "nearly the same"}
    good = [f"{words[level]} {name}" for name, level in fields if level >= CLOSE]
    bad = [f"other {name}" for name, level in fields if level == OTHER]
    if seen.title in (EQUAL, SLIPS):
        return Reason(answer.rule, (NAMED[seen.title], *good), tuple(bad))
    return Reason(answer.rule, tuple(good), (NAMED[seen.title], *bad))
