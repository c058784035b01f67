"""A sign-off holds for what is published, and for nothing else: reasons and the note as well."""

import pytest

from firsthand.access.refused import Refused
from firsthand.harms import drafts, queries
from firsthand.harms.actions import drafting, publishing
from firsthand.harms.models import SignOff
from tests.harms import drafting_kit as kit

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
STALE = "They saw another state of it"


def _digest(by):
    return drafts.digest(queries.open_draft(by.version.pk))


def _said(by, **change):
    row = queries.open_draft(by.version.pk)
    said = {"title": row.version.title, "made_by": row.version.made_by, "authors": row.authors,
            "note": row.note}  # fmt: skip
    drafting.describe(by, said | change)


def test_words_changed_there_and_back_and_another_note_ask_for_another_sign_off():
    ada = kit.draft()
    drafting.reword(ada, "S1.1", kit.words(), "Plainer")
    kit.ready(ada)
    signed = _digest(ada)
    there = drafting.reword(ada, "S1.1", kit.words(label="Fixed rules"), "A reason nobody saw")
    back = drafting.reword(ada, "S1.1", kit.words(), "Another reason nobody saw")
    assert kit.entry(ada, "S1.1").label == kit.WORDS["label"]
    with pytest.raises(Refused, match="Ask them to look again"):
        publishing.publish(ada)
    for each in (back, there):
        drafting.undo(ada, each.pk)
    assert _digest(ada) == signed
    _said(ada, note="We threw half of it away.")
    with pytest.raises(Refused, match="Ask them to look again"):
        publishing.publish(ada)
    _said(ada, note="We said some lines in other words.", title="A title with a hyphen more")
    assert publishing.publish(ada).published


def test_the_page_marks_as_stale_whoever_saw_another_state_and_not_who_signed_last(client):
    ada = kit.draft()
    drafting.remove(ada, "S7.3", "Nobody chose it")
    kit.ready(ada)
    more = drafting.remove(ada, "S7.4", "Nobody chose it")
    kit.sign(ada)
    drafting.undo(ada, more.pk)
    version = publishing.publish(ada)
    valid, stale = SignOff.objects.order_by("at")
    assert valid.digest == drafts.digest(version.drafting) != stale.digest
    lines = client.get("/model/2027/changes").content.decode().split("<strong>Expert advisory")[1:]
    assert [STALE in line for line in lines] == [False, True]
