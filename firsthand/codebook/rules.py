"""What there is in a coding project, how a passage and a coder's work stand, who may. Pure.

Two code a source apart from each other and see each other's coding once both have finished; where
they differ is settled side by side (Campbell and others, Sociological Methods & Research 2013;
42:294-320). What a codebook says of each code: MacQueen and others, Cultural Anthropology Methods
1998;10:31-36.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

# -- coders -----------------------------------------------------------------------------------

OWNER, CODER = "owner", "coder"
ROLES = {
    OWNER: "Owner: changes the project, who takes part and the codebook; codes too",
    CODER: "Coder: adds sources and codes, and codes",
}

# -- sources ----------------------------------------------------------------------------------

REPORT, DOCUMENT, TRANSCRIPT, SURVEY, TESTIMONY = (
    "report", "document", "transcript", "survey", "testimony",
)  # fmt: skip
KINDS = {
    REPORT: "Findings of a report",
    DOCUMENT: "Document",
    TRANSCRIPT: "Transcript",
    SURVEY: "Answers to a survey",
    TESTIMONY: "What a person told us",
}
SPEAKER, PAGE, HEADING = "speaker", "page", "heading"
TURNS = {SPEAKER: "Speaker", PAGE: "Page", HEADING: "Heading"}
MOST_TEXT = 2_000_000  # code points of one source

WAITING, READ, FAILED = "waiting", "read", "failed"
ARRIVALS = {  # a file that was brought
    WAITING: "Being read",
    READ: "Read",
    FAILED: "Could not be read",
}


@dataclass(frozen=True)
class TurnOf:
    """Where someone speaks, a page is, or a heading: code points, the end exclusive."""

    start: int
    end: int
    speaker: str
    kind: str = SPEAKER


def wrong_with_turns(turns: Sequence[TurnOf], length: int) -> str:
    """Return a sentence on why turns do not fit a text of this length; nothing when they do."""
    for each in turns:
        if each.kind not in TURNS:
            return f"\u201c{each.kind}\u201d is no kind of turn."
        if not 0 <= each.start <= each.end <= length:
            return "A turn begins or ends outside the text."
    return ""


# -- codes ------------------------------------------------------------------------------------

PATTERNS = {
    "solid": "One line",
    "double": "Two lines",
    "dotted": "Dots",
    "dashed": "Dashes",
    "wavy": "A wave",
    "thick": "A thick line",
}
# Dark enough to be read as a line on white, and told apart by most eyes (after Okabe and Ito 2008).
COLOURS = {
    "#0072b2": "Blue",
    "#b34700": "Orange",
    "#00785a": "Green",
    "#a3347f": "Purple",
    "#7a5c00": "Ochre",
    "#b3261e": "Red",
    "#345a6b": "Slate",
}
_COLOUR = re.compile(r"#[0-9a-f]{6}")
ENOUGH_EXAMPLES = 5
MOST_CODES = 2_000
LONGEST_NAME = 200

ADDED, CHANGED, MOVED, MERGED, SPLIT, DELETED = (
    "added", "changed", "moved", "merged", "split", "deleted",
)  # fmt: skip
CHANGES = {
    ADDED: "Added",
    CHANGED: "Changed",
    MOVED: "Moved",
    MERGED: "Merged into another",
    SPLIT: "Split",
    DELETED: "Deleted",
}


def is_colour(text: str) -> bool:
    """Say whether a colour is written as #rrggbb, in small letters."""
    return _COLOUR.fullmatch(text) is not None


def look_of(number: int) -> tuple[str, str]:
    """Return the colour and pattern of a new code: neighbours differ in both."""
    colours, patterns = list(COLOURS), list(PATTERNS)
    return colours[number % len(colours)], patterns[number % len(patterns)]


def is_below(one: UUID | None, above: UUID, parents: Mapping[UUID, UUID | None]) -> bool:
    """Say whether `one` is `above` itself or stands somewhere below it."""
    seen: set[UUID] = set()
    while one is not None and one not in seen:
        if one == above:
            return True
        seen.add(one)
        one = parents.get(one)
    return False


# -- passages, and a coder's work on a source ---------------------------------------------------

STANDS, LOST, WITHDRAWN = "stands", "lost", "withdrawn"
STATES = {
    STANDS: "Stands",
    LOST: "Lost when the text was changed",
    WITHDRAWN: "Withdrawn by whoever told it",
}
AROUND = 32  # code points kept before and behind a passage
QUICK = 9  # codes that have a key, from 1

COPIED = 5  # so many words in a row are someone's own words, and no thought about them
_WORD = re.compile(r"\w+")


def repeats(said: str, words: str) -> bool:
    """Say whether someone's own words are copied: COPIED of them in a row, or all where fewer.

    Letters alone count: not their size, nor the signs and spaces between.
    """
    held, wanted = _WORD.findall(words.casefold()), _WORD.findall(said.casefold())
    many = min(COPIED, len(held))
    runs = {tuple(held[at : at + many]) for at in range(len(held) - many + 1)} - {()}
    return any(tuple(wanted[at : at + many]) in runs for at in range(len(wanted)))


UNBEGUN, BEGUN, FINISHED, READS = "unbegun", "begun", "finished", "reads"
WORKINGS = {
    UNBEGUN: "Not begun",
    BEGUN: "Being coded",
    FINISHED: "Finished",
    READS: "Reads only",
}


def working(begun: bool, finished: bool, reads: bool) -> str:
    """Return how a coder's work on a source stands."""
    if not begun:
        return UNBEGUN
    if not finished:
        return BEGUN
    return READS if reads else FINISHED


def sees(mine: str, theirs: str) -> bool:
    """Say whether a coder sees another's coding of a source: both have to be done with it."""
    return mine in (FINISHED, READS) and theirs == FINISHED


def may_reopen(others: Iterable[str]) -> bool:
    """Say whether a coder may go on with a source they finished: while nobody else has."""
    return FINISHED not in others


def around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return a passage's quote, and what stands before and behind it."""
    before = text[max(start - AROUND, 0) : start]
    return text[start:end], before, text[end : end + AROUND]


# -- settling what two coded differently --------------------------------------------------------

ONE, ALL, NEITHER, NEW = "one", "all", "neither", "new"
SETTLES = {
    ONE: "The coding of one of them",
    ALL: "The coding of all of them",
    NEITHER: "No coding here",
    NEW: "A new stretch",
}


def may_settle(mine: str, all_of: Iterable[str]) -> bool:
    """Say whether a coder may settle: two or more finished, nobody codes, they are done."""
    stand = list(all_of)
    two = stand.count(FINISHED) > 1 and not {UNBEGUN, BEGUN} & set(stand)
    return two and mine in (FINISHED, READS)
