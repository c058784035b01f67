"""How a record moves through screening, what a criterion's change needs, who may. Pure.

One table says how a record stands at a stage and what may be done with it: `MOVES`. Stages and
counts are those of PRISMA 2020 (Page and others, BMJ 2021;372:n71, figure 1); two who screen
apart from each other and a third decision where they differ: Cochrane Handbook 6.4, section 4.6.
"""

from collections.abc import Sequence

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

UNSEEN, PARTLY, CONFLICT, INCLUDED, EXCLUDED = (
    "unseen", "partly", "conflict", "included", "excluded",
)  # fmt: skip
STATES = {
    UNSEEN: "Nobody has decided yet",
    PARTLY: "Waiting for another reviewer",
    CONFLICT: "To be settled",
    INCLUDED: "Included",
    EXCLUDED: "Excluded",
}
OPEN = (UNSEEN, PARTLY)
DECIDED = (CONFLICT, INCLUDED, EXCLUDED)

DECIDE, UNDO, RESOLVE = "decide", "undo", "resolve"
STEPS = {
    DECIDE: "a reviewer decides, blind",
    UNDO: "a reviewer takes their own decision back, before they saw another's",
    RESOLVE: "someone settles it by a further decision; the first ones stay",
}
_DECIDING: dict[str, tuple[str, ...]] = {DECIDE: (PARTLY, *DECIDED)}
_UNDOING: dict[str, tuple[str, ...]] = {UNDO: OPEN}
MOVES: dict[str, dict[str, tuple[str, ...]]] = {
    UNSEEN: _DECIDING,
    PARTLY: {**_DECIDING, **_UNDOING},
    CONFLICT: {**_UNDOING, RESOLVE: (INCLUDED, EXCLUDED)},
    INCLUDED: _UNDOING,
    EXCLUDED: _UNDOING,
}


class NotAllowed(ValueError):
    """The table of moves has no such step for a record that stands so."""


def stands(choices: Sequence[str], needed: int, settled: str = "") -> str:
    """Return how a record stands: its reviewers' `choices`, of so many `needed`.

    `settled` is what the further decision was, once there is one.
    """
    if len(choices) < needed:
        return PARTLY if choices else UNSEEN
    if settled or (len(set(choices)) == 1 and choices[0] in FINAL):
        return INCLUDED if (settled or choices[0]) == INCLUDE else EXCLUDED
    return CONFLICT


def after(state: str, step: str, choices: Sequence[str], needed: int, settled: str = "") -> str:
    """Return how it stands after `step`, the facts being as the step leaves them.

    Raises NotAllowed.
    """
    to = stands(choices, needed, settled)
    if to not in MOVES[state].get(step, ()):
        raise NotAllowed(f"{step} at {state} does not lead to {to}")
    return to


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
IMPORTS = {
    WAITING: "Waiting to be read",
    READING: "Being read",
    READ: "Read",
    FAILED: "Could not be read",
}
UNFINISHED = (WAITING, READING)

# -- calibration ------------------------------------------------------------------------------

MOST_IN_ROUND = 500
