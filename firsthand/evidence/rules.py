"""How a record moves through screening, what a criterion's change needs, who may. Pure.

One table says how a record stands at a stage and what may be done with it: `MOVES`. Stages and
counts are those of PRISMA 2020 (Page and others, BMJ 2021;372:n71, figure 1); two who screen
apart from each other and a third decision where they differ: Cochrane Handbook 6.4, section 4.6.
"""

from collections.abc import Iterable, Sequence

# -- members ----------------------------------------------------------------------------------

OWNER, REVIEWER = "owner", "reviewer"
MEMBERS = {
    OWNER: "Owner: changes the protocol, the criteria and who takes part; screens too",
    REVIEWER: "Reviewer: searches, imports and screens",
}

# -- stages of screening ----------------------------------------------------------------------

ABSTRACT, FULL_TEXT = "abstract", "full-text"
STAGES = {ABSTRACT: "Title and abstract", FULL_TEXT: "Full text"}
AFTER_STAGE = {ABSTRACT: FULL_TEXT}  # what is included at one is screened at the next
REASONS_NEEDED = (FULL_TEXT,)  # PRISMA 2020 item 16b: why reports were left out
MOST_REVIEWERS = 5  # who may be asked to decide each record

# -- choices ----------------------------------------------------------------------------------

INCLUDE, EXCLUDE, MAYBE = "include", "exclude", "maybe"
CHOICES = {INCLUDE: "Include", EXCLUDE: "Exclude", MAYBE: "Maybe"}
FINAL = (INCLUDE, EXCLUDE)

# -- how a record stands at a stage -------------------------------------------------------------

UNSEEN, PARTLY, CONFLICT, INCLUDED, EXCLUDED, NOT_GOT = (
    "unseen", "partly", "conflict", "included", "excluded", "not-got",
)  # fmt: skip
STATES = {
    NOT_GOT: "Could not be got",
    UNSEEN: "Nobody has decided yet",
    PARTLY: "Waiting for another reviewer",
    CONFLICT: "To be settled",
    INCLUDED: "Included",
    EXCLUDED: "Excluded",
}
OPEN = (UNSEEN, PARTLY)
DECIDED = (CONFLICT, INCLUDED, EXCLUDED)

DECIDE, UNDO, RESOLVE, REOPEN = "decide", "undo", "resolve", "reopen"
GIVE_UP, FIND = "give up", "find"
STEPS = {
    DECIDE: "a reviewer decides, blind",
    UNDO: "a reviewer takes their own decision back, before they saw another's",
    RESOLVE: "someone settles it by a further decision; the first ones stay",
    REOPEN: "an owner opens it again, for a reason; all that was decided stays in its history",
    GIVE_UP: "a report could not be got: there is nothing to decide on",
    FIND: "a report is to be had after all",
}
_DECIDING: dict[str, tuple[str, ...]] = {DECIDE: (PARTLY, *DECIDED)}
_UNDOING: dict[str, tuple[str, ...]] = {UNDO: OPEN}
MOVES: dict[str, dict[str, tuple[str, ...]]] = {
    NOT_GOT: {FIND: (UNSEEN,)},
    UNSEEN: {**_DECIDING, GIVE_UP: (NOT_GOT,)},
    PARTLY: {**_DECIDING, **_UNDOING},
    CONFLICT: {**_UNDOING, RESOLVE: (INCLUDED, EXCLUDED)},
    INCLUDED: {**_UNDOING, REOPEN: (CONFLICT,)},
    EXCLUDED: {**_UNDOING, REOPEN: (CONFLICT,)},
}


class NotAllowed(ValueError):
    """The table of moves has no such step for a record that stands so."""


def stands(
    choices: Sequence[str],
    needed: int,
    settled: str = "",
    *,
    reopened: bool = False,
    missing: bool = False,
) -> str:
    """Return how a record stands: its reviewers' `choices`, of so many `needed`.

    `settled` is what the further decision was, once there is one. `reopened`: only such a further
    decision counts from then on, also where all agreed. `missing`: the report could not be got.
    """
    if not choices and missing:
        return NOT_GOT
    if len(choices) < needed:
        return PARTLY if choices else UNSEEN
    agreed = len(set(choices)) == 1 and choices[0] in FINAL and not reopened
    if settled or agreed:
        return INCLUDED if (settled or choices[0]) == INCLUDE else EXCLUDED
    return CONFLICT


def after(
    state: str, step: str, choices: Sequence[str], needed: int, settled: str = "", **facts: bool
) -> str:
    """Return how it stands after `step`, the facts (of `stands`) being as the step leaves them.

    Raises NotAllowed.
    """
    to = stands(choices, needed, settled, **facts)
    if to not in MOVES[state].get(step, ()):
        raise NotAllowed(f"{step} at {state} does not lead to {to}")
    return to


# -- getting reports --------------------------------------------------------------------------

SOUGHT, REQUESTED, BOUGHT, GOT, GIVEN_UP = "sought", "requested", "bought", "got", "given-up"
RETRIEVALS = {
    SOUGHT: "Not looked for yet",
    REQUESTED: "Requested",
    BOUGHT: "Bought, on its way",
    GOT: "Got",
    GIVEN_UP: "Could not be got",
}
READING_OF = {"waiting": "Its text is being read", "read": "Read", "failed": "Without text here"}

# -- criteria ---------------------------------------------------------------------------------

KINDS = {INCLUDE: "Inclusion criteria", EXCLUDE: "Exclusion criteria"}
ADDED, REWORDED, RETIRED = "added", "reworded", "retired"
CHANGES = {ADDED: "Added", REWORDED: "Reworded", RETIRED: "Retired"}


def reason_needed(change: str, decided: bool) -> bool:
    """Say whether a change of the criteria must be explained; `decided`: once screening began."""
    return decided or change != ADDED


# -- searches and imports ---------------------------------------------------------------------

DATABASE, REGISTER, OTHER = "database", "register", "other"
SOURCES = {
    DATABASE: "A bibliographic database",
    REGISTER: "A register of studies",
    OTHER: "Another way: citations, websites, organisations, people",
}
WAITING, READING, READ, FAILED = "waiting", "reading", "read", "failed"
COLUMNS = "columns"
IMPORTS = {
    WAITING: "Waiting to be read",
    COLUMNS: "Waiting for you: what is in its columns?",
    READING: "Being read",
    READ: "Read",
    FAILED: "Could not be read",
}
UNFINISHED = (WAITING, READING)

# -- duplicates -------------------------------------------------------------------------------

SAME, ASKED, VERSIONS, APART = "same", "asked", "versions", "apart"
PAIRS = {
    SAME: "Same report",
    ASKED: "Put to a person",
    VERSIONS: "Versions of one work",
    APART: "Not the same",
}
ANSWERS = (SAME, APART, VERSIONS)  # what a person may say of a pair
LINKS = {
    "preprint": "a preprint and what was published of it",
    "meeting": "a meeting's abstract and a later article",
    "notice": "a correction, retraction, comment or reply, and what it is about",
    "part": "parts of one series",
    "again": "the same title in another year or another place",
}
LOOK_WAITING, LOOK_DONE, LOOK_FAILED = "waiting", "done", "failed"
LOOKS = {
    LOOK_WAITING: "Looking for duplicates",
    LOOK_DONE: "Looked",
    LOOK_FAILED: "Could not be looked through",
}
_FURTHEST = (NOT_GOT, UNSEEN, PARTLY, EXCLUDED, CONFLICT, INCLUDED)


def how_far(standing: Iterable[tuple[str, str]]) -> tuple[int, int]:
    """Return how far a record is, from its (stage, state)s: the furthest stands for its group.

    A decision is never traded for none, nor an inclusion for an exclusion.
    """
    stages = list(STAGES)
    known = [(stages.index(stage), _FURTHEST.index(state)) for stage, state in standing]
    return max(known, default=(0, 0))


# -- labels, and blocks of words that are marked ------------------------------------------------

COLOURS = {"sun": "Yellow", "sea": "Blue", "leaf": "Green", "rose": "Red", "stone": "Grey"}
LINES = {"solid": "One line", "double": "Two lines", "dotted": "Dots", "dashed": "Dashes"}
MOST_LABELS, MOST_BLOCKS = 50, 8

# -- calibration ------------------------------------------------------------------------------

MOST_IN_ROUND = 500

# -- in which order records are put before reviewers --------------------------------------------

IMPORTED, CHANCE, LEARNED = "imported", "chance", "learned"
ORDERS = {
    IMPORTED: "As they were imported, oldest first",
    CHANCE: "By chance",
    LEARNED: "What is like the records included so far comes first",
}
MOST_DRAWN = 2_000  # records drawn for an audit at one time
FIXED = (CHANCE, LEARNED)  # in these, what was read last tells no less than chance of what is left
SETTLED = (INCLUDED, EXCLUDED)  # what an order is learned from: no single decision is in it


def is_share_of(number: int, place: int, members: int, needed: int) -> bool:
    """Say whether a record falls to the member at `place` (from 0), of whom `needed` decide it.

    Where more take part than decide a record, each has as many records to go to first, so that
    two do not read the same one only for the second to be told that it was not needed.
    """
    return (number + place) % max(members, 1) < needed


# -- shares -----------------------------------------------------------------------------------

SHARED_BY = {1: "One person", 2: "Two people, pairs spread evenly"}

# -- the package of a review --------------------------------------------------------------------

PACK_WAITING, PACK_READY, PACK_FAILED = "waiting", "ready", "failed"
PACKINGS = {
    PACK_WAITING: "Being made",
    PACK_READY: "Ready",
    PACK_FAILED: "Could not be made",
}
MADE_AT_ONCE = 500  # records: the package of a smaller review takes a moment


def is_made_at_once(records: int) -> bool:
    """Say whether a package is made while its reader waits, or in the background."""
    return records < MADE_AT_ONCE
