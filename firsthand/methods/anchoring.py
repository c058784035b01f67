"""Finds passages again after their text was changed, by what they say and what stands around them.

W3C Web Annotation Data Model (2017), 4.2.4 and 4.2.5: a TextPositionSelector says where words were
(code points, the end exclusive), a TextQuoteSelector which, with prefix and suffix. First what
stands before or behind everything that was changed, which is certain; then the exact words, told
apart by what stands around them; then words that are nearly the same, near the old place, as
fuzzy anchoring does it (Brush and others, "Robust annotation positioning in digital documents",
CHI 2001, 285-292). The nearly-same are found by rapidfuzz's partial ratio. What fits several places
alike, or none, is lost: a wrong place would be worse than none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

SAME, MOVED, NEAR, GONE, SEVERAL = "same", "moved", "near", "gone", "several"
LEAST_ALIKE = 80.0  # percent: from here on changed words are the same passage
LEAST_AROUND = 50.0  # percent: from here on what stands around is the same
APART = 5.0  # percent by which the best place must be better than the next
SHORT = 12  # characters: a shorter quote is only taken with what stands around it, and never nearly
MOST_PLACES = 200  # places of the same words that are compared, nearest first
WIDE = 20_000  # characters around the old place that are searched for nearly the same
MOST_ALIKE = 3  # stretches nearly the same that are compared
NOTHING = "\0"  # stands where a stretch was taken out, so that the next best is found
LONGEST = 20_000  # characters of a passage that is looked for nearly


@dataclass(frozen=True)
class Anchor:
    """Where a passage was, what it says, and what stood before and behind it."""

    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Found:
    """Where a passage is now, and how it was found; lost ones have no place (start = end = 0)."""

    how: str
    start: int = 0
    end: int = 0

    @property
    def is_lost(self) -> bool:
        return self.how in (GONE, SEVERAL)


def find_again(before: str, after: str, anchors: Iterable[Anchor]) -> Iterator[Found]:
    """Yield for each anchor of the text `before` where it is in `after`, or that it is lost.

    An anchor whose place is outside `before`, or does not say what stands there, is looked for by
    its words alone.
    """
    same = _common(before, after)
    left = min(len(before), len(after)) - same
    tail = _common(before[len(before) - left :][::-1], after[len(after) - left :][::-1])
    for each in anchors:
        yield _certain(before, after, each, same, tail) or _looked_for(after, each)


def _common(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike, by halving what is left to compare."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _certain(before: str, after: str, each: Anchor, same: int, tail: int) -> Found | None:
    """Return the place of what stands before, or behind, everything that was changed."""
    if not 0 <= each.start < each.end <= len(before) or before[each.start : each.end] != each.quote:
        return None
    if each.end <= same:
        return Found(SAME, each.start, each.end)
    if each.start >= len(before) - tail:
        by = len(after) - len(before)
        return Found(MOVED if by else SAME, each.start + by, each.end + by)
    return None


def _looked_for(text: str, each: Anchor) -> Found:
    if not each.quote:
        return Found(GONE)
    places = sorted(_places(text, each.quote), key=lambda at: (abs(at - each.start), at))
    if places:
        found = _best(text, each, places[:MOST_PLACES])
        if found is not None:
            return found
    return _nearly(text, each) if SHORT <= len(each.quote) <= LONGEST else Found(GONE)


def _places(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _best(text: str, each: Anchor, places: list[int]) -> Found | None:
    """Return the place whose surroundings are most like those that were; None if none is."""
    long = len(each.quote)
    scored = sorted(((_around(text, each, at, at + long), at) for at in places), reverse=True)
    (best, at), rest = scored[0], scored[1:]
    if best < LEAST_AROUND and (rest or len(each.quote) < SHORT):
        return None
    if rest and rest[0][0] > best - APART:
        return Found(SEVERAL)
    return Found(SAME if at == each.start else MOVED, at, at + long)


def _around(text: str, each: Anchor, at: int, end: int) -> float:
    """Return how alike prefix and suffix are to what stands at a place, in percent."""
    before = text[max(at - len(each.prefix), 0) : at]
    after = text[end : end + len(each.suffix)]
    return fuzz.ratio(f"{each.prefix}\0{each.suffix}", f"{before}\0{after}")


def _nearly(text: str, each: Anchor) -> Found:
    """Return the one stretch near the old place that is nearly the passage."""
    begin = max(each.start - WIDE, 0)
    window = text[begin : each.end + WIDE]
    found: list[tuple[float, int, int]] = []
    while len(found) < MOST_ALIKE and (one := _alike(each.quote, window)):
        score, start, end = one
        window = f"{window[:start]}{NOTHING * (end - start)}{window[end:]}"
        around = _around(text, each, begin + start, begin + end)
        found.append((score * 0.7 + around * 0.3, begin + start, begin + end))
    found.sort(reverse=True)
    if not found:
        return Found(GONE)
    if len(found) > 1 and found[1][0] > found[0][0] - APART:
        return Found(SEVERAL)
    _, start, end = found[0]
    return Found(NEAR, start, end)


def _alike(quote: str, window: str) -> tuple[float, int, int] | None:
    """Return how alike the best stretch of a window is, and where; None below LEAST_ALIKE."""
    if len(window) < len(quote) // 2:
        return None
    found = fuzz.partial_ratio_alignment(quote, window, score_cutoff=LEAST_ALIKE - 15)
    if found is None or len(window) < len(quote):
        return _trimmed(quote, window, 0, len(window))
    room = len(quote) // 4 + 2
    return _trimmed(quote, window, max(found.dest_start - room, 0), found.dest_end + room)


def _trimmed(quote: str, window: str, one: int, other: int) -> tuple[float, int, int] | None:
    """Return the stretch of `window` from where the quote's first words are to its last."""
    region = window[one:other]
    if len(region) > 2 * LONGEST:
        return None
    blocks = [
        each
        for each in SequenceMatcher(None, quote, region, autojunk=False).get_matching_blocks()
        if each.size > 2 or (each.size and (not each.a or each.a + each.size == len(quote)))
    ]
    if not blocks:
        return None
    first, last = blocks[0], blocks[-1]
    begin, end = first.b, last.b + last.size
    wide = _to_words(region, begin - first.a, end + len(quote) - last.a - last.size)
    for left, right in (wide, (begin, end)):
        stretch = region[left:right]
        score = fuzz.ratio(quote, stretch)
        if score >= LEAST_ALIKE and stretch.strip():
            at = one + left + len(stretch) - len(stretch.lstrip())
            return score, at, at + len(stretch.strip())
    return None


def _to_words(text: str, begin: int, end: int) -> tuple[int, int]:
    """Return a stretch that ends where words do: the changed first and last word are in it."""
    begin, end = max(begin, 0), min(end, len(text))
    while 0 < begin < len(text) and text[begin - 1].isalnum() and text[begin].isalnum():
        begin -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return begin, end
