"""A research team: whoever is invited to it researches, and lets colleagues in like any team."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from firsthand.people import actions, queries, rules
from firsthand.people.models import Invitation, Membership, Team
from tests.people import kit

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def study() -> Team:
    return kit.team(rules.RESEARCH, "Listening study")


def test_a_steward_invites_researchers_to_it(client, study):
    kit.sign_in(client, kit.staff(rules.STEWARD, name="Sam Hill"))
    assert (
        "They come in as researcher" in client.get(f"/steward/teams/{study.id}/").content.decode()
    )
    client.post(f"/steward/teams/{study.id}/invite/")
    assert [(row.role, row.team) for row in Invitation.objects.all()] == [("researcher", study)]


def test_who_accepts_can_be_chosen_by_people_and_lets_the_next_in(study):
    assert not queries.teams_to_ask([rules.RESEARCH]).exists()
    first = kit.staff(rules.RESEARCHER, study, "Rosa Field")
    assert list(queries.teams_to_ask([rules.RESEARCH])) == [study]
    second = kit.staff(rules.RESEARCHER, study, "Otto Well")
    assert queries.members_of(study) == ["Rosa Field"]
    desk = Client()
    kit.sign_in(desk, first)
    assert "/teams/" in desk.get("/you/sign-in/").content.decode()
    assert "Listening study" in desk.get("/teams/").content.decode()
    assert "Otto Well" in desk.get(f"/teams/{study.id}/").content.decode()
    desk.post(f"/teams/{study.id}/let-in/", {"who": str(second.user.id)})
    assert queries.members_of(study) == ["Otto Well", "Rosa Field"]


def open_invitation(browser: Client, team: Team, role: str = rules.RESEARCHER):
    browser.get(actions.invite(None, role, team).split("8000", 1)[1])
    return browser.get("/invitation/")


def test_a_researcher_who_is_here_joins_with_the_sign_in_they_have(study):
    rosa, desk = kit.staff(rules.RESEARCHER, name="Rosa Field"), Client()
    kit.sign_in(desk, rosa)
    assert "Listening study" in open_invitation(desk, study).content.decode()
    assert queries.members_of(study) == []  # looking is not joining
    assert desk.post("/invitation/")["Location"] == "/teams/"
    assert "Listening study" in desk.get("/teams/").content.decode()
    assert queries.members_of(study) == ["Rosa Field"]
    assert desk.post("/invitation/").status_code == 409  # pressed twice: there is no more to use
    assert Membership.objects.count() == 1


def test_a_second_researcher_waits_at_the_door_until_let_in(study):
    kit.staff(rules.RESEARCHER, study, "Rosa Field")
    otto, desk = kit.staff(rules.RESEARCHER, name="Otto Well"), Client()
    kit.sign_in(desk, otto)
    open_invitation(desk, study)
    desk.post("/invitation/")
    assert queries.members_of(study) == ["Rosa Field"]
    assert [row.admitted for row in Membership.objects.filter(user=otto.user)] == [False]


def test_whoever_is_in_it_already_is_in_it_once(study):
    rosa, desk = kit.staff(rules.RESEARCHER, study, "Rosa Field"), Client()
    kit.sign_in(desk, rosa)
    open_invitation(desk, study)
    assert desk.post("/invitation/")["Location"] == "/teams/"
    assert queries.members_of(study) == ["Rosa Field"]


def test_an_invitation_that_was_cancelled_meanwhile_lets_nobody_in(study):
    desk = Client()
    kit.sign_in(desk, kit.staff(rules.RESEARCHER, name="Rosa Field"))
    open_invitation(desk, study)
    actions.cancel(Invitation.objects.get())
    assert desk.post("/invitation/").status_code == 409
    assert not Membership.objects.exists()


def test_nobody_comes_in_as_what_they_are_not():
    team, desk = kit.team(), Client()  # of advocates
    kit.sign_in(desk, kit.staff(rules.RESEARCHER, name="Rosa Field"))
    assert open_invitation(desk, team, rules.ADVOCATE).status_code == 409
    assert desk.post("/invitation/").status_code == 409
    assert not Membership.objects.exists()


def test_a_researcher_needs_no_team_and_a_stranger_sees_none(study):
    kit.staff(rules.RESEARCHER, study, "Rosa Field")
    other = Client()
    kit.sign_in(other, kit.staff(rules.RESEARCHER, name="Otto Well"))
    assert "You are in no team." in other.get("/teams/").content.decode()
    assert other.get(f"/teams/{study.id}/").status_code == 404


@pytest.mark.parametrize(("role", "in_team"), [("steward", True), ("advocate", False)])
def test_nobody_is_invited_to_a_team_who_cannot_be_in_one_or_to_none_who_must(study, role, in_team):
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.invite(None, role, study if in_team else None)
