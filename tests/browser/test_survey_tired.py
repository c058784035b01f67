"""Surveys for tired people in a browser: one group a page, come back, go on; sheets typed in."""

import pytest
from django.urls import reverse

from firsthand.consultation import survey_queries
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.actions import surveys
from firsthand.consultation.models import Answer
from firsthand.people import rules as roles
from tests.browser.test_review_journey import sit as sit
from tests.browser.test_surveys import go
from tests.consultation import survey_kit as kit
from tests.repair.conftest import someone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("js", [True, False], ids=["scripts", "no scripts"])
def test_someone_answers_one_group_a_page_stops_comes_back_and_sends(open_page, looked, js):
    ada = someone(roles.RESEARCHER, "Ada Brook")
    kinds = (rules.SETS, rules.ORDER, rules.RATE, rules.ABOUT, rules.WORDS)
    by = kit.survey(ada.user, *kinds, layout=rules.EASY)
    window = open_page(f"/survey/{by.survey.link}/", js=js, width=375)
    if js:
        looked(window, "easy-begin")
    go(window, "Begin")
    code = window.locator(".survey-code").inner_text()
    with window.expect_navigation():
        window.get_by_role("link", name="Go on to the first question").click()
    many = len(survey_queries.sets_for(kit.asked(by, rules.SETS), Answer.objects.get()))
    for n in range(1, many + 1):
        assert f"Group {n} of {many}." in window.locator("legend").inner_text()
        window.locator(f'[name="b-{n - 1}"]').first.check()
        if n == 2:
            if js:
                looked(window, "easy-set")
            go(window, "Continue")
            with window.expect_navigation():
                window.locator("a.back").click()
            assert window.locator('[name="b-1"]').first.is_checked()
        go(window, "Continue")
        if n == 2:
            window.context.clear_cookies()
            window.goto(window.url.split("question/")[0] + "come-back/")
            window.get_by_label("Your code").fill(code)
            go(window, "Continue")
    assert "/question/2/" in window.url
    base = window.url.split("question/")[0]
    for n in range(2, 6) if js else ():
        window.goto(f"{base}question/{n}/")
        looked(window, f"easy-question-{n}")
    window.goto(f"{base}check/")
    if js:
        looked(window, "easy-check")
    go(window, "Send my answer")
    said = Answer.objects.get().chosen[str(kit.asked(by, rules.SETS).id)]
    assert [best for best, _ in said["picked"]] == [each[0] for each in said["sets"]]
    if js:
        looked(window, "easy-done")


def test_a_sheet_is_typed_in_by_the_keyboard_alone_and_pages_of_few_answers_look_right(sit, looked):
    ada = someone(roles.RESEARCHER, "Ada Brook")
    by = kit.survey(ada.user, rules.ORDER, rules.RATE, rules.ABOUT)
    window = sit(ada, reverse("consultation:survey_enter", args=[by.survey.id]))
    window.locator("[data-keys]").wait_for()
    for key in ("Enter", "1", "Enter", "Enter", "2", "Enter", "Enter", "Enter"):
        window.keyboard.press(key)  # the sheet's number stands there; two places; own words
    window.locator('[name="q2-r-i1"]').first.focus()
    for key in ("4", "2"):
        window.keyboard.press(key)
    assert window.evaluate("document.activeElement.name") == "q2-r-i3"
    assert not Answer.objects.exists()
    with window.expect_navigation():
        window.keyboard.press("Control+Enter")
    looked(window, "enter-next")
    chosen = Answer.objects.get().chosen
    assert chosen[str(kit.asked(by).id)]["places"] == {"i1": 1, "i3": 2}
    assert chosen[str(kit.asked(by, rules.RATE).id)]["ratings"] == {"i1": 4, "i2": 2}
    for n in range(4):
        kit.answered(by, {"i1": 1}, number=f"few {n}")
    looked(sit(ada, reverse("consultation:survey_results", args=[by.survey.id])), "results-few")
    Answer.objects.filter(came="paper").delete()
    surveys.put(by, rules.CLOSED)
    looked(sit(ada, reverse("consultation:survey_results", args=[by.survey.id])), "results-none")
