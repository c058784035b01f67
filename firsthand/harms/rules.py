"""What a model of harm is made of: kinds of entry, codes, ranks, and how versions are mapped.

Pure: no clock, database or framework.
"""

import hashlib
import json
import re
from collections.abc import Mapping
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
RANKED_BY: Mapping[str, str] = {
    SURVEY: "Ranked by the people who answered the survey",
    PRINTED: "The place it has in the printed list, which follows the survey",
    LISTED: "The place it has in the list; this list was not ranked",
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

# How exactly the day of publication is known.
TO_THE = ("day", "month", "year")

LEVEL = "level"
CARE_ACT = "care-act"
CQC = "cqc"

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


def digest(facts: Mapping[str, Any]) -> str:
    """Give the SHA-256, in hex, of a model's facts, the same however they were stored."""
    plain = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
