"""Finds who speaks in a transcript that is written as "Interviewer: …", when it is so throughout.

A line that begins with a name and a colon begins a turn, if at least two names come twice or more
each and a fifth of all lines begin so. Else the colons are only colons, and no turns are told.
"""

import re
from collections import Counter

from firsthand.codebook.documents.document import SPEAKER, Turn

_LINE = re.compile(
    r"^[ \t]*(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?[ \t-]*)?"  # [00:01:02]
    r"\*{0,2}(?P<name>[^\W_a-z][\w.'\u2019/-]{0,30}(?:[ \t][\w.'\u2019/()&-]{1,30}){0,3})"
    r"(?:[ \t]*[\[(]\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])])?"
    r"[ \t]?\*{0,2}:\*{0,2}(?=[ \t\n]|$)",
    re.MULTILINE,
)
LEAST_TURNS, LEAST_SHARE, MOST_NAMES = 4, 0.2, 60


def speakers(text: str) -> tuple[Turn, ...]:
    """Return the turns of a transcript, each to where the next begins; none if it is not one."""
    found = [each for each in _LINE.finditer(text) if not each["name"][0].islower()]
    often = Counter(each["name"] for each in found)
    names = {name for name, count in often.items() if count > 1}
    begun = [each for each in found if each["name"] in names]
    lines = sum(1 for line in text.split("\n") if line.strip()) if len(begun) >= LEAST_TURNS else 0
    if not lines or not 2 <= len(names) <= MOST_NAMES or len(begun) < lines * LEAST_SHARE:
        return ()
    known = [each for each in found if each["name"] in names or _is_like(each["name"], names)]
    ends = [each.start() for each in known[1:]] + [len(text)]
    return tuple(
        Turn(each.start(), each.start() + len(text[each.start() : end].rstrip()), SPEAKER,
             each["name"])
        for each, end in zip(known, ends, strict=True)
    )  # fmt: skip


def _is_like(name: str, names: set[str]) -> bool:
    """Whether someone who speaks only once is named as the others are: P7 beside P1, P2."""
    bare = re.sub(r"\d+", "0", name)
    return bare != name and any(re.sub(r"\d+", "0", each) == bare for each in names)
