"""A full disk, a database that is away, too many tries: a clear page that keeps the words."""

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import path

from firsthand.access.limits import SlowDown
from firsthand.access.models import Tries
from firsthand.access.permissions import PERMISSIONS, Permission, anyone
from firsthand.config import trouble
from firsthand.config.urls import urlpatterns as ours

WORDS = "They turned the heating off in my room and said I had imagined it, three nights running."

THEN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def fill(request):
    """Write what was sent into the database until there is no room left."""
    for n in range(100_000):
        Tries.objects.create(mark=b"%d" % n * 3000, level=0, at=THEN, empty_at=THEN)


def away(request):
    raise OperationalError("could not connect to server at 192.0.2.7")


def slow(request):
    raise SlowDown(300)


urlpatterns = [
    *ours, path("fill", fill, name="fill"), path("away", away, name="away"),
    path("slow", slow, name="slow"),
]  # fmt: skip
handler500 = "firsthand.config.trouble.server_error"
handler404 = "firsthand.web.views.not_found"


@pytest.fixture
def client(settings, monkeypatch) -> Client:
    settings.ROOT_URLCONF = __name__
    for name in ("fill", "away", "slow"):
        monkeypatch.setitem(PERMISSIONS, name, Permission(anyone))
    return Client(raise_request_exception=False)


@pytest.fixture
def little_room(transactional_db):
    """SQLite's own limit: the error is the one a full disk gives."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no such limit; its error code is tested below")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 20}")
        yield
        cursor.execute("PRAGMA max_page_count = 4294967294")


@pytest.mark.usefixtures("little_room")
def test_a_full_disk_is_said_and_the_words_are_still_in_the_form(client):
    answer = client.post("/fill", {"what": WORDS})
    assert answer.status_code == 507
    said = answer.content.decode()
    assert "no room left" in said
    assert WORDS in said


@pytest.mark.usefixtures("little_room")
def test_a_full_disk_leaves_nothing_half_written_behind(client):
    client.post("/fill", {"what": WORDS})
    assert client.get("/ready/").json()["parts"]["database"] is True


@pytest.mark.django_db
def test_a_database_that_is_away_gives_the_words_back_and_says_nothing_of_itself(client):
    answer = client.post("/away", {"what": WORDS})
    assert answer.status_code == 503
    assert WORDS in answer.content.decode()
    assert "192.0.2.7" not in answer.content.decode()


@pytest.mark.django_db
def test_too_many_tries_says_how_long_to_wait_and_gives_back_no_secret(client):
    answer = client.post("/slow", {"what": WORDS, "receipt": "nine words that open something"})
    assert answer.status_code == 429
    assert answer["Retry-After"] == "300"
    said = answer.content.decode()
    assert "5 minutes" in said
    assert WORDS in said
    assert "nine words" not in said


@pytest.mark.django_db
def test_trouble_on_a_page_without_a_form_is_a_page_too(client):
    assert client.get("/away").status_code == 503
    assert client.get("/slow").status_code == 429


@pytest.mark.django_db
def test_what_breaks_outside_any_view_is_answered_the_same_way():
    request = RequestFactory().post("/", {"what": WORDS})
    try:
        raise OperationalError from sqlite_full()
    except OperationalError:
        answer = trouble.server_error(request)
    assert answer.status_code == 507
    assert WORDS in answer.content.decode()


@pytest.mark.django_db
def test_a_mistake_of_ours_is_no_trouble():
    request = RequestFactory().get("/")
    assert trouble.answer(request, KeyError("x")) is None
    assert trouble.server_error(request).status_code == 500


def sqlite_full() -> sqlite3.Error:
    with sqlite3.connect(":memory:") as held:
        held.execute("CREATE TABLE t (x)")
        held.execute("PRAGMA max_page_count = 3")
        with pytest.raises(sqlite3.OperationalError) as caught:
            held.executemany("INSERT INTO t VALUES (?)", [("x" * 4000,)] * 10)
    return caught.value


class PostgresFull(Exception):
    sqlstate = "53100"


@pytest.mark.parametrize("error", [sqlite_full(), PostgresFull(), OSError(28, "No space left")])
def test_every_way_of_saying_full_is_understood(error):
    assert trouble.is_full(error)


def test_a_real_full_file_system_is_understood():
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with pytest.raises(OSError) as caught, full.open("w") as file:
        file.write("x" * 100_000)
    assert trouble.is_full(caught.value)


@pytest.mark.parametrize(("seconds", "words"), [(5, "a minute"), (59, "a minute"), (121, "3 min")])
def test_waits_are_said_as_people_say_them(seconds, words):
    assert words in SlowDown(seconds - 0.5).wait
