"""`firsthand check` finds what is unsafe in a real data directory, and says how to mend it."""

import os
import shutil
import time

import pytest

from tests.config.site import Site

QUIET = {"FIRSTHAND_PUBLIC_URL": "http://127.0.0.1:8000"}
REAL = {
    "FIRSTHAND_PUBLIC_URL": "https://firsthand.example",
    "FIRSTHAND_HOSTS": "firsthand.example",
    "FIRSTHAND_BEHIND_PROXY": "1",
}


def said(site: Site, **env: str) -> str:
    done = site.firsthand("check", **(QUIET | env))
    assert "Traceback" not in done.stderr
    assert done.returncode == (1 if "UNSAFE" in done.stdout else 0), done.stderr
    return done.stdout


def at_work(site: Site) -> None:
    (site.data / "worker.seen").touch()


def test_a_site_in_order_on_one_machine_is_safe(site):
    at_work(site)
    assert "UNSAFE" not in said(site)


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({"FIRSTHAND_PUBLIC_URL": "http://firsthand.example"}, "plain http"),
        ({"FIRSTHAND_DEBUG": "1"}, "FIRSTHAND_DEBUG is on"),
        ({"FIRSTHAND_HOSTS": "*"}, "any name through"),
        ({"FIRSTHAND_NO_LIMIT_ON_TELLING": "1"}, "one address can tell"),
        (REAL, "No e-mail leaves"),
        (REAL, "The last backup from here was made never"),
        (REAL | {"FIRSTHAND_BEHIND_PROXY": "0"}, "FIRSTHAND_BEHIND_PROXY is off"),
        (REAL, "key lies inside the data directory"),
    ],
)
def test_an_unsafe_choice_is_said(site, env, expected):
    at_work(site)
    assert expected in said(site, **env)


def test_loose_files_are_said(site):
    at_work(site)
    (site.data / "keys/server.key").chmod(0o644)
    site.database.chmod(0o644)
    site.data.chmod(0o755)
    found = said(site)
    assert "can read" in found
    assert "can look into" in found
    assert "chmod 600" in found


def test_a_missing_worker_is_said(site):
    assert "No worker" in said(site)
    at_work(site)
    os.utime(site.data / "worker.seen", (time.time() - 3600,) * 2)
    assert "No worker" in said(site)


def test_an_old_backup_is_said(site):
    at_work(site)
    (site.data / "last-backup").touch()
    assert "last backup" not in said(site)
    os.utime(site.data / "last-backup", (time.time() - 20 * 24 * 3600,) * 2)
    assert "20 days ago" in said(site)


def test_demo_data_beside_real_data_is_said(site):
    at_work(site)
    site.python(
        "import django; django.setup();"
        "from firsthand.people.models import Organisation;"
        "Organisation.objects.create(name='Made up', kind='provider', demo=True)"
    )
    assert "demo data" in said(site)
    assert "demo data" not in said(site, FIRSTHAND_DEMO="1")


def test_a_database_of_another_shape_is_said(site):
    at_work(site)
    site.python(
        "import django; django.setup();"
        "from django.db.migrations.recorder import MigrationRecorder;"
        "MigrationRecorder.Migration.objects.filter(app='vault').delete()"
    )
    assert "shape" in said(site)


def test_a_database_that_does_not_answer_is_said(site):
    at_work(site)
    nowhere = {"DATABASE_URL": f"postgres://nobody@/none?host={site.data}"}
    assert "does not answer" in said(site, **nowhere)


CHANGES = {
    "a line changed": "LogLine.objects.filter(item_id=item, place=2).update(refused=True)",
    "a line taken out": "LogLine.objects.filter(item_id=item, place=2).delete()",
    "a whole log taken out": (
        "[table.objects.filter(item_id=item).delete() for table in (LogLine, LogHead)]"
    ),
    "the head set back": "LogHead.objects.filter(item_id=item).update(count=1)",
    "contents swapped": (
        "Sealed.objects.filter(item_id=item, field='contents').update(body=Sealed.objects"
        ".filter(field='contents').exclude(item_id=item).first().body)"
    ),
}


@pytest.mark.parametrize("how", CHANGES)
def test_a_change_from_outside_is_said_and_named(site, how):
    at_work(site)
    item = site.python(
        "import django; django.setup();"
        "from firsthand.access.models import LogLine, LogHead;"
        "from firsthand.vault.models import Sealed;"
        f"item = LogHead.objects.order_by('item_id').first().item_id; {CHANGES[how]}; print(item)"
    )
    assert f"item {item} (" in said(site)


def test_an_old_database_put_back_is_noticed_by_the_anchors(site, tmp_path):
    at_work(site)
    kept = tmp_path / "old.sqlite3"
    shutil.copy(site.database, kept)
    item = site.python(
        "import django; django.setup();"
        "from firsthand.access import anchors, log, rules; from firsthand.access.doer import Doer;"
        "from firsthand.access.models import LogHead;"
        "item = LogHead.objects.order_by('item_id').first().item_id;"
        "log.append(item, Doer(), rules.READ, owner=True);"
        "print(anchors.write(), item)"
    )
    number, item = item.split()
    assert number == "1"
    assert "UNSAFE" not in said(site)
    for leftover in site.data.glob("firsthand.sqlite3-*"):
        leftover.unlink()
    shutil.copy(kept, site.database)
    assert f"item {item} (its log was put back or cut)" in said(site)


def test_a_changed_file_of_anchors_is_noticed(site):
    at_work(site)
    path = site.data / "log-anchors.jsonl"
    path.write_text(path.read_text().replace(", 2, ", ", 1, ", 1))
    assert "the file of anchors was changed" in said(site)


def test_a_line_of_anchors_cut_short_by_a_power_cut_is_no_alarm(site):
    at_work(site)
    path = site.data / "log-anchors.jsonl"
    path.write_text(path.read_text()[:-20])
    assert "UNSAFE" not in said(site)
    assert path.read_text().endswith("\n")
    assert len(path.read_text().splitlines()) == 5
