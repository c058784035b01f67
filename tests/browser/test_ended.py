"""A sitting that ended under an answer, in a real browser, with and without JavaScript."""

import pytest
from django.utils import timezone

from firsthand.people import actions as people
from firsthand.people import rules as roles
from firsthand.repair import actions, rules
from firsthand.repair.models import Message
from firsthand.vault.models import Sitting
from tests.browser.test_repair import page
from tests.browser.test_repair import sit as _sit
from tests.people import kit
from tests.repair.conftest import town as _town

pytestmark = [pytest.mark.browser, pytest.mark.slow]
town, sit = _town, _sit
PARTS = {
    "What we heard": "You were not asked.\nNot once.",
    "What we take responsibility for": "We should have asked.",
    "What you told us you need": "To be asked.",
    "What we cannot do": "We cannot undo it.",
}


@pytest.fixture
def robin(town):
    found = kit.staff(roles.RESPONDER, town.service, name="Robin Made-Up")
    people.let_in(town.responder.doer.keys, found.user, town.service)
    return found


def sign_in(window, someone):
    window.get_by_label("Sign-in name").fill(someone.sign_in_name)
    window.get_by_label("passphrase").first.fill(someone.passphrase)
    window.locator("main form button").last.click()
    window.get_by_label("The code from your app").fill(someone.code())
    window.get_by_role("button", name="Continue").click()
    window.wait_for_url("**/inbox/")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("js", [True, False])
def test_an_answer_outlives_the_sitting_it_was_written_in(town, robin, sit, axe, fits, js, width):
    actions.note_opened(town.request, rules.TEAM)
    window = sit(town.responder, page("answer", town.request.id), js=js, width=width)
    for label, words in PARTS.items():
        window.get_by_label(label).fill(words)
    Sitting.objects.update(quiet_at=timezone.now())
    window.get_by_role("button", name="Send answer").click()
    assert "Your sitting has ended" in window.inner_text("h1")
    if js:
        axe(window)
    fits(window)
    with window.context.expect_page() as opened:
        window.get_by_role("link", name="Sign in").last.click()
    sign_in(opened.value, robin)
    window.get_by_role("button", name="Send it again").click()
    for label, words in PARTS.items():
        assert window.get_by_label(label).input_value() == words
    window.get_by_role("button", name="Send it again").click()
    window.wait_for_url(f"**{page('request', town.request.id)}")
    assert "Not once." in window.inner_text("main")
    assert Message.objects.count() == 1
