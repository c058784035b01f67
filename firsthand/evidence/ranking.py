"""Learns an order from what was settled, and keeps its top: the work of the background worker.

Blind: only settled records are learned from, which nobody is to decide any more. No decision on a
record that is still open has any part in the order, so nothing can be read from its place.

Setting up (reading all texts) takes far longer than a new ranking, which takes a fraction of a
second. So the worker keeps what it has set up in its memory, the last few reviews at most; after a
restart it sets up once more. When records came, only their texts are read, and those that changed
as records turned out to be one report; the order is then that of a fresh start. Only the top is
written: a few hundred rows say what is next for much longer than until the next ranking, and
100,000 would take seconds and get in the way of decisions. What has no rank still comes, when the
ranked ones are through.
"""

import uuid
from collections import OrderedDict
from dataclasses import dataclass, field

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from firsthand.evidence import rules
from firsthand.evidence.models import Grouped, Ordering, Ranked, Record, Review, Screening
from firsthand.methods.screening.order import Order
from firsthand.methods.screening.texts import Read, Reader
from firsthand.methods.screening.texts import Record as Text
from firsthand.methods.screening.why import Why, like, whys

TOP = 100  # of those nobody has decided yet, and as many of those that wait for another reviewer
_HELD_MOST = 3  # reviews whose texts stay in the worker's memory
_LIKE = 3  # included records that are named as alike
_MANY = 500


@dataclass(frozen=True)
class Kept:
    """Texts that were read, by record; `lent`: by which abstract of its report, of some of them."""

    reader: Reader = field(default_factory=Reader)
    read: dict[uuid.UUID, Read] = field(default_factory=dict)
    lent: dict[uuid.UUID, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Held:
    """What is set up for one ordering: `ids` are the screenings, by place."""

    made_of: tuple[str, int]
    order: Order
    ids: list[uuid.UUID]
    numbers: list[int]
    texts: Kept


_HELD: OrderedDict[uuid.UUID, Held] = OrderedDict()


def rank(ordering: Ordering) -> int:
    """Rank a stage's records anew; return how many settled ones were learned from.

    Raises ValueError when there is nothing to rank by, with a sentence that says so.
    """
    held = _held(ordering)
    rows = Screening.objects.filter(review=ordering.review_id, stage=ordering.stage, stands=True)
    states = dict(rows.order_by().values_list("number", "state"))  # ids take three times as long
    found = [states.get(each, "") for each in held.numbers]
    labels = _labels(held.order, found)
    if labels:
        held.order.label(labels)
    _keep(ordering, held, _top(held.order, found))
    return sum(state in rules.SETTLED for state in found)


def forget(ordering: uuid.UUID | None = None) -> None:
    """Let go of what is set up for an ordering, or of all."""
    _HELD.pop(ordering, None) if ordering else _HELD.clear()


# -- setting up -------------------------------------------------------------------------------


def _held(ordering: Ordering) -> Held:
    """Return what is set up, set up anew when records came or the question changed."""
    review = ordering.review
    made_of = (question(review), _records(ordering))
    held = _HELD.pop(ordering.id, None)
    if held is None or held.made_of != made_of:
        texts, held = held.texts if held else Kept(), None  # no two orders in memory
        held = _set_up(ordering, made_of, texts)
    _HELD[ordering.id] = held
    while len(_HELD) > _HELD_MOST:
        _HELD.popitem(last=False)
    return held


def _records(ordering: Ordering) -> int:
    if ordering.stage == rules.ABSTRACT:
        return ordering.review.records_made
    return Screening.objects.filter(review=ordering.review_id, stage=ordering.stage).count()


def question(review: Review) -> str:
    """Return what the order starts from: the question, who and what it is about, the criteria."""
    asked = (review.question, review.population, review.concept, review.context)
    return "\n".join(each for each in asked if each.strip())


def _set_up(ordering: Ordering, made_of: tuple[str, int], before: Kept) -> Held:
    rows = Screening.objects.filter(review=ordering.review_id, stage=ordering.stage)
    found = list(rows.order_by("number").values_list("id", "number", "record_id"))
    texts = _texts(ordering, [record for _, _, record in found], before)
    read = [texts.read[record] for _, _, record in found]
    order = Order.as_read(read, texts.reader, made_of[0])
    ids, numbers = [key for key, *_ in found], [number for _, number, _ in found]
    return Held(made_of, order, ids, numbers, texts)


def _texts(ordering: Ordering, records: list[uuid.UUID], before: Kept) -> Kept:
    """Return the texts of these records. What was read before is read again only if it changed."""
    longest = _longest(ordering)
    kept = Kept(before.reader, {}, {record: hash(text) for record, text in longest.items()})
    for record in records:
        if record in before.read and before.lent.get(record) == kept.lent.get(record):
            kept.read[record] = before.read[record]
    missing = [each for each in records if each not in kept.read]
    for begin in range(0, len(missing), _MANY):
        some = Record.objects.filter(id__in=missing[begin : begin + _MANY])
        for record, title, abstract in some.values_list("id", "title", "abstract"):
            text = Text(title, longest.get(record, abstract)).text
            kept.read[record] = kept.reader.read(text)
    return kept


def _longest(ordering: Ordering) -> dict[uuid.UUID, str]:
    """Return the longest abstract of each report that came as several records, by record."""
    rows = Grouped.objects.filter(group__review=ordering.review_id)
    groups: dict[uuid.UUID, list[tuple[uuid.UUID, str]]] = {}
    for group, record, text in rows.values_list("group_id", "record_id", "record__abstract"):
        groups.setdefault(group, []).append((record, text))
    return {
        record: max((text for _, text in group), key=len)
        for group in groups.values()
        for record, _ in group
    }


# -- ranking ----------------------------------------------------------------------------------


def _labels(order: Order, found: list[str]) -> dict[int, bool | None]:
    """Return the labels that changed since the last ranking."""
    signs = {rules.INCLUDED: 1, rules.EXCLUDED: -1}
    now = np.array([signs.get(state, 0) for state in found])
    changed = np.flatnonzero(now != order.signs[: order.size])
    return {int(at): None if now[at] == 0 else bool(now[at] > 0) for at in changed}


def _top(order: Order, found: list[str]) -> NDArray[np.int64]:
    """Return the best places of either kind, best first; equal ones as they came.

    Of both kinds, as who is ahead of the others has decided all that wait for another reviewer.
    """
    states = np.array(found)
    kinds = (np.flatnonzero(states == state) for state in rules.OPEN)
    best = np.concatenate([_best(order, each) for each in kinds])
    return best[np.lexsort((best, -order.scores[best]))]


def _best(order: Order, places: NDArray[np.int64]) -> NDArray[np.int64]:
    if len(places) > TOP:
        scores = -order.scores[places]
        least = np.partition(scores, TOP - 1)[TOP - 1]
        places = places[scores <= least]  # ties at the edge are decided by how they came
    ranked = places[np.argsort(-order.scores[places], kind="stable")]
    return ranked[:TOP]


def _keep(ordering: Ordering, held: Held, top: NDArray[np.int64]) -> None:
    places = [int(at) for at in top]
    reasons = whys(held.order, places)
    alike = like(held.order, places, _LIKE)
    rows = [
        Ranked(
            ordering=ordering, screening_id=held.ids[at], rank=rank,
            why=_told(why, [held.numbers[each] for each in near]),
        )
        for rank, (at, why, near) in enumerate(zip(places, reasons, alike, strict=True))
    ]  # fmt: skip
    with transaction.atomic():
        Ranked.objects.filter(ordering=ordering).delete()
        Ranked.objects.bulk_create(rows, batch_size=_MANY)


def _told(why: Why, near: list[int]) -> dict[str, list[str] | list[int]]:
    return {
        "for": [each.words for each in why.speaks_for],
        "against": [each.words for each in why.against],
        "like": near,
    }
