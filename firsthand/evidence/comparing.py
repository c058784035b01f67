"""Compares a review's new records with all that are there, and carries out what follows.

Comparing takes its time and locks nothing. Carrying out is one transaction under the review's
lock, and happens only if nobody else carried out a look meanwhile: all of it or none.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from firsthand.evidence import rules, trail
from firsthand.evidence.grouping import regroup
from firsthand.evidence.models import Grouped, Look, Member, Pair, Record, Review, Trace
from firsthand.methods.dedupe import Found, Index, Link, Merge, Report
from firsthand.methods.dedupe import Pair as Unsure
from firsthand.methods.dedupe.grouping import Unions
from firsthand.methods.dedupe.traces import of_reports, sharing, trace

KEPT_APART = "Someone has kept records of these two groups apart."
_FIELDS = (
    "title", "authors", "year", "container", "volume", "issue", "pages", "abstract", "doi", "pmid",
    "kind",
)  # fmt: skip
_MANY, _ROWS = 500, 10_000
Two = tuple[uuid.UUID, uuid.UUID]
_Each = TypeVar("_Each")


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
    if not begin:
        found = index.add(_reports(new))
        return Compared(begin, until, found, {one: trace(facts) for one, facts in index.known()})
    traces = of_reports(_reports(new))
    near, untraced = _near(rows.filter(number__lte=begin), traces)
    groups = _groups(review, near)
    index.hold(_some(rows, near.union(*groups)), [list(map(str, each.values())) for each in groups])
    found = index.add(_reports(new))
    traces |= {one: trace(facts) for one, facts in index.known() if one in untraced}
    return Compared(begin, until, found, traces)


def _near(old: QuerySet[Record], new: Mapping[str, bytes]) -> tuple[set[int], set[str]]:
    """Return the numbers of the old records worth taking in, and the ids of those without trace.

    Ids are dear to read: they are asked for only where there is no trace.
    """
    near: set[int] = set()
    untraced: dict[int, uuid.UUID] = {}
    every = old.order_by().values_list("number", "trace__keys").iterator(_ROWS)
    while some := list(islice(every, _ROWS)):
        shared = sharing([bytes(keys or b"") for _, keys in some], new.values())
        near |= {some[at][0] for at in shared}
        if not all(keys for _, keys in some):
            untraced = dict(old.filter(trace=None).values_list("number", "id"))
    return near | untraced.keys(), set(map(str, untraced.values()))


def _some(rows: QuerySet[Record], wanted: set[int]) -> Iterator[Report]:
    """Yield the records of these numbers, in their order."""
    for some in _batches(sorted(wanted)):
        yield from _reports(rows.filter(number__in=some))


def _batches(every: Sequence[_Each]) -> Iterator[Sequence[_Each]]:
    for place in range(0, len(every), _MANY):
        yield every[place : place + _MANY]


def _reports(rows: QuerySet[Record]) -> Iterator[Report]:
    for row in rows.order_by("number").only("id", *_FIELDS).iterator(_MANY):
        yield report(row)


def report(row: Record) -> Report:
    """Return a record as it is compared."""
    said = {name: getattr(row, name) for name in _FIELDS}
    return Report(id=str(row.id), **{**said, "authors": tuple(map(str, row.authors))})


def _groups(review: Review, near: set[int]) -> list[dict[int, uuid.UUID]]:
    """Return each group that one of these is in: its records by their numbers."""
    rows = Grouped.objects.filter(group__review=review, record__number__lte=review.compared)
    groups: dict[uuid.UUID, dict[int, uuid.UUID]] = {}
    for some in _batches(sorted(near)):
        mine = rows.filter(record__number__in=some).values("group_id")
        places = rows.filter(group__in=mine).values_list("group_id", "record__number", "record_id")
        for group, number, record in places:
            groups.setdefault(group, {})[number] = record
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
    made: dict[Two, Pair] = {}
    merges = dict.fromkeys(each for group in found.groups for each in group.merges)
    all_found: list[Merge | Unsure | Link] = [*merges, *found.pairs, *found.links]
    twos = [ordered(uuid.UUID(each.first), uuid.UUID(each.second)) for each in all_found]
    known = _known(review, twos)
    apart, unions = _standing(review)
    for two, each in zip(twos, all_found, strict=True):
        if two in known or two in made:
            continue
        holds = _holds(each)
        if holds == rules.SAME and _kept_apart(two, apart, unions):
            holds = rules.ASKED
        elif holds == rules.SAME:
            unions.join(*two)
        made[two] = _pair(review, two, holds, each)
    return list(made.values())


def _known(review: Review, twos: Sequence[Two]) -> set[Two]:
    """Return the pairs of these records that stand."""
    rows, known = Pair.objects.filter(review=review, ended_at=None), set()
    for some in _batches(sorted({first for first, _ in twos})):
        known |= set(rows.filter(first_id__in=some).values_list("first_id", "second_id"))
    return known


def _standing(review: Review) -> tuple[list[Two], Unions[uuid.UUID]]:
    """Return the pairs that people keep from being one and, if there are any, the groups."""
    unions: Unions[uuid.UUID] = Unions()
    rows = Pair.objects.filter(review=review, ended_at=None)
    by_people = rows.exclude(holds=rules.SAME).filter(by__isnull=False)
    apart = list(by_people.values_list("first_id", "second_id"))
    if apart:
        for two in rows.filter(holds=rules.SAME).values_list("first_id", "second_id"):
            unions.join(*two)
    return apart, unions


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
    rows = Pair.objects.filter(review=review, ended_at=None, by=None).exclude(holds=rules.SAME)
    pairs = list(rows.values_list("id", "first_id", "second_id"))
    groups: dict[uuid.UUID, uuid.UUID] = {}
    for some in _batches(sorted({each for _, *two in pairs for each in two})):
        places = Grouped.objects.filter(group__review=review, record__in=some)
        groups |= dict(places.values_list("record_id", "group_id"))
    within = [
        row
        for row, first, second in pairs
        if first in groups and groups[first] == groups.get(second)
    ]
    for some in _batches(within):
        end(Pair.objects.filter(id__in=some))


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
