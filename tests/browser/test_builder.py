"""The search builder and the columns page in a real browser: by keyboard, without scripts, axe."""

import pytest

from firsthand.config import chores
from firsthand.evidence.actions import importing, reviews
from firsthand.evidence.models import Strategy
from firsthand.people import rules as roles
from tests.browser.test_review_journey import at, said
from tests.browser.test_review_journey import sit as sit
from tests.browser.walk import press
from tests.evidence import kit
from tests.evidence.test_columns_page import TABLE
from tests.repair.conftest import someone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def begun():
    person = someone(roles.RESEARCHER, "Ada Brook")
    return person, reviews.make(person.user, kit.PROTOCOL)


def box(window, name: str):
    return window.locator(f'[name="{name}"]')


@pytest.mark.parametrize("js", [True, False], ids=["scripts", "no scripts"])
def test_a_search_is_built_by_keyboard_saved_and_taken_to_a_run(sit, js):
    person, ada = begun()
    window = sit(person, at("build", ada.review), js=js)
    box(window, "b0-terms").focus()
    window.keyboard.type("service user*\nlived experience")
    box(window, "b1-terms").fill("harm* OR iatrogen*")
    if js:
        window.wait_for_selector("textarea[data-copy] >> nth=0")
        assert "Copy" in said(window)
    box(window, "b0-name").focus()
    with window.expect_navigation():
        window.keyboard.press("Enter")  # must do no harm: it shows the queries
    shown = box(window, "b0-name").input_value(), box(window, "b1-terms").input_value()
    assert shown == ("Population", "harm* OR iatrogen*")
    assert (
        "(harm* OR iatrogen*).ti,ab,id."
        in window.locator("textarea[data-copy]").first.input_value()
    )
    window.get_by_role("button", name="Move down block 1").focus()
    with window.expect_navigation():
        window.keyboard.press("Enter")
    assert box(window, "b1-name").input_value() == "Population"
    assert window.url.endswith("#block-1")
    press(window, "Save this version")
    assert "Saved as version 1" in window.locator("body").inner_text()
    assert Strategy.objects.get().content["blocks"][0]["terms"] == ["harm*", "iatrogen*"]
    window.get_by_role("link", name="Write down that you ran it on PubMed").click()
    assert "[tiab]" in window.get_by_label("The search, exactly").input_value()


def test_what_is_wrong_leads_to_its_box(sit):
    person, ada = begun()
    window = sit(person, at("build", ada.review))
    box(window, "b1-terms").fill('a "broken phrase')
    press(window, "Save this version")
    window.locator(".govuk-error-summary__list a").first.click()
    assert window.evaluate("document.activeElement.name") == "b1-terms"


def test_the_builders_pages_are_right_by_axe_and_need_no_sideways_scrolling(sit, looked):
    person, ada = begun()
    window = sit(person, at("build", ada.review))
    base = window.url.split("/reviews/")[0]

    looked(window, "build-empty")
    box(window, "b0-terms").fill("service user*\nlived experience\ncar*\nbehaviour")
    box(window, "b1-terms").fill('harm*\n"ill treatment')
    press(window, "Save this version")
    looked(window, "build-wrong")
    box(window, "b1-terms").fill("harm*\nill treatment")
    press(window, "Save this version")
    looked(window, "strategy")
    window.goto(base + at("strategies", ada.review))
    looked(window, "strategies")
    run = kit.searches.add(ada, kit.SEARCH)
    row = importing.take(ada, run, [("mine.csv", TABLE.encode())]).new[0]
    chores.do_jobs()
    window.goto(base + at("import_columns", ada.review, row.id))
    looked(window, "columns")
    press(window, "Read the file")
    looked(window, "columns-wrong")
    box(window, "c0").select_option("title")
    press(window, "Read the file")
    chores.do_jobs()
    window.reload()
    assert "2 records" in said(window)
    looked(window, "imported")
