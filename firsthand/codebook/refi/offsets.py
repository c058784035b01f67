"""Where a marked stretch is: how the tool that wrote a file counted, and what that is here.

Source: REFI-QDA 1.5, section 10.2: Unicode code points from 0. Tools differ all the same: some
count UTF-16 (two for an emoji), some (ATLAS.ti) count the two letters of a Windows line end as one,
some count a byte-order mark, some say the last letter rather than the one after it. Which it was
shows by the words that many tools write into the selection's name, and by what fits into the text.
Without such signs the standard is taken at its word.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

_ASTRAL, _ENDS = "[\U00010000-\U0010ffff]", r"\r\n"
_CUT = re.compile(r"(?:\u2026|\.\.\.)\s*$")
_SHORTEST = 4  # letters of a name that can tell anything


@dataclass(frozen=True, slots=True)
class Counting:
    """A way to count the letters of a text."""

    utf16: bool = False
    ends_as_one: bool = False
    with_mark: bool = False
    last_included: bool = False

    @property
    def words(self) -> str:
        """Say it in a sentence."""
        unit = "in UTF-16 units, in which an emoji is two" if self.utf16 else "in code points"
        more = [
            said for holds, said in (
                (self.ends_as_one, "a Windows line end counts as one"),
                (self.with_mark, "the byte-order mark is counted"),
                (self.last_included, "the end is the last letter of the stretch"),
            ) if holds
        ]  # fmt: skip
        return ", ".join([f"Positions were taken to be counted {unit}", *more]) + "."


STANDARD = Counting()


@dataclass(frozen=True, slots=True)
class Stretch:
    """From where to where something is marked, as the file counts, and its name."""

    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without its byte-order mark, whether it had one, and what is marked in it."""

    text: str
    had_mark: bool
    stretches: tuple[Stretch, ...]


class Ruler:
    """Turns positions of one way of counting into code points of one text."""

    def __init__(self, text: str, counting: Counting) -> None:
        self.length, self._counting = len(text), counting
        odd = [_ASTRAL] * counting.utf16 + [_ENDS] * counting.ends_as_one
        self._at: list[int] = []  # where each odd place is, in code points
        self._from: list[int] = []  # the same as counted
        self._wide: list[bool] = []  # whether it is counted as two, or two are counted as one
        ahead = 0
        for found in re.finditer("|".join(odd), text) if odd else ():
            self._at.append(found.start())
            self._from.append(found.start() + ahead)
            wide = found.end() - found.start() == 1
            self._wide.append(wide)
            ahead += 1 if wide else -1

    def points(self, stretch: Stretch) -> tuple[int, int]:
        """Return the first code point of a stretch and the one after its last."""
        shift = 1 if self._counting.with_mark else 0
        end = stretch.end + self._counting.last_included
        first = self._point(max(stretch.start - shift, 0), up=False)
        return first, self._point(end - shift, up=True)

    def _point(self, counted: int, *, up: bool) -> int:
        """Return a position in code points. Inside of an emoji, it is where it begins or ends."""
        last = bisect_right(self._from, counted) - 1
        if last < 0:
            return counted
        past = counted - self._from[last]
        if not past:
            return self._at[last]
        if self._wide[last]:
            return self._at[last] + (past - 1 if past > 1 else int(up))
        return self._at[last] + past + 1


def way(texts: Sequence[Marked], preferred: Sequence[Counting] = ()) -> Counting:
    """Return how the positions in a project's texts were counted.

    The way by which most names are the words at their place; among equals the one by which fewest
    stretches lie beyond their text, then `preferred`, then the one nearest to the standard.
    """
    ways = _ways(texts)
    if len(ways) == 1:
        return ways[0]
    order = [*preferred, *ways]
    scores = {each: _score(texts, each) for each in ways}
    best = max(scores.values())
    return next(each for each in order if scores.get(each) == best)


def _ways(texts: Sequence[Marked]) -> list[Counting]:
    """Return the ways of counting that make a difference to these texts, the standard first."""
    marked = [each for each in texts if each.stretches]
    astral = any(re.search(_ASTRAL, each.text) for each in marked)
    ends = any("\r\n" in each.text for each in marked)
    mark = any(each.had_mark for each in marked)
    named = any(len(one.name) >= _SHORTEST for each in marked for one in each.stretches)
    choices = [(False, True) if open_ else (False,) for open_ in (astral, ends, mark, named)]
    found = [Counting(*each) for each in product(*choices)]
    return sorted(found, key=lambda each: (each.last_included, each.utf16 + each.ends_as_one
                                           + each.with_mark, each.with_mark))  # fmt: skip


def _score(texts: Iterable[Marked], counting: Counting) -> tuple[int, int]:
    """Return how many names are the words at their place, and (less than 0) how many miss."""
    right = beyond = 0
    for each in texts:
        ruler = Ruler(each.text, _for(counting, each.had_mark))
        for one in each.stretches:
            start, end = ruler.points(one)
            beyond += end > len(each.text)
            right += says(each.text[start:end], one.name)
    return right, -beyond


def _for(counting: Counting, had_mark: bool) -> Counting:
    """A mark can only be counted where there was one."""
    return Counting(counting.utf16, counting.ends_as_one, counting.with_mark and had_mark,
                    counting.last_included)  # fmt: skip


def ruler(text: Marked, counting: Counting) -> Ruler:
    """Return what turns the positions in one text into code points."""
    return Ruler(text.text, _for(counting, text.had_mark))


def says(words: str, name: str) -> int:
    """Say how surely a name is these words: 2 to the letter, 1 but for white space, 0 not."""
    if len(name) < _SHORTEST:
        return 0
    if words.replace("\r\n", "\n") == name.replace("\r\n", "\n"):
        return 2
    tidy, said = " ".join(words.split()), " ".join(_CUT.sub("", name).split())
    if _CUT.search(name):
        return int(len(said) >= _SHORTEST and tidy.startswith(said) and words[:1] == name[:1])
    return int(tidy == said)
