"""Leaving in a hurry, in a real browser. Going quiet: test_quiet.py."""

import pytest

from tests.web.conftest import shell as shell  # the same pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _site(shell, settings, live_server):
    # Somewhere ordinary that is here: the tests go nowhere else.
    settings.FIRSTHAND_EXIT_URL = live_server.url + "/help/"


def cookies(page):
    return {one["name"] for one in page.context.cookies()}


@pytest.mark.parametrize("js", [True, False])
def test_exit_goes_somewhere_ordinary_and_ends_the_sitting(open_page, settings, js):
    page = open_page("/shell/sitting/", js=js)
    assert settings.SESSION_COOKIE_NAME in cookies(page)
    page.get_by_role("link", name="Exit this page").click()
    page.wait_for_url("**/help/")
    page.wait_for_timeout(300)
    assert settings.SESSION_COOKIE_NAME not in cookies(page)


def test_exit_puts_the_neutral_page_in_this_pages_place(open_page, live_server):
    page = open_page("/about/")
    page.goto(live_server.url + "/shell/sitting/")
    before = page.evaluate("history.length")
    page.get_by_role("link", name="Exit this page").click()
    page.wait_for_url("**/help/")
    assert page.evaluate("history.length") == before
    page.go_back()
    assert page.url.endswith("/about/")


def test_three_shifts_leave_and_are_said_aloud(open_page):
    page = open_page("/shell/sitting/")
    page.keyboard.press("Shift")
    assert "2 more times" in page.locator("[role=status]").last.text_content()
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_url("**/help/")


def test_typing_capitals_does_not_leave(open_page):
    page = open_page("/shell/ask/")
    page.get_by_label("What happened?").focus()
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    page.wait_for_timeout(200)
    assert page.url.endswith("/shell/ask/")
    assert page.get_by_label("What happened?").input_value() == "ABCD"


def test_other_windows_of_the_site_go_too(open_page):
    first = open_page("/shell/sitting/")
    second = open_page("/shell/parts/", beside=first)
    second.get_by_role("link", name="Exit this page").click()
    first.wait_for_url("**/help/")


def test_after_exit_going_back_shows_nothing_kept(open_page, live_server):
    page = open_page("/shell/sitting/")
    page.get_by_role("link", name="Exit this page").click()
    page.wait_for_url("**/help/")
    page.go_back()
    assert "data-sitting" not in page.content()
