"""What is kept: the database's shape, the worker, backups, demo data, and every log."""

import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from firsthand.access import anchors
from firsthand.access.models import LogHead
from firsthand.config import alarms, prepare, sound
from firsthand.config.backup.making import LAST
from firsthand.config.checkup.finding import Finding, for_this_machine_only, mind, unsafe
from firsthand.config.chores import SEEN
from firsthand.people.models import Organisation, User

_DAY = 24 * 3600


def shape() -> Iterator[Finding]:
    """The database must answer, and have the shape this version needs."""
    try:
        if prepare.pending():
            yield unsafe("The database has not this version's shape yet.", "firsthand prepare")
    except DatabaseError:
        yield unsafe(
            "The database does not answer.",
            "See that it runs, and that DATABASE_URL (if you set it) is right.",
        )


def worker() -> Iterator[Finding]:
    """Without a worker no notice is sent, and no anchor is written."""
    seen = _age(SEEN)
    if seen is None or seen > 600:
        yield unsafe(
            "No worker has been at work here in the last ten minutes.",
            "Start `firsthand worker`, or `firsthand run` without --no-worker.",
        )


def backup() -> Iterator[Finding]:
    """What is not backed up is lost one day."""
    last = _age(LAST)
    if LogHead.objects.exists() and (last is None or last > 8 * _DAY):
        when = "never" if last is None else f"{int(last // _DAY)} days ago"
        yield (mind if for_this_machine_only() else unsafe)(
            f"The last backup from here was made {when}.",
            "Run `firsthand backup` every night (docs/how-to/backup.md).",
        )


def demo() -> Iterator[Finding]:
    """Made-up people must never stand beside real ones."""
    if not settings.FIRSTHAND_DEMO and Organisation.objects.filter(demo=True).exists():
        yield unsafe(
            "There is demo data in this database.",
            "Start on a fresh data directory: demo data does not come out again.",
        )
    if settings.FIRSTHAND_DEMO:
        yield (mind if for_this_machine_only() else unsafe)(
            "This is a made-up town: everyone knows its passphrases.",
            "Keep nothing real here, and let nobody else reach it. For a real site: firsthand run",
        )


def steward() -> Iterator[Finding]:
    """Somebody has to look after the site."""
    if not User.objects.filter(role="steward", is_active=True).exists():
        yield mind("There is no steward yet.", "firsthand steward add")


def logs() -> Iterator[Finding]:
    """Every log must hold together, and be at least what it was; every row under its mark."""
    for what in [*(f"item {each}" for each in sound.all_that_is_wrong()), *sound.rows_changed()]:
        yield unsafe(
            f"Someone changed the database from outside: {what}.",
            "Keep a copy of the data directory as it is now, find out who could write to it, and "
            "restore the last backup that is sound. Tell the people it concerns.",
        )
    if LogHead.objects.exists() and not anchors.path().exists():
        yield mind(
            "There are no anchors yet, so an old database put back would not be noticed.",
            "The worker writes them every few minutes. If there were some, somebody removed them.",
        )


def alarm() -> Iterator[Finding]:
    """A page that met something changed says so, whether or not it can still be seen here."""
    for each in alarms.alarms():
        what = f" ({each.about})" if each.about else ""
        yield unsafe(
            f"On {each.on} the page {each.page}{what} met something that was changed from outside.",
            "Do as for a changed item. When that is done, move the file alarms.jsonl out of the "
            "data directory and keep it.",
        )


def _age(name: str) -> float | None:
    """Seconds since a file in the data directory was touched."""
    path = Path(settings.FIRSTHAND_DATA) / name
    return max(0.0, time.time() - path.stat().st_mtime) if path.exists() else None


LOOKS = (worker, backup, demo, steward, logs, alarm)
