"""From one published version to another, along the maps: what was coded stays counted.

Where no map leads straight, it goes by the versions in between. Back to an earlier version, the
same maps are read from their other end; so two versions that were begun side by side are joined by
the one that both came from.
"""

import uuid
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from firsthand.harms.models import Entry, ModelVersion, VersionMap
from firsthand.methods import mapping
from firsthand.methods.mapping import Line, Translated


@dataclass(frozen=True)
class Ways:
    """Where each old code leads: `sure` for certain; `among` means one or more of several."""

    sure: Mapping[str, tuple[str, ...]]
    among: Mapping[str, tuple[str, ...]]


def lines(old: ModelVersion, new: ModelVersion) -> tuple[Line, ...]:
    """Return how the lines of one version stand to those of another; none without a map."""
    found = tuple(Line(code, code, mapping.EXACT) for code in _codes(old))
    way = _way(old.pk, new.pk)
    for start, end in pairwise(way):
        found = mapping.chained(found, _straight(start, end) or _back(start, end))
    return found if way else ()


def _way(old: uuid.UUID, new: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """Give the versions that the shortest way leads over, both ends among them; () for none."""
    beside = _beside()
    ways: deque[tuple[uuid.UUID, ...]] = deque([(old,)])
    seen = {old}
    while ways:
        way = ways.popleft()
        if way[-1] == new:
            return way
        onward = [one for one in beside.get(way[-1], ()) if one not in seen]
        seen.update(onward)
        ways.extend((*way, one) for one in onward)
    return ()


def _beside() -> dict[uuid.UUID, list[uuid.UUID]]:
    """Give, for each version, those that a map leads to or comes from; in one order always."""
    ends = "from_entry__version", "to_entry__version"
    found: dict[uuid.UUID, list[uuid.UUID]] = {}
    for old, new in VersionMap.objects.order_by(*ends).values_list(*ends).distinct():
        found.setdefault(old, []).append(new)
        found.setdefault(new, []).append(old)
    return found


def _codes(of: ModelVersion) -> list[str]:
    return list(Entry.objects.filter(version=of).values_list("code", flat=True))


def _straight(old: uuid.UUID, new: uuid.UUID) -> tuple[Line, ...]:
    rows = VersionMap.objects.filter(from_entry__version=old, to_entry__version=new)
    rows = rows.order_by("from_entry__position", "to_entry__position")
    told = rows.values_list("from_entry__code", "to_entry__code", "relation")
    return tuple(Line(*each) for each in told)


def _back(old: uuid.UUID, new: uuid.UUID) -> tuple[Line, ...]:
    return mapping.turned(_straight(new, old))


def ways(old: ModelVersion, new: ModelVersion) -> Ways:
    """Return where what was coded with an older version leads in a newer one."""
    sure: dict[str, list[str]] = {}
    among: dict[str, list[str]] = {}
    for line in lines(old, new):
        into = sure if line.relation in mapping.CERTAIN else among
        into.setdefault(line.old, []).append(line.new)
    unsure = {code: tuple(found) for code, found in among.items() if code not in sure}
    return Ways({code: tuple(found) for code, found in sure.items()}, unsure)


def translated(
    counts: Mapping[str, int], old: ModelVersion, new: ModelVersion, *, overlap: bool = True
) -> Translated:
    """Say what counts by the lines of an older version tell of a newer one (methods.mapping)."""
    return mapping.translated(counts, lines(old, new), overlap=overlap)
