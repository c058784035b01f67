"""Staff come in by a link that works once, for a week, and only ever make keys of their own."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from firsthand.people import actions, queries, rules
from firsthand.people.models import Epoch, Invitation, User
from firsthand.vault import keyrings
from tests.people import kit

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Cy Marsh",
    "email": "cy@example.org",
    "sign_in_name": "cy",
    "passphrase1": kit.OTHER,
    "passphrase2": kit.OTHER,
}


def follow(client, link: str):
    path = link.split("8000", 1)[1]
    answer = client.get(path)
    assert answer["Location"] == "/invitation/"
    return client.get("/invitation/")


def accept(client, link: str, **more):
    follow(client, link)
    return client.post("/invitation/", FORM | more)


def test_a_new_site_gets_its_first_steward_by_a_link(client):
    answer = accept(client, actions.add_steward())
    assert answer["Location"] == "/you/recovery-key/"
    user = User.objects.get()
    assert (user.role, user.name, user.email) == ("steward", "Cy Marsh", "cy@example.org")
    client.post("/you/recovery-key/skip/")
    assert client.get("/you/")["Location"] == "/you/second-step/"
    assert client.get("/steward/")["Location"] == "/you/second-step/"


def test_the_secret_stands_nowhere_and_leaves_the_address_at_once(client):
    link = actions.add_steward()
    secret = link.rstrip("/").rpartition("/")[2]
    row = Invitation.objects.get()
    assert secret.encode() not in bytes(row.secret_mark)
    assert secret not in str(row.__dict__)
    assert secret not in follow(client, link).content.decode()


def test_a_link_works_once(client):
    link = actions.add_steward()
    accept(client, link)
    again = Client()
    assert follow(again, link).status_code == 404
    assert again.post("/invitation/", FORM | {"sign_in_name": "other"}).status_code == 404
    assert User.objects.count() == 1


def test_two_who_open_one_link_at_once_make_one_sign_in(client):
    link = actions.add_steward()
    found = queries.invitation_by(link.rstrip("/").rpartition("/")[2])
    actions.accept(found, kit.OTHER, sign_in_name="one", name="One")
    with pytest.raises(actions.Spent):
        actions.accept(found, kit.OTHER, sign_in_name="two", name="Two")
    assert User.objects.count() == 1


def test_a_link_ends_after_a_week(client):
    link = actions.add_steward()
    row = Invitation.objects.get()
    assert row.ends_on == timezone.localdate() + timedelta(days=7)
    row.ends_on = timezone.localdate() - timedelta(days=1)
    row.save()
    assert "works no more" in follow(client, link).content.decode()


def test_a_made_up_link_says_the_same_as_a_used_one(client):
    page = follow(client, "http://127.0.0.1:8000/invitation/made-up/")
    assert page.status_code == 404
    assert "works no more" in page.content.decode()


def test_no_link_at_all_says_so_too(client):
    assert client.get("/invitation/").status_code == 404


def test_a_name_in_use_does_not_use_the_link_up(client):
    kit.person("cy")
    link = actions.add_steward()
    assert accept(client, link).status_code == 422
    assert client.post("/invitation/", FORM | {"sign_in_name": "cyril"}).status_code == 302


def test_someone_signed_in_cannot_use_a_link_by_mistake(client):
    kit.sign_in(client, kit.person())
    page = follow(client, actions.add_steward())
    assert page.status_code == 409
    assert "Sign out first" in page.content.decode()
    assert client.post("/invitation/", FORM).status_code == 409


def test_coming_into_a_team_brings_no_keys_before_the_second_step(client):
    made = kit.team()
    accept(client, actions.invite(None, rules.ADVOCATE, made))
    assert not Epoch.objects.exists()
    assert client.session.in_hand() == []
    assert queries.members_of(made) == []


def test_the_page_says_which_team(client):
    made = kit.team()
    page = follow(client, actions.invite(None, rules.ADVOCATE, made)).content.decode()
    assert "Duty team, Speaking Up" in page


def test_an_invitation_is_for_staff_and_to_a_team_when_the_role_needs_one():
    made = kit.team()
    for role, to in [(rules.PERSON, None), (rules.ADVOCATE, None), (rules.STEWARD, made)]:
        with pytest.raises(IntegrityError), transaction.atomic():
            actions.invite(None, role, to)


# -- beginning again --------------------------------------------------------------------------


@pytest.fixture
def steward() -> kit.Someone:
    return kit.staff(rules.STEWARD, name="Sam Steward")


NEW = {"passphrase1": kit.OTHER, "passphrase2": kit.OTHER}


def begin_again(client, steward, someone):
    link = actions.reset(steward.user, someone.user)
    page = follow(client, link).content.decode()
    assert "do not open what was shared before" in page
    answer = client.post("/invitation/", NEW)
    someone.user.refresh_from_db()
    return answer


def test_beginning_again_gives_new_keys_and_never_the_old_ones(client, steward):
    made = kit.team()
    ada, bo = kit.staff(team=made), kit.staff(name="Bo Field", team=made)
    actions.let_in(keyrings.through([ada.keys]), bo.user, made)
    old_team_keys = {keys.id for keys in keyrings.through([ada.keys])}
    begin_again(client, steward, bo)
    assert bo.user.keyring_id != bo.keys.id
    assert keyrings.through([bo.keys]) == []
    assert not kit.has_second_step(bo.user)
    assert queries.members_of(made) == ["Ada Brook"]
    assert queries.current_keyring(made).id not in old_team_keys


def test_after_beginning_again_the_team_can_let_them_in(client, steward):
    made = kit.team()
    ada, bo = kit.staff(team=made), kit.staff(name="Bo Field", team=made)
    actions.let_in(keyrings.through([ada.keys]), bo.user, made)
    begin_again(client, steward, bo)
    actions.let_in(keyrings.through([ada.keys]), bo.user, made)
    fresh = actions.keys_by_passphrase(bo.user, kit.OTHER)
    assert {keys.id for keys in keyrings.through([fresh])} == queries.keyrings_of(made.id)


def test_beginning_again_signs_out_everywhere(client, steward):
    ada, elsewhere = kit.staff(), Client()
    kit.sign_in(elsewhere, ada)
    begin_again(client, steward, ada)
    assert not elsewhere.session.in_hand()
    assert elsewhere.get("/teams/")["Location"].startswith("/sign-in/")


def test_nobody_can_begin_a_persons_sign_in_again(steward):
    someone = kit.person()
    with pytest.raises(ValueError, match="theirs alone"):
        actions.reset(steward.user, someone.user)
    with pytest.raises(ValueError, match="theirs alone"):
        actions.close(someone.user)
    with pytest.raises(ValueError, match="theirs alone"):
        actions.reopen(someone.user)
