"""Surveys in a real browser: answered by keyboard, with and without scripts; pages looked at."""

import pytest
from django.urls import reverse

from firsthand.consultation import survey_rules as rules
from firsthand.consultation.actions import answering, surveys
from firsthand.consultation.models import Answer
from firsthand.people import rules as roles
from tests.browser.test_review_journey import said
from tests.browser.test_review_journey import sit as sit
from tests.browser.walk import press
from tests.consultation import survey_kit as kit
from tests.repair.conftest import someone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def go(window, words: str) -> None:
    with window.expect_navigation():
        press(window, words)


@pytest.mark.parametrize("js", [True, False], ids=["scripts", "no scripts"])
def test_someone_puts_three_in_order_by_keyboard_checks_and_sends(open_page, js):
    ada = someone(roles.RESEARCHER, "Ada Brook")
    by = kit.survey(ada.user, rules.ORDER, layout=rules.EASY)
    window = open_page(f"/survey/{by.survey.link}/", js=js, width=375)
    go(window, "Begin")
    window.get_by_role("link", name="Go on to the first question").click()
    if js:
        for name in ("Carrots", "Apples", "Eggs"):
            window.get_by_role("button", name=f"Choose {name}").focus()
            window.keyboard.press("Enter")
        window.get_by_role("button", name="Up Eggs").focus()
        window.keyboard.press("Enter")
        assert "Eggs is number 2 of 3." in window.locator("[data-said]").inner_text()
        first = window.locator(".ballot__item").first
        assert "Carrots" in first.inner_text()
    else:
        for name, place in (("i3", "1"), ("i5", "2"), ("i1", "3")):
            window.locator(f'[name="p-{name}"]').fill(place)
    window.get_by_label("Does not apply to me: Bread").check()
    go(window, "Continue")
    for line in ("1. Carrots", "2. Eggs", "3. Apples", "Does not apply to me: Bread"):
        assert line in said(window)
    go(window, "Send my answer")
    assert "Thank you" in said(window)
    order = Answer.objects.get().chosen[str(kit.asked(by).id)]
    assert order == {"places": {"i3": 1, "i5": 2, "i1": 3}, "away": ["i2"]}


def test_survey_pages_are_right_by_axe_and_need_no_sideways_scrolling(sit, open_page, looked):
    ada = someone(roles.RESEARCHER, "Ada Brook")
    by = kit.survey(ada.user, rules.ORDER, rules.SETS, rules.RATE, rules.ABOUT, rules.WORDS)
    window = open_page(f"/survey/{by.survey.link}/")
    looked(window, "answer-begin")
    go(window, "Begin")
    looked(window, "answer-code")
    base = window.url.removesuffix("code/")
    for n in range(1, 6):
        window.goto(f"{base}question/{n}/")
        looked(window, f"answer-question-{n}")
    window.goto(f"{base}question/1/")
    window.locator('[name="p-i1"]').fill("many")
    go(window, "Continue")
    looked(window, "answer-wrong")
    window.locator('[name="p-i1"]').fill("1")
    go(window, "Continue")
    window.goto(f"{base}check/")
    looked(window, "answer-check")
    go(window, "Send my answer")
    looked(window, "answer-done")
    for page in ("take-back", "come-back"):
        window.goto(f"{base}{page}/")
        looked(window, f"answer-{page}")
    asked, about = str(kit.asked(by).id), str(kit.asked(by, rules.ABOUT).id)
    groups = ((14, "i1", {"i1": 1, "i2": 2}), (12, "i2", {"i3": 1, "i1": 2}))
    for many, one, places in groups:
        rated = {"ratings": {"i1": 4}, "away": []}
        ballot = {asked: {"places": places, "away": []}, about: {"one": one}}
        ballot[str(kit.asked(by, rules.RATE).id)] = rated
        answering.bring_in(by, [ballot] * many, simulated=True)
    kit.answered(by, {"i1": 1}, "A made-up word")
    for name in ("survey", "survey_results", "survey_words", "survey_enter"):
        looked(sit(ada, reverse(f"consultation:{name}", args=[by.survey.id])), f"{name}-open")
    kit.closed_with_enough(by)
    for name in ("survey", "survey_results", "survey_words", "survey_people", "survey_history",
                 "survey_codes", "survey_bring_in", "survey_beneath"):  # fmt: skip
        window = sit(ada, reverse(f"consultation:{name}", args=[by.survey.id]))
        looked(window, name)
    mine = surveys.next_version(by)
    for path in ("/surveys/", "/surveys/new/", f"/surveys/{mine.survey_id}/questions/add/"):
        window = sit(ada, path)
        looked(window, path.strip("/").split("/")[-1])
