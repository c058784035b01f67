"""Compares a review's new records with all that are there, and carries out what follows.

Comparing takes its time and locks nothing. Carrying out is one transaction under the review's
lock, and happens only if nobody else carried out a look meanwhile: all of it or none.
"""

import uuid
from collections.abc import Iterator
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from firsthand.evidence import rules, trail
from firsthand.evidence.grouping import regroup
from firsthand.evidence.models import Grouped, Look, Member, Pair, Record, Review, Trace
from firsthand.methods.dedupe import Found, Index, Link, Merge, Report
from firsthand.methods.dedupe import Pair as Unsure
from firsthand.methods.dedupe.grouping import Unions
from firsthand.methods.dedupe.traces import of_reports, parts, trace

KEPT_APART = "Someone has kept records of these two groups apart."
_FIELDS = (
    "title", "authors", "year", "container", "volume", "issue", "pages", "abstract", "doi", "pmid",
    "kind",
)  # fmt: skip
_MANY, _ROWS = 500, 5000
Two = tuple[uuid.UUID, uuid.UUID]


class Overtaken(Exception):
    """Someone else has compared the same records meanwhile."""


class Compared(NamedTuple):
    """What comparing found among records number `begin` + 1 to `until`."""

    begin: int
    until: int
    found: Found
    traces: dict[str, bytes]  # of records that had none: all new ones


def compare(review: Review) -> Compared:
    """Compare what is new with what is there. `review` as it is in the database now.

    Of what is there, only records that share a key with a new one are looked at: see `Trace`.
    """
    begin, until = review.compared, review.records_made
    rows = Record.objects.filter(review=review)
    new, index = rows.filter(number__gt=begin, number__lte=until), Index()
    groups = _groups(review)
    near = _near(rows.filter(number__lte=begin), new, groups) if begin else set()
    index.hold(
        _some(rows, near), ([each for each in ids if each in near] for ids in groups if near)
    )
    found = index.add(_reports(new))
    traced = _traced(near)
    traces = {one: trace(facts) for one, facts in index.known() if one not in traced}
    return Compared(begin, until, found, traces)


def _near(old: QuerySet[Record], new: QuerySet[Record], groups: list[list[str]]) -> set[str]:
    """Return the old records worth taking in, with all of their groups, and those without trace."""
    wanted, found = of_reports(_reports(new)), set()
    for row, keys in old.order_by().values_list("id", "trace__keys").iterator(_ROWS):
        if keys is None or not wanted.isdisjoint(parts(bytes(keys))):
            found.add(str(row))
    for ids in groups:
        if not found.isdisjoint(ids):
            found.update(ids)
    return found


def _some(rows: QuerySet[Record], wanted: set[str]) -> Iterator[Report]:
    """Yield the records wanted, in their order."""
    ids, found = sorted(wanted), []
    for place in range(0, len(ids), _MANY):
        some = rows.filter(id__in=ids[place : place + _MANY])
        found += [(row.number, report(row)) for row in some.only("id", "number", *_FIELDS)]
    yield from (each for _, each in sorted(found, key=lambda pair: pair[0]))


def _traced(ids: set[str]) -> set[str]:
    """Return which of some records have their trace already."""
    every, found = [uuid.UUID(each) for each in sorted(ids)], set()
    for place in range(0, len(every), _MANY):
        rows = Trace.objects.filter(record_id__in=every[place : place + _MANY])
        found |= {str(each) for each in rows.values_list("record_id", flat=True)}
    return found


def _reports(rows: QuerySet[Record]) -> Iterator[Report]:
    for row in rows.order_by("number").only("id", *_FIELDS).iterator(_MANY):
        yield report(row)


def report(row: Record) -> Report:
    """Return a record as it is compared."""
    said = {name: getattr(row, name) for name in _FIELDS}
    return Report(id=str(row.id), **{**said, "authors": tuple(map(str, row.authors))})


def _groups(review: Review) -> list[list[str]]:
    groups: dict[uuid.UUID, list[str]] = {}
    rows = Grouped.objects.filter(group__review=review, record__number__lte=review.compared)
    for group, record in rows.values_list("group_id", "record_id"):
        groups.setdefault(group, []).append(str(record))
    return list(groups.values())


# -- carrying out -------------------------------------------------------------------------------


@transaction.atomic
def carry_out(look: Look, compared: Compared) -> bool:
    """Carry out what was found; says whether records came meanwhile. Raises Overtaken."""
    review = Review.objects.select_for_update().get(id=look.review_id)
    row = Look.objects.select_for_update().get(id=look.id)
    if review.compared != compared.begin or row.stage == rules.LOOK_DONE:
        raise Overtaken
    pairs = _pairs(review, compared.found)
    Pair.objects.bulk_create(pairs, batch_size=_MANY)
    traces = (Trace(record_id=one, keys=keys) for one, keys in compared.traces.items())
    Trace.objects.bulk_create(traces, batch_size=_MANY, ignore_conflicts=True)
    merged = [each for each in pairs if each.holds == rules.SAME]
    regroup(review, {each for pair in merged for each in (pair.first_id, pair.second_id)})
    _moot(review)
    review.compared = compared.until
    review.save(update_fields=["compared"])
    _tell(row, compared, pairs)
    return review.records_made > compared.until


def _pairs(review: Review, found: Found) -> list[Pair]:
    """Return what is new: never what stands already, nor a merge that someone kept apart."""
    known, apart, unions = _standing(review)
    made: dict[Two, Pair] = {}
    merges = dict.fromkeys(each for group in found.groups for each in group.merges)
    all_found: list[Merge | Unsure | Link] = [*merges, *found.pairs, *found.links]
    for each in all_found:
        two = ordered(uuid.UUID(each.first), uuid.UUID(each.second))
        if two in known or two in made:
            continue
        holds = _holds(each)
        if holds == rules.SAME and _kept_apart(two, apart, unions):
            holds = rules.ASKED
        elif holds == rules.SAME:
            unions.join(*two)
        made[two] = _pair(review, two, holds, each)
    return list(made.values())


def _standing(review: Review) -> tuple[set[Two], list[Two], Unions[uuid.UUID]]:
    """Return the pairs that stand, those that people keep from being one, and the groups."""
    unions: Unions[uuid.UUID] = Unions()
    known, apart = set(), []
    rows = Pair.objects.filter(review=review, ended_at=None)
    for first, second, holds, by in rows.values_list("first_id", "second_id", "holds", "by_id"):
        known.add((first, second))
        if holds == rules.SAME:
            unions.join(first, second)
        elif by is not None:
            apart.append((first, second))
    return known, apart, unions


def _kept_apart(two: Two, apart: list[Two], unions: Unions[uuid.UUID]) -> bool:
    would = {unions.root(each) for each in two}
    return any({unions.root(each) for each in pair} == would for pair in apart)


def ordered(one: uuid.UUID, other: uuid.UUID) -> Two:
    return (one, other) if one < other else (other, one)


def _holds(each: Merge | Unsure | Link) -> str:
    if isinstance(each, Merge):
        return rules.SAME
    return rules.VERSIONS if isinstance(each, Link) else rules.ASKED


def _pair(review: Review, two: Two, holds: str, each: Merge | Unsure | Link) -> Pair:
    merge_kept_apart = isinstance(each, Merge) and holds == rules.ASKED
    sentence = each.reason.sentence() or each.reason.rule
    return Pair(
        review=review, first_id=two[0], second_id=two[1], holds=holds,
        kind=each.kind if isinstance(each, Link) else "", rule=each.reason.rule,
        reason=f"{sentence}. {KEPT_APART}" if merge_kept_apart else sentence,
    )  # fmt: skip


def _moot(review: Review) -> None:
    """End what the site asked or linked by itself between records that are one report now."""
    groups = dict(Grouped.objects.filter(group__review=review).values_list("record_id", "group_id"))
    rows = Pair.objects.filter(review=review, ended_at=None, by=None).exclude(holds=rules.SAME)
    within = [
        row
        for row, first, second in rows.values_list("id", "first_id", "second_id")
        if first in groups and groups[first] == groups.get(second)
    ]
    for place in range(0, len(within), _MANY):
        end(Pair.objects.filter(id__in=within[place : place + _MANY]))


def end(rows: QuerySet[Pair], by: Member | None = None) -> None:
    """End pairs: they are kept, and hold no longer."""
    rows.update(ended_at=timezone.now(), ended_by=by)


def _tell(row: Look, compared: Compared, pairs: list[Pair]) -> None:
    def count(holds: str) -> int:
        return sum(each.holds == holds for each in pairs)

    row.stage, row.records = rules.LOOK_DONE, compared.until - compared.begin
    row.merged, row.asked, row.linked = map(count, (rules.SAME, rules.ASKED, rules.VERSIONS))
    row.save()
    trail.note(
        row.review, row.by.user if row.by else None, "duplicates looked for", records=row.records,
        merged=row.merged, asked=row.asked, linked=row.linked,
    )  # fmt: skip
