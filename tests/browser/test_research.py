"""Letting researchers learn from what was told, and stopping by one press, in a real browser."""

import uuid

import pytest

from firsthand.access import log
from firsthand.access.doer import Doer
from firsthand.people import rules as roles
from firsthand.testimony import actions as telling
from firsthand.testimony.models import Testimony
from tests.browser.test_people import press, sign_in
from tests.people import kit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def told() -> tuple[kit.Someone, Testimony]:
    someone = kit.person()
    doer = Doer(someone.user, {someone.keys.id: someone.keys})
    begun = telling.begin(doer, None, uuid.uuid4().hex, "They lost my form.")
    telling.finish(doer, Testimony.objects.get(id=begun))
    return someone, Testimony.objects.get(id=begun)


def study() -> None:
    team = kit.team(roles.RESEARCH, "Listening study")
    team.organisation.about = (
        "We look for what goes wrong for many people, and tell who can mend it."
    )
    team.organisation.save()
    kit.staff(roles.RESEARCHER, team, "Rosa Field")


@pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
def test_someone_reads_what_research_means_lets_a_team_in_and_stops_it(open_page, looked, fits, js):
    def look(name: str) -> None:
        looked(page, name) if js else fits(page)

    study()
    someone, row = told()
    page = open_page("/sign-in/", width=320, js=js)
    sign_in(page, someone)
    with page.expect_navigation():
        page.get_by_role("link", name="Told on").click()
    with page.expect_navigation():
        page.get_by_role("link", name="Let researchers learn from it").click()
    look("research-asked")
    with page.expect_navigation():
        press(page, "Let them read it")
    assert page.get_by_text("Tick a team.").count()
    look("research-nothing-ticked")
    page.get_by_label("Listening study").focus()
    page.keyboard.press("Space")
    page.get_by_label("Until when?").fill("31/12/2999")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.get_by_text("can now read it for research").count() == 1
    look("research-own")
    with page.expect_navigation():
        page.get_by_role("link", name="Let researchers learn from it").click()
    assert page.get_by_text("until 31 December 2999").count() == 1
    look("research-reading")
    with page.expect_navigation():
        page.get_by_role("button", name="Stop letting Listening study").click()
    assert page.get_by_text("can no longer read it for research").count() == 1
    with page.expect_navigation():
        page.get_by_role("link", name="See who has read it").click()
    assert page.get_by_text("stopped sharing with Listening study").count() == 1
    look("research-log")
    assert [each.done for each in log.verify(row.item_id) if each.team] == ["shared", "revoked"]
