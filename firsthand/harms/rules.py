"""What a model of harm is made of: kinds of entry, codes, ranks, and how versions are mapped.

Pure: no clock, database or framework.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

SOURCE = "source"
EXPERIENCE = "experience"
IMPACT = "impact"
MINIMISATION = "minimisation"

# Each kind, in the order a model is read: one of them, many of them, and the shape of its codes.
KINDS: Mapping[str, tuple[str, str, str]] = {
    SOURCE: ("Source of harm", "Sources of harm", r"S\d+"),
    EXPERIENCE: ("Experience", "Experiences", r"S\d+\.\d+"),
    IMPACT: ("Impact", "Impacts", r"I\d+"),
    MINIMISATION: ("What would make harm less likely", "What would make harm less likely",
                   r"M\d+[A-Z]?"),
}  # fmt: skip

# How a rank came about.
SURVEY = "survey"
PRINTED = "printed"
LISTED = "listed"
EDITORS = "editors"
RANKED_BY: Mapping[str, str] = {
    SURVEY: "Ranked by the people who answered the survey",
    PRINTED: "The place it has in the printed list, which follows the survey",
    LISTED: "The place it has in the list; this list was not ranked",
    EDITORS: "The place that the editors gave it; nobody has ranked it",
}

# How an entry of one version stands to an entry of another: SKOS mapping relations (W3C, 2009).
# `broad` means that the entry it leads to is the wider one.
RELATIONS: Mapping[str, str] = {
    "exact": "means the same as",
    "close": "means nearly the same as",
    "broad": "is part of the wider",
    "narrow": "takes in the narrower",
    "related": "has to do with",
}

# What may be done to a line of a draft.
ADDED, REWORDED, MOVED, MERGED, SPLIT, REMOVED, RANKED = (
    "added", "reworded", "moved", "merged", "split", "removed", "ranked",
)  # fmt: skip
CHANGES: Mapping[str, str] = {
    ADDED: "added", REWORDED: "said in other words", MOVED: "moved to another source of harm",
    MERGED: "merged", SPLIT: "split", REMOVED: "removed", RANKED: "put in another order",
}  # fmt: skip

# What a line may stand on: one of it, many of it, and whether people are counted.
PAPER, PASSAGE, SURVEYED, TESTIMONY, COMMENT, FINDING = (
    "paper", "passage", "survey", "testimony", "comment", "finding",
)  # fmt: skip
GROUNDS: Mapping[str, tuple[str, str, bool]] = {
    PAPER: ("paper", "papers", False),
    FINDING: ("finding of a review", "findings of a review", False),
    PASSAGE: ("passage", "passages", True),
    SURVEYED: ("survey answer", "survey answers", True),
    TESTIMONY: ("account of what happened", "accounts of what happened", True),
    COMMENT: ("comment", "comments", True),
}

# What a group or person who looked at a draft said of it.
SIGNED: Mapping[str, str] = {
    "agreed": "agreed with it",
    "remarks": "agreed, with remarks",
    "not": "did not agree",
}

# How exactly the day of publication is known.
TO_THE = ("day", "month", "year")

LEVEL = "level"
CARE_ACT = "care-act"
CQC = "cqc"

# Words of addresses beneath /model/, which no version can be called.
RESERVED = ("drafts", "in-use")

_CODE = re.compile("|".join(f"(?:{shape})" for _, _, shape in KINDS.values()))


def is_code(text: str) -> bool:
    """Tell whether text has the shape of an entry's code, of any kind."""
    return bool(_CODE.fullmatch(text))


def code_fits(code: str, kind: str, parent: str | None) -> bool:
    """Tell whether a code has its kind's shape and, for an experience, starts with its source."""
    if kind not in KINDS or not re.fullmatch(KINDS[kind][2], code):
        return False
    if kind != EXPERIENCE:
        return parent is None
    return parent is not None and code.startswith(f"{parent}.")


def rank_number(rank: str) -> int:
    """Give the number in a rank: 6A and 6B are both 6. Raises ValueError when there is none."""
    found = re.match(r"\d+", rank)
    if found is None:
        raise ValueError(f"A rank starts with a number; {rank!r} does not.")
    return int(found.group())


def list_of(kind: str, parent: str | None) -> str:
    """Name the list a line stands in: its source's code for an experience, otherwise its kind."""
    return parent if kind == EXPERIENCE and parent else kind


def grouped(ranked: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Gather (code, rank), in order, into groups of codes that share a place: 6A with 6B."""
    found: list[list[str]] = []
    last = None
    for code, rank in ranked:
        number = rank_number(rank)
        if number == last:
            found[-1].append(code)
        else:
            found.append([code])
        last = number
    return found


def ranks(groups: Sequence[Sequence[str]]) -> dict[str, str]:
    """Give each code its rank: places count up from 1, and those that share one have letters.

    Raises ValueError when more share a place than there are letters.
    """
    found: dict[str, str] = {}
    for place, group in enumerate(groups, start=1):
        if len(group) > 26:
            raise ValueError("At most 26 lines can share a place.")
        for letter, code in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", group, strict=False):
            found[code] = f"{place}{letter}" if len(group) > 1 else str(place)
    return found


def next_code(kind: str, parent: str | None, used: Iterable[str]) -> str:
    """Give the first code of this kind that was never used: a code never gets another meaning."""
    stem = f"{parent}." if parent else kind[0].upper()
    numbers = [re.match(r"\d+", code[len(stem) :]) for code in used if code.startswith(stem)]
    return f"{stem}{1 + max((int(found.group()) for found in numbers if found), default=0)}"


def without(groups: Sequence[Sequence[str]], codes: Iterable[str]) -> list[list[str]]:
    """Take codes out of a list's groups; a place that is empty then goes."""
    gone = set(codes)
    left = [[code for code in group if code not in gone] for group in groups]
    return [group for group in left if group]


def is_slug(text: str) -> bool:
    """Tell whether a version may be called so: short, plain, and no word of an address."""
    return bool(re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,18}[a-z0-9])?", text)) and (
        text not in RESERVED
    )


def digest(facts: Mapping[str, Any]) -> str:
    """Give the SHA-256, in hex, of a model's facts, the same however they were stored."""
    plain = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
