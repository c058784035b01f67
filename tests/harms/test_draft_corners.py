"""Corners of drafts: nothing to begin from, things that are not there, lines that others use."""

import uuid

import pytest
from django.db.models import ProtectedError
from django.urls import reverse

from firsthand.access.refused import Refused
from firsthand.harms import policies, queries
from firsthand.harms.actions import drafting, grounds
from firsthand.harms.models import Entry, ModelVersion
from firsthand.people import rules as roles
from tests.harms import drafting_kit as kit
from tests.repair.conftest import someone

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


def test_without_a_published_version_nothing_is_begun():
    ada = someone(roles.RESEARCHER, "Ada")
    with pytest.raises(Refused, match="no published version"):
        drafting.begin(ada.user, "2027")
    assert ada.browser().get(reverse("harms:draft_begin")).status_code == 404
    assert queries.version_in_use() is None


def test_what_is_not_there_is_there_for_nobody():
    by = kit.draft()
    nothing = uuid.uuid4()
    for ask in (
        lambda: policies.check_editor(None, by.version.pk),
        lambda: policies.check_editor(by.user, nothing),
        lambda: grounds.remove(by, nothing),
        lambda: drafting.undo(by, nothing),
    ):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.hidden
    by.drafting.delete()
    with pytest.raises(Refused):
        policies.check_open(by.version)


def test_what_stands_beneath_a_line_already_stays_where_it_is():
    by = kit.draft()
    row = grounds.put(by.version, "S1", "paper", "Brook 2020", 1, by=by.user)
    assert grounds.place(by, row.id, "S1").code == "S1"
    assert drafting.end_editor(by, drafting.add_editor(by, kit.user("Ben"))) is None


def test_a_line_or_a_draft_that_something_else_belongs_to_stays(monkeypatch):
    by = kit.draft()

    def held(self, *args, **kwargs):
        raise ProtectedError("in use", set())

    monkeypatch.setattr(Entry.objects.get_queryset().__class__, "delete", held)
    with pytest.raises(Refused, match="coded with this line"):
        drafting.remove(by, "S7.3", "Nobody chose it")
    monkeypatch.setattr(ModelVersion, "delete", held)
    with pytest.raises(Refused, match="belong to this draft"):
        drafting.drop(by)
    assert kit.entry(by, "S7.3") is not None


def test_whoever_is_no_editor_is_taken_out_by_nobody():
    ada = someone(roles.RESEARCHER, "Ada")
    by = kit.draft(ada.user)
    at = reverse("harms:draft_editor_end", args=[by.version.pk, uuid.uuid4()])
    assert ada.browser().post(at).status_code == 404
