"""The same backup and restore on PostgreSQL, with its own tools."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.config.site import FILL, TOLD, Site

PASSPHRASE = "correct horse battery staple"
URL = os.environ.get("DATABASE_URL", "")
COUNT = """
import django; django.setup()
from firsthand.access.models import LogLine
from firsthand.vault.models import Item, Sealed
print(Item.objects.count(), Sealed.objects.count(), LogLine.objects.count())
"""
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not URL.startswith("postgres"), reason="for PostgreSQL"),
    pytest.mark.skipif(shutil.which("pg_dump") is None, reason="pg_dump is not here"),
]


def named(database: str) -> str:
    return urlunsplit(urlsplit(URL)._replace(path=f"/{database}"))


@pytest.fixture
def empty() -> Iterator[Callable[[], str]]:
    """Makes empty databases and returns their addresses."""
    made: list[str] = []
    with psycopg.connect(URL, autocommit=True) as server:

        def make() -> str:
            made.append(f"firsthand_{uuid.uuid4().hex}")
            server.execute(f'CREATE DATABASE "{made[-1]}"')
            return named(made[-1])

        yield make
        for name in made:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_what_was_kept_comes_back_into_an_empty_database_only(empty, tmp_path: Path):
    old, new, backup = Site(tmp_path / "old"), Site(tmp_path / "new"), tmp_path / "site.age"
    here, there = {"DATABASE_URL": empty()}, {"DATABASE_URL": empty()}
    old.python(FILL, **here)
    secret = {"FIRSTHAND_BACKUP_PASSPHRASE": PASSPHRASE}
    done = old.firsthand("backup", str(backup), **here, **secret)
    assert done.returncode == 0, done.stderr
    assert TOLD.split()[0].encode() not in backup.read_bytes()

    words = ["restore", str(backup), "--into", str(new.data)]
    refused = new.firsthand(*words, **here, **secret)
    assert refused.returncode == 1
    assert "not empty" in refused.stdout + refused.stderr
    assert not new.data.exists()

    done = new.firsthand(*words, **there, **secret)
    assert done.returncode == 0, done.stdout + done.stderr
    assert new.python(COUNT, **there) == old.python(COUNT, **here) != "0 0 0"
