"""The package of a large review: made in the background, as of one moment, and kept for a day."""

import io
import tempfile
import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from firsthand.access.refused import Refused
from firsthand.config import chores
from firsthand.evidence import packed, pieces, rules, snapshot
from firsthand.evidence.actions import importing, packages, packing
from firsthand.evidence.actions import screening as deciding
from firsthand.evidence.models import Decision, Packing, PackingPiece, Review, Trail
from firsthand.evidence.package.resources import ALL
from firsthand.evidence.rules import EXCLUDE, INCLUDE
from tests.evidence import kit
from tests.evidence.test_pages import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


class Killed(BaseException):
    """The process is gone: nothing of it runs any more."""


@pytest.fixture(autouse=True)
def large(monkeypatch):
    monkeypatch.setattr(rules, "MADE_AT_ONCE", 3)


@pytest.fixture
def world() -> World:
    made = World()
    made.records = kit.imported(made.ada, 4)
    kit.decide(made.records[0], (made.ada, INCLUDE), (made.ben, EXCLUDE))
    return made


def work() -> None:
    """Do the packages that wait, as the worker does, within the test's transaction."""
    for row in DBTaskResult.objects.filter(task_path__endswith="packing.make"):
        row.delete()
        packing.make.call(*row.args_kwargs["args"])


def did(world: World) -> list[tuple[str, str]]:
    rows = Trail.objects.filter(review=world.ada.review, did__startswith="package")
    return [(row.by.name, row.did) for row in rows]


def made(world: World, who: str = "Ada") -> None:
    world.post(who, "package_make")
    work()


def bytes_for(world: World, who: str) -> bytes:
    answer = world.browsers[who].get(world.at("package_zip"))
    assert answer.status_code == 200
    content = b"".join(answer)
    assert int(answer["Content-Length"]) == len(content)
    return content


# -- on the page ----------------------------------------------------------------------------------


def test_a_large_review_is_packed_in_the_background_and_then_downloaded(world, monkeypatch):
    monkeypatch.setattr(pieces, "SIZE", 1000)
    assert "is made first" in world.get("Ada", "package")
    assert world.post("Ada", "package_make") == world.at("package")
    shown = world.get("Ben", "package")
    assert "It has not begun yet." in shown
    assert "Look again</a>" in shown
    assert "look-again.js" in shown
    assert "package/make/" not in shown
    work()
    shown = world.get("Ben", "package")
    assert "A file is ready" in shown
    assert "look-again.js" not in shown
    assert "package/make/" not in shown
    content = bytes_for(world, "Ben")
    assert PackingPiece.objects.count() == -(-len(content) // 1000) > 1
    out = io.BytesIO()
    packages.take_out(world.ada, out)
    assert content == out.getvalue()
    assert packages.bring_in(world.people["Eve"].user, io.BytesIO(content)).review.records_made == 4


def test_whoever_downloads_it_is_shown_what_others_decided_and_who_had_it_made_is_not(world):
    made(world)
    assert not Decision.objects.filter(revealed=True).exists()
    bytes_for(world, "Ben")
    assert Decision.objects.get(revealed=True).member == world.ben
    assert did(world) == [("Ada", "package asked for"), ("Ben", "package taken")]


def test_to_a_stranger_nothing_of_it_is_here(world):
    made(world)
    for name in ("package", "package_zip"):
        assert world.browsers["Eve"].get(world.at(name)).status_code == 404
    world.post("Eve", "package_make", status=404)
    assert Packing.objects.count() == 1
    assert world.browsers["Ada"].get(world.at("package_make")).status_code == 405


def test_how_far_it_is_stands_on_the_page(world, monkeypatch):
    world.post("Ada", "package_make")
    write, seen = packing.write, []

    def looked_at(review, out, step):
        def looked(done):
            step(done)
            seen.append(f"{done} of {len(ALL)} tables" in world.get("Ben", "package"))

        write(review, out, looked)

    monkeypatch.setattr(packing, "write", looked_at)
    work()
    assert seen == [True] * len(ALL)


def test_before_one_is_ready_its_address_leads_to_the_page(world):
    answer = world.browsers["Ada"].get(world.at("package_zip"))
    assert answer["Location"] == world.at("package")
    with pytest.raises(Refused):
        packing.give(world.ada)
    assert not Trail.objects.filter(did="package taken").exists()


def test_a_small_review_is_given_at_once(world, monkeypatch):
    monkeypatch.setattr(rules, "MADE_AT_ONCE", 5)
    assert "package/make/" not in world.get("Ada", "package")
    assert b"".join(world.browsers["Ada"].get(world.at("package_zip")))[:2] == b"PK"
    assert not Packing.objects.exists()


# -- kept until something changes, or a day -------------------------------------------------------


def test_it_is_made_once_while_nothing_changes(world):
    world.post("Ada", "package_make")
    world.post("Ben", "package_make")
    work()
    bytes_for(world, "Ada")
    world.post("Ben", "package_make")
    assert Packing.objects.get().by == world.ada


def test_after_a_change_the_page_says_so_and_the_one_before_stays_until_the_new_one(world):
    made(world)
    before = bytes_for(world, "Ada")
    kit.decide(world.records[1], (world.ada, INCLUDE), (world.ben, INCLUDE))
    shown = world.get("Ada", "package")
    assert "The review has changed since." in shown
    assert "Make a new file" in shown
    world.post("Ada", "package_make")
    assert bytes_for(world, "Ada") == before
    work()
    assert bytes_for(world, "Ada") != before
    assert "The review has changed since." not in world.get("Ada", "package")


def test_what_was_taken_back_while_blind_is_given_to_nobody(world):
    kit.decide(world.records[1], (world.ada, INCLUDE), (world.ben, INCLUDE))
    made(world)
    deciding.undo(world.ben, kit.at(world.records[1]))
    answer = world.browsers["Ada"].get(world.at("package_zip"))
    assert answer["Location"] == world.at("package")
    assert "A file is ready" not in world.get("Ada", "package")
    assert not Decision.objects.filter(revealed=True).exists()
    made(world)
    assert bytes_for(world, "Ada")


def test_after_a_day_it_is_gone(world):
    made(world)
    Packing.objects.update(at=timezone.now() - packed.KEPT_FOR)
    assert "A file is ready" not in world.get("Ada", "package")
    assert world.browsers["Ada"].get(world.at("package_zip"))["Location"] == world.at("package")
    packing.pick_up()
    assert not PackingPiece.objects.exists()
    assert not Packing.objects.exists()


def test_the_one_before_is_let_go_once_nobody_can_be_downloading_it(world):
    made(world)
    kit.decide(world.records[1], (world.ada, INCLUDE))
    made(world)
    packing.pick_up()
    assert Packing.objects.count() == 2
    Packing.objects.update(moved_at=timezone.now() - timedelta(minutes=11))
    packing.pick_up()
    assert Packing.objects.get().made_of == packed.made_of(world.ada.review)


def test_it_goes_with_its_review():
    gil = kit.review("Gil")[0]
    packing.ask(gil)
    work()
    assert PackingPiece.objects.exists()
    Review.objects.get(id=gil.review_id).delete()
    assert not Packing.objects.exists()
    assert not PackingPiece.objects.exists()


# -- killed, broken, refused ----------------------------------------------------------------------


def test_killed_half_way_it_leaves_nothing_and_is_made_later(world, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(packing, "_IN_MEMORY", 10)
    world.post("Ada", "package_make")
    write, on_disk = packing.write, []

    def killed(review, out, step):
        def until(done):
            step(done)
            on_disk.append(out._rolled)
            if done == 20:
                raise Killed

        write(review, out, until)

    monkeypatch.setattr(packing, "write", killed)
    with pytest.raises(Killed):
        work()
    row = Packing.objects.get()
    assert (row.stage, row.done, row.pieces.count()) == (rules.PACK_WAITING, 20, 0)
    assert on_disk[-1]
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr(packing, "write", write)
    packing.pick_up()
    work()
    assert "A file is ready" not in world.get("Ada", "package")
    Packing.objects.update(moved_at=timezone.now() - packing.STUCK)
    packing.pick_up()
    work()
    assert bytes_for(world, "Ada")
    assert not list(tmp_path.iterdir())


def test_two_workers_who_make_the_same_one_keep_it_once(world, monkeypatch):
    world.post("Ada", "package_make")
    row, write = Packing.objects.get(), packing.write

    def overtaken(review, out, step):
        monkeypatch.setattr(packing, "write", write)
        packing.make.call(str(row.id))
        write(review, out, step)

    monkeypatch.setattr(packing, "write", overtaken)
    work()
    assert PackingPiece.objects.count() == 1
    packing.make.call(str(row.id))
    packing.make.call(str(world.ada.id))
    assert bytes_for(world, "Ada")


def test_what_went_wrong_is_said_and_can_be_tried_again(world, monkeypatch):
    write = packing.write

    def broken(*args):
        raise OSError("No space left")

    monkeypatch.setattr(packing, "write", broken)
    made(world)
    shown = world.get("Ada", "package")
    assert "Something went wrong on this site" in shown
    assert "No space left" not in shown
    assert "Make the file" in shown
    monkeypatch.setattr(packing, "write", write)
    made(world)
    assert "Something went wrong" not in world.get("Ada", "package")
    assert Packing.objects.get().stage == rules.PACK_READY


def test_while_a_file_is_being_read_it_has_to_wait_and_says_why(world):
    run = world.records[0].file.run
    world.post("Ada", "package_make")
    importing.take(world.ada, run, [("c.ris", b"TY  - JOUR\nTI  - X\nER  - \n")])
    work()
    assert "A file is being read. Take the review" in world.get("Ada", "package")
    assert "A file is being read" in world.post("Ada", "package_make", status=409)


def test_the_database_keeps_one_that_waits_and_none_that_is_empty(world):
    packing.ask(world.ada)
    wrong = (
        {}, {"stage": rules.PACK_READY}, {"stage": rules.PACK_FAILED}, {"stage": "lost"},
    )  # fmt: skip
    for each in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Packing.objects.create(review=world.ada.review, by=world.ada, **each)
    row = Packing.objects.get()
    assert str(row.review_id) in str(row)
    assert str(row.id) in str(PackingPiece(packing=row, place=1))


def test_it_is_among_the_chores():
    assert packing.pick_up in [chore for chore, _ in chores.CHORES]


# -- others go on meanwhile -----------------------------------------------------------------------


def _elsewhere(do) -> None:
    """Do something in another process's stead: over a connection of its own."""

    def go() -> None:
        try:
            do()
        finally:
            connection.close()

    other = threading.Thread(target=go)
    other.start()
    other.join(20)
    assert not other.is_alive()


@pytest.mark.django_db(transaction=True)
def test_others_go_on_while_it_is_written_and_it_tells_of_one_moment(monkeypatch):
    ada, ben = kit.review("Ada", "Ben")
    records = kit.imported(ada, 4)
    packing.ask(ada)
    before = io.BytesIO()
    packages.write(Review.objects.get(), before)
    write, mode = packing.write, getattr(connection, "transaction_mode", None)

    def meanwhile(review, out, step):
        def decided(done):
            step(done)
            if done == 3:
                _elsewhere(lambda: kit.decide(records[0], (ada, INCLUDE), (ben, INCLUDE)))
                _elsewhere(lambda: seen.append(Packing.objects.get().done))

        write(review, out, decided)

    seen: list[int] = []
    monkeypatch.setattr(packing, "write", meanwhile)
    packing.make.call(str(Packing.objects.get().id))
    row = packed.ready(ada.review)
    assert seen == [3]
    assert Packing.objects.get().done == len(ALL)
    assert row.made_of != packed.made_of(ada.review)
    assert b"".join(packed.pieces(row)) == before.getvalue()
    assert getattr(connection, "transaction_mode", None) == mode


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_open_when_reading_breaks_off():
    used, before = [], connection.settings_dict

    def breaks_off() -> None:
        with snapshot.as_of_now() as beside:
            used.append(beside)
            assert not connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]
            raise OSError

    with pytest.raises(OSError):
        breaks_off()
    assert not connection.in_atomic_block
    assert connection.settings_dict is before
    assert before["DISABLE_SERVER_SIDE_CURSORS"]
    assert used[0] not in [each.alias for each in connections.all(initialized_only=True)]
