"""From one published version to another, along the maps: what was coded stays counted.

Where no map leads straight, it goes by the versions in between: each was begun from one before.
Back to an earlier version, the same maps are read from their other end.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from firsthand.harms.models import Drafting, Entry, ModelVersion, VersionMap
from firsthand.methods import mapping
from firsthand.methods.mapping import Line, Translated


@dataclass(frozen=True)
class Ways:
    """Where each old code leads: `sure` for certain; `among` means one or more of several."""

    sure: Mapping[str, tuple[str, ...]]
    among: Mapping[str, tuple[str, ...]]


def lines(old: ModelVersion, new: ModelVersion) -> tuple[Line, ...]:
    """Return how the lines of one version stand to those of another; none without a map."""
    if old.pk == new.pk:
        return tuple(Line(code, code, mapping.EXACT) for code in _codes(old))
    return _onward(old, new) or mapping.turned(_onward(new, old))


def _onward(old: ModelVersion, new: ModelVersion) -> tuple[Line, ...]:
    straight = _straight(old, new)
    drafting = Drafting.objects.filter(version=new).select_related("based_on").first()
    if straight or drafting is None:
        return straight
    return mapping.chained(_onward(old, drafting.based_on), _straight(drafting.based_on, new))


def _codes(of: ModelVersion) -> list[str]:
    return list(Entry.objects.filter(version=of).values_list("code", flat=True))


def _straight(old: ModelVersion, new: ModelVersion) -> tuple[Line, ...]:
    rows = VersionMap.objects.filter(from_entry__version=old, to_entry__version=new)
    rows = rows.order_by("from_entry__position", "to_entry__position")
    told = rows.values_list("from_entry__code", "to_entry__code", "relation")
    return tuple(Line(*each) for each in told)


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
