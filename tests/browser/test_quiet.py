"""A page left alone closes, and what was typed comes back only to whoever wrote it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from firsthand.repair.models import Message
from firsthand.testimony import queries as testimonies
from firsthand.testimony.models import Testimony
from tests.browser.test_repair import page as repair
from tests.browser.test_repair import sit as sit
from tests.browser.test_repair import town as town
from tests.testimony.test_telling import receipt_of, tell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BEGAN = datetime(2026, 1, 1, 12, tzinfo=UTC)
QUIET, OVER = "13:10", "15:20"
SAID = "It began in spring. Nobody rang me back."
BOX = "What happened?"


@pytest.fixture(autouse=True)
def _site(settings, live_server):
    settings.FIRSTHAND_EXIT_URL = live_server.url + "/health/"  # there is no internet here
    assert get_resolver().url_patterns  # read before a browser waits for it


@pytest.fixture
def alone(open_page):
    """Open a page whose clock the test moves by hand."""

    def opened(path, window=None):
        window = window or open_page("/about/")
        window.clock.install(time=BEGAN)
        window.goto(window.url.split("/", 3)[0] + "//" + window.url.split("/")[2] + path)
        return window

    return opened


@pytest.fixture
def talk(town, sit, alone):
    """A conversation, in its owner's sitting, with a message typed and a file chosen."""
    address = repair("conversation", town.request.id)
    window = alone(address, sit(town.person, address))
    window.get_by_label("Write to them").fill(SAID)
    letter = {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Dear all"}
    window.get_by_label("Add files").set_input_files(letter)
    return window


def close(window):
    window.clock.run_for(OVER)
    window.get_by_role("heading", name="This page has closed").wait_for()
    return window.get_by_role("button", name="Open it again")


def left_alone(window, quiet=timedelta(minutes=15)):
    """Wait until the page has gone away: time jumps to just before its end, which comes by itself.

    Were it moved past the end, the page would go while the browser still answers us.
    """
    window.clock.pause_at(BEGAN + quiet - timedelta(seconds=2))
    window.clock.resume()
    assert at_front(window)
    window.get_by_role("link", name="Tell what happened").first.wait_for()


def at_front(window):
    window.wait_for_url(lambda url: url.count("/") == 3 and url.endswith("/"), timeout=60_000)
    return True


def cookies(window):
    return {one["name"] for one in window.context.cookies()}


def come_back(window, someone, live_server):
    sitting = someone.browser().cookies["sitting"].value
    window.context.add_cookies([{"name": "sitting", "value": sitting, "url": live_server.url}])


def no_sitting(window):
    for _ in range(50):
        if "sitting" not in cookies(window):
            return True
        window.wait_for_timeout(100)
    return False


def begins(window, words):
    window.get_by_label("Type the first 4 words").fill(words)
    window.get_by_role("button", name="Go on").click()


# -- the clock ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/tell/", "/sign-in/", "/come-back/"])
def test_a_quiet_person_is_asked_and_can_stay(alone, axe, path):
    window = alone(path)
    window.clock.run_for(QUIET)
    window.get_by_role("alertdialog").wait_for()
    assert window.evaluate("document.activeElement.textContent") == "I am still here"
    axe(window)
    window.get_by_role("button", name="I am still here").click()
    assert window.get_by_role("alertdialog").count() == 0
    window.clock.run_for("12:00")
    assert window.url.endswith(path)


def test_a_page_that_asks_nothing_and_has_no_sitting_stays(alone):
    window = alone("/about/")
    window.clock.run_for("01:00:00")
    assert window.url.endswith("/about/")


@pytest.mark.parametrize("path", ["/tell/", "/sign-in/"])
def test_a_page_with_nothing_typed_goes_away(alone, path):
    window = alone(path)
    left_alone(window)


def test_a_page_in_a_sitting_goes_away_and_the_sitting_ends(town, sit, alone):
    address = repair("conversation", town.request.id)
    window = alone(address, sit(town.person, address))
    left_alone(window)
    assert no_sitting(window)


def test_typing_now_and_then_keeps_page_and_sitting_going_to_the_last_word(town, sit, alone):
    address = repair("conversation", town.request.id)
    window = alone(address, sit(town.person, address))
    asked = []
    window.on("request", lambda one: asked.append(one.url) if one.url.endswith("/stay") else None)
    window.clock.run_for("02:00")
    window.get_by_label("Write to them").press_sequentially("a")
    assert asked == []
    window.clock.run_for("01:30")  # nothing more is typed, yet the server hears of the last word
    assert len(asked) == 1
    window.clock.run_for("05:00")
    assert len(asked) == 1


# -- the first page: nothing kept yet, no keys ----------------------------------------------------


@pytest.fixture
def told(alone):
    window = alone("/tell/")
    window.get_by_label(BOX).fill(SAID)
    return window


def test_the_first_page_closes_and_shows_nothing_of_why_someone_was_here(told, axe, fits):
    close(told)
    shown = told.content()
    assert "spring" not in shown
    assert "What happened" not in shown
    assert told.title() == "Closed"
    assert at_front(told)  # the address, too
    assert told.get_by_role("link", name="Exit this page").is_visible()
    axe(told)
    told.set_viewport_size({"width": 320, "height": 600})
    fits(told)


def test_what_was_typed_first_comes_back_to_whoever_knows_how_it_begins(told, axe):
    close(told).click()
    axe(told)
    begins(told, "it BEGAN, in sprnig")  # as it comes: capitals, commas and slips do not matter
    assert told.get_by_label(BOX).input_value() == SAID
    assert told.url.endswith("/tell/")
    told.get_by_role("button", name="Continue").click()
    told.wait_for_url("**/way-back/")
    assert Testimony.objects.count() == 1


def test_one_press_alone_or_a_wrong_guess_shows_nothing(told):
    close(told).click()
    for guess in ("", "It was in hospital", "It began in"):
        begins(told, guess)
        assert "spring" not in told.content()
        assert told.get_by_label(BOX).count() == 0
    assert "Type 4 words." in told.inner_text("main")


def test_after_five_wrong_guesses_it_is_gone(told):
    close(told).click()
    for left in (4, 3, 2, 1):
        begins(told, "They took my things")
        assert f"{left} more time" in told.inner_text("main")
    begins(told, "They took my things")
    assert at_front(told)
    told.get_by_role("link", name="Tell what happened").first.wait_for()
    told.go_back()
    assert "spring" not in told.content()


def test_after_two_hours_it_is_gone(told):
    close(told)
    told.clock.run_for("01:50:00")
    assert told.get_by_role("button", name="Open it again").is_visible()
    left_alone(told, timedelta(hours=2, minutes=15))
    assert "spring" not in told.content()


def test_a_page_brought_back_closes_again(told):
    for _ in range(2):
        close(told).click()
        begins(told, "It began in spring")
        assert told.get_by_label(BOX).input_value() == SAID


def test_a_few_words_are_soon_typed_again_and_are_not_held(alone):
    window = alone("/tell/")
    window.get_by_label(BOX).fill("Not yet sure")
    left_alone(window)


def test_words_that_were_sent_and_not_taken_are_held_too(alone, settings):
    settings.FIRSTHAND_LONGEST_TEXT = 10
    window = alone("/tell/")
    window.get_by_label(BOX).fill(SAID)
    window.get_by_role("button", name="Continue").click()
    window.locator(".govuk-error-summary").wait_for()
    close(window).click()
    begins(window, "It began in spring")
    assert window.get_by_label(BOX).input_value() == SAID


def test_nine_words_and_passphrases_are_never_held(alone):
    window = alone("/come-back/")
    window.get_by_label("Your nine words").fill("one two three four five six seven eight nine")
    left_alone(window)
    window = alone("/sign-in/")
    window.get_by_label("Sign-in name").fill("one two three four")
    left_alone(window)


def test_exit_on_the_closed_page_leaves_for_good(told):
    close(told)
    told.get_by_role("link", name="Exit this page").click()
    told.wait_for_url("**/health/")


# -- pages behind keys ----------------------------------------------------------------------------


def test_a_message_comes_back_to_whoever_opens_the_page_with_their_keys(talk, town, live_server):
    again = close(talk)
    assert SAID not in talk.content()
    assert "Service" not in talk.content()
    assert no_sitting(talk)
    again.click()
    how = talk.get_by_role("alert")
    how.get_by_role("link", name="come back with your nine words").wait_for()
    assert SAID not in talk.content()
    come_back(talk, town.person, live_server)
    again.click()
    talk.get_by_role("button", name="Send").wait_for()
    assert talk.get_by_label("Write to them").input_value() == SAID
    assert talk.url.endswith(repair("conversation", town.request.id))
    talk.get_by_role("button", name="Send").click()
    talk.get_by_text("Your message has been sent.").wait_for()
    assert SAID in talk.inner_text("main")
    assert Message.objects.get().files.count() == 1


def test_someone_else_with_keys_of_their_own_gets_nothing(talk, town, live_server, axe):
    again = close(talk)
    assert no_sitting(talk)
    come_back(talk, town.other_person, live_server)
    for _ in range(2):
        again.click()
        talk.get_by_role("alert").wait_for()
    axe(talk)
    assert talk.get_by_role("alert").count() == 1
    assert SAID not in talk.content()


def test_an_answer_half_written_comes_back_with_each_promise(town, sit, alone, live_server):
    address = repair("answer", town.request.id)
    window = alone(address, sit(town.responder, address))
    window.get_by_role("button", name="Add another promise").click()
    window.get_by_label("What we heard").fill(SAID)
    window.get_by_label("We will").nth(1).fill("Ask first")
    again = close(window)
    assert no_sitting(window)
    come_back(window, town.responder, live_server)
    again.click()
    window.get_by_label("What we heard").wait_for()
    assert window.get_by_label("What we heard").input_value() == SAID
    assert window.get_by_label("We will").nth(1).input_value() == "Ask first"


# -- where a way back is there already, words are kept --------------------------------------------


def words_of(client, row, step="happened"):
    return client.get(reverse("testimony:step", args=[row.id, step])).content.decode()


def test_words_typed_into_a_telling_that_has_its_receipt_are_kept(alone, open_page, live_server):
    client = Client()
    row = tell(client)
    receipt = receipt_of(client, row)
    window = open_page("/about/")
    sitting = {"name": "sitting", "value": client.cookies["sitting"].value, "url": live_server.url}
    window.context.add_cookies([sitting])
    alone(reverse("testimony:step", args=[row.id, "happened"]), window)
    window.get_by_label(BOX).fill(SAID)
    left_alone(window)
    later = Client()
    later.post(reverse("testimony:return"), {"receipt": receipt})
    assert SAID in words_of(later, row)


def test_first_words_of_someone_signed_in_are_kept_under_their_sign_in(town, sit, alone):
    before = set(Testimony.objects.values_list("id", flat=True))
    window = alone("/tell/", sit(town.person, "/tell/"))
    window.get_by_label(BOX).fill("He hit me")
    left_alone(window)
    row = Testimony.objects.exclude(id__in=before).get()
    assert testimonies.telling_for(town.person.doer, row.id).happened == "He hit me"


def test_they_are_not_kept_under_a_receipt_that_nobody_has_read(town, sit, alone):
    window = alone("/tell/", sit(town.person, "/tell/"))
    before = Testimony.objects.count()
    window.get_by_label(BOX).fill(SAID)
    window.context.clear_cookies(name="sitting")  # the sitting was over before the page was
    close(window).click()
    assert Testimony.objects.count() == before
    begins(window, "It began in spring")
    assert window.get_by_label(BOX).input_value() == SAID
