"""What a survey is made of: kinds of question, stages, what an answer may say. Pure.

An answer to a ranking question is places: {item: place}, 1 the first, equal places tied, and the
items that do not apply. Items that have neither were left behind.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# -- stages -----------------------------------------------------------------------------------

DRAFT, OPEN, CLOSED = "draft", "open", "closed"
STAGES = {DRAFT: "Being written", OPEN: "Open", CLOSED: "Closed"}
MOVES: dict[str, tuple[str, ...]] = {DRAFT: (OPEN,), OPEN: (CLOSED,), CLOSED: (OPEN,)}

INVITED, LINK = "invited", "link"
WAYS_IN = {
    INVITED: "Only with a code: each code lets one person in, once",
    LINK: "Anyone who has the link",
}
PLAIN, EASY = "plain", "easy"
LAYOUTS = {PLAIN: "As usual", EASY: "Easy Read: large letters, short sentences"}

# -- questions --------------------------------------------------------------------------------

ORDER, SETS, RATE, WORDS, ABOUT = "order", "sets", "rate", "words", "about"
KINDS = {
    ORDER: "Choose your most important ones and put them in order",
    SETS: "Best and worst of a few at a time (for long lists)",
    RATE: "Rate each one",
    WORDS: "Answer in own words",
    ABOUT: "About the person (always optional, with the reason why)",
}
WITH_ITEMS = (ORDER, SETS, RATE, ABOUT)
MOST_ITEMS, MOST_QUESTIONS, MOST_WORDS = 80, 40, 10_000
NOT_APPLY = "not-apply"
ONE_SET, ALL_SETS = "one", "all"
SETS_WAYS = (ONE_SET, ALL_SETS)  # how best-worst sets are shown: one a page, or all on one

# -- answers ----------------------------------------------------------------------------------

BEGUN, SENT = "begun", "sent"
CAME = {INVITED: "with a code", LINK: "by the link", "paper": "on paper", "file": "from a file"}
BY_THEMSELVES = (INVITED, LINK)  # whoever runs the survey does not know these answers already

Said = Mapping[str, Any]


class Wrong(ValueError):
    """What was answered cannot be: `args[0]` is a sentence for the person."""


def keyed(lines: Iterable[str]) -> list[dict[str, str]]:
    """Return items with keys of their own; the same line twice is one item."""
    names = dict.fromkeys(" ".join(line.split()) for line in lines)
    return [{"key": f"i{n}", "label": name} for n, name in enumerate(filter(None, names), 1)]


def rekeyed(lines: Sequence[str], before: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Return items as `keyed` does; a line that stood there before stays the item it was.

    So it keeps its key, and the line of the model that it is. No new item gets a key of an old one.
    """
    old = {" ".join(item["label"].split()): item for item in before}
    taken = {item["key"] for item in before}
    fresh = (f"i{n}" for n in range(1, len(lines) + len(before) + 1) if f"i{n}" not in taken)
    return [old.get(each["label"]) or {"key": next(fresh), "label": each["label"]}
            for each in keyed(lines)]  # fmt: skip


def place(typed: str) -> int | None:
    """Return the place that was typed, None for nothing. Raises Wrong."""
    text = typed.strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= MOST_ITEMS:
        raise Wrong("Write places as numbers: 1, 2, 3 and so on. Or leave the box empty.")
    return int(text)


def ordered(
    places: Mapping[str, int], away: Iterable[str], keys: Sequence[str], most: int, tied: int
) -> dict[str, Any]:
    """Return an answer in order: places without gaps. Raises Wrong, saying what to change."""
    gone = list(dict.fromkeys(away))
    if any(key not in keys for key in [*places, *gone]):
        raise Wrong("One of these is not on the list of this question.")
    both = [key for key in gone if key in places]
    if both:
        raise Wrong("You gave one a place and said that it does not apply. Choose one of the two.")
    if len(places) > most:
        raise Wrong(f"You put {len(places)} in order. Choose {most} at most.")
    levels = sorted(set(places.values()))
    found = {key: levels.index(at) + 1 for key, at in places.items()}
    if any(list(found.values()).count(level) > tied for level in found.values()):
        raise Wrong(f"No more than {tied} can share a place. Put some lower, or leave them out.")
    return {"places": found, "away": gone}


def picked(sets: Sequence[Sequence[str]], best: Sequence[str], worst: Sequence[str]) -> Said:
    """Return an answer to best-worst sets: [best, worst] or nothing for each. Raises Wrong."""
    found = []
    for shown, one, other in zip(sets, best, worst, strict=True):
        if one and one == other:
            raise Wrong("In one group the same thing is most and least. Choose two, or leave it.")
        if any(each and each not in shown for each in (one, other)):
            raise Wrong("One of these is not in its group.")
        found.append([one, other])
    return {"sets": [list(each) for each in sets], "picked": found}


def with_set(
    said: Said, sets: Sequence[Sequence[str]], at: int, pair: Sequence[str]
) -> dict[str, Any]:
    """Return an answer to sets in which one set, counted from 0, is answered by [best, worst].

    The others stay as they were. What was said of other sets than these is not kept.
    """
    known = [list(each) for each in sets]
    before = said["picked"] if said.get("sets") == known else [["", ""] for _ in known]
    pairs = [list(pair) if n == at else list(each) for n, each in enumerate(before)]
    return {"sets": known, "picked": pairs, "passed": max(at + 1, sets_passed(said))}


def sets_passed(said: Said) -> int:
    """Return how many sets someone has gone through, answered or not."""
    return int(said.get("passed", 0))


def whole(said: Said) -> dict[str, Any]:
    """Return an answer as it counts: how far someone had come with it is nobody's business."""
    return {name: value for name, value in said.items() if name != "passed"}


def rated(
    given: Mapping[str, str], keys: Sequence[str], steps: int
) -> dict[str, dict[str, int] | list[str]]:
    """Return ratings: a step for each item that has one, and what does not apply. Raises Wrong."""
    if any(key not in keys for key in given):
        raise Wrong("One of these is not on the list of this question.")
    known = {NOT_APPLY, "", *map(str, range(1, steps + 1))}
    if any(value not in known for value in given.values()):
        raise Wrong("Choose one of the steps shown.")
    ratings = {key: int(value) for key, value in given.items() if value not in ("", NOT_APPLY)}
    return {"ratings": ratings, "away": [k for k, value in given.items() if value == NOT_APPLY]}


def one_of(key: str, keys: Sequence[str]) -> dict[str, Any]:
    """Return which one was chosen; nothing for none. Raises Wrong."""
    if key and key not in keys:
        raise Wrong("Choose one of the answers shown, or none.")
    return {"one": key} if key else {}


def is_empty(said: Said) -> bool:
    """Tell whether an answer to a question says nothing."""
    if "picked" in said:
        return not any(any(pair) for pair in said["picked"])
    return not any(said.values())
