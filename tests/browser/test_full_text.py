"""Reading a report beside the form in a real browser, and the other pages of screening's depth."""

from datetime import date

import pytest

from firsthand.evidence import rules
from firsthand.evidence.actions import (
    criteria,
    full_texts,
    highlights,
    labels,
    reviews,
    shares,
    talking,
)
from firsthand.evidence.actions import screening as deciding
from firsthand.evidence.models import Decision, LabelOn
from firsthand.evidence.rules import ABSTRACT, EXCLUDE, FULL_TEXT, INCLUDE
from firsthand.people import rules as roles
from tests.browser.test_review_journey import at, said
from tests.browser.test_review_journey import sit as sit
from tests.evidence import kit, papers
from tests.repair.conftest import someone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LINES = "\n".join(
    f"Made up, line {at}: tenants were moved without being asked." for at in range(40)
)
LOOK = {"colour": "sea", "line": "double"}


class Reading:
    """A review in which a report is read in full, another could not be got, a third is argued."""

    def __init__(self):
        self.person = someone(roles.RESEARCHER, "Ada Brook")
        self.ada = reviews.make(self.person.user, kit.PROTOCOL)
        other = someone(roles.RESEARCHER, "Ben Fell")
        self.ben = reviews.add_member(self.ada, other.user, rules.REVIEWER)
        criteria.add(self.ada, EXCLUDE, "About animals")
        records = kit.imported(self.ada, 6, "Being moved without being asked (made up)")
        for each in records[:2]:
            kit.decide(each, (self.ada, INCLUDE), (self.ben, INCLUDE))
        kit.decide(records[2], (self.ada, INCLUDE), (self.ben, EXCLUDE))
        self.one, self.missing, self.argued, self.next = records[:4]
        taken = full_texts.attach(
            self.ada, self.one, [("being-moved.pdf", papers.pdf(LINES, "Dogs.\n" + LINES, LINES))]
        )
        full_texts.read_text.func(str(taken.new[0].id))
        full_texts.mark(
            self.ada, self.missing, rules.GIVEN_UP, date(2026, 3, 2), "Asked two libraries"
        )
        self.label = labels.make(self.ada, {"name": "ask Ben", "colour": "rose", "line": "dashed"})
        highlights.add(self.ada, {"name": "Concept", "words": "mov*\nasked", **LOOK})
        highlights.add(
            self.ada,
            {"name": "Signs of leaving out", "words": "people", "colour": "sun", "line": "dotted"},
        )
        talking.write(self.ben, kit.at(self.argued), "It is about tenants, on page 3.")
        talking.put_on_list(self.ben, kit.at(self.argued))
        shares.split(self.ada, ABSTRACT, 2, {self.ada.id: 50, self.ben.id: 50}, seed=1)
        self.review = self.ada.review


def test_a_report_is_found_in_read_and_decided_by_keys_alone(sit, axe, fits):
    it = Reading()
    window = sit(it.person, at("screen_one", it.review, FULL_TEXT, it.one.id))
    window.get_by_label("Find in it").focus()
    window.keyboard.type("dogs")
    with window.expect_navigation():
        window.keyboard.press("Enter")
    assert "1 place with" in said(window)
    window.get_by_role("link", name="Page 2").focus()
    window.keyboard.press("Enter")
    window.wait_for_url("**#found-1")
    assert window.locator("#found-1").inner_text() == "Dogs"
    assert window.locator("#found-1").is_visible()
    form, paper = (
        window.locator(".deciding").bounding_box(),
        window.locator(".paper").bounding_box(),
    )
    assert form["x"] >= paper["x"] + paper["width"]  # beside each other
    axe(window)
    fits(window)
    window.wait_for_function("!document.querySelector('[data-keys]').hidden")
    window.locator(".paper").focus()
    window.keyboard.press("a")  # the label
    window.keyboard.press("1")  # the criterion
    with window.expect_navigation():
        window.keyboard.press("e")
    assert Decision.objects.get(screening__stage=FULL_TEXT).choice == EXCLUDE
    assert LabelOn.objects.get().label == it.label


def test_without_scripts_on_a_phone_the_report_stands_above_the_form(sit, axe, fits):
    it = Reading()
    window = sit(it.person, at("screen_one", it.review, FULL_TEXT, it.one.id), width=375, js=False)
    window.get_by_label("Find in it").fill("DOGS")
    window.get_by_role("button", name="Find", exact=True).click()
    window.get_by_role("link", name="Page 2").click()
    form, paper = (
        window.locator(".deciding").bounding_box(),
        window.locator(".paper").bounding_box(),
    )
    assert form["y"] >= paper["y"] + paper["height"]
    window.get_by_label("About animals").check()
    window.get_by_label("ask Ben").check()
    window.get_by_role("button", name="Exclude", exact=True).click()
    assert Decision.objects.get(screening__stage=FULL_TEXT).choice == EXCLUDE
    assert LabelOn.objects.get().label == it.label


def test_the_pages_of_screenings_depth_are_right_by_axe_and_fit(sit, looked):
    it = Reading()
    window = sit(it.person, at("full_texts", it.review))
    base = window.url.split("/reviews/")[0]
    deciding.decide(it.ada, kit.at(it.one, FULL_TEXT), INCLUDE)
    deciding.undo(it.ada, kit.at(it.one, FULL_TEXT))
    settled = kit.at(it.one)
    for name, path in (
        ("full-texts", at("full_texts", it.review)),
        ("full-text", at("full_text", it.review, it.one.id)),
        ("full-text-missing", at("full_text", it.review, it.missing.id)),
        ("read-beside", at("screen_one", it.review, FULL_TEXT, it.one.id) + "?find=dogs"),
        ("not-got", at("screen_one", it.review, FULL_TEXT, it.missing.id)),
        ("screen-marked", at("screen_one", it.review, ABSTRACT, it.next.id)),
        ("labels", at("labels", it.review)),
        ("label", at("label", it.review, it.label.id)),
        ("records", at("records", it.review)),
        ("highlights", at("highlights", it.review)),
        ("thread", at("thread", it.review, ABSTRACT, it.argued.id)),
        ("conflicts-discussed", at("conflicts", it.review, ABSTRACT) + "?show=discussed"),
        ("resolve-talked", at("resolve", it.review, ABSTRACT, it.argued.id)),
        ("meeting", at("meeting", it.review)),
        ("shares", at("shares", it.review, ABSTRACT)),
        ("share-out", at("share_out", it.review, ABSTRACT)),
        ("reopen", at("reopen", it.review, ABSTRACT, settled.record_id)),
        ("same", at("same", it.review, it.one.id) + "?find=moved"),
    ):
        window.goto(base + path)
        looked(window, f"depth-{name}")
