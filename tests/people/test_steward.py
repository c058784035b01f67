"""Stewards run the site: organisations, teams, staff. No words, no person's sign-in."""

import re

import pytest
from django.test import Client

from firsthand.access.permissions import PERMISSIONS, steward
from firsthand.people import actions, queries, rules
from firsthand.people.models import Invitation, Organisation, Team
from tests.people import kit
from tests.people.test_second_step import ANY, addresses

pytestmark = pytest.mark.django_db
ORGANISATION = {
    "name": "North Hub",
    "kind": "provider",
    "service_kind": "crisis",
    "place": "Kent",
    "about": "A crisis house.",
    "active": "on",
}


@pytest.fixture
def sam() -> kit.Someone:
    return kit.staff(rules.STEWARD, name="Sam Steward")


@pytest.fixture
def desk(client, sam) -> Client:
    kit.sign_in(client, sam)
    return client


def pages() -> list[str]:
    return [at for name, at in addresses().items() if PERMISSIONS[name].who is steward]


@pytest.mark.parametrize("role", [role for role in rules.ROLES if role != rules.STEWARD])
def test_no_other_role_finds_a_stewards_pages(client, role):
    kit.sign_in(client, kit.person() if role == rules.PERSON else kit.staff(role))
    for page in pages():
        assert client.get(page).status_code == 404, page
        assert client.post(page).status_code == 404, page


def test_strangers_are_asked_to_sign_in(client):
    for page in pages():
        assert client.get(page)["Location"].startswith("/sign-in/?next="), page


def test_a_stewards_sign_in_lands_on_the_stewards_page(desk):
    assert desk.get("/you/")["Location"] == "/steward/"
    assert "words open for you" in desk.get("/steward/").content.decode()


def test_made_up_ids_are_not_there(desk):
    for page in pages():
        if ANY in page:
            assert desk.get(page).status_code in (404, 405), page
            assert desk.post(page).status_code in (404, 405), page


def test_an_organisation_is_added_changed_and_listed(desk):
    answer = desk.post("/steward/organisations/add/", ORGANISATION)
    made = Organisation.objects.get()
    assert answer["Location"] == f"/steward/organisations/{made.id}/"
    assert (made.kind, made.service_kind, made.place) == ("provider", "crisis", "Kent")
    desk.post(f"/steward/organisations/{made.id}/edit/", ORGANISATION | {"name": "North House"})
    assert "North House" in desk.get("/steward/organisations/").content.decode()
    assert "Crisis team or crisis house" in desk.get(answer["Location"]).content.decode()


def test_an_organisation_needs_a_name_and_a_kind(desk):
    answer = desk.post("/steward/organisations/add/", {"service_kind": "other"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Type its name." in page
    assert "Choose what kind of body it is." in page
    assert not Organisation.objects.exists()


def test_a_team_is_added_to_an_organisation_once_by_each_name(desk):
    made = kit.organisation()
    add = f"/steward/organisations/{made.id}/teams/add/"
    form = {"name": "Duty team", "active": "on"}
    for _ in range(2):
        answer = desk.post(add, form)
    assert "a team of that name already" in answer.content.decode()
    team = Team.objects.get()
    assert desk.get(f"/steward/teams/{team.id}/").status_code == 200
    desk.post(f"/steward/teams/{team.id}/edit/", {"name": "Day team"})
    team.refresh_from_db()
    assert (team.name, team.active) == ("Day team", False)


def test_a_team_without_anyone_in_it_is_pointed_out(desk):
    made = kit.team()
    page = desk.get(f"/steward/organisations/{made.organisation_id}/").content.decode()
    assert "Nobody can read for it" in page


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (rules.ADVOCACY, rules.ADVOCATE),
        (rules.USER_LED, rules.ADVOCATE),
        (rules.PROVIDER, rules.RESPONDER),
        (rules.COUNCIL, rules.RESPONDER),
    ],
)
def test_an_invitation_to_a_team_is_for_the_role_its_organisation_gives(desk, kind, role):
    made = kit.team(kind)
    answer = desk.post(f"/steward/teams/{made.id}/invite/")
    assert answer["Location"] == "/steward/invitations/link/"
    page = desk.get(answer["Location"]).content.decode()
    assert re.search(r"http://127\.0\.0\.1:8000/invitation/[\w-]{32}/", page)
    row = Invitation.objects.get()
    assert (row.role, row.team) == (role, made)


@pytest.mark.parametrize("role", [rules.STEWARD, rules.RESEARCHER, rules.COORDINATOR])
def test_other_roles_are_invited_without_a_team(desk, role):
    assert desk.get("/steward/invitations/new/").status_code == 200
    desk.post("/steward/invitations/new/", {"role": role})
    assert Invitation.objects.get().role == role


@pytest.mark.parametrize("role", [rules.PERSON, rules.ADVOCATE, "king", ""])
def test_nobody_is_invited_to_anything_else(desk, role):
    assert desk.post("/steward/invitations/new/", {"role": role}).status_code == 422
    assert not Invitation.objects.exists()


def test_an_invitation_is_listed_and_can_be_cancelled(desk, sam):
    actions.invite(sam.user, rules.RESEARCHER)
    row = Invitation.objects.get()
    page = desk.get("/steward/invitations/").content.decode()
    assert "Researcher" in page
    assert "made by Sam Steward" in page
    desk.post(f"/steward/invitations/{row.id}/cancel/")
    assert not queries.open_invitations().exists()
    assert desk.post(f"/steward/invitations/{row.id}/cancel/").status_code == 404


def test_staff_are_listed_and_people_are_not(desk):
    someone = kit.person()
    kit.staff()
    page = desk.get("/steward/staff/").content.decode()
    assert "Ada Brook" in page
    assert str(someone.user.id) not in page
    for what in ("", "close/", "reset/"):
        at = f"/steward/staff/{someone.user.id}/{what}"
        assert desk.get(at).status_code in (404, 405)
        assert desk.post(at).status_code in (404, 405)
    someone.user.refresh_from_db()
    assert someone.user.is_active


def test_a_sign_in_is_closed_and_opened_again(desk):
    ada = kit.staff()
    at = f"/steward/staff/{ada.user.id}/"
    desk.post(at + "close/")
    ada.user.refresh_from_db()
    assert not ada.user.is_active
    assert "Open the sign-in again" in desk.get(at).content.decode()
    desk.post(at + "close/", {"open": "1"})
    ada.user.refresh_from_db()
    assert ada.user.is_active


def test_a_steward_cannot_close_their_own_sign_in(desk, sam):
    assert desk.post(f"/steward/staff/{sam.user.id}/close/").status_code == 404
    sam.user.refresh_from_db()
    assert sam.user.is_active


def test_a_link_to_begin_again_is_made(desk):
    ada = kit.staff()
    answer = desk.post(f"/steward/staff/{ada.user.id}/reset/")
    assert answer["Location"] == "/steward/invitations/link/"
    assert Invitation.objects.get().for_user == ada.user
    assert "Ada Brook, to begin again" in desk.get("/steward/invitations/").content.decode()


def test_a_steward_is_warned_when_keys_would_be_lost_for_good(desk):
    made = kit.team()
    ada = kit.staff(team=made)
    page = desk.get(f"/steward/staff/{ada.user.id}/").content.decode()
    assert "Nobody else holds the keys of Duty team, Speaking Up" in page


def test_someone_is_taken_out_of_a_team(desk):
    made = kit.team()
    ada = kit.staff(team=made)
    page = desk.get(f"/steward/teams/{made.id}/").content.decode()
    assert "Ada Brook" in page
    desk.post(f"/steward/teams/{made.id}/out/{ada.user.id}/")
    assert queries.members_of(made) == []


def test_a_steward_holds_no_teams_keys(desk, sam):
    made = kit.team()
    kit.staff(team=made)
    assert kit.in_hand(desk) == {str(sam.keys.id)}


@pytest.mark.parametrize("role", [rules.RESEARCHER, rules.COORDINATOR])
def test_researchers_and_coordinators_land_on_a_page_of_links(client, role):
    kit.sign_in(client, kit.staff(role))
    assert client.get("/you/")["Location"] == "/you/desk/"
    page = client.get("/you/desk/").content.decode()
    assert 'href="/model/"' in page
    assert 'href="/figures/"' in page


@pytest.mark.parametrize(
    ("role", "place"), [(rules.ADVOCATE, "/inbox/"), (rules.RESPONDER, "/inbox/")]
)
def test_teams_land_on_their_inbox(client, role, place):
    kit.sign_in(client, kit.staff(role))
    assert client.get("/you/")["Location"] == place


def test_a_person_lands_on_what_they_told(client):
    kit.sign_in(client, kit.person())
    answer = client.get(client.get("/you/")["Location"])
    assert answer.status_code == 200
    assert answer.wsgi_request.resolver_match.view_name == "testimony:mine"
