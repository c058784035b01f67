"""Which reports are worth comparing: those that share a cheap key, never all pairs.

Blocking with several keys, so that one wrong field never hides a duplicate (P. Christen, "A survey
of indexing techniques for scalable record linkage and deduplication", IEEE Transactions on
Knowledge and Data Engineering 24 (2012), 1537-1555). A block that grows too large is cut by finer
keys; one that cannot be cut holds records that are all but equal, and the first of them suffice.
"""

from collections.abc import Callable, Iterator

from firsthand.methods.dedupe.facts import Facts
from firsthand.methods.dedupe.folding import squash

Key = tuple[str | int, ...]
_MOST = 12  # reports in a block before it is cut
_START = 32  # letters of a title that make a key
_OPENING, _AFTER_HEADING = 120, 12  # letters of an abstract that make a key


def keys(facts: Facts) -> Iterator[Key]:
    """The coarse keys of one report; each names one way in which a duplicate can agree."""
    letters, who, year = facts.title.letters, facts.names.surname, facts.year or 0
    if facts.doi:
        yield "doi", facts.doi
    if facts.pmid:
        yield "pmid", facts.pmid
    if letters:
        yield "start", letters[:_START]
        yield "end", letters[-_START:]
        longest = sorted(set(facts.title.words.split()), key=lambda w: (-len(w), w))
        yield "words", *sorted(longest[:3])
        if who:
            yield "who", who[:5], longest[0][:8], longest[min(1, len(longest) - 1)][:8]
    if facts.first:
        if facts.volume:
            yield "place", facts.volume, facts.first, letters[:3] or who
        if who:
            yield "page", facts.first, who, year
    if facts.report.abstract:
        yield "text", squash(facts.report.abstract[:_OPENING])[_AFTER_HEADING:]
    if who and not letters:
        yield "untitled", who, year


def finer(facts: Facts) -> tuple[Key, ...]:
    """How a block that grew too large is cut, one step after the other."""
    letters = facts.title.letters
    return (
        (letters[:60], facts.names.surname),
        (letters, facts.names.surname, facts.year or 0, facts.first),
        (facts.volume, facts.doi, facts.container),
    )


class Blocks:
    """Reports by key; asked once for each report, in the order they come."""

    def __init__(self) -> None:
        self._facts: list[Facts] = []
        self._blocks = Block(lambda number: finer(self._facts[number]))

    def near(self, facts: Facts) -> set[int]:
        """The numbers of earlier reports worth comparing; the report is then one of them."""
        number = len(self._facts)
        self._facts.append(facts)
        found: set[int] = set()
        for key in keys(facts):
            found.update(self._blocks.enter(key, number))
        return found


class Block:
    """Who shares which coarse key. What is in one key has no bearing on another.

    So keys may be shared out among machines, if the reports of each come in their order. `steps`
    gives the finer keys of a report, asked only when a block is cut.
    """

    def __init__(self, steps: Callable[[int], tuple[Key, ...]]) -> None:
        self._blocks: dict[Key, list[int]] = {}
        self._cut: set[Key] = set()
        self._steps = steps

    def enter(self, key: Key, number: int) -> list[int]:
        """Who is in the block so far, at the finest cut; the report joins them."""
        steps = self._steps(number) if key in self._cut else ()
        depth = 0
        while key in self._cut:
            key = (*key, *steps[depth])
            depth += 1
        block = self._blocks.setdefault(key, [])
        before = block[:_MOST]
        block.append(number)
        if len(block) > _MOST and depth < 3:
            self._split(key, depth)
        return before

    def _split(self, key: Key, depth: int) -> None:
        self._cut.add(key)
        for each in self._blocks.pop(key):
            self._blocks.setdefault((*key, *self._steps(each)[depth]), []).append(each)
