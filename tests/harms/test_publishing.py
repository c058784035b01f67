"""Publishing a version: what has to hold, and that two who do it at once do not harm each other."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.urls import reverse

from firsthand.access.refused import Refused
from firsthand.harms import checks, drafts, queries
from firsthand.harms.actions import drafting, publishing
from firsthand.harms.models import (
    Change,
    Ground,
    ModelVersion,
    SignOff,
)
from firsthand.people import rules as roles
from tests.harms import drafting_kit as kit

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
BASE = "http://127.0.0.1:8000/model/"


def _holds(by):
    found = checks.checks(drafts.glance(queries.open_draft(by.version.pk)))
    return {one.place + ": " + one.what: one.why for one in found if not one.holds}


# -- what has to hold ------------------------------------------------------------------------------


def test_an_untouched_draft_is_told_what_is_missing():
    ada = kit.draft()
    said = _holds(ada)
    assert {name.split(":")[0] for name in said} == {"draft", "draft_about", "draft_sign_off"}
    with pytest.raises(Refused, match="Nothing has been changed yet"):
        publishing.publish(ada)


def test_a_line_that_stands_on_nothing_is_refused_by_its_code():
    ada = kit.draft()
    drafting.reword(ada, "S1.1", kit.words(), "Plainer")
    drafting.rank(ada, "S2", [[f"S2.{at}"] for at in (5, 4, 3, 2, 1)], "Survey")
    kit.ready(ada)
    Ground.objects.all().delete()
    kit.sign(ada)
    assert list(_holds(ada).values()) == [
        "Nothing stands beneath S1.1. Put there what it comes from."
    ]
    with pytest.raises(Refused, match=r"beneath S1\.1"):
        publishing.publish(ada)
    assert queries.version("2027") is None


def test_hard_words_and_the_same_words_twice_are_told():
    ada = kit.draft()
    hard = "Institutional proceduralisation systematically delegitimises epistemic contributions."
    drafting.reword(ada, "S1.1", kit.words(description=hard), "Worse")
    drafting.reword(ada, "S1.2", kit.words(), "Same")
    said = " ".join(_holds(ada).values())
    assert "hard to read: S1.1" in said
    assert "S1.1 and S1.2" in said


def test_a_change_makes_a_sign_off_stale_and_a_new_one_is_asked_for():
    ada = kit.draft()
    drafting.remove(ada, "S7.3", "Nobody chose it")
    kit.ready(ada)
    assert _holds(ada) == {}
    drafting.remove(ada, "S7.4", "Nobody chose it")
    assert "changed after Expert advisory group looked" in " ".join(_holds(ada).values())
    with pytest.raises(Refused, match="Ask them to look again"):
        publishing.publish(ada)
    kit.sign(ada, "not")
    assert "did not agree" in " ".join(_holds(ada).values())
    kit.sign(ada, "remarks")
    assert _holds(ada) == {}
    drafting.undo(ada, Change.objects.order_by("number").last().id)
    kit.sign(ada)
    assert publishing.publish(ada).slug == "2027"


def test_who_signs_says_who_and_saw_it_as_it_is():
    ada = kit.draft()
    day = dt.date(2026, 1, 2)
    with pytest.raises(Refused, match="while you were"):
        publishing.sign_off(ada, "Group", "Advice", "agreed", day, seen="older")
    with pytest.raises(Refused, match="Say who"):
        publishing.sign_off(ada, " ", "Advice", "agreed", day)
    with pytest.raises(Refused, match="still to come"):
        publishing.sign_off(ada, "Group", "Advice", "agreed", dt.date(2999, 1, 1))
    assert not SignOff.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_publishing_while_someone_edits_leaves_one_of_both_whole():
    ada = kit.draft()
    drafting.remove(ada, "S7.3", "Nobody chose it")
    kit.ready(ada)
    seen, said = drafts.digest(ada.drafting), []

    def run(do):
        try:
            do()
            said.append("done")
        except Refused as refused:
            said.append(refused.sentence)
        finally:
            connection.close()

    both = [threading.Thread(target=run, args=[do]) for do in (
        lambda: publishing.publish(ada, seen),
        lambda: drafting.reword(ada, "I1", kit.words(), "At the same time"),
    )]  # fmt: skip
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert said.count("done") == 1
    version = ModelVersion.objects.get(slug="2027")
    assert version.published == (Change.objects.count() == 1)
    assert not version.published or not queries.altered(version)


def test_a_draft_is_published_from_its_page(client):
    from tests.repair.conftest import someone

    ada = someone(roles.RESEARCHER, "Ada")
    by = kit.draft(ada.user)
    browser = ada.browser()
    drafting.remove(by, "S7.3", "Nobody chose it")
    at = reverse("harms:draft_publish", args=[by.version.pk])
    assert "Not yet" in browser.get(at).content.decode()
    assert browser.post(at, {}).status_code == 409
    kit.ready(by)
    shown = browser.get(at).content.decode()
    assert "Not yet" not in shown
    assert browser.post(at, {"seen": "older"}).status_code == 409
    by.drafting.refresh_from_db()  # it has a note by now
    assert browser.post(at, {"seen": drafts.digest(by.drafting)})["Location"] == "/model/2027/"
    assert browser.post(at, {}).status_code == 409
    for name in ("draft", "draft_map", "draft_history", "draft_preview"):
        page = browser.get(reverse(f"harms:{name}", args=[by.version.pk]))
        assert "published" in page.content.decode()
    form = browser.get(reverse("harms:draft_add", args=[by.version.pk]))
    assert form.status_code == 409
