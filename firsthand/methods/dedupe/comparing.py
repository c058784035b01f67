"""Two reports side by side: what speaks for one report, and what against.

Each field says SAME, UNKNOWN or OTHER; a third value, CLOSE, is for what often differs between
records of one report (a first page alone, the year of the online version).
"""

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from firsthand.methods.dedupe import containers, numbers, wording
from firsthand.methods.dedupe.facts import Facts, abstract
from firsthand.methods.dedupe.names import same_first, shared
from firsthand.methods.dedupe.values import Report

OTHER, UNKNOWN, CLOSE, SAME = -1, 0, 1, 2
_ONE_TEXT = 85.0  # of 100: abstracts of one paper in two databases
_NO_TEXT_OF_BOTH = 55.0


class Evidence(NamedTuple):
    """How each field of two reports compares."""

    title: int  # a level of `wording`
    authors: int
    year: int
    container: int
    volume: int
    issue: int
    pages: int
    doi: int
    pmid: int


def compare(one: Facts, other: Facts) -> Evidence | None:
    """The evidence; None when the titles are others and nothing hints at one report for all that.

    Most candidates end here, which is why titles come first.
    """
    title = wording.alike(one.title, other.title)
    if title == wording.OTHER and not _hint(one, other):
        return None
    return _evidence(title, one, other)


def side_by_side(one: Facts, other: Facts) -> Evidence:
    """The evidence of all fields but the abstract, which costs more and is asked when it counts."""
    return _evidence(wording.alike(one.title, other.title), one, other)


def _hint(one: Facts, other: Facts) -> bool:
    """The same identifier, first page or, by one first author, an abstract on both sides."""
    if (one.doi and one.doi == other.doi) or (one.pmid and one.pmid == other.pmid):
        return True
    if one.first and one.first == other.first and one.volume == other.volume:
        return True
    both = one.report.abstract and other.report.abstract
    return bool(both) and one.names.surname == other.names.surname


def _evidence(title: int, one: Facts, other: Facts) -> Evidence:
    return Evidence(
        title,
        _authors(one, other),
        _year(one.year, other.year),
        _container(one.container, other.container),
        _exact(one.volume, other.volume),
        _exact(one.issue, other.issue),
        _pages(one, other),
        _exact(one.doi, other.doi),
        _exact(one.pmid, other.pmid),
    )


def _exact(one: str, other: str) -> int:
    if not one or not other:
        return UNKNOWN
    return SAME if one == other else OTHER


def _authors(one: Facts, other: Facts) -> int:
    mine, theirs = one.names, other.names
    if not mine.surname or not theirs.surname:
        return UNKNOWN
    share = shared(mine, theirs)
    if same_first(mine, theirs):
        return SAME if share > 0.3 or min(len(mine.surnames), len(theirs.surnames)) < 2 else CLOSE
    return CLOSE if share >= 0.6 else OTHER


def _year(one: int | None, other: int | None) -> int:
    if one is None or other is None:
        return UNKNOWN
    return SAME if one == other else CLOSE if abs(one - other) == 1 else OTHER


def _container(one: str, other: str) -> int:
    if not one or not other:
        return UNKNOWN
    return SAME if one == other or containers.agree(one, other) else OTHER


def _pages(one: Facts, other: Facts) -> int:
    if not one.first or not other.first:
        return UNKNOWN
    if one.first == other.first:
        return SAME if one.last == other.last or not one.last or not other.last else CLOSE
    if _one_without_letters(one.first, other.first) or _overlap(one, other):
        return CLOSE
    # Papers ahead of print have no volume yet and are paged from 1.
    ahead = (one.first == "1" and not one.volume) or (other.first == "1" and not other.volume)
    return UNKNOWN if ahead else OTHER


def _one_without_letters(one: str, other: str) -> bool:
    """ "S345" and "345": databases drop a supplement's letters; "S345" and "E345" are two."""
    mine, theirs = numbers.bare(one), numbers.bare(other)
    return mine == theirs != "" and (one == mine or other == theirs)


def _overlap(one: Facts, other: Facts) -> bool:
    """Two pages or more in common: a slip in one of them, as papers do not overlap so."""
    mine, theirs = (one.first, one.last), (other.first, other.last)
    if not all(each.isdigit() for each in (*mine, *theirs)):
        return False
    return min(int(one.last), int(other.last)) - max(int(one.first), int(other.first)) >= 1


def abstracts(one: Report, other: Report) -> int:
    """Whether two abstracts are one text; CLOSE is in between."""
    if not one.abstract or not other.abstract:
        return UNKNOWN
    mine, theirs = _read(one.abstract), _read(other.abstract)
    least = min(len(mine), len(theirs))
    if least < 40:
        return UNKNOWN
    score = fuzz.ratio(mine[:least], theirs[:least])
    return SAME if score >= _ONE_TEXT else OTHER if score < _NO_TEXT_OF_BOTH else CLOSE


@lru_cache(maxsize=4096)
def _read(text: str) -> str:
    return abstract(text)
