"""Asking when to stop: what was aimed at, what was found, what the rule and the audit say of it.

A record counts as read once it is settled: by all who were to decide it. What waits for another
reviewer, or is to be settled, counts as unread.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from firsthand.evidence import rules
from firsthand.evidence.models import Audit, Ordering, Plan, Review, Screening, Stop
from firsthand.methods.screening import audit as auditing
from firsthand.methods.screening.stopping import Look, look

_SURE = 95  # per cent, where nothing is aimed at yet

NO_PLAN = "Nothing is aimed at yet, so nothing can be said to be reached."
IN_ORDER_OF_IMPORT = (
    "Records come in the order of import. What is read last there says nothing of what is left: "
    "one search may have brought most of what belongs here. It holds for the other two orders."
)
ORDER_CHANGED = "The order was changed after the aim was written down. Write it down anew."
RECORDS_CHANGED = "Records came, or were merged or parted, since. It speaks of another pile now."
TAKEN_BACK = "Decisions from before it began were taken back or made since. Begin a new one."


def plan(review: Review, stage: str) -> Plan | None:
    """Return what is aimed at."""
    rows = Plan.objects.filter(review=review, stage=stage, ended_at=None)
    return rows.select_related("by__user").first()


def audit(review: Review, stage: str) -> Audit | None:
    """Return the audit that runs."""
    return Audit.objects.filter(review=review, stage=stage, ended_at=None).first()


def stop(review: Review, stage: str) -> Stop | None:
    """Return where screening stopped, unless it goes on."""
    return Stop.objects.filter(review=review, stage=stage, ended_at=None).first()


def not_screened(review: Review, stage: str, **numbers: int) -> int:
    """Return how many records were left unread by stopping: nobody has decided them.

    `numbers` look up the records of one version of the review.
    """
    stopped = stop(review, stage)
    if stopped is None:
        return 0
    rows = standing(review, stage).filter(state=rules.UNSEEN, number__lte=stopped.until)
    return rows.filter(**numbers).count()


def unseen(review: Review, stage: str) -> int:
    """Return how many records wait that nobody has decided, but for those left by stopping."""
    rows = standing(review, stage).filter(state=rules.UNSEEN)
    stopped = stop(review, stage)
    return (rows if stopped is None else rows.filter(number__gt=stopped.until)).count()


def standing(review: Review, stage: str) -> QuerySet[Screening]:
    return Screening.objects.filter(review=review, stage=stage, stands=True).order_by()


@dataclass(frozen=True)
class Reading:
    """Of `total` records, the `labels` of those settled, in that order (1 included, 0 not)."""

    total: int
    labels: tuple[int, ...]

    @property
    def read(self) -> int:
        return len(self.labels)

    @property
    def found(self) -> int:
        return sum(self.labels)

    @property
    def unread(self) -> int:
        return self.total - self.read


def reading(review: Review, stage: str) -> Reading:
    rows = standing(review, stage)
    settled = rows.filter(state__in=rules.SETTLED).order_by("settled_at", "id")
    states = settled.values_list("state", flat=True)
    return Reading(rows.count(), tuple(int(each == rules.INCLUDED) for each in states))


# -- the rule of Callaghan and Müller-Hansen -------------------------------------------------------


@dataclass(frozen=True)
class Ruled:
    """What the last look said, or why none can be taken (`not_because`).

    `next` is after how many records the next look is; `price` the fewest to be read from now until
    the rule could be met, if none of them were included.
    """

    not_because: str = ""
    look: Look | None = None
    met: bool = False
    next: int | None = None
    price: int | None = None


def ruled(aim: Plan | None, order: Ordering | None, now: Reading) -> Ruled:
    """Return what the rule says. Looks are taken where the plan said, not when someone opens it."""
    if aim is None:
        return Ruled(NO_PLAN)
    if why := _not_because(aim, order, now):
        return Ruled(why)
    taken = _ends(aim, now.read)
    found = _look(aim, now, now.labels, taken) if taken else None
    following = min(now.total, aim.begun + aim.every * (len(taken) + 1))
    met = found is not None and found.corrected <= 1 - aim.sure / 100
    return Ruled(
        look=found, met=met, next=None if met or not now.unread else following - now.read,
        price=None if met else _price(aim, now),
    )  # fmt: skip


def _not_because(aim: Plan, order: Ordering | None, now: Reading) -> str:
    if order is None or order.how not in rules.FIXED:
        return IN_ORDER_OF_IMPORT
    if order.at > aim.at:
        return ORDER_CHANGED
    return RECORDS_CHANGED if now.total != aim.total else ""


def _ends(aim: Plan, read: int) -> range:
    return range(aim.begun + aim.every, read + 1, aim.every)


def _look(aim: Plan, now: Reading, labels: Sequence[int], ends: range) -> Look:
    return look(now.total, labels[: ends[-1]], aim.recall / 100, ends, aim.begun)


def _price(aim: Plan, now: Reading) -> int:
    """Return the records to read until a look could be met, if none of them were included."""
    labels = (*now.labels, *[0] * now.unread)
    for end in range(aim.begun + aim.every, now.total + 1, aim.every):
        if end > now.read:
            found = _look(aim, now, labels, _ends(aim, end))
            if found.corrected <= 1 - aim.sure / 100:
                return end - now.read
    return now.unread


# -- the audit ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Audited:
    """What the audit says, or why it says nothing. Of `size` drawn records, `drawn` count so far.

    `sure` in per cent; `price` the fewest further draws that could certify the aim.
    """

    not_because: str = ""
    size: int = 0
    drawn: int = 0
    hits: int = 0
    sure: float = 0.0
    said: auditing.Certified | None = None
    met: bool = False
    price: int | None = None


def audited(run: Audit | None, aim: Plan | None, now: Reading) -> Audited | None:
    """Return what the audit says. Only draws in their order count, up to one that is not settled.

    Otherwise what is quickly settled would count first, and that is not what chance drew.
    """
    if run is None:
        return None
    if why := broken(run, now.total):
        return Audited(why)
    rows = run.draws.order_by("place").values_list("screening__state", "screening__stands")
    states = [state if stands else "" for state, stands in rows]
    settled = _until_open(states)
    hits = sum(each == rules.INCLUDED for each in settled)
    counted = auditing.Audit(run.population, run.before, len(settled), hits, now.found)
    sure = 1 - _doubt(run, aim)
    said = auditing.certified(counted, sure)
    aimed = (aim.recall / 100) if aim else None
    met = aimed is not None and said.recall >= aimed
    price = None if aimed is None or met else _draws(counted, sure, aimed)
    return Audited("", len(states), len(settled), hits, 100 * sure, said, met, price)


def broken(run: Audit, total: int) -> str:
    """Return why an audit no longer speaks of these records; nothing when it does."""
    if total != run.total:
        return RECORDS_CHANGED
    return "" if population(run).count() == run.population else TAKEN_BACK


def population(run: Audit) -> QuerySet[Screening]:
    """Return the records that were not settled when an audit began."""
    rows = standing(run.review, run.stage)
    return rows.filter(Q(settled_at=None) | Q(settled_at__gt=run.at))


def _until_open(states: Sequence[str]) -> list[str]:
    open_ = next((at for at, each in enumerate(states) if each not in rules.SETTLED), len(states))
    return list(states[:open_])


def _doubt(run: Audit, aim: Plan | None) -> float:
    """Return the doubt that an audit may spend: all there may ever be share that of the aim.

    1/(m(m + 1)) over all audits m sums to 1, so that one may begin as many as one likes.
    """
    whole = 1 - (aim.sure if aim else _SURE) / 100
    return whole / (run.number * (run.number + 1))


def _draws(counted: auditing.Audit, sure: float, aimed: float) -> int | None:
    """Return the fewest further draws, all of them excluded, after which the aim is certified."""
    left = counted.population - counted.drawn - (counted.found - counted.before - counted.hits)

    def reached(more: int) -> bool:
        further = auditing.Audit(
            counted.population, counted.before, counted.drawn + more, counted.hits, counted.found
        )
        return auditing.certified(further, sure).recall >= aimed

    low, high = 0, left
    if not reached(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high
