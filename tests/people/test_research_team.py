"""A research team: whoever is invited to it researches, and lets colleagues in like any team."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from firsthand.people import actions, queries, rules
from firsthand.people.models import Invitation, Team
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
