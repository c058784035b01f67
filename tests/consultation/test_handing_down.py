"""Ranks and accounts, put beneath the lines of a draft: with intervals, and safe counts alone."""

from datetime import date

import pytest

from firsthand.consultation import survey_rules as rules
from firsthand.consultation import to_the_model
from firsthand.consultation.actions import surveys
from firsthand.consultation.models import Answer, Surveyor, SurveyTrail
from firsthand.harms import queries as harms
from firsthand.harms.models import Editor
from firsthand.people import rules as roles
from tests.consultation import survey_kit as kit
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
    keys = [item["key"] for item in items]
    for n in range(12):
        turned = keys[1:] + keys[:1] if n < 3 else keys
        kit.answered(by, {key: place for place, key in enumerate(turned, 1)})
    surveys.put(kit.fresh(by), rules.CLOSED)
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
    count, editor, settings
):
    settings.FIRSTHAND_FIGURES_THRESHOLD = 10
    count(13, "S1.1", "S1.2", month=LONG_AGO)
    count(14, "S1.1", month=date(2024, 5, 1))
    count(9, "S2.1", month=LONG_AGO)
    count(9, "S2.1", month=date(2024, 5, 1))
    count(40, "I1", month=date.today().replace(day=1))
    rows = to_the_model.accounts_down(editor)
    assert {row.code: row.count for row in rows} == {"S1": 20, "S1.1": 20, "S1.2": 10}
    assert {row.kind for row in rows} == {"testimony"}
