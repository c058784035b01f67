"""Ranks and accounts, put beneath the lines of a draft: with intervals, and safe counts alone."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from firsthand.access.refused import Refused
from firsthand.consultation import accounts_to_the_model, ranks_to_the_model, to_the_model
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.actions import surveys
from firsthand.consultation.models import Answer, Surveyor, SurveyTrail
from firsthand.harms import queries as harms
from firsthand.harms.actions import drafting
from firsthand.harms.models import Editor, Ground
from firsthand.people import rules as roles
from firsthand.testimony.models import Counted
from tests.consultation import survey_kit as kit
from tests.consultation.group_kit import World
from tests.harms import drafting_kit
from tests.indicators.conftest import count, model  # noqa: F401
from tests.repair.conftest import someone

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
LONG_AGO = date(2024, 2, 1)


@pytest.fixture
def editor() -> Editor:
    return drafting_kit.draft(someone(roles.RESEARCHER, "Ada").user)


def asked(editor: Editor, *codes: str) -> Surveyor:
    """Return who runs a closed survey that ranked these lines of 2022, with 12 answers."""
    based = editor.drafting.based_on
    by = surveys.make(editor.user, kit.WANTED | {"model": based})
    items = [{"key": code.replace(".", "_"), "label": f"Line {code}", "entry": code}
             for code in codes]  # fmt: skip
    surveys.ask(by, kit.question(items=[*items, {"key": "own", "label": "Tea"}]))
    surveys.put(by, rules.OPEN)
    by = kit.fresh(by)
    keys = [item["key"] for item in items]
    for n in range(12):
        turned = keys[1:] + keys[:1] if n < 3 else keys
        kit.answered(by, {key: place for place, key in enumerate(turned, 1)})
    surveys.put(by, rules.CLOSED)
    return kit.fresh(by)


def test_each_line_gets_its_rank_with_the_interval_and_says_what_is_simulated(editor):
    by = asked(editor, "S1", "S2", "S3")
    Answer.objects.filter(id__in=Answer.objects.values("id")[:2]).update(simulated=True)
    rows = to_the_model.survey_down(by, kit.asked(by), editor.version)
    assert {row.code: (row.kind, row.count, row.detail["rank"]) for row in rows} == {
        "S1": ("survey", 12, 1), "S2": ("survey", 12, 2), "S3": ("survey", 12, 3),
    }  # fmt: skip
    for row in rows:
        assert row.low <= row.detail["rank"] <= row.high
        assert 0 <= row.detail["first_three"] <= 1
        assert row.detail["simulated"] == 2
        assert row.title.endswith("(2 simulated answers)")
    said = SurveyTrail.objects.filter(did="put beneath a draft")
    assert said.get().about["not_placed"] == 1  # the one that is no line of the model
    trail = harms.trail(editor.version).count()
    to_the_model.survey_down(by, kit.asked(by), editor.version)
    assert (said.count(), harms.trail(editor.version).count()) == (1, trail)


def test_only_safe_counts_of_accounts_are_put_and_nothing_of_the_quarter_that_runs(
    count,  # noqa: F811
    editor,
    settings,
):
    settings.FIRSTHAND_FIGURES_THRESHOLD = 10
    count(13, "S1.1", "S1.2", month=LONG_AGO)
    count(14, "S1.1", month=date(2024, 5, 1))
    count(9, "S2.1", month=LONG_AGO)
    count(9, "S2.1", month=date(2024, 5, 1))
    count(40, "I1", month=timezone.localdate().replace(day=1))
    rows = to_the_model.accounts_down(editor)
    assert {row.code: row.count for row in rows} == {"S1": 20, "S1.1": 20, "S1.2": 10}
    assert {row.kind for row in rows} == {"testimony"}


def test_an_account_counts_once_beneath_what_two_of_its_lines_became(count, editor, settings):  # noqa: F811
    settings.FIRSTHAND_FIGURES_THRESHOLD = 10
    count(10, "S4.1", "S4.2", month=LONG_AGO)
    count(10, "S7.3", month=LONG_AGO)
    count(1, "S5.2", month=LONG_AGO)
    merged = drafting_kit.all_changes(editor)["merged"].results[0]
    found = {row.code: row.count for row in to_the_model.accounts_down(editor)}
    assert found == {merged: 10, "S4": 10}
    plan = accounts_to_the_model.preview(editor)
    assert [each.what for each in plan.not_placed] == ["Accounts of line S7.3 of 2022"]
    trail = harms.trail(editor.version).count()
    to_the_model.accounts_down(editor)
    assert harms.trail(editor.version).count() == trail
    Counted.objects.all().delete()  # all of them took their wish back
    assert to_the_model.accounts_down(editor) == []


def test_ranks_go_where_their_line_went_and_of_two_that_became_one_each_is_said(editor):
    by = asked(editor, "S4.1", "S4.2", "S5.2", "S7.3")
    merged = drafting_kit.all_changes(editor)["merged"].results[0]
    rows = to_the_model.survey_down(by, kit.asked(by), editor.version)
    assert {row.code for row in rows} == {merged}
    assert ["as S4.1" in row.title for row in rows] == [True, False]
    assert ["as S4.2" in row.title for row in rows] == [False, True]
    plan = ranks_to_the_model.preview(by, kit.asked(by), editor.version)
    assert [each.what for each in plan.not_placed] == ["Line S5.2", "Line S7.3", "Tea"]


def test_an_open_survey_another_survey_or_one_of_no_lines_is_refused(editor):
    by = asked(editor, "S1", "S2")
    other = kit.survey(editor.user)
    with pytest.raises(Refused):
        to_the_model.survey_down(other, kit.asked(by), editor.version)
    with pytest.raises(Refused, match="known to be a line"):
        to_the_model.survey_down(other, kit.asked(other), editor.version)
    type(by.survey).objects.filter(id=by.survey_id).update(stage=rules.OPEN)
    with pytest.raises(Refused, match="Close the survey first"):
        to_the_model.survey_down(by, kit.asked(by), editor.version)
    rated = kit.survey(editor.user, rules.RATE)
    with pytest.raises(Refused, match="puts things in order"):
        to_the_model.survey_down(rated, kit.asked(rated, rules.RATE), editor.version)


def test_who_edits_no_draft_or_a_published_one_puts_nothing(editor):
    by = asked(editor, "S1", "S2")
    drafting_kit.published(editor)
    for put in (
        lambda: to_the_model.survey_down(by, kit.asked(by), editor.version),
        lambda: to_the_model.accounts_down(editor),
    ):
        with pytest.raises(Refused, match="published"):
            put()
    Editor.objects.update(left_on=LONG_AGO)
    for put in (
        lambda: to_the_model.survey_down(by, kit.asked(by), editor.version),
        lambda: to_the_model.accounts_down(editor),
    ):
        with pytest.raises(Refused, match="nothing here"):
            put()


def test_on_the_pages_one_looks_first_then_puts_it_and_others_find_nothing():
    ada, eve = (someone(roles.RESEARCHER, name) for name in ("Ada", "Eve"))
    editor = drafting_kit.draft(ada.user)
    by = asked(editor, "S1", "S2", "S3")
    at = reverse("consultation:survey_beneath", args=[by.survey_id])
    results = reverse("consultation:survey_results", args=[by.survey_id])
    browser, hers = ada.browser(), eve.browser()
    assert at in browser.get(results).content.decode()
    shown = browser.get(at, {"draft": editor.version.pk}).content.decode()
    assert "rank 1, 95 % interval" in shown
    assert "Tea. It is no line of the model." in shown
    assert browser.post(at).status_code == 422
    assert not Ground.objects.exists()
    assert browser.post(at, {"draft": editor.version.pk}).status_code == 302
    assert Ground.objects.count() == 3
    assert browser.get(at, {"draft": by.survey_id}).status_code == 404  # no draft of hers
    assert hers.get(at).status_code == 404
    drafting.add_editor(editor, eve.user)
    assert hers.post(at, {"draft": editor.version.pk}).status_code == 404  # runs no survey


def test_who_runs_a_group_and_edits_a_draft_puts_counts_of_accounts_there(
    count,  # noqa: F811
    settings,
):
    settings.FIRSTHAND_FIGURES_THRESHOLD = 10
    world = World.made()
    editor = drafting_kit.draft(world.people["Ada"].user)
    count(23, "I1", month=LONG_AGO)
    at = world.at("group_accounts")
    browser = world.people["Ada"].browser()
    assert at in browser.get(world.at("group_comments")).content.decode()
    assert "at least 20 accounts" in browser.get(at, {"draft": editor.version.pk}).content.decode()
    assert browser.post(at, {"draft": editor.version.pk}).status_code == 302
    assert Ground.objects.get().count == 20
    assert world.people["Eve"].browser().get(at).status_code == 404
