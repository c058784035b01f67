"""Duplicates in a real browser, with and without JavaScript: merged, undone, put to a person."""

import pytest

from firsthand.config import chores
from firsthand.evidence import rules
from firsthand.evidence.actions import importing, reviews
from firsthand.evidence.models import Pair
from firsthand.people import rules as roles
from tests.browser.test_review_journey import at, said
from tests.browser.test_review_journey import sit as sit
from tests.browser.walk import press
from tests.evidence import kit
from tests.repair.conftest import someone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WHOLE = (
    "TY  - JOUR\nTI  - {title}\nAU  - Brook, Ada\nAU  - Fell, Sam\nPY  - 2019\n"
    "T2  - Journal of Made-up Care\nVL  - {volume}\nSP  - {volume}01\nEP  - {volume}19\nER  - \n"
)
TITLES = ("What tenants of supported housing say of being moved", "Direct payments and who decides")
BARE = "TY  - JOUR\nTI  - {title}\nER  - \n"
FIRST = "".join(WHOLE.format(title=title, volume=at) for at, title in enumerate(TITLES, start=3))
AGAIN = WHOLE.format(title=f"{TITLES[0]}.", volume=3) + BARE.format(title=TITLES[1])


def imported():
    """A review into which two searches brought the same reports: one surely, one perhaps."""
    person = someone(roles.RESEARCHER, "Ada Brook")
    ada = reviews.make(person.user, kit.PROTOCOL)
    run = kit.searches.add(ada, kit.SEARCH)
    importing.take(ada, run, [("one.ris", FIRST.encode()), ("two.ris", AGAIN.encode())])
    chores.do_jobs()
    return person, ada.review


@pytest.mark.parametrize("js", [True, False], ids=["scripts", "no scripts"])
def test_a_merge_is_undone_and_what_is_unsure_is_answered(sit, js):
    person, review = imported()
    window = sit(person, at("duplicates", review), js=js)
    assert "1 record set aside" in said(window)
    assert "titles equal" in said(window)
    window.get_by_role("button", name="Undo records 1 and 3").click()
    assert "0 records set aside" in said(window)
    window.get_by_role("link", name="1 pair to look at").click()
    assert "only one says" in said(window)
    window.get_by_role("link", name="Skip", exact=True).click()
    window.get_by_role("link", name="Look at what is left").click()
    if js:
        window.wait_for_function("!document.querySelector('[data-keys]').hidden")
        with window.expect_navigation():
            window.keyboard.press("1")
    else:
        press(window, "Same report")
    assert "No pair waits for a person" in said(window)
    assert Pair.objects.get(ended_at=None, holds=rules.SAME).by.user.name == "Ada Brook"
    window.goto(window.url.replace("duplicates/pairs/?skip=0", "flow/"))
    assert "Duplicates removed before screening 1" in said(window)


def test_pages_of_duplicates_are_right_by_axe_and_need_no_sideways_scrolling(sit, looked):
    person, review = imported()
    merged = Pair.objects.get(holds=rules.SAME)
    window = sit(person, at("duplicates", review))
    base = window.url.split("/reviews/")[0]
    for name, path in (
        ("duplicates", at("duplicates", review)),
        ("pair", at("pairs", review)),
        ("pairs-done", at("pairs", review) + "?skip=1"),
        ("record-merged", at("record", review, merged.first_id)),
        ("screen-aside", at("screen_one", review, rules.ABSTRACT, merged.two[1].id)),
    ):
        window.goto(base + path)
        looked(window, name)
