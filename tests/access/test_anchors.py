"""Anchors notice a log that was put back, cut or changed, and a file of anchors that was."""

import json
import uuid

import pytest

from firsthand.access import anchors, log, rules
from firsthand.access.doer import Doer
from firsthand.access.models import LogHead, LogLine
from firsthand.people.models import Team
from firsthand.vault import items, keyrings
from firsthand.vault.keys import Keys
from firsthand.vault.seal import Tampered
from tests.people import kit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_directory(settings, tmp_path):
    settings.FIRSTHAND_DATA = tmp_path


def moved(times: int = 1, item: uuid.UUID | None = None) -> uuid.UUID:
    """Return an item whose log has `times` more lines."""
    if item is None:
        owner = keyrings.make("receipt", Keys.fresh())
        item = items.create(owner, {"what": b"x"}).id
    for _ in range(times):
        log.append(item, Doer(), rules.READ, owner=True)
    return item


def test_each_log_that_moved_is_anchored_once():
    first, _ = moved(), moved(3)
    assert anchors.write() == 2
    assert anchors.write() == 0
    moved(item=first)
    assert anchors.write() == 1
    assert len(anchors.path().read_text().splitlines()) == 3
    assert anchors.broken() == []


def test_nothing_to_anchor_writes_no_file():
    assert anchors.write() == 0
    assert not anchors.path().exists()
    assert anchors.broken() == []


def test_the_file_is_for_its_owner_alone():
    moved()
    anchors.write()
    assert anchors.path().stat().st_mode & 0o077 == 0


def test_a_log_that_was_put_back_is_named_and_not_anchored_anew():
    item = moved(3)
    anchors.write()
    LogLine.objects.filter(item_id=item, place=3).delete()
    LogHead.objects.filter(item_id=item).update(count=2)
    assert anchors.write() == 0
    assert anchors.broken() == [item]


def test_a_log_that_went_another_way_after_being_put_back_is_named():
    item = moved(2)
    anchors.write()
    LogLine.objects.filter(item_id=item, place=2).delete()
    head, first = LogHead.objects.get(item_id=item), LogLine.objects.get(item_id=item, place=1)
    head.count, head.last = 1, first.chained
    head.proof = log._head_proof(head)
    head.save()
    log.append(item, Doer(), rules.CHANGED, owner=True)
    assert log.tampered([item]) == []
    assert anchors.broken() == [item]


def test_a_log_that_only_grew_is_in_order():
    item = moved(2)
    anchors.write()
    moved(5, item)
    assert anchors.broken() == []


@pytest.mark.parametrize("change", [
    lambda line: line.replace(", 2, ", ", 1, "),
    lambda line: line.replace('["', '["x', 1),
    lambda line: "[]\n",
    lambda line: "not json\n",
    lambda line: '[1, 2, 3, 4]\n',
    lambda line: line[:-4] + 'A="]\n',
])  # fmt: skip
def test_a_changed_line_is_noticed(change):
    moved(2)
    anchors.write()
    line = anchors.path().read_text()
    anchors.path().write_text(change(line))
    with pytest.raises(Tampered):
        anchors.broken()


def test_a_line_cut_short_by_a_power_cut_is_dropped_and_written_again():
    moved(2)
    other = moved(2)
    anchors.write()
    whole = anchors.path().read_text()
    anchors.path().write_text(whole[:-30])
    assert anchors.broken() == []
    moved(1, other)
    assert anchors.write() >= 1
    assert anchors.path().read_text().endswith("\n")
    assert anchors.broken() == []


def test_a_file_that_is_nothing_but_a_cut_line_is_begun_again():
    moved(2)
    anchors.path().write_text('["cut')
    assert anchors.write() == 1
    assert anchors.broken() == []


# -- rows that count their changes ------------------------------------------------------------


def change(row) -> None:
    row.name = f"{row.name}, again"
    row.save()


def test_a_row_that_counts_its_changes_is_anchored_at_each_of_them():
    team = kit.team()
    assert anchors.write() == 2
    change(team)
    assert anchors.write() == 1
    assert anchors.write() == 0
    assert anchors.rows_put_back() == anchors.broken() == []
    assert json.loads(anchors.path().read_text().splitlines()[-1])[4] == "people.team"


def test_a_row_put_back_as_it_was_is_named_and_not_anchored_anew():
    team = kit.team()
    before = Team._base_manager.filter(id=team.id).values().get()
    change(team)
    anchors.write()
    Team._base_manager.filter(id=team.id).update(**before)
    assert Team.objects.get().name == "Duty team", "in itself it holds together"
    assert anchors.write() == 0
    assert anchors.rows_put_back() == [("people.team", team.id)]


def test_a_row_that_went_another_way_after_being_put_back_is_named():
    team = kit.team()
    before = Team._base_manager.filter(id=team.id).values().get()
    change(team)
    anchors.write()
    Team._base_manager.filter(id=team.id).update(**before)
    again = Team.objects.get()
    again.active = False
    again.save()
    assert anchors.rows_put_back() == [("people.team", team.id)]


def test_a_row_that_was_taken_out_is_named():
    team = kit.team()
    anchors.write()
    Team.objects.filter(id=team.id).delete()
    assert anchors.rows_put_back() == [("people.team", team.id)]


def test_a_forged_row_is_not_anchored():
    team = kit.team()
    anchors.write()
    Team._base_manager.filter(id=team.id).update(version=99)
    assert anchors.write() == 0


def test_staff_are_anchored_and_people_are_not():
    kit.person()
    assert anchors.write() == 0
    kit.staff()
    assert anchors.write() == 1


def test_a_changed_kind_is_noticed():
    kit.organisation()
    anchors.write()
    text = anchors.path().read_text()
    for made_up in ('"people.team"]', '"people.organisation", 1]', '""]'):
        anchors.path().write_text(text.replace('"people.organisation"]', made_up))
        with pytest.raises(Tampered):
            anchors.rows_put_back()
