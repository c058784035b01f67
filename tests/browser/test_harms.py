"""The model in a real browser: for everyone, on a small screen, without a script, on paper."""

import pytest

from firsthand.harms import actions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ["", "S6", "S6.1", "I12", "M6A", "making", "crosswalk", "search", "search?q=money",
         "search?q=xyzzy", "search?q=a%00b"]  # fmt: skip


@pytest.fixture(autouse=True)
def model(transactional_db):
    actions.load_published_models(by="a test")


@pytest.mark.parametrize("path", PAGES)
def test_the_checker_finds_nothing_wrong(open_page, axe, path):
    page = open_page(f"/model/2022/{path}")
    for part in page.locator("details").all():
        part.evaluate("one => { one.open = true }")
    axe(page)


@pytest.mark.parametrize("path", ["", "S2.1", "crosswalk", "search?q=nobody+listened"])
def test_it_fits_a_small_screen(open_page, fits, path):
    fits(open_page(f"/model/2022/{path}", width=320))


def test_a_search_from_the_front_of_the_model_to_an_entry_without_a_script(open_page):
    page = open_page("/model/", width=375, js=False)
    page.get_by_label("Look for words in the model").fill("in debt")
    page.get_by_role("button", name="Look").click()
    page.get_by_role("link", name="Money trouble").click()
    page.get_by_role("heading", level=1, name="Money trouble", exact=True).wait_for()
    assert page.url.endswith("/model/2022/I9")


def test_the_way_from_the_model_to_an_experience_by_keyboard_alone(open_page):
    page = open_page("/model/2022/")
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/model/2022/S1.1")


def test_what_is_folded_away_on_the_screen_is_open_on_paper(open_page):
    page = open_page("/model/2022/")
    folded = page.locator('a[href="/model/2022/S1.1"]')
    assert not folded.evaluate("one => one.checkVisibility()")
    page.emulate_media(media="print")
    assert folded.evaluate("one => one.checkVisibility()")
    assert not page.locator("form[role=search]").is_visible()
