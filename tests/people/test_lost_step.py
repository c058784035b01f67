"""A second step stands in front of the recovery key as well: alone, that key opens nothing."""

import pytest
from django.test import Client

from firsthand.people import actions
from firsthand.vault import keyrings, recovery
from tests.people import kit
from tests.people.test_lost import NEW, ask

pytestmark = pytest.mark.django_db


def passphrase_is(someone: kit.Someone, passphrase: str) -> bool:
    """Whether `passphrase`, and so no other, signs in and opens the keys."""
    someone.user.refresh_from_db()
    opens = actions.keys_by_passphrase(someone.user, passphrase) is not None
    assert opens == someone.user.check_password(passphrase)
    return opens


@pytest.fixture(params=["person", "staff"])
def someone(request) -> kit.Someone:
    made = kit.person() if request.param == "person" else kit.staff()
    if request.param == "person":
        kit.give_second_step(made)
    return made


def test_with_a_second_step_it_is_asked_for_before_a_new_passphrase_is_chosen(client, someone):
    assert ask(client, someone, someone.printed)["Location"] == "/sign-in/code/"
    page = client.get("/sign-in/code/").content.decode()
    assert "That was right. One more step" in page
    assert client.session.in_hand() == []
    answer = client.post("/sign-in/code/", {"code": someone.code()})
    assert answer["Location"] == "/lost/new/"
    assert client.get("/lost/new/").status_code == 200
    assert client.post("/lost/new/", NEW)["Location"] == "/you/recovery-key/"
    assert passphrase_is(someone, kit.OTHER)
    assert kit.in_hand(client) == {str(someone.keys.id)}
    assert client.get("/you/sign-in/").status_code == 200
    assert client.post("/lost/new/", NEW)["Location"] == "/lost/", "once, and not again"


def test_a_spare_code_does_as_well(client, someone):
    ask(client, someone, someone.printed)
    answer = client.post("/sign-in/code/", {"code": someone.spare[0]})
    assert answer["Location"] == "/lost/new/"


def test_the_recovery_key_alone_changes_no_passphrase_where_there_is_a_second_step(client, someone):
    ask(client, someone, someone.printed)
    assert client.get("/lost/new/")["Location"] == "/lost/"
    assert client.post("/lost/new/", NEW)["Location"] == "/lost/"
    assert passphrase_is(someone, kit.PASSPHRASE)
    assert "_auth_user_id" not in client.session


def test_the_recovery_key_alone_does_not_take_the_second_step_away(client, someone):
    ask(client, someone, someone.printed)
    client.post("/lost/new/", NEW)
    for passphrase in (kit.OTHER, kit.PASSPHRASE[:-1]):
        assert lost_step(Client(), someone, passphrase=passphrase).status_code == 422
    assert kit.has_second_step(someone.user)
    assert client.session.in_hand() == []


def test_a_second_step_set_up_meanwhile_is_asked_for_too(client):
    someone = kit.person()
    assert ask(client, someone, someone.printed)["Location"] == "/lost/new/"
    kit.give_second_step(someone)
    assert client.post("/lost/new/", NEW)["Location"] == "/lost/"
    assert passphrase_is(someone, kit.PASSPHRASE)


def test_who_came_by_the_recovery_key_is_brought_back_to_choose_a_passphrase(client, someone):
    ask(client, someone, someone.printed)
    client.post("/sign-in/code/", {"code": someone.code()})
    assert client.get("/you/")["Location"] == "/lost/new/"


def test_who_came_by_the_passphrase_chooses_no_new_one_without_it(client, someone):
    ask(client, someone, someone.printed)
    client.post("/sign-out/")  # "Stop signing in": begun, and given up
    kit.sign_in(client, someone)
    assert client.post("/lost/new/", NEW)["Location"] == "/lost/"
    assert passphrase_is(someone, kit.PASSPHRASE)


def test_a_new_passphrase_after_the_second_step_signs_everyone_else_out(client, someone):
    elsewhere = Client()
    kit.sign_in(elsewhere, someone)
    ask(client, someone, someone.printed)
    client.post("/sign-in/code/", {"code": someone.spare[0]})
    client.post("/lost/new/", NEW)
    assert not elsewhere.session.in_hand()


def test_who_waits_at_the_second_step_with_a_passphrase_now_changed_waits_in_vain(client, someone):
    """Keys wait only as long as what opened them still does."""
    sent = {"login": someone.sign_in_name, "password": someone.passphrase}
    assert client.post("/sign-in/", sent)["Location"] == "/sign-in/code/"
    actions.change_passphrase(someone.user, someone.keys, kit.OTHER)
    client.post("/sign-in/code/", {"code": someone.code()})
    assert client.session.in_hand() == []


def test_who_waits_with_a_recovery_key_now_replaced_chooses_no_passphrase(client):
    someone = kit.person()
    ask(client, someone, someone.printed)
    actions.keep_recovery_key(someone.keys, recovery.draw())
    assert client.post("/lost/new/", NEW)["Location"] == "/lost/"
    assert keyrings.by_passphrase(someone.keys.id, kit.PASSPHRASE)


def test_it_is_said_that_the_recovery_key_alone_lets_nobody_in(client):
    assert "it lets nobody in" in client.get("/lost/").content.decode()


# -- the second step is lost, and nothing else ----------------------------------------------------


def lost_step(client, someone, **changed: str):
    return client.post(
        "/lost/second-step/",
        {
            "sign_in_name": someone.sign_in_name,
            "passphrase": someone.passphrase,
            "recovery_key": someone.printed,
        }
        | changed,
    )


def test_who_has_passphrase_and_recovery_key_gets_in_without_the_second_step(client):
    someone = kit.person()
    kit.give_second_step(someone)
    assert client.get("/lost/second-step/").status_code == 200
    assert lost_step(client, someone)["Location"] == "/you/second-step/"
    assert kit.in_hand(client) == {str(someone.keys.id)}
    assert not kit.has_second_step(someone.user)


@pytest.mark.parametrize(
    "changed",
    [
        {"passphrase": "something else"},
        {"sign_in_name": "nobody here"},
        {"recovery_key": recovery.draw()},
    ],
)
def test_with_less_than_all_of_it_nothing_happens(client, changed):
    someone = kit.person()
    kit.give_second_step(someone)
    page = lost_step(client, someone, **changed)
    assert page.status_code == 422
    assert "do not go together" in page.content.decode()
    assert client.session.in_hand() == []
    assert kit.has_second_step(someone.user)


def test_staff_cannot_get_round_their_second_step(client):
    ada = kit.staff()
    assert "do not go together" in lost_step(client, ada).content.decode()
    assert client.session.in_hand() == []
    assert kit.has_second_step(ada.user)
    with pytest.raises(ValueError, match="Staff keep"):
        actions.forget_second_step(ada.user)
