"""The checklist and the whole review as a file, in a real browser, also without JavaScript."""

import pytest
from django.urls import reverse

from firsthand.evidence.actions import criteria, reviews
from firsthand.evidence.models import Reported
from firsthand.evidence.rules import EXCLUDE, INCLUDE
from firsthand.people import rules as roles
from tests.browser.test_review_journey import at, said
from tests.browser.test_review_journey import sit as sit
from tests.browser.walk import press
from tests.evidence import kit
from tests.repair.conftest import someone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def begun():
    person = someone(roles.RESEARCHER, "Ada Brook")
    protocol = {**kit.PROTOCOL, "each": 1, "title": "A scoping review of harm (made up)"}
    ada = reviews.make(person.user, protocol)
    criteria.add(ada, INCLUDE, "It is about social care.")
    one, other = kit.imported(ada, 2)
    kit.decide(one, (ada, INCLUDE))
    kit.decide(other, (ada, EXCLUDE))
    Reported.objects.create(review=ada.review, item=12, applies=False, why="We appraise nothing.")
    Reported.objects.create(review=ada.review, item=19, where="Page 9", note="Read it once more.")
    return person, ada.review


@pytest.mark.parametrize("js", [True, False], ids=["scripts", "no scripts"])
def test_where_an_item_is_met_is_written_and_the_review_taken_along_and_brought_in(
    sit, js, tmp_path
):
    person, review = begun()
    window = sit(person, at("checklist", review), js=js)
    window.get_by_role("link", name="22. Funding").click()
    window.get_by_label("No", exact=True).check()
    press(window, "Save")
    assert "Say why this item does not apply." in said(window)
    assert window.get_by_label("No", exact=True).is_checked()
    window.get_by_label("If not: why?").fill("Nobody paid.")
    press(window, "Save")
    assert "Why: Nobody paid." in said(window)
    window.get_by_role("link", name="Take it with you").click()
    with window.expect_download() as sent:
        window.get_by_role("link", name="Download the review").click()
    sent.value.save_as(tmp_path / "review.zip")
    window.goto(window.url.split("/reviews/")[0] + reverse("evidence:package_in"))
    window.get_by_label("File").set_input_files(tmp_path / "review.zip")
    press(window, "Bring it in")
    assert "The review is here now, and you are its owner." in said(window)
    assert Reported.objects.filter(item=22, why="Nobody paid.").count() == 2


def test_pages_of_the_report_are_right_by_axe_and_need_no_sideways_scrolling(sit, looked):
    person, review = begun()
    window = sit(person, at("checklist", review))
    base = window.url.split("/reviews/")[0]
    for name, path in (
        ("checklist", at("checklist", review)),
        ("checklist-item", at("checklist_item", review, 4)),
        ("package", at("package", review)),
        ("package-in", reverse("evidence:package_in")),
        ("reviews-with-bring-in", reverse("evidence:reviews")),
    ):
        window.goto(base + path)
        looked(window, name)
