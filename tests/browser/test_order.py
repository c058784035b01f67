"""The order of reading and stopping in a real browser, by the keyboard alone."""

import pytest

from firsthand.config import chores
from firsthand.evidence import ranking
from firsthand.evidence.actions import ordering, reviews, stopping
from firsthand.evidence.models import Ordering, Stop
from firsthand.evidence.rules import ABSTRACT, EXCLUDE, INCLUDE, LEARNED
from firsthand.people import rules as roles
from tests.browser.test_review_journey import at, said
from tests.browser.test_review_journey import sit as sit
from tests.evidence import kit
from tests.evidence.test_order import mixed
from tests.repair.conftest import someone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def begun():
    """A review with records of three kinds, of which some are decided."""
    ranking.forget()
    person = someone(roles.RESEARCHER, "Ada Brook")
    ada = reviews.make(person.user, {**kit.PROTOCOL, "each": 1})
    records = mixed(ada)
    for place, choice in enumerate((EXCLUDE, INCLUDE, EXCLUDE)):
        kit.decide(records[place], (ada, choice))
    return person, ada


def test_an_owner_chooses_the_order_asks_why_and_stops_with_the_keyboard_alone(sit):
    person, ada = begun()
    window = sit(person, at("order", ada.review, ABSTRACT))
    window.locator(f"input[value={LEARNED}]").focus()
    window.keyboard.press("Space")
    window.keyboard.press("Enter")
    window.wait_for_url("**/stopping/**")
    assert Ordering.objects.get(ended_at=None).how == LEARNED
    chores.do_jobs()
    window.goto(window.url.replace("stopping", "screen"))
    assert "Direct payments" in said(window)
    window.get_by_role("link", name="Why this one now?").focus()
    window.keyboard.press("Enter")
    window.wait_for_url("**/why/")
    assert "speak for it" in said(window)
    window.get_by_role("link", name="Back to the record").focus()
    window.keyboard.press("Enter")
    window.wait_for_function("!document.querySelector('[data-keys]').hidden")
    with window.expect_navigation():
        window.keyboard.press("i")
    window.goto(window.url.split("/screen/")[0] + f"/stopping/{ABSTRACT}/stop/")
    window.get_by_label("We stop here, because").focus()
    window.keyboard.type("Nothing new came for a long time.")
    window.keyboard.press("Tab")
    window.keyboard.press("Enter")
    window.wait_for_url("**/stopping/abstract/")
    assert "Nothing new came for a long time." in said(window)
    assert Stop.objects.get().ended_at is None


def test_pages_of_order_and_stopping_are_right_by_axe_and_fit(sit, looked):
    person, ada = begun()
    ordering.choose(ada, ABSTRACT, LEARNED)
    stopping.aim(ada, ABSTRACT, 95, 95, 3)
    stopping.draw(ada, ABSTRACT, 4, seed=1)
    chores.do_jobs()
    near = Ordering.objects.get(ended_at=None).ranked.exclude(screening__draws__isnull=False)
    record = near.first().screening.record_id
    window = sit(person, at("stopping", ada.review, ABSTRACT))
    base = window.url.split("/reviews/")[0]
    for name, path in (
        ("stopping", at("stopping", ada.review, ABSTRACT)),
        ("order", at("order", ada.review, ABSTRACT)),
        ("why", at("why", ada.review, ABSTRACT, record)),
        ("aim", at("stopping_plan", ada.review, ABSTRACT)),
        ("audit", at("stopping_audit", ada.review, ABSTRACT)),
        ("stop", at("stop", ada.review, ABSTRACT)),
    ):
        window.goto(base + path)
        looked(window, name)
