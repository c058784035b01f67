"""The shell in a real browser: with a script and without, narrow, by keyboard, and checked by axe.

`shell` serves tests/web/pages.py: every part, every kind of field, every state.
"""

import pytest

from tests.web.conftest import shell as shell  # the same pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = [
    "/",
    "/about/",
    "/privacy/",
    "/accessibility/",
    "/help/",
    "/source/",
    "/nowhere",
    "/shell/parts/",
    "/shell/ask/",
]


@pytest.fixture(autouse=True)
def _site(shell, settings, live_server):
    # Somewhere ordinary that is here: the tests go nowhere else.
    settings.FIRSTHAND_EXIT_URL = live_server.url + "/help/"


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_wrong(open_page, axe, path):
    for width in (375, 1280):
        axe(open_page(path, width=width))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("js", [True, False])
def test_nothing_scrolls_sideways_on_a_small_phone(open_page, fits, path, js):
    fits(open_page(path, width=320, height=600, js=js))


@pytest.mark.parametrize("path", ["/", "/shell/ask/", "/shell/parts/"])
def test_nothing_scrolls_sideways_at_four_times_the_size(open_page, fits, path):
    # A window of 1280 by 1024 enlarged to 400 per cent, as a browser lays it out.
    fits(open_page(path, width=320, height=256, device_scale_factor=4))


def test_errors_are_right_by_axe_and_take_the_focus(open_page, axe, fits):
    page = open_page("/shell/ask/", width=320)
    page.get_by_role("button", name="Continue").click()
    page.locator(".govuk-error-summary").wait_for()
    assert page.evaluate("document.activeElement.className").startswith("govuk-error-summary")
    axe(page)
    fits(page)


@pytest.mark.parametrize("js", [True, False])
def test_every_error_link_reaches_its_control(open_page, js):
    page = open_page("/shell/ask/", js=js)
    page.get_by_role("button", name="Continue").click()
    links = page.locator(".govuk-error-summary__list a")
    links.first.wait_for()
    assert links.count() == 3
    for index in range(links.count()):
        links.nth(index).click()
        target = links.nth(index).get_attribute("href")
        at = page.evaluate("[document.activeElement.id, location.hash.slice(1)]")
        assert target[1:] in at


def test_the_keyboard_reaches_everything_and_shows_where_it_is(open_page):
    page = open_page("/shell/parts/")
    reachable = page.evaluate(
        "document.querySelectorAll('a[href], button, input:not([type=hidden]), summary').length"
    )
    seen = set()
    for _ in range(reachable + 5):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """() => {
              const e = document.activeElement
              if (e === document.body) return null
              const shown = e.matches('.govuk-checkboxes__input') ? e.nextElementSibling : e
              const s = getComputedStyle(shown, shown === e ? null : '::before')
              const all = [...document.querySelectorAll('*')]
              return [all.indexOf(e), s.outlineStyle !== 'none' || s.boxShadow !== 'none']
            }"""
        )
        if at:
            assert at[1], "the focus cannot be seen"
            seen.add(at[0])
    assert len(seen) >= reachable


def test_the_first_stop_of_the_keyboard_skips_to_the_content(open_page):
    page = open_page("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("Skip to")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_targets_are_large_enough_to_hit(open_page):
    page = open_page("/shell/parts/", width=375)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), summary')]
          .filter(e => !e.closest('p, .govuk-visually-hidden, .skip') && !e.matches('.skip'))
          .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
          .filter(([, box]) => box.height < 24 || box.width < 24).map(([html]) => html)"""
    )
    assert small == []


def test_the_focus_is_never_hidden_behind_the_way_out(open_page):
    page = open_page("/shell/parts/", width=375, height=700)
    for _ in range(40):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            """() => {
              const e = document.activeElement, box = e.getBoundingClientRect()
              const way = document.querySelector('.leave__button')
              if (e === document.body || e === way) return false
              const over = way.getBoundingClientRect()
              return box.top >= over.top && box.bottom <= over.bottom
                && box.left >= over.left && box.right <= over.right
            }"""
        )
        assert not hidden


def test_no_page_asks_another_site_for_anything_or_breaks_its_own_rules(open_page, live_server):
    page = open_page("/")
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in PAGES[:6]:
        page.goto(live_server.url + path)
    assert asked
    assert [url for url in asked if not url.startswith(live_server.url)] == []
    assert said == []


def test_a_hidden_part_opens_with_its_choice(open_page):
    page = open_page("/shell/ask/")
    note = page.get_by_label("A note for them")
    assert not note.is_visible()
    page.get_by_label("An advocate").check()
    assert note.is_visible()


def test_without_a_script_the_hidden_part_is_simply_there(open_page):
    assert open_page("/shell/ask/", js=False).get_by_label("A note for them").is_visible()


def test_a_button_pressed_twice_sends_once(open_page):
    page = open_page("/shell/ask/")
    page.get_by_label("What happened?").fill("It happened.")
    page.get_by_label("An advocate").check()
    page.get_by_label("I agree to be counted").check()
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_role("button", name="Continue").dblclick()
    page.wait_for_url("**/shell/sitting/")
    assert sent.count("POST") == 1


def test_high_contrast_and_paper_keep_the_way_out_and_the_words(open_page, fits):
    page = open_page("/shell/parts/", width=375, forced_colors="active", reduced_motion="reduce")
    assert page.locator(".leave__button").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".leave__button").is_visible()
    assert page.get_by_text("amber").is_visible()
