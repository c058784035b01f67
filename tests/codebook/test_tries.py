"""A file that kills its reader is given up after three tries; its person sees why."""

import os
import signal

import pytest
from django.db import connection
from django.urls import reverse

from firsthand.access import tries
from firsthand.access.refused import Refused
from firsthand.codebook import rules
from firsthand.codebook.actions import arriving, bringing, projects
from firsthand.codebook.models import Arrival, Brought, Project, Source, Trail
from firsthand.codebook.models.interchange import CHOSEN, FAILED, LOOKED, WAITING
from firsthand.evidence import queries
from firsthand.evidence import rules as evidence_rules
from firsthand.evidence.actions import importing, reviews, searches
from firsthand.evidence.models import ImportFile, Record
from firsthand.evidence.models import Trail as ReviewTrail
from firsthand.people import rules as roles
from tests.codebook import kit
from tests.codebook.test_interchange_pages import BRING, FOREIGN, Desk
from tests.evidence import kit as evidence_kit
from tests.evidence.test_importing import ris

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


class Killed(BaseException):
    """What a kill leaves: reading was begun, and nothing is said of its end."""


def killing(*said, **more):
    raise Killed


def kill(task, row, times=tries.MOST):
    for _ in range(times):
        with pytest.raises(Killed):
            task.call(str(row.id))


@pytest.mark.django_db(transaction=True)
def test_a_file_whose_reader_is_killed_from_outside_three_times_is_given_up(monkeypatch):
    ada = kit.coders("Ada")[0]
    row = arriving.take(ada, [("big.txt", b"Words.")]).new[0]
    monkeypatch.setattr(arriving, "read", lambda *said: os.kill(os.getpid(), signal.SIGKILL))
    for _ in range(3):
        connection.close()  # the child opens one of its own
        child = os.fork()
        if not child:
            try:
                arriving.read_file.call(str(row.id))
            finally:
                os._exit(0)
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
        assert Arrival.objects.get().stage == rules.WAITING
    arriving.read_file.call(str(row.id))
    assert (Arrival.objects.get().stage, Arrival.objects.get().tries) == (rules.FAILED, 3)


def test_a_text_that_kills_its_reader_is_given_up_after_three_tries(monkeypatch):
    desk, read = Desk("Ada"), arriving.read
    ada = projects.make(desk.user, kit.WANTED)
    row = arriving.take(ada, [("big.txt", b"Words.")]).new[0]
    monkeypatch.setattr(arriving, "read", killing)
    kill(arriving.read_file, row)
    assert Arrival.objects.get().stage == rules.WAITING
    arriving.read_file.call(str(row.id))
    row.refresh_from_db()
    assert (row.stage, row.why_failed, bytes(row.content)) == (
        rules.FAILED, tries.GIVEN_UP, b"Words.",
    )  # fmt: skip
    line = Trail.objects.get(did="file given up")
    assert (line.by, line.about) == (None, {"file": "big.txt", "tries": 3})
    page = desk.get(reverse("codebook:bring", args=[ada.project_id]))
    assert "stopped the program three times" in page
    assert "Try again" in page
    assert "Leave it out" in page
    monkeypatch.setattr(arriving, "read", read)
    desk.post(reverse("codebook:bring_again", args=[ada.project_id]), arrival=str(row.id))
    arriving.read_file.call(str(row.id))
    assert Source.objects.get().text == "Words."


def test_a_reader_who_is_slow_does_not_give_up_what_another_has_read_meanwhile(monkeypatch):
    ada = kit.coders("Ada")[0]
    row = arriving.take(ada, [("a.txt", b"Words.")]).new[0]
    monkeypatch.setattr(arriving.tries, "begin", lambda rows: bool(rows.update(stage=rules.READ)))
    monkeypatch.setattr(arriving, "read", lambda *said: arriving.Document("Words."))
    arriving.read_file.call(str(row.id))
    arriving._give_up(row)
    assert not Source.objects.exists()
    assert not Trail.objects.filter(did="file given up").exists()


def test_the_same_file_brought_again_has_its_three_tries_anew(monkeypatch):
    ada = kit.coders("Ada")[0]
    row = arriving.take(ada, [("a.txt", b"Words.")]).new[0]
    Arrival.objects.update(tries=3)
    arriving.read_file.call(str(row.id))
    assert Arrival.objects.get().stage == rules.FAILED
    arriving.take(ada, [("a.txt", b"Words.")])
    assert (Arrival.objects.get().stage, Arrival.objects.get().tries) == (rules.WAITING, 0)


@pytest.fixture
def killed(monkeypatch):
    """Return someone whose project file killed its reader three times."""
    desk = Desk("Ada")
    desk.send(FOREIGN)
    monkeypatch.setattr(bringing, "read", killing)
    kill(bringing.work, Brought.objects.get())
    monkeypatch.undo()
    assert Brought.objects.get().stage == WAITING
    desk.work()
    return desk


def test_a_project_file_that_kills_its_reader_is_given_up_and_kept_to_try_again(killed):
    row = Brought.objects.get()
    assert (row.stage, row.why_failed, bytes(row.content)) == (FAILED, tries.GIVEN_UP, FOREIGN)
    page = killed.get(reverse(BRING))
    assert "stopped the program three times" in page
    killed.post(reverse(BRING), again="1")
    assert killed.work().stage == LOOKED
    with pytest.raises(Refused, match="Choose it again"):
        bringing.again(killed.user)


def test_a_given_up_project_file_can_be_taken_away_and_others_know_nothing_of_it(killed):
    other = Desk("Ben")
    assert "Try again" not in other.get(reverse(BRING))
    assert "Choose it again" in other.post(reverse(BRING), status=409, again="1")
    killed.post(reverse(BRING), leave="1")
    assert not Brought.objects.exists()


def test_bringing_in_has_three_tries_of_its_own_after_looking(monkeypatch):
    desk = Desk("Ada")
    desk.send(FOREIGN)
    Brought.objects.update(tries=2)
    assert desk.work().stage == LOOKED
    bringing.choose(desk.user, "")
    assert (Brought.objects.get().stage, Brought.objects.get().tries) == (CHOSEN, 0)
    monkeypatch.setattr(bringing.interchange, "bring_in", killing)
    kill(bringing.work, Brought.objects.get())
    assert desk.work().stage == FAILED
    assert not Project.objects.exists()


def test_a_failed_file_that_is_not_kept_offers_no_further_try(monkeypatch):
    desk = Desk("Ada")
    desk.send(b"not a project")
    desk.work()
    assert "Try again" not in desk.get(reverse(BRING))


@pytest.fixture
def review():
    desk = Desk("Ada", roles.RESEARCHER)
    ada = reviews.make(desk.user, {**evidence_kit.PROTOCOL, "each": 2})
    return desk, ada, searches.add(ada, evidence_kit.SEARCH)


def test_references_that_kill_their_reader_are_given_up_and_can_be_left_out(review, monkeypatch):
    desk, ada, run = review
    row = importing.take(ada, run, [("a.ris", ris(2))]).new[0]
    monkeypatch.setattr(importing, "read", killing)
    kill(importing.read_file, row)
    importing.read_file.call(str(row.id))
    row.refresh_from_db()
    assert (row.stage, row.why_failed) == (evidence_rules.FAILED, tries.GIVEN_UP)
    assert ReviewTrail.objects.filter(did="file given up", by=None).count() == 1
    at = reverse("evidence:imported", args=[ada.review_id, row.id])
    assert "stopped the program three times" in desk.get(at)
    Desk("Eve").get(at, status=404)
    desk.post(reverse("evidence:import_again", args=[ada.review_id, row.id]), forget="1")
    assert not ImportFile.objects.exists()
    assert ReviewTrail.objects.filter(did="file left out", by=ada.user).count() == 1


def test_every_batch_that_was_kept_is_a_step_forward_with_three_new_tries(review, monkeypatch):
    _, ada, run = review
    monkeypatch.setattr(importing, "BATCH", 1)
    row = importing.take(ada, run, [("a.ris", ris(3))]).new[0]
    keep = importing.keep

    def once(file, batch, begin):
        keep(file, batch, begin)
        raise Killed

    monkeypatch.setattr(importing, "keep", once)
    kill(importing.read_file, row, 3)
    assert Record.objects.count() == 3
    importing.read_file.call(str(row.id))
    assert queries.file(ada.review, row.id).stage == evidence_rules.READ


def test_a_file_of_which_records_are_here_stays(review):
    _, ada, run = review
    row = importing.take(ada, run, [("a.ris", ris(1))]).new[0]
    importing.read_file.call(str(row.id))
    with pytest.raises(Refused, match="So it stays"):
        importing.leave_out(ada, row)
