"""Charting in a real browser, by keyboard: two people apart, where they differ, what settled it."""

import pytest
from django.urls import reverse

from firsthand.evidence import charts, rules
from firsthand.evidence.actions import charting, reviews, studies
from firsthand.evidence.models import Chart, Reconciled, Study
from firsthand.methods.charting.values import UNREPORTED, Entry, Passage
from firsthand.people import rules as roles
from tests.browser.test_review_journey import at, said
from tests.browser.test_review_journey import sit as sit
from tests.evidence import charting_kit, kit
from tests.evidence.charting_kit import NO, YES, given
from tests.repair.conftest import someone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def begun(count=3):
    """Two reviewers with a form and studies, of which the first is charted by both."""
    people = [someone(roles.RESEARCHER, name) for name in ("Ada Brook", "Ben Fell")]
    ada = reviews.make(people[0].user, {**kit.PROTOCOL, "each": 1})
    ben = reviews.add_member(ada, people[1].user, rules.REVIEWER)
    made = charting_kit.placed(ada, count)
    charting_kit.form(ada)
    Study.objects.filter(id=made[0].id).update(needed=2)
    return people, ada, ben, list(Study.objects.all())


def reach(window, name: str) -> None:
    """Go on by Tab until the control of this name has the focus, as a person does."""
    window.evaluate("document.activeElement.blur()")
    for _ in range(150):
        window.keyboard.press("Tab")
        if window.evaluate("document.activeElement.name || document.activeElement.id") == name:
            return
    raise AssertionError(f"{name} is not reached by Tab")


def keyed(window, methods: str, people: str, harm: str) -> None:
    """Fill the form in and finish it, by keys alone."""
    reach(window, "f1")
    window.keyboard.type(methods)
    reach(window, "f2")
    window.keyboard.type(people)
    window.keyboard.press("Tab")
    assert window.evaluate("document.activeElement.name") == "f2-none"
    window.get_by_label("Not reported: Done when").focus()
    window.keyboard.press("Space")
    window.locator(f"#f4, [name=f4][value={harm}]").last.focus()
    window.keyboard.press("Space")
    reach(window, "f11-0-f12")
    window.keyboard.type("Nobody asked")
    reach(window, "finish")
    with window.expect_navigation():
        window.keyboard.press("Enter")


@pytest.mark.parametrize("js", [True, False], ids=["scripts", "no scripts"])
def test_two_people_chart_apart_and_what_they_differ_on_is_settled(sit, live_server, js):
    people, ada, _, made = begun()
    url, study = live_server.url, made[0]
    window = sit(people[0], at("chart", ada.review, study.id), js=js)
    keyed(window, "Interviews", "12", YES)
    assert "Neither sees what the other charted" in said(window)
    other = sit(people[1], at("study", ada.review, study.id), js=js)
    assert "Interviews" not in said(other)
    other.goto(url + at("chart", ada.review, study.id))
    keyed(other, "interviews", "14", YES)
    other.get_by_role("link", name="Compare the two charts").click()
    assert "1 field is still to be settled" in said(other)
    other.get_by_role("link", name="Settle it (Participants)").focus()
    with other.expect_navigation():
        other.keyboard.press("Enter")
    reach(other, "f2")
    other.keyboard.type("13")
    reach(other, "reason")
    other.keyboard.type("Table 1 says so")
    with other.expect_navigation():
        other.get_by_role("button", name="Save this value").press("Enter")
    assert "Nothing is left to be settled" in said(other)
    assert Reconciled.objects.get().answer["value"] == "13"
    assert {each.answers["f2"]["value"] for each in Chart.objects.all()} == {"12", "14"}
    window.goto(url + at("chart_table", ada.review))
    assert "13" in said(window)


def filled():
    """A review in which every page of charting has something to show."""
    people, ada, ben, made = begun(4)
    charting_kit.chart(
        ada, made[0], f2=given("12", Passage("We spoke with twelve people.", 1, "p. 3")),
        f7=given(("f8", "f9")),
    )  # fmt: skip
    charting_kit.chart(ben, made[0], f2=given("14"), f7=given(("f8",)))
    found = given((Entry({"f12": given("Nobody asked"), "f13": given("9")}),))
    charting_kit.chart(ada, made[1], f4=given(NO), f7=UNREPORTED, f3=UNREPORTED, f11=found)
    charting_kit.chart(ada, made[2], finish=False, f7=given(("f8",)), f11=found)
    studies.join(ada, made[1], made[3])
    charting.draw(ada, 25, seed=4)
    return people, ada, made


def test_each_page_of_charting_is_right_by_axe_and_needs_no_sideways_scrolling(sit, looked):
    people, ada, made = filled()
    review = ada.review
    assert charts.published(review)
    window = sit(people[0], at("studies", review))
    base, wrong = window.url.split("/reviews/")[0], []
    for name, path in (
        ("studies", at("studies", review)),
        ("study", at("study", review, made[1].id)),
        ("chart", at("chart", review, made[2].id)),
        ("chart-read", at("chart_read", review, made[0].id)),
        ("chart-settle", at("chart_settle", review, made[0].id, "f2")),
        ("doubles", at("doubles", review)),
        ("chart-table", at("chart_table", review) + "?f7=f8"),
        ("gaps", at("gaps", review)),
        ("map", at("map", review) + "?by=f4"),
        ("characteristics", at("characteristics", review)),
        ("chart-form", at("chart_form", review)),
        ("chart-field", at("chart_field", review, "f4")),
        ("chart-field-add", at("chart_field_add", review)),
        ("chart-preview", at("chart_preview", review)),
        ("example-charting", reverse("evidence:example_charting")),
    ):
        window.goto(base + path)
        for part in window.locator("main details").all():
            part.evaluate("one => { one.open = true }")
        try:
            looked(window, f"charting-{name}")
        except AssertionError as found:
            wrong.append(f"{name}: {found}")
    assert not wrong, "\n".join(wrong)
