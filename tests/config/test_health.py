"""Machines that ask are told whether the site is up and whether it can work, and no more."""

from pathlib import Path

import pytest

from firsthand.config import health


def test_health_answers_without_the_database(client):
    assert client.get("/health/").json() == {"alive": True}


@pytest.mark.django_db
def test_ready_when_every_part_works(client):
    answer = client.get("/ready/")
    assert answer.status_code == 200
    assert all(answer.json()["parts"].values())


@pytest.mark.django_db
def test_not_ready_says_which_part_and_nothing_else(client, settings, tmp_path):
    settings.FIRSTHAND_KEY_FILE = tmp_path / "gone"
    answer = client.get("/ready/")
    assert answer.status_code == 503
    assert answer.json()["parts"]["server key"] is False
    assert str(tmp_path) not in answer.content.decode()


@pytest.mark.django_db
def test_another_key_than_the_one_started_with_is_not_ready(client, settings, tmp_path):
    settings.FIRSTHAND_KEY_FILE = tmp_path / "other"
    settings.FIRSTHAND_KEY_FILE.write_bytes(bytes(32))
    assert client.get("/ready/").json()["parts"]["server key"] is False


SHAPE = """
from firsthand.config import prepare
prepare.set_up()
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
def ask():
    answer = Client(SERVER_NAME="127.0.0.1").get("/ready/")
    print(answer.status_code, answer.json()["parts"]["database shape"])
ask()
MigrationRecorder(connection).migration_qs.filter(app="access").delete()
ask()
"""


def test_a_database_of_another_shape_is_not_ready(site):
    before, after = [line for line in site.python(SHAPE).splitlines() if line[:1].isdigit()]
    assert before.endswith("True")
    assert after == "503 False"


@pytest.mark.django_db
def test_a_disk_nearly_full_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(health, "LEAST_ROOM", 2**70)
    assert client.get("/ready/").json()["parts"]["disk space"] is False


def test_a_database_that_is_away_is_not_ready(tmp_path: Path):
    def away() -> bool:
        raise OSError

    assert health._works(away) is False
