"""What may be published of the accounts counted in one period. Pure.

One table a period holds everything published of it: how many accounts there are, how many tell of
each kind of service (every account of one), of each source of harm and of each impact (an account
may tell of several, or of none). They share the number of accounts, so they are protected together.
No number adds periods up: then nothing about a period can be worked out from any other, nor from a
total that has grown since an earlier copy of the page.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from firsthand.methods.disclosure.suppress import CannotCover, Protected, protect
from firsthand.methods.disclosure.table import Key, Relation, Table, adds_up, covers, within

ALL: Key = ("accounts",)
KINDS, SOURCES, IMPACTS = "kinds", "sources", "impacts"
NONE = "none"  # an account that tells of no source, or of no impact


@dataclass(frozen=True)
class Account:
    """What is counted of one account."""

    kind: str
    sources: frozenset[str]
    impacts: frozenset[str]


@dataclass(frozen=True)
class Names:
    """Every name a row may have, known beforehand, so that the rows themselves tell nothing."""

    kinds: tuple[str, ...]
    sources: tuple[str, ...]
    impacts: tuple[str, ...]


def protected(accounts: Iterable[Account], names: Names, threshold: int) -> Protected:
    """Count the accounts of one period and withhold what has to be withheld."""
    counted = Counter(key for account in accounts for key in _keys(account))
    cells = tuple((key, counted[key]) for key in _all_keys(names))
    return _protected(cells, names, threshold)


@lru_cache(maxsize=512)
def _protected(cells: tuple[tuple[Key, int], ...], names: Names, threshold: int) -> Protected:
    """The same counts are protected only once; when nothing covers them, all are withheld."""
    table = Table(dict(cells), _relations(names))
    try:
        return protect(table, threshold)
    except CannotCover:
        return Protected(table, threshold, frozenset(table.cells))


def _keys(account: Account) -> list[Key]:
    told = [(SOURCES, code) for code in account.sources or {NONE}]
    did = [(IMPACTS, code) for code in account.impacts or {NONE}]
    return [ALL, (KINDS, account.kind), *told, *did]


def _all_keys(names: Names) -> list[Key]:
    kinds = [(KINDS, code) for code in names.kinds]
    return [ALL, *kinds, *_topics(SOURCES, names.sources), *_topics(IMPACTS, names.impacts)]


def _topics(name: str, codes: Sequence[str]) -> list[tuple[str, str]]:
    return [*((name, code) for code in codes), (name, NONE)]


def _relations(names: Names) -> tuple[Relation, ...]:
    kinds = adds_up([(KINDS, code) for code in names.kinds], ALL)
    return (kinds, *_overlapping(SOURCES, names.sources), *_overlapping(IMPACTS, names.impacts))


def _overlapping(name: str, codes: Sequence[str]) -> list[Relation]:
    """Each topic and "none" are apart within the accounts; together they cover every account."""
    apart = [within([(name, code), (name, NONE)], ALL) for code in codes]
    return [*apart, covers(_topics(name, codes), ALL)]
