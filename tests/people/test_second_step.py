"""Staff must have a second step: until then they hold no keys and no page of theirs opens."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import NoReverseMatch, get_resolver, reverse

from firsthand.access.permissions import PERMISSIONS, halfway
from firsthand.access.table import Answer
from firsthand.people import actions, queries, rules
from tests.people import kit

pytestmark = pytest.mark.django_db
ANY = "00000000-0000-4000-8000-000000000000"


def addresses() -> dict[str, str]:
    """Return every address of the site by its name, made-up ids in it."""
    found = {}
    for name in PERMISSIONS:
        space, _, bare = name.rpartition(":")
        resolver = get_resolver()
        if space:
            resolver = resolver.namespace_dict[space][1]
        for _, _, _, converters in resolver.reverse_dict.getlist(bare):
            given = {key: _sample(str(type(one).__name__)) for key, one in converters.items()}
            try:
                found[name] = reverse(name, kwargs=given)
            except NoReverseMatch:
                continue
    return found


def _sample(converter: str) -> object:
    return {"UUIDConverter": ANY, "IntConverter": 1}.get(converter, "word")


def start_signing_in(client, someone) -> None:
    client.post("/sign-in/", {"login": someone.sign_in_name, "password": someone.passphrase})


@pytest.mark.parametrize("role", rules.STAFF)
def test_no_page_of_staff_opens_without_a_second_step(client, role):
    start_signing_in(client, kit.staff(role, second_step=False))
    asked = 0
    for name, address in addresses().items():
        request = client.get(address).wsgi_request
        answer = PERMISSIONS[name].asks(request)
        if answer is Answer.SET_UP_MFA:
            asked += 1
            assert client.get(address)["Location"] == "/you/second-step/", name
            assert client.post(address)["Location"] == "/you/second-step/", name
    assert asked >= 5


def test_every_page_for_a_role_is_closed_to_staff_without_a_second_step(client):
    """No row of the table can forget it: whoever has to be someone has to have two steps."""
    for role in rules.STAFF:
        user = kit.staff(role, name=f"Staff {role}", second_step=False).user
        request = type("Request", (), {"user": user})
        for name, permission in PERMISSIONS.items():
            if permission.who is halfway or not permission.who.roles:
                continue
            assert permission.asks(request) is not Answer.YES, (role, name)


def test_staff_without_a_second_step_hold_no_keys(client):
    ada = kit.staff(second_step=False)
    start_signing_in(client, ada)
    assert "_auth_user_id" in client.session
    assert client.session.in_hand() == []
    assert client.get("/you/")["Location"] == "/you/second-step/"


def secret_on(page: str) -> str:
    """Return the app's key, as it is shown to be typed by hand."""
    return re.search(r'<strong class="words">([A-Z2-7 ]+)</strong>', page)[1].replace(" ", "")


def set_up_app(client) -> str:
    page = client.get("/you/second-step/app/").content.decode()
    secret = secret_on(page)
    answer = client.post("/you/second-step/app/", {"code": kit.code_of(secret)})
    assert answer["Location"] == "/you/second-step/codes/", answer.content.decode()
    return secret


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_brings_the_keys_into_hand_and_shows_spare_codes(client):
    ada = kit.staff(second_step=False)
    start_signing_in(client, ada)
    set_up_app(client)
    assert kit.in_hand(client) == {str(ada.keys.id)}
    page = client.get("/you/second-step/codes/").content.decode()
    assert len(re.findall(r"<li>\d{8}</li>", page)) == 10
    assert "They do not replace your passphrase" in page


def test_the_app_is_set_up_by_a_picture_that_needs_no_other_site_and_by_a_key_to_type(client):
    start_signing_in(client, kit.staff(second_step=False))
    page = client.get("/you/second-step/app/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    assert 'autocomplete="one-time-code"' in page
    assert len(secret_on(page)) == 32


def test_a_wrong_first_code_sets_nothing_up(client):
    start_signing_in(client, kit.staff(second_step=False))
    client.get("/you/second-step/app/")
    answer = client.post("/you/second-step/app/", {"code": "000000"})
    assert "not right" in answer.content.decode()
    assert not Authenticator.objects.exists()
    assert client.session.in_hand() == []


@pytest.mark.django_db(transaction=True)
def test_the_first_of_a_team_makes_its_keys_only_once_they_have_a_second_step(client):
    made = kit.team()
    ada = kit.staff(second_step=False)
    actions.wait(ada.user, made)
    start_signing_in(client, ada)
    actions.settle(ada.user)
    assert not made.epochs.exists()
    set_up_app(client)
    assert queries.members_of(made) == ["Ada Brook"]
    assert len(kit.in_hand(client)) == 2


def test_staff_cannot_take_their_only_second_step_away(client):
    ada = kit.staff()
    kit.sign_in(client, ada)
    page = client.get("/you/second-step/app/remove/").content.decode()
    assert "Your role needs a second step" in page
    client.post("/you/second-step/app/remove/")
    assert queries.has_two_steps(ada.user)


def test_a_passkey_taken_away_that_was_the_only_second_step_takes_the_keys_out_of_hand(client):
    ada = kit.staff()
    kit.sign_in(client, ada)
    Authenticator.objects.filter(type="totp").delete()
    passkey = Authenticator.objects.create(
        user=ada.user, type="webauthn", data={"name": "Passkey 1", "credential": {}}
    )
    assert kit.in_hand(client)
    assert "Passkey 1" in client.get("/you/second-step/passkeys/").content.decode()
    page = client.get(f"/you/second-step/passkeys/{passkey.pk}/remove/")
    assert "set up another at once" in page.content.decode()
    client.post(f"/you/second-step/passkeys/{passkey.pk}/remove/")
    assert client.session.in_hand() == []
    assert client.get("/teams/")["Location"] == "/you/second-step/"


def test_a_person_may_go_without_and_may_take_it_away(client):
    someone = kit.person()
    kit.sign_in(client, someone)
    assert client.get("/you/second-step/").status_code == 200
    set_up_app(client)
    assert client.post("/you/second-step/app/remove/")["Location"] == "/you/second-step/"
    assert not Authenticator.objects.exists()
    assert kit.in_hand(client) == {str(someone.keys.id)}


def test_a_person_is_warned_of_losing_it_and_of_what_the_phone_shows(client):
    kit.sign_in(client, kit.person())
    page = client.get("/you/second-step/").content.decode()
    assert "recovery key together" in page
    assert "The app or the phone will show the name" in page


def test_the_secrets_are_sealed_where_they_lie(client):
    ada = kit.staff(second_step=False)
    start_signing_in(client, ada)
    secret = set_up_app(client)
    for row in Authenticator.objects.all():
        kept = json.dumps(row.data)
        assert secret not in kept
        assert not re.search(r'"seed": "[0-9a-f]+"', kept)


def test_no_moment_of_use_is_kept(client):
    ada = kit.staff()
    kit.sign_in(client, ada)
    client.get("/you/second-step/codes/")
    for row in Authenticator.objects.all():
        assert row.last_used_at is None
        assert (row.created_at.hour, row.created_at.minute, row.created_at.second) == (12, 0, 0)
        assert row.data.get("viewed_at", 1) == 1


def test_codes_can_be_made_anew_and_the_old_ones_end(client):
    ada = kit.staff()
    kit.sign_in(client, ada)
    assert "10 codes left" in client.get("/you/second-step/codes/new/").content.decode()
    client.post("/you/second-step/codes/new/")
    page = client.get("/you/second-step/codes/").content.decode()
    assert ada.spare[0] not in page


def test_codes_can_be_kept_in_a_file(client):
    ada = kit.staff()
    kit.sign_in(client, ada)
    file = client.get("/you/second-step/codes/file/")
    assert file["Content-Type"].startswith("text/plain")
    assert file.content.decode().split() == list(ada.spare)


def test_a_while_after_signing_in_the_second_step_is_changed_only_after_asking_again(
    client, monkeypatch
):
    ada = kit.staff()
    kit.sign_in(client, ada)
    sitting = client.session
    sitting["account_authentication_methods"] = [
        each | {"at": each["at"] - 600} for each in sitting["account_authentication_methods"]
    ]
    sitting.save()
    answer = client.get("/you/second-step/codes/")
    assert answer["Location"].startswith("/sign-in/again/")
    again = client.get(answer["Location"]).content.decode()
    assert "Is it still you?" in again
    assert "Type a code instead" in again
    wrong = client.post(answer["Location"], {"password": "something else"})
    assert "not your passphrase" in wrong.content.decode()
    right = client.post(answer["Location"], {"password": ada.passphrase})
    assert right["Location"] == "/you/second-step/codes/"
    assert client.get("/you/second-step/codes/").status_code == 200
    assert client.get("/sign-in/again/code/").status_code == 200


def test_the_page_for_a_passkey_offers_it_by_script_files_only(client):
    start_signing_in(client, kit.staff(second_step=False))
    page = client.get("/you/second-step/passkeys/add/").content.decode()
    assert "data-passkey=" in page
    options = json.loads(re.search(r"data-options='(.*?)'", page)[1])
    assert options["publicKey"]["user"]["name"] == "Ada Brook"
    assert not re.search(r"<script(?![^>]*src=)", page)
    assert "needs JavaScript" in page


def test_a_passkey_knows_no_more_of_a_person_than_that_it_is_their_sign_in(client):
    kit.sign_in(client, kit.person())
    page = client.get("/you/second-step/passkeys/add/").content.decode()
    user = json.loads(re.search(r"data-options='(.*?)'", page)[1])["publicKey"]["user"]
    assert user["name"] == user["displayName"] == "your sign-in"


def test_a_broken_passkey_answer_is_refused_plainly(client):
    start_signing_in(client, kit.staff(second_step=False))
    client.get("/you/second-step/passkeys/add/")
    answer = client.post("/you/second-step/passkeys/add/", {"credential": "{}"})
    assert "You can try again" in answer.content.decode()
    assert not Authenticator.objects.exists()
