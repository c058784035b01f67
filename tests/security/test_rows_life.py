"""Ordinary life goes on: whatever the pages change is marked anew, and `check` finds nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from firsthand.access import anchors
from firsthand.people import actions, queries, roll, rules
from firsthand.people.models import Invitation, Membership, Team, User
from firsthand.vault import keyrings
from tests.people import kit
from tests.people.test_invitations import FORM
from tests.people.test_second_step import set_up_app
from tests.repair.conftest import Town, town  # noqa: F401 - a fixture
from tests.security.outside import findings

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture(autouse=True)
def own_directory(settings: Any, tmp_path: Any) -> None:
    settings.FIRSTHAND_DATA = tmp_path


@pytest.fixture
def desk(client: Client) -> Client:
    kit.sign_in(client, kit.staff(rules.STEWARD, name="Sam Steward"))
    return client


@pytest.fixture
def in_order() -> Callable[[], None]:
    def look() -> None:
        assert findings() == []
        anchors.write()
        assert findings() == []

    return look


def follow(desk: Client, at: str, **sent: str) -> Client:
    """Have the steward make a link, and come in by it in a browser of one's own."""
    desk.post(at, sent)
    link = desk.session["link of an invitation"]
    browser = Client()
    browser.get(link.split("8000", 1)[1])
    browser.post("/invitation/", FORM | {"sign_in_name": f"cy{User.objects.count()}"})
    return browser


def test_bodies_and_teams_are_kept_by_the_steward(desk, in_order):
    body = {"name": "North Hub", "kind": "provider", "service_kind": "crisis", "active": "on"}
    desk.post("/steward/organisations/add/", body)
    made = queries.organisations().get()
    for name in ("Duty team", "Night team"):
        desk.post(f"/steward/organisations/{made.id}/teams/add/", {"name": name, "active": "on"})
    in_order()
    desk.post(f"/steward/organisations/{made.id}/edit/", body | {"name": "North House"})
    team = Team.objects.get(name="Duty team")
    desk.post(f"/steward/teams/{team.id}/edit/", {"name": "Day team"})
    assert queries.organisations().get().name == "North House"
    assert Team.objects.get(id=team.id).name == "Day team"
    in_order()


@pytest.mark.django_db(transaction=True)
def test_a_team_fills_changes_and_empties(desk, in_order):
    team = kit.team()
    first = follow(desk, f"/steward/teams/{team.id}/invite/")
    in_order()
    set_up_app(first)
    second = follow(desk, f"/steward/teams/{team.id}/invite/")
    set_up_app(second)
    in_order()
    newcomer = next(row for row in roll.of_team(team) if not row.admitted)
    first.post(f"/teams/{team.id}/let-in/", {"who": str(newcomer.user_id)})
    assert len(queries.members_of(team)) == 2
    in_order()
    first.post(f"/teams/{team.id}/leave/")
    assert len(queries.members_of(team)) == 1
    in_order()
    second.post(f"/teams/{team.id}/leave/")
    assert queries.members_of(team) == []
    in_order()
    third = follow(desk, f"/steward/teams/{team.id}/invite/")
    set_up_app(third)
    assert len(queries.members_of(team)) == 1
    assert Team.objects.get(id=team.id).running == 4
    in_order()


def test_a_sign_in_is_closed_opened_let_in_and_begun_again(desk, in_order):
    one, other = kit.team(), kit.team(name="Night team")
    ada, bo = kit.staff(team=one), kit.staff(name="Bo Field", team=one)
    actions.join(bo.user, other)
    actions.let_in(keyrings.through([ada.keys]), bo.user, one)
    at = f"/steward/staff/{bo.user.id}/"
    desk.post(at + "close/")
    assert queries.members_of(one) == ["Ada Brook"]
    in_order()
    desk.post(at + "close/", {"open": "1"})
    in_order()
    bo.user.refresh_from_db()
    actions.let_in(keyrings.through([ada.keys]), bo.user, one)
    assert queries.members_of(one) == ["Ada Brook", "Bo Field"]
    follow(desk, at + "reset/")
    in_order()
    bo.user.refresh_from_db()
    assert {row.keyring_id for row in Membership.objects.filter(user=bo.user)} == {
        bo.user.keyring_id
    }
    actions.let_in(keyrings.through([ada.keys]), bo.user, one)
    desk.post(f"/steward/teams/{one.id}/out/{bo.user.id}/")
    assert queries.members_of(one) == ["Ada Brook"]
    in_order()


def test_a_closed_sign_in_can_begin_again_and_be_opened(desk, in_order):
    team = kit.team()
    ada = kit.staff(team=team)
    desk.post(f"/steward/staff/{ada.user.id}/close/")
    follow(desk, f"/steward/staff/{ada.user.id}/reset/")
    in_order()
    ada.user.refresh_from_db()
    actions.reopen(ada.user)
    in_order()
    assert [row.shut for row in roll.of_user(ada.user)] == [False]


def test_two_links_to_begin_again_make_one_beginning(desk, in_order):
    ada = kit.staff()
    first, second = (actions.reset(ada.user, ada.user) for _ in "ab")
    rows = [queries.invitation_by(link.rstrip("/").rpartition("/")[2]) for link in (first, second)]
    actions.accept(rows[0], kit.OTHER)
    assert not queries.open_invitations().exists()
    with pytest.raises(actions.Spent):
        actions.accept(rows[1], "quite another passphrase")
    in_order()


def test_invitations_are_made_used_and_cancelled(desk, in_order):
    for role in (rules.STEWARD, rules.RESEARCHER):
        desk.post("/steward/invitations/new/", {"role": role})
    in_order()
    desk.post(f"/steward/invitations/{Invitation.objects.get(role=rules.STEWARD).id}/cancel/")
    assert queries.open_invitations().count() == 1
    follow(desk, "/steward/invitations/new/", role=rules.RESEARCHER)
    in_order()


def test_people_sign_up_and_change_their_passphrase(client, in_order):
    form = {"sign_in_name": "quiet fox", "passphrase1": kit.PASSPHRASE,
            "passphrase2": kit.PASSPHRASE}  # fmt: skip
    assert client.post("/sign-up/", form).status_code == 302
    client.post("/you/recovery-key/skip/")
    sent = {"now": kit.PASSPHRASE, "passphrase1": kit.OTHER, "passphrase2": kit.OTHER}
    assert client.post("/you/passphrase/", sent).status_code == 302
    assert User.objects.get().check_password(kit.OTHER)
    in_order()
    assert not anchors.path().exists(), "who signed up and when is written down nowhere"


def test_what_was_shared_is_read_and_stopped(town: Town, in_order):  # noqa: F811
    from firsthand.testimony import actions as telling

    in_order()
    telling.stop_sharing(town.person.doer, town.testimony, town.helpers)
    telling.withdraw(town.person.doer, town.testimony)
    in_order()
