"""Slowing down whoever guesses, without shutting anyone out and without keeping addresses.

Three leaky buckets stand before each thing that can be guessed:

* `HERE`: this name or receipt, tried from this place. Few tries are free, then pauses grow.
* `ANYWHERE`: the same name or receipt, from wherever. Many are free and pauses stay short, so
  that nobody can shut someone out of their own words by guessing badly on purpose.
* `PLACE`: anything tried from this place. Twenty people behind one address share it, so it
  holds all of their slips.

`check` counts the try before it is made (many at once cannot slip past), `passed` takes it back.
Rows hold the server's marks, no names, receipts or addresses; see `near` for places.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from firsthand.access.models import Tries
from firsthand.access.near import near as near
from firsthand.methods.leaky_bucket import Pace, filled, wait_left
from firsthand.vault import derive

RECEIPT = "receipt"
SIGN_IN = "sign-in"
CODE = "code"
RECOVERY = "recovery key"
INVITATION = "invitation"
KINDS = (RECEIPT, SIGN_IN, CODE, RECOVERY, INVITATION)

HERE = Pace(free=5, every=600, first=15, longest=900)
ANYWHERE = Pace(free=50, every=120, first=2, longest=120)
PLACE = Pace(free=100, every=20, first=1, longest=20)


class SlowDown(Exception):
    """Too many tries: wait `seconds` and try again. Nothing is locked."""

    def __init__(self, seconds: float) -> None:
        super().__init__("Too many tries.")
        self.seconds = max(1, round(seconds + 0.5))


@transaction.atomic
def check(kind: str, *parts: object, near: bytes = b"") -> None:
    """Count one try at `parts` (a locator's mark, a sign-in name's mark). Raises SlowDown.

    Call it just before the slow derivation, outside any other transaction, with
    `near=limits.near(request)`. A try that is refused is not counted.
    """
    for mark, pace in _buckets(kind, parts, near):
        _spend(mark, pace)


@transaction.atomic
def passed(kind: str, *parts: object, near: bytes = b"") -> None:
    """Take the try back: it was the right person. Their own slips are forgotten with it."""
    for mark, pace in _buckets(kind, parts, near):
        if pace is HERE:
            Tries.objects.filter(mark=mark).delete()
        else:
            _give_back(mark)


def forget_old() -> None:
    """Forget every bucket that has run empty. The worker calls this every few minutes."""
    Tries.objects.filter(empty_at__lte=timezone.now()).delete()


def _buckets(kind: str, parts: tuple[object, ...], near: bytes) -> list[tuple[bytes, Pace]]:
    """The buckets of one try, always in the same order, so that two tries cannot deadlock."""
    if kind not in KINDS:
        raise ValueError(f"There is no limit called {kind!r}.")
    found = [(derive.mark("tries", kind, *parts), ANYWHERE)]
    if near:
        found.append((derive.mark("tries here", near, kind, *parts), HERE))
        found.append((derive.mark("tries from", near), PLACE))
    return found


def _spend(mark: bytes, pace: Pace) -> None:
    start = timezone.now()
    row, _ = Tries.objects.select_for_update().get_or_create(
        mark=mark, defaults={"level": 0.0, "at": start, "empty_at": start}
    )
    now = timezone.now()  # once the row is ours: we may have waited for it
    since = (now - row.at).total_seconds()
    if left := wait_left(row.level, since, pace):
        raise SlowDown(left)
    row.level, row.at = filled(row.level, since, pace), now
    row.empty_at = now + timedelta(seconds=row.level * pace.every)
    row.save()


def _give_back(mark: bytes) -> None:
    row = Tries.objects.select_for_update().filter(mark=mark).first()
    if row and row.level > 1:
        row.level -= 1
        row.save()
    elif row:
        row.delete()
