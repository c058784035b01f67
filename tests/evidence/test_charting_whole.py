"""The whole path on its pages: a form, a study charted by one person, the table, the file."""

import re

import pytest
from django.urls import reverse

from firsthand.evidence import charts, rules
from firsthand.evidence.actions import reviews
from firsthand.evidence.models import Chart, Study
from firsthand.people import rules as roles
from tests.evidence import charting_kit, kit
from tests.repair.conftest import someone

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


class World:
    """Two reviewers with their browsers, and a third who is no part of it."""

    def __init__(self, count: int = 2) -> None:
        people = {name: someone(roles.RESEARCHER, name) for name in ("Ada", "Ben", "Eve")}
        self.ada = reviews.make(people["Ada"].user, {**kit.PROTOCOL, "each": 1})
        self.ben = reviews.add_member(self.ada, people["Ben"].user, rules.REVIEWER)
        self.browsers = {name: each.browser() for name, each in people.items()}
        self.records = charting_kit.included(self.ada, count)

    def at(self, name: str, *more: object) -> str:
        return reverse(f"evidence:{name}", args=[self.ada.review_id, *more])

    def get(self, who: str, name: str, *more: object, query: str = "", status: int = 200) -> str:
        answer = self.browsers[who].get(self.at(name, *more) + query)
        assert answer.status_code == status, answer.content.decode()
        return re.sub(r"\s+", " ", answer.content.decode())

    def post(self, by: str, to: str, *more: object, status: int = 302, **sent: object) -> str:
        answer = self.browsers[by].post(self.at(to, *more), sent)
        assert answer.status_code == status, answer.content.decode()
        return answer.content.decode() or str(answer["Location"])


@pytest.fixture
def world() -> World:
    return World()


def test_a_form_is_made_a_study_charted_and_the_table_and_the_file_have_it(world):
    assert "There is no charting form yet" in world.get("Ada", "studies")
    world.post("Ada", "chart_field_add", kind="text", label="Methods", help="What was done")
    world.post("Ada", "chart_field_add", kind="choice", label="Harm", choices="Yes\nNo\n\nYes")
    assert "Version 1 is a draft" in world.get("Ada", "chart_form")
    world.post("Ada", "chart_form_publish")
    study = Study.objects.get(number=1)
    assert study.name == "Brook 2020"
    page = world.get("Ada", "chart", study.id)
    assert "Not reported" in page
    world.post(
        "Ada", "chart", study.id,
        **{"began": "0", "f1": "=Interviews", "f1-ps": "1", "f1-p0-quote": "We asked 12 people.",
           "f1-p0-report": "1", "f1-p0-place": "p. 3", "f2-none": "on", "f2-ps": "1",
           "finish": "1"},
    )  # fmt: skip
    assert Chart.objects.get().finished_at
    shown = world.get("Ben", "chart_table")
    for words in ("Brook 2020", "=Interviews", "Not reported", "Not charted yet"):
        assert words in shown
    file = world.get("Ben", "chart_csv")
    assert "'=Interviews" in file
    assert "Not reported" in file
    _, found = charts.studies_of(world.ada.review)
    assert found[0]["f1"].passages[0].place == "p. 3"


def test_a_stranger_finds_nothing_of_it(world):
    charting_kit.form(world.ada)
    study = charting_kit.studies.follow(world.ada.review) or Study.objects.first()
    for name, *more in (
        ("studies",), ("study", study.id), ("chart", study.id), ("chart_form",), ("chart_table",),
        ("chart_csv",), ("chart_xlsx",), ("chart_json",), ("chart_field_add",),
    ):  # fmt: skip
        world.get("Eve", name, *more, status=404)
    for name in ("chart_field_add", "chart_preview"):
        world.get("Ben", name, status=404)
