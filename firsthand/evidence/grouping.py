"""Groups of duplicates as they follow from the pairs that are the same report.

The pairs say what holds; groups, who stands for each, and what is set aside in screening are
worked out from them in the same transaction, under the review's lock. Nothing that was decided is
moved or changed: a record that leaves its group has its own decisions, as before.
"""

import uuid
from collections.abc import Iterable, Iterator

from django.db.models import Q

from firsthand.evidence import rules
from firsthand.evidence.models import Group, Grouped, Pair, Record, Review, Screening
from firsthand.methods.dedupe.grouping import components

Ids = set[uuid.UUID]
_CHUNK = 400  # ids in one question to the database


def regroup(review: Review, touched: Iterable[uuid.UUID]) -> None:
    """Let the groups follow from the pairs, around the records whose pairs changed."""
    edges, around = _around(review, set(touched))
    numbers = _numbers(around)
    order = sorted(around, key=numbers.__getitem__)
    parts = components(list(map(str, order)), [(str(a), str(b)) for a, b in edges])
    before = _before(around)
    far = _how_far(around)
    kept: Ids = set()
    places = []
    for part in ([uuid.UUID(each) for each in one] for one in parts):
        first = max(part, key=lambda each: (far[each], -numbers[each]))
        group = _group(review, before, [first, *part], kept)
        kept.add(group.id)
        places += [Grouped(group=group, record_id=each, stands=each == first) for each in part]
    _write(around, places)
    Group.objects.filter(id__in={each.id for each in before.values()} - kept).delete()


def _around(review: Review, touched: Ids) -> tuple[set[tuple[uuid.UUID, uuid.UUID]], Ids]:
    """Return the pairs that reach from these records, and all records of their groups."""
    edges: set[tuple[uuid.UUID, uuid.UUID]] = set()
    around, new = set(touched), set(touched)
    for ids in _chunks(touched):
        groups = Grouped.objects.filter(record_id__in=ids).values("group_id")
        new |= set(Grouped.objects.filter(group__in=groups).values_list("record_id", flat=True))
    rows = Pair.objects.filter(review=review, holds=rules.SAME, ended_at=None)
    while new:
        around |= new
        found: set[tuple[uuid.UUID, uuid.UUID]] = set()
        for ids in _chunks(new):
            near = rows.filter(Q(first_id__in=ids) | Q(second_id__in=ids))
            found |= set(near.values_list("first_id", "second_id"))
        edges |= found
        new = {each for edge in found for each in edge} - around
    return edges, around


def _chunks(ids: Iterable[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    each = list(ids)
    for place in range(0, len(each), _CHUNK):
        yield each[place : place + _CHUNK]


def _numbers(around: Ids) -> dict[uuid.UUID, int]:
    rows = (Record.objects.filter(id__in=ids) for ids in _chunks(around))
    return {row: number for found in rows for row, number in found.values_list("id", "number")}


def _before(around: Ids) -> dict[uuid.UUID, Group]:
    """Return the group that each record was in."""
    rows = (Grouped.objects.filter(record_id__in=ids) for ids in _chunks(around))
    return {each.record_id: each.group for found in rows for each in found.select_related("group")}


def _how_far(around: Ids) -> dict[uuid.UUID, tuple[int, int]]:
    stood: dict[uuid.UUID, list[tuple[str, str]]] = {each: [] for each in around}
    for ids in _chunks(around):
        rows = Screening.objects.filter(record_id__in=ids)
        for record, stage, state in rows.values_list("record_id", "stage", "state"):
            stood[record].append((stage, state))
    return {record: rules.how_far(each) for record, each in stood.items()}


def _group(
    review: Review, before: dict[uuid.UUID, Group], part: list[uuid.UUID], kept: Ids
) -> Group:
    """Return the group that goes on, that of the record that stands first; or a new one."""
    for each in part:
        if each in before and before[each].id not in kept:
            return before[each]
    return Group(review=review)


def _write(around: Ids, places: list[Grouped]) -> None:
    new = {each.group_id: each.group for each in places if each.group._state.adding}
    Group.objects.bulk_create(new.values(), batch_size=_CHUNK)
    for ids in _chunks(around):
        Grouped.objects.filter(record_id__in=ids).delete()
        Screening.objects.filter(record_id__in=ids, stands=False).update(stands=True)
    Grouped.objects.bulk_create(places, batch_size=_CHUNK)
    for ids in _chunks(each.record_id for each in places if not each.stands):
        Screening.objects.filter(record_id__in=ids).update(stands=False)
