"""Every change in turn, or all tables at once: both ways to a database come to the same."""

import json
import os

import pytest

from tests.config.site import Site

pytestmark = pytest.mark.slow

SHAPE = """
import json, re
from firsthand.config import prepare
prepare.set_up()
from django.core.management import call_command
from django.db import connection
%s
def rows(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [list(each) for each in cursor.fetchall()]
def by_text(found):
    return sorted(found, key=repr)
def index(name, row):
    columns = [one[2] for one in rows(f'PRAGMA index_info("{name}")')]
    sql = rows(f"SELECT sql FROM sqlite_master WHERE name = '{name}'") if row[3] == "c" else ""
    return [row[2], row[4], columns, sql]
noted = by_text(rows("SELECT app, name FROM django_migrations"))
shape = {"pending": prepare.pending(), "noted": noted}
for name, sql in rows("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
    if not name.startswith("sqlite_"):
        columns = [[each[1], each[2], each[3], each[5]] for each in
                   rows(f'PRAGMA table_info("{name}")')]
        keys = [each[2:7] for each in rows(f'PRAGMA foreign_key_list("{name}")')]
        indexes = [index(each[1], each) for each in rows(f'PRAGMA index_list("{name}")')]
        named = re.findall(r'CONSTRAINT "(\\w+)" (?:CHECK|UNIQUE)', sql)
        shape[name] = [by_text(each) for each in (columns, keys, indexes, named)]
print(json.dumps(shape))
"""
IN_TURN = 'call_command("migrate", interactive=False, verbosity=0)'
AT_ONCE = "prepare.migrate()"


def test_all_tables_at_once_are_what_every_change_in_turn_comes_to(tmp_path):
    if os.environ.get("DATABASE_URL"):
        pytest.skip("this one is about the file that SQLite keeps")
    one, other = (
        json.loads(Site(tmp_path / name).python(SHAPE % way, watched=way == AT_ONCE))
        for name, way in (("turn", IN_TURN), ("once", AT_ONCE))
    )
    assert one.keys() == other.keys()
    differ = [name for name in one if one[name] != other[name]]
    assert not differ, [(one[name], other[name]) for name in differ[:3]]
    assert one["pending"] == []
    assert len(one) > 50


def test_a_second_time_changes_nothing(tmp_path):
    if os.environ.get("DATABASE_URL"):
        pytest.skip("this one is about the file that SQLite keeps")
    site = Site(tmp_path / "data")
    first = site.python(SHAPE % AT_ONCE)
    assert site.python(SHAPE % AT_ONCE) == first
