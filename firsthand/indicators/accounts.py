"""What may be published of the accounts counted in one period. Pure.

One table a period holds everything published of it: how many accounts there are, how many tell of
each kind of service (every account of one), of each source of harm and of each impact (an account
may tell of several, or of none). They share the number of accounts, so they are protected together,
and from a reader who takes it that every account tells of some source, or of some impact, as long
as what is counted leaves that possible.
No number adds periods up: then nothing about a period can be worked out from any other, nor from a
total that has grown since an earlier copy of the page.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from firsthand.methods.disclosure.suppress import CannotCover, Protected, protect
from firsthand.methods.disclosure.table import Key, Relation, Table, adds_up, covers, within

ALL: Key = ("accounts",)
KINDS, SOURCES, IMPACTS = "kinds", "sources", "impacts"


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
    topics = [*_keys_of(SOURCES, names.sources), *_keys_of(IMPACTS, names.impacts)]
    keys = [ALL, *_keys_of(KINDS, names.kinds), *topics]
    cells = tuple((key, counted[key]) for key in keys)
    return _protected(cells, names, threshold)


@lru_cache(maxsize=512)
def _protected(cells: tuple[tuple[Key, int], ...], names: Names, threshold: int) -> Protected:
    """The same counts are protected only once; when nothing covers them, all are withheld."""
    table = _table(dict(cells), names)
    try:
        return protect(table, threshold, keep=[ALL])
    except CannotCover:
        return Protected(table, threshold, frozenset(table.cells))


def _keys(account: Account) -> list[Key]:
    topics = [*_keys_of(SOURCES, account.sources), *_keys_of(IMPACTS, account.impacts)]
    return [ALL, (KINDS, account.kind), *topics]


def _keys_of(name: str, codes: Iterable[str]) -> list[Key]:
    return [(name, code) for code in codes]


def _table(cells: Mapping[Key, int], names: Names) -> Table:
    kinds = adds_up(_keys_of(KINDS, names.kinds), ALL)
    sources = _overlapping(_keys_of(SOURCES, names.sources), cells)
    impacts = _overlapping(_keys_of(IMPACTS, names.impacts), cells)
    return Table(cells, (kinds, *sources, *impacts))


def _overlapping(topics: list[Key], cells: Mapping[Key, int]) -> list[Relation]:
    """Each topic is part of the accounts; together they may cover them all."""
    parts = [within([topic], ALL) for topic in topics]
    possible = sum(cells[topic] for topic in topics) >= cells[ALL]
    return [*parts, covers(topics, ALL)] if possible else parts
