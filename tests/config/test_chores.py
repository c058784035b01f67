"""What has to be done every so often is done, and one failure does not hold up the rest."""

import datetime as dt
import os
import subprocess
import sys
import time

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from firsthand.access import anchors
from firsthand.config import chores
from firsthand.vault.models import Sitting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_directory(settings, tmp_path):
    settings.FIRSTHAND_DATA = tmp_path


def test_a_round_does_what_is_due_and_only_that(tmp_path):
    Sitting.objects.create(id="old", sealed=b"x", quiet_at=timezone.now())
    rounds = chores.Round()
    rounds.go(now=0)
    assert (tmp_path / chores.SEEN).exists()
    assert not Sitting.objects.exists()
    (tmp_path / chores.SEEN).unlink()
    rounds.go(now=30)
    assert not (tmp_path / chores.SEEN).exists()
    rounds.go(now=61)
    assert (tmp_path / chores.SEEN).exists()


def test_one_chore_that_fails_does_not_hold_up_the_others(monkeypatch):
    done = []

    def fails() -> None:
        raise RuntimeError

    monkeypatch.setattr(chores, "CHORES", ((fails, 60), (lambda: done.append(1), 60)))
    chores.Round().go(now=0)
    assert done == [1]


@pytest.mark.django_db(transaction=True)
def test_jobs_are_done_and_forgotten_a_day_later():
    row = DBTaskResult.objects.create(
        task_path="nowhere.at_all", args_kwargs={"args": [], "kwargs": {}},
        backend_name="default", run_after=timezone.now(),
    )  # fmt: skip
    chores.do_jobs()
    row.refresh_from_db()
    assert row.status == "FAILED"
    chores.forget_finished_jobs()
    assert DBTaskResult.objects.exists()
    long_ago = timezone.now() - dt.timedelta(days=2)
    DBTaskResult.objects.update(finished_at=long_ago)
    chores.forget_finished_jobs()
    assert not DBTaskResult.objects.exists()


def test_no_jobs_is_no_work():
    chores.do_jobs()


def test_anchors_are_among_the_chores():
    assert anchors.write in [chore for chore, _ in chores.CHORES]


@pytest.mark.slow
def test_a_worker_ends_when_asked(site):
    words = [sys.executable, "-m", "firsthand.cli", "worker"]
    with subprocess.Popen(words, env=site.env()) as worker:
        seen = site.data / chores.SEEN
        for _ in range(300):
            if seen.exists():
                break
            time.sleep(0.2)
        worker.terminate()
        assert worker.wait(timeout=60) == 0
    assert seen.exists()


@pytest.mark.slow
def test_a_worker_of_a_server_that_is_gone_ends_by_itself(site):
    words = ["worker", "--with", str(os.getpid() + 1_000_000)]
    assert site.firsthand(*words).returncode == 0
