"""What has to be done every so often, and the worker that does it between jobs."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from firsthand.access import anchors, grants, limits
from firsthand.codebook.actions import arriving, bringing
from firsthand.consultation.actions import working_out
from firsthand.evidence.actions import duplicates, full_texts, importing, ordering, packing
from firsthand.repair import reminders
from firsthand.testimony import counting
from firsthand.vault.sessions import SessionStore

log = logging.getLogger(__name__)
SEEN = "worker.seen"  # in the data directory: its time is when the worker last went round


def forget_finished_jobs() -> None:
    """Drop jobs a day after they ended."""
    ended = timezone.now() - timedelta(days=1)
    DBTaskResult.objects.finished().filter(finished_at__lte=ended).delete()


def settle_what_is_counted() -> None:
    """Drop what was counted before someone changed it, once the change holds in the figures."""
    counting.settle(timezone.localdate())


def show_signs_of_life() -> None:
    """Let `firsthand check` see that a worker is running."""
    (settings.FIRSTHAND_DATA / SEEN).touch(mode=0o600)


CHORES: tuple[tuple[Callable[[], object], int], ...] = (  # what, every how many seconds
    (show_signs_of_life, 60),
    (SessionStore.clear_expired, 60),
    (limits.forget_old, 300),
    (grants.end_expired, 300),
    (anchors.write, 300),
    (reminders.give_due, 600),
    (importing.pick_up, 300),
    (duplicates.pick_up, 300),
    (ordering.pick_up, 300),
    (full_texts.pick_up, 300),
    (packing.pick_up, 300),
    (arriving.pick_up, 300),
    (bringing.pick_up, 300),
    (working_out.pick_up, 300),
    (forget_finished_jobs, 3600),
    (settle_what_is_counted, 3600),
)


class Round:
    """Which chores are due."""

    def __init__(self) -> None:
        self._next = {chore: 0.0 for chore, _ in CHORES}

    def go(self, now: float) -> None:
        """Do every chore that is due at `now`; one that fails does not hold up the others."""
        for chore, every in CHORES:
            if now >= self._next[chore]:
                self._next[chore] = now + every
                _try(chore)


def work(*, server: int | None = None) -> None:
    """Do jobs as they come and chores as they fall due, until told to stop.

    Ends too when `server`, the process that started this one, is there no longer.
    """
    stop, rounds = threading.Event(), Round()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    while not stop.is_set() and server in {None, os.getppid()}:
        close_old_connections()
        rounds.go(time.monotonic())
        _try(do_jobs)
        stop.wait(1)


def do_jobs() -> None:
    """Do every job that is waiting."""
    if DBTaskResult.objects.ready().exists():  # asked first: taking a job locks the database
        _worker().run()


def _worker() -> Worker:
    return Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id=f"{os.getpid()}", excluded_queue_names=[],
    )  # fmt: skip


def _try(chore: Callable[[], object]) -> None:
    try:
        chore()
    except Exception:  # the next round may do better; the log says which and where
        log.exception("chore failed", extra={"event": "chore failed"})
