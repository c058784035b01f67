"""Coding twice in a real browser: draw, settle side by side by keyboard, themes; how pages look."""

import pytest
from django.urls import reverse

from firsthand.codebook import settling
from firsthand.codebook.actions import double, passages, themes
from firsthand.codebook.models import DoubleDraw, Settlement
from firsthand.harms import actions as harms
from firsthand.people import rules as roles
from tests.browser.test_charting import reach
from tests.browser.test_review_journey import said
from tests.browser.test_review_journey import sit as sit
from tests.codebook.test_double import both_finished, made_of
from tests.repair.conftest import someone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def begun():
    people = [someone(roles.RESEARCHER, name) for name in ("Ada Brook", "Ben Fell", "Cai Wood")]
    made = made_of(*(each.user for each in people))

    def at(name, *more):
        return reverse(f"codebook:{name}", args=[made.ada.project_id, *more])

    return people, made, at


@pytest.mark.parametrize("js", [True, False], ids=["scripts", "no scripts"])
def test_sources_are_drawn_and_a_difference_is_settled_by_a_third_person(sit, live_server, js):
    people, made, at = begun()
    url = live_server.url
    window = sit(people[0], at("twice"), js=js)
    reach(window, "percent")
    window.keyboard.press("Control+A")
    window.keyboard.type("50")
    with window.expect_navigation():
        window.keyboard.press("Enter")
    assert "50% of 2 sources drawn by chance" in said(window)
    assert DoubleDraw.objects.get().drawn.count() == 1
    both_finished(made)
    DoubleDraw.objects.all().delete()
    made.plain.workings.filter(coder=made.cai).delete()
    third = sit(people[2], at("compare", made.plain.id), js=js)
    assert "told later" not in said(third)
    third.get_by_role("button", name="Read what they coded, and settle").focus()
    with third.expect_navigation():
        third.keyboard.press("Enter")
    assert "2 differences are still to be settled" in said(third)
    third.get_by_role("link", name="Settle it (Looked past").focus()
    with third.expect_navigation():
        third.keyboard.press("Enter")
    third.get_by_label("What Ben Fell coded").focus()
    third.keyboard.press("Space")
    reach(third, "reason")
    third.keyboard.type("They were told later: so it says.")
    third.get_by_role("button", name="Settle it").focus()
    with third.expect_navigation():
        third.keyboard.press("Enter")
    assert "Settled by Cai Wood" in said(third)
    third.get_by_role("button", name="Take it back").focus()
    with third.expect_navigation():
        third.keyboard.press("Enter")
    assert Settlement.objects.get().undone_by == made.cai
    third.goto(url + at("agreement"))
    assert "Only one coder used this code" in said(third)


def test_the_pages_on_agreement_and_themes_at_both_widths(sit, live_server, looked):
    harms.load_published_models(by="a test")
    people, made, at = begun()
    place = both_finished(made)["Like a thing"]
    window = sit(people[0], at("twice"))
    looked(window, "twice-empty")
    window.goto(live_server.url + at("themes"))
    looked(window, "themes-empty")
    themes.begin_with_2023(made.ada)
    theme = made.ada.project.themes.get(number=6)
    theme.codes.set([made.codes["Looked past"], made.codes["Not asked"]])
    finding = themes.add_finding(made.ada, {"text": "Nobody asked (made up)", "papers": ["X 2020"]})
    said_ = settling.Wanted(
        tuple(each.id for each in place.passages), "all", "We talked it over.", together=True
    )
    double.draw(made.ada, 50, [made.ada, made.ben], seed=1)
    for each in (made.ada, made.ben):
        passages.finish(each, made.plain)
    double.settle(made.ada, made.plain, place.code, said_)
    where = (made.plain.id, place.code.id, place.passages[0].id)
    for name, more in [
        ("project", ()), ("twice", ()), ("agreement", ()), ("compare", (made.plain.id,)),
        ("settle", where), ("themes", ()), ("theme", (theme.id,)), ("theme_map", (theme.id,)),
        ("theme_passages", (theme.id,)), ("findings", ()), ("finding", (finding.id,)),
        ("beneath", ()),
    ]:  # fmt: skip
        window.goto(live_server.url + at(name, *more))
        looked(window, name)
    window.goto(live_server.url + reverse("codebook:example_themes"))
    looked(window, "example")
