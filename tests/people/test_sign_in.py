"""Signing in: keys come into hand only when every step is passed, and go when the sitting ends."""

import pytest
from django.conf import settings as site
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from firsthand.people import actions, pending
from firsthand.vault import recovery
from firsthand.vault.models import Sitting, Unlocker
from tests.people import kit

pytestmark = pytest.mark.django_db
WRONG = "not the passphrase"


def post_sign_in(client, name: str, passphrase: str):
    return client.post("/sign-in/", {"login": name, "password": passphrase})


def test_a_person_signs_in_and_has_their_keys_in_hand(client):
    someone = kit.person()
    assert kit.sign_in(client, someone) == "/you/"
    assert kit.in_hand(client) == {str(someone.keys.id)}


@pytest.mark.parametrize("typed", ["QUIET FOX", "  quiet fox ", "Quiet Fox"])
def test_the_sign_in_name_is_the_same_however_it_is_typed(client, typed):
    kit.person("quiet fox")
    assert post_sign_in(client, typed, kit.PASSPHRASE).status_code == 302


@pytest.mark.parametrize("typed", ["lantern  orbit gravel", " lantern orbit gravel "])
def test_spaces_too_many_do_no_harm(client, typed):
    kit.person()
    assert post_sign_in(client, "quiet fox", typed).status_code == 302
    assert client.session.in_hand()


def test_an_accent_typed_in_two_ways_is_one_passphrase(client):
    kit.person("quiet fox", "caf\u00e9 orbit gravel")
    assert post_sign_in(client, "quiet fox", "cafe\u0301 orbit gravel").status_code == 302
    assert client.session.in_hand()


def without_what_was_typed(page: str) -> str:
    lines = page.replace("quiet fox", "X").replace("nobody here", "X").splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)


def test_a_wrong_name_and_a_wrong_passphrase_are_answered_alike(client):
    kit.person()
    wrong_passphrase = post_sign_in(client, "quiet fox", WRONG)
    wrong_name = post_sign_in(client, "nobody here", WRONG)
    assert wrong_name.status_code == wrong_passphrase.status_code
    one, other = wrong_name.content.decode(), wrong_passphrase.content.decode()
    assert "do not go together" in one
    assert without_what_was_typed(one) == without_what_was_typed(other)


def test_a_name_nobody_has_costs_as_much_work_as_one_that_somebody_has(client, monkeypatch):
    kit.person()
    hashed = []
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher.encode"
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(hasher, lambda self, *given: hashed.append(1) or encode(self, *given))
    post_sign_in(client, "quiet fox", WRONG)
    known = len(hashed)
    post_sign_in(client, "nobody here", WRONG)
    assert len(hashed) - known == known


def test_what_was_typed_as_passphrase_is_not_sent_back(client):
    kit.person()
    assert WRONG not in post_sign_in(client, "quiet fox", WRONG).content.decode()


def test_the_cookie_of_before_is_worth_nothing_after_signing_in(client):
    someone = kit.person()
    client.get("/sign-up/")
    sitting = client.session
    sitting["begun"] = True
    sitting.save()
    client.cookies["sitting"] = sitting.session_key
    planted = Client()
    planted.cookies["sitting"] = sitting.session_key
    kit.sign_in(client, someone)
    assert client.cookies["sitting"].value != planted.cookies["sitting"].value
    assert not planted.session.in_hand()
    assert planted.get("/you/")["Location"].startswith("/sign-in/")


def test_signing_out_empties_the_hands_and_leaves_no_sitting(client):
    kit.sign_in(client, kit.person())
    assert client.post("/sign-out/").status_code == 302
    assert not client.session.in_hand()
    assert not Sitting.objects.exists()
    assert not Unlocker.objects.exclude(sitting=None).exists()


def test_exit_ends_the_sitting_of_someone_signed_in(client):
    kit.sign_in(client, kit.person())
    client.get("/exit")
    assert not Unlocker.objects.exclude(sitting=None).exists()
    assert client.get("/you/")["Location"].startswith("/sign-in/")


def test_signing_out_asks_first_so_that_a_link_cannot_do_it(client):
    kit.sign_in(client, kit.person())
    assert "Sign out" in client.get("/sign-out/").content.decode()
    assert client.session.in_hand()


def test_where_to_go_next_is_never_another_site(client):
    someone = kit.person()
    assert kit.sign_in(client, someone, to="https://elsewhere.example/") == "/you/"


def test_the_sitting_keeps_neither_sign_in_name_nor_passphrase(client):
    kit.sign_in(client, kit.person())
    kept = str(dict(client.session.items()))
    assert "fox" not in kept
    assert "lantern" not in kept


def test_no_moment_of_signing_in_is_kept(client):
    someone = kit.person()
    kit.sign_in(client, someone)
    someone.user.refresh_from_db()
    assert someone.user.last_login is None
    kinds = {field.get_internal_type() for field in someone.user._meta.fields}
    assert "DateTimeField" not in kinds


def test_a_closed_sign_in_is_answered_like_a_wrong_one(client):
    ada = kit.staff()
    actions.close(ada.user)
    answer = post_sign_in(client, ada.sign_in_name, ada.passphrase)
    assert "do not go together" in answer.content.decode()


# -- the second step ----------------------------------------------------------------------------


def test_between_the_two_steps_nothing_is_in_hand_and_nobody_is_signed_in(client):
    ada = kit.staff()
    assert post_sign_in(client, ada.sign_in_name, ada.passphrase)["Location"] == "/sign-in/code/"
    assert client.session.in_hand() == []
    assert "_auth_user_id" not in client.session
    assert not Unlocker.objects.exclude(sitting=None).exists()
    for page in ("/you/", "/you/sign-in/", "/teams/", "/you/passphrase/", "/you/second-step/"):
        assert client.get(page)["Location"].startswith("/sign-in/"), page


def test_the_keys_that_wait_cannot_be_opened_with_the_cookie_alone(client, settings):
    ada = kit.staff()
    post_sign_in(client, ada.sign_in_name, ada.passphrase)
    kept = str(dict(client.session.items()))
    assert ada.keys.seal_private.hex() not in kept
    request = HttpRequest()
    request.session = client.session
    assert pending.waiting(request, ada.user).id == ada.keys.id
    settings.FIRSTHAND_SERVER_KEY = b"another server's key".ljust(32)
    assert pending.waiting(request, ada.user) is None


def test_the_right_code_puts_the_keys_in_hand(client):
    ada = kit.staff()
    kit.sign_in(client, ada)
    assert kit.in_hand(client) == {str(ada.keys.id)}


def test_a_wrong_code_puts_nothing_in_hand(client):
    ada = kit.staff()
    post_sign_in(client, ada.sign_in_name, ada.passphrase)
    answer = client.post("/sign-in/code/", {"code": "000000"})
    assert "not right" in answer.content.decode()
    assert client.session.in_hand() == []


def test_a_code_is_good_once_whichever_process_it_comes_to(client):
    ada = kit.staff()
    code = ada.code()
    post_sign_in(client, ada.sign_in_name, ada.passphrase)
    assert client.post("/sign-in/code/", {"code": code}).status_code == 302
    cache.clear()  # as a second process would have it
    shoulder = Client()
    post_sign_in(shoulder, ada.sign_in_name, ada.passphrase)
    answer = shoulder.post("/sign-in/code/", {"code": code})
    assert "used before" in answer.content.decode()
    assert shoulder.session.in_hand() == []


def test_a_spare_code_lets_in_once(client):
    ada = kit.staff()
    post_sign_in(client, ada.sign_in_name, ada.passphrase)
    assert client.post("/sign-in/code/", {"code": ada.spare[0]}).status_code == 302
    assert kit.in_hand(client) == {str(ada.keys.id)}
    again = Client()
    post_sign_in(again, ada.sign_in_name, ada.passphrase)
    assert again.post("/sign-in/code/", {"code": ada.spare[0]}).status_code == 200
    assert again.session.in_hand() == []


def test_the_second_step_cannot_be_reached_without_the_first(client):
    kit.staff()
    assert client.get("/sign-in/code/")["Location"].startswith("/sign-in/")
    assert client.post("/sign-in/code/", {"code": "123456"})["Location"].startswith("/sign-in/")


def test_keys_that_wait_for_one_are_not_given_to_another(client):
    """Someone begins to sign in, another finishes in the same browser: each gets only their own."""
    ada, someone = kit.staff(), kit.person()
    post_sign_in(client, ada.sign_in_name, ada.passphrase)
    client.post("/sign-out/")
    fresh = Client()
    fresh.cookies = client.cookies
    answer = fresh.post(
        "/sign-up/",
        {
            "sign_in_name": "calm owl",
            "passphrase1": kit.OTHER,
            "passphrase2": kit.OTHER,
        },
    )
    assert answer.status_code == 302
    assert str(ada.keys.id) not in kit.in_hand(fresh)
    assert str(someone.keys.id) not in kit.in_hand(fresh)


def test_a_persons_second_step_is_asked_for_once_they_have_set_one_up(client):
    someone = kit.person()
    kit.give_second_step(someone)
    post_sign_in(client, someone.sign_in_name, someone.passphrase)
    assert client.session.in_hand() == []
    client.post("/sign-in/code/", {"code": someone.code()})
    assert kit.in_hand(client) == {str(someone.keys.id)}


# -- guessing ---------------------------------------------------------------------------------


def test_guessing_at_a_passphrase_is_slowed_down(client):
    kit.person()
    answers = [post_sign_in(client, "quiet fox", WRONG).status_code for _ in range(8)]
    assert answers[:5] == [200] * 5
    assert answers[-1] == 429


def test_guessing_at_a_code_is_slowed_down(client):
    ada = kit.staff()
    post_sign_in(client, ada.sign_in_name, ada.passphrase)
    answers = [client.post("/sign-in/code/", {"code": f"00000{n}"}).status_code for n in range(8)]
    assert answers[-1] == 429


def test_guessing_at_a_recovery_key_is_slowed_down(client):
    kit.person()
    answers = [
        client.post(
            "/lost/", {"sign_in_name": "quiet fox", "recovery_key": recovery.draw()}
        ).status_code
        for _ in range(8)
    ]
    assert answers[-1] == 429


def test_guessing_at_the_passphrase_of_someone_signed_in_is_slowed_down(client):
    kit.sign_in(client, kit.person())
    form = {"now": WRONG, "passphrase1": kit.OTHER, "passphrase2": kit.OTHER}
    answers = [client.post("/you/passphrase/", form).status_code for _ in range(8)]
    assert answers[-1] == 429


def test_only_the_pages_of_allauth_that_we_use_are_there():
    assert site.ACCOUNT_ADAPTER.startswith("firsthand.")
    for name in (
        "account_signup",
        "account_reset_password",
        "account_email",
        "account_change_password",
        "account_set_password",
        "account_confirm_login_code",
        "mfa_trust",
        "mfa_login_webauthn",
    ):
        with pytest.raises(NoReverseMatch):
            reverse(name)
