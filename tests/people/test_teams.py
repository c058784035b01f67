"""Teams: keys come from a member's hands only, and go when someone leaves."""

import pytest

from firsthand.people import actions, queries, rules
from firsthand.people.models import Epoch, Membership
from firsthand.vault import items, keyrings
from firsthand.vault.seal import Tampered
from tests.people import kit

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return kit.team()


@pytest.fixture
def ada(team) -> kit.Someone:
    return kit.staff(team=team)


@pytest.fixture
def bo(team, ada) -> kit.Someone:
    return kit.staff(name="Bo Field", team=team)


def teams_keys(someone: kit.Someone) -> set[object]:
    return {keys.id for keys in keyrings.through([someone.keys])}


def test_the_first_member_makes_the_teams_keys_and_holds_them(team, ada):
    assert teams_keys(ada) == queries.keyrings_of(team.id) != set()


def test_the_next_member_waits_and_holds_nothing(team, ada, bo):
    assert teams_keys(bo) == set()
    assert queries.members_of(team) == ["Ada Brook"]
    assert queries.teams_of(bo.user) == []


def test_a_member_sees_who_is_in_and_who_waits_and_lets_them_in(client, team, ada, bo):
    kit.sign_in(client, ada)
    page = client.get(f"/teams/{team.id}/").content.decode()
    assert "Ada Brook (you)" in page
    assert page.index("Waiting to be let in") < page.index("Bo Field")
    client.post(f"/teams/{team.id}/let-in/", {"who": str(bo.user.id)})
    assert teams_keys(bo) == teams_keys(ada)
    assert queries.members_of(team) == ["Ada Brook", "Bo Field"]


def test_one_who_waits_can_let_nobody_in_themselves_included(client, team, ada, bo):
    cy = kit.staff(name="Cy Marsh", team=team)
    kit.sign_in(client, bo)
    page = client.get(f"/teams/{team.id}/").content.decode()
    assert "You wait to be let in" in page
    assert "Let in<" not in page
    for who in (bo, cy):
        client.post(f"/teams/{team.id}/let-in/", {"who": str(who.user.id)})
        assert teams_keys(who) == set()
        assert not Membership.objects.get(user=who.user).admitted


def test_nobody_is_let_in_who_was_not_invited(client, team, ada):
    stranger = kit.staff(name="Not Asked")
    kit.sign_in(client, ada)
    answer = client.post(f"/teams/{team.id}/let-in/", {"who": str(stranger.user.id)})
    assert answer.status_code == 404
    with pytest.raises(actions.NotYet):
        actions.let_in(keyrings.through([ada.keys]), stranger.user, team)
    assert teams_keys(stranger) == set()


def test_someone_without_keys_cannot_be_let_in(team, ada, bo):
    bo.user.keyring = None
    bo.user.save()
    with pytest.raises(actions.NotYet, match="not finished"):
        actions.let_in(keyrings.through([ada.keys]), bo.user, team)


def test_whoever_is_let_in_can_open_what_was_shared_before(team, ada, bo):
    someone = kit.person()
    opened = items.create(
        someone.user.keyring, {"happened": b"words"}, to=[queries.current_keyring(team)]
    )
    actions.let_in(keyrings.through([ada.keys]), bo.user, team)
    hands = keyrings.through([bo.keys])
    assert items.read(items.unlock(opened.id, hands), "happened") == b"words"


def test_whoever_leaves_opens_nothing_and_the_team_gets_new_keys(client, team, ada, bo):
    actions.let_in(keyrings.through([ada.keys]), bo.user, team)
    before = queries.current_keyring(team).id
    kit.sign_in(client, bo)
    assert "Only someone in the team" in client.get(f"/teams/{team.id}/leave/").content.decode()
    assert client.post(f"/teams/{team.id}/leave/")["Location"] == "/teams/"
    assert teams_keys(bo) == set()
    assert kit.in_hand(client) == {str(bo.keys.id)}
    assert queries.current_keyring(team).id != before
    assert queries.current_keyring(team).id in teams_keys(ada)


def test_the_last_to_leave_is_warned_and_an_empty_team_cannot_be_chosen(client, team, ada):
    assert team in queries.independent_teams()
    kit.sign_in(client, ada)
    page = client.get(f"/teams/{team.id}/leave/").content.decode()
    assert "the only one in this team" in page
    client.post(f"/teams/{team.id}/leave/")
    assert team not in queries.independent_teams()


def test_the_first_into_an_emptied_team_makes_new_keys_and_opens_nothing_of_before(team, ada):
    old = teams_keys(ada)
    actions.leave(ada.user, team)
    cy = kit.staff(name="Cy Marsh", team=team)
    assert queries.current_keyring(team).id in teams_keys(cy)
    assert not teams_keys(cy) & old


def test_a_team_of_others_is_not_there(client, team, ada):
    kit.sign_in(client, kit.staff(name="Not Asked"))
    for page in ("", "leave/"):
        assert client.get(f"/teams/{team.id}/{page}").status_code == 404
    assert client.post(f"/teams/{team.id}/let-in/", {"who": str(ada.user.id)}).status_code == 404
    assert client.post(f"/teams/{team.id}/leave/").status_code == 404


@pytest.mark.parametrize("role", [rules.STEWARD, rules.COORDINATOR])
def test_teams_are_for_those_who_work_in_them(client, team, role):
    kit.sign_in(client, kit.staff(role))
    assert client.get("/teams/").status_code == 404
    assert client.get(f"/teams/{team.id}/").status_code == 404


def test_people_have_no_teams(client, team):
    kit.sign_in(client, kit.person())
    assert client.get("/teams/").status_code == 404


def test_keys_slipped_in_for_a_team_are_noticed_and_not_handed_on(team, ada, bo):
    other = kit.team(name="Other team")
    mallory = kit.staff(name="Mal Reed", team=other)
    theirs = queries.current_keyring(other)
    Epoch.objects.filter(team=other).delete()
    made_up = Epoch(team=team, place=9, keyring=theirs, proof=bytes(32))
    Epoch._base_manager.bulk_create([made_up])
    with pytest.raises(Tampered):
        queries.current_keyring(team)
    with pytest.raises(Tampered):
        actions.let_in(keyrings.through([ada.keys, mallory.keys]), bo.user, team)
    assert theirs.id not in teams_keys(bo)


def test_a_closed_sign_in_is_in_no_list_and_holds_no_team(team, ada, bo):
    actions.let_in(keyrings.through([ada.keys]), bo.user, team)
    before = queries.current_keyring(team).id
    actions.close(bo.user)
    assert queries.members_of(team) == ["Ada Brook"]
    assert teams_keys(bo) == set()
    assert queries.current_keyring(team).id != before


def test_reopened_they_wait_until_they_are_let_in_again(team, ada, bo):
    actions.let_in(keyrings.through([ada.keys]), bo.user, team)
    actions.close(bo.user)
    actions.reopen(bo.user)
    assert teams_keys(bo) == set()
    assert [each.user for each in queries.memberships_of(team) if not each.admitted] == [bo.user]


def test_closing_ends_every_sitting_at_once(client, ada):
    kit.sign_in(client, ada)
    assert client.get("/teams/").status_code == 200
    actions.close(ada.user)
    assert client.session.in_hand() == []
    assert client.get("/teams/")["Location"].startswith("/sign-in/")
