"""Being answered, in a real browser: both sides, wide and narrow, with and without JavaScript.

Set FIRSTHAND_SCREENSHOTS to a directory to have each page photographed there.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from firsthand.config.demo import clock
from firsthand.repair import actions, rules
from firsthand.repair.models import Promise, Request
from firsthand.repair.posting import Turn
from firsthand.repair.words import Asked, Said
from tests.repair.conftest import Town, asked_long_ago, tell
from tests.repair.conftest import town as _town
from tests.repair.test_actions import answered

pytestmark = [pytest.mark.browser, pytest.mark.slow]
town = _town


def page(name, *args):
    return reverse(f"repair:{name}", args=args)


@pytest.fixture
def sit(open_page, live_server):
    """Open a page as someone who is signed in and holds their keys."""

    def opened(someone, path, **kwargs):
        window = open_page("/about/", **kwargs)
        sitting = someone.browser().cookies["sitting"].value
        window.context.add_cookies([{"name": "sitting", "value": sitting, "url": live_server.url}])
        window.goto(live_server.url + path)
        return window

    return opened


def told(town: Town) -> Request:
    """A conversation with all there can be in it: an answer, promises late and judged, a reply."""
    request, doer = asked_long_ago(town), town.other_person.doer
    with clock.on(timezone.localdate() - timedelta(days=11)):
        answered(town, pledges=3, request=request)
    kept = Promise.objects.filter(request=request)[1]
    actions.judge(doer, request, kept, rules.PARTLY, "1")
    actions.judge(doer, request, kept, rules.KEPT, "2")
    asked = Asked(("heard", "apology"), "Please write to me, do not call.")
    actions.say_asked(doer, request, asked)
    turn = Turn("w", Said(text="Thank you for the locks."))
    actions.write(doer, request, rules.PERSON, turn)
    return Request.objects.get(id=request.id)


def pages(town: Town):
    """Each page by a name, who looks at it, and where it is."""
    alone = tell(town.person, [], ("keep",))
    done = Request.objects.get(testimony=tell(town.person, [town.service]))
    actions.close(town.person.doer, done)
    request = told(town)
    promise = Promise.objects.filter(request=request)[0]
    return [
        ("inbox", town.responder, page("inbox")),
        ("inbox-nothing", town.stranger, page("inbox")),
        ("inbox-filtered", town.responder, page("inbox") + "?stage=read"),
        ("request", town.responder, page("request", request.id)),
        ("request-closed", town.responder, page("request", done.id)),
        ("answer", town.responder, page("answer", request.id)),
        ("answers", town.other_person, page("answers", request.testimony_id)),
        ("answers-none", town.person, page("answers", alone.id)),
        ("conversation", town.other_person, page("conversation", request.id)),
        ("conversation-new", town.person, page("conversation", town.help_request.id)),
        ("conversation-closed", town.person, page("conversation", done.id)),
        ("asks", town.other_person, page("asks", request.id)),
        ("judge", town.other_person, page("judge", request.id, promise.id)),
        ("close", town.other_person, page("close", request.id)),
        ("reopen", town.person, page("reopen", done.id)),
    ]


def test_each_page_is_right_by_axe_and_needs_no_sideways_scrolling(town, sit, looked):
    for name, someone, path in pages(town):
        window = sit(someone, path)
        looked(window, name)


def test_an_answer_with_mistakes_leads_to_each_of_them(town, sit, looked):
    window = sit(town.responder, page("answer", town.request.id))
    window.get_by_label("We will").fill("Ask first")
    window.get_by_role("button", name="Send answer").click()
    looked(window, "answer-mistakes")
    links = window.locator(".govuk-error-summary__list a")
    assert links.count() >= 4
    for place in range(links.count()):
        links.nth(place).click()
        target = links.nth(place).get_attribute("href")
        assert window.evaluate("'#' + document.activeElement.id") == target
    assert window.get_by_label("We will").input_value() == "Ask first"


@pytest.mark.parametrize("js", [True, False])
def test_asked_answered_and_judged(town, sit, js):
    staff = sit(town.responder, page("inbox"), js=js)
    staff.get_by_role("link", name=town.request.reference).click()
    staff.get_by_role("link", name="Write your answer").click()
    staff.get_by_label("What we heard").fill("You were not asked.")
    staff.get_by_label("What we take responsibility for").fill("We should have asked.")
    staff.get_by_label("What you told us you need").fill("To be asked.")
    staff.get_by_label("We will").fill("Ask you before we change anything")
    staff.get_by_role("button", name="Add another promise").click()
    due = timezone.localdate() + timedelta(days=9)
    staff.get_by_label("Who will see to it?").first.fill("The team lead")
    staff.get_by_label("By when?").first.fill(f"{due:%d/%m/%Y}")
    staff.get_by_role("button", name="Send answer").click()
    assert "Ask you before we change anything" in staff.inner_text("main")

    own = sit(town.person, page("answers", town.testimony.id), js=js)
    own.get_by_role("link", name="Service, Service organisation").click()
    own.get_by_role("link", name="Say how it went").click()
    own.get_by_label("Broken").check()
    own.get_by_role("button", name="Save what I say").click()
    assert "Broken" in own.inner_text(".promise")
    staff.reload()
    assert "Broken" in staff.inner_text(".promise")
