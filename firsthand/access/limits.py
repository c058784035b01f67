"""Slowing down whoever guesses or floods, without shutting anyone out or keeping addresses.

Three leaky buckets stand before each thing that can be guessed:

* `HERE`: this name or receipt, tried from this place. Few tries are free, then pauses grow.
* `ANYWHERE`: the same name or receipt, from wherever. Many are free and pauses stay short, so
  that nobody can shut someone out of their own words by guessing badly on purpose.
* `PLACE`: anything tried from this place. Twenty people behind one address share it, so it
  holds all of their slips.

`check` counts the try before it is made (many at once cannot slip past), `passed` takes it back.

A fourth, one a place for each of `FROM_HERE`, stands before what nobody guesses but a machine
could do without end: beginning to tell, or to answer a survey, and adding files. `make_room`
fills it.
Rows hold the server's marks, no names, receipts or addresses; see `near` for places.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
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

TELLING = "telling"  # one for each telling that is begun
FILE = "file"  # one for each megabyte, or part of one
ANSWERING = "answering"  # one for each answer to a survey that is begun by its link
FROM_HERE = {
    TELLING: Pace(free=60, every=300, first=15, longest=300),
    ANSWERING: Pace(free=300, every=60, first=5, longest=60),
    FILE: Pace(free=2000, every=30, first=5, longest=300),
}
_MEGABYTE = 1024 * 1024


class SlowDown(Exception):
    """Too many tries: wait `seconds` and try again. Nothing is locked.

    `busy`: not for guessing, but because much has come from one place.
    """

    def __init__(self, seconds: float, *, busy: bool = False) -> None:
        super().__init__("Too many tries.")
        self.seconds = max(1, round(seconds + 0.5))
        self.busy = busy

    @property
    def wait(self) -> str:
        """How long to wait, in words."""
        return "a minute" if self.seconds < 60 else f"{-(-self.seconds // 60)} minutes"


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


def make_room(kind: str, near: bytes, many: int = 1) -> None:
    """Count `many` more of `kind`, one of `FROM_HERE`, from one place. Raises SlowDown.

    Nobody has to be known for it, nothing is given back, and nothing is kept but a mark.
    """
    if near and not settings.FIRSTHAND_NO_LIMIT_ON_TELLING:
        with transaction.atomic():
            _spend(derive.mark("from here", near, kind), FROM_HERE[kind], many)


def make_room_for_files(near: bytes, sizes: Iterable[int]) -> None:
    """Count files of these `sizes` in bytes. Raises SlowDown."""
    if many := sum(size // _MEGABYTE + 1 for size in sizes):
        make_room(FILE, near, many)


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


def _spend(mark: bytes, pace: Pace, many: int = 1) -> None:
    start = timezone.now()
    row, _ = Tries.objects.select_for_update().get_or_create(
        mark=mark, defaults={"level": 0.0, "at": start, "empty_at": start}
    )
    now = timezone.now()  # once the row is ours: we may have waited for it
    since = (now - row.at).total_seconds()
    if left := wait_left(row.level, since, pace):
        raise SlowDown(left, busy=pace in FROM_HERE.values())
    row.level, row.at = filled(row.level, since, pace, many), now
    row.empty_at = now + timedelta(seconds=row.level * pace.every)
    row.save()


def _give_back(mark: bytes) -> None:
    row = Tries.objects.select_for_update().filter(mark=mark).first()
    if row and row.level > 1:
        row.level -= 1
        row.save()
    elif row:
        row.delete()
