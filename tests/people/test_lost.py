"""Losing a passphrase, and nobody else being able to open anything by setting one."""

import pytest
from django.test import Client

from firsthand.people import actions
from firsthand.vault import items, keyrings, recovery
from tests.people import kit

pytestmark = pytest.mark.django_db
NEW = {"passphrase1": kit.OTHER, "passphrase2": kit.OTHER}


def ask(client, someone, printed: str):
    return client.post("/lost/", {"sign_in_name": someone.sign_in_name, "recovery_key": printed})


def test_the_recovery_key_opens_the_keys_and_sets_a_new_passphrase(client):
    someone = kit.person()
    assert ask(client, someone, someone.printed)["Location"] == "/lost/new/"
    assert client.session.in_hand() == []
    assert client.post("/lost/new/", NEW)["Location"] == "/you/recovery-key/"
    assert kit.in_hand(client) == {str(someone.keys.id)}
    someone.user.refresh_from_db()
    assert someone.user.check_password(kit.OTHER)
    assert keyrings.by_passphrase(someone.keys.id, kit.OTHER)
    with pytest.raises(keyrings.Locked):
        keyrings.by_passphrase(someone.keys.id, kit.PASSPHRASE)


def test_a_recovery_key_typed_small_and_without_dashes_is_the_same(client):
    someone = kit.person()
    typed = someone.printed.replace("-", " ").lower()
    assert ask(client, someone, typed).status_code == 302


def test_a_slip_of_one_letter_is_named_as_a_slip(client):
    someone = kit.person()
    letter = "A" if someone.printed[0] != "A" else "B"
    page = ask(client, someone, letter + someone.printed[1:]).content.decode()
    assert "There is a slip in that recovery key" in page


def test_a_name_nobody_has_and_a_key_of_someone_elses_are_answered_alike(client):
    someone = kit.person()
    sent = {"sign_in_name": "nobody here", "recovery_key": someone.printed}
    nobody = client.post("/lost/", sent).content.decode()
    elses = ask(client, someone, recovery.draw()).content.decode()
    for page in (nobody, elses):
        assert "do not go together" in page
    assert "_auth_user_id" not in client.session


def test_the_page_for_a_new_passphrase_opens_only_after_the_recovery_key(client):
    kit.person()
    assert client.get("/lost/new/")["Location"] == "/lost/"
    assert client.post("/lost/new/", NEW)["Location"] == "/lost/"


def test_whoever_was_signed_in_elsewhere_is_signed_out(client):
    someone = kit.person()
    elsewhere = Client()
    kit.sign_in(elsewhere, someone)
    ask(client, someone, someone.printed)
    client.post("/lost/new/", NEW)
    assert not elsewhere.session.in_hand()
    assert elsewhere.get("/you/")["Location"].startswith("/sign-in/")


def test_a_new_recovery_key_takes_over_only_once_it_is_written_down(client):
    someone = kit.person()
    kit.sign_in(client, someone)
    client.post("/you/recovery-key/new/", {"passphrase": kit.PASSPHRASE})
    shown = client.session["recovery key"]["printed"]
    assert ask(Client(), someone, someone.printed).status_code == 302
    client.post("/you/recovery-key/", {"typed": shown[-6:]})
    assert "do not go together" in ask(Client(), someone, someone.printed).content.decode()
    assert ask(Client(), someone, shown).status_code == 302


@pytest.mark.parametrize("typed", ["", "something else"])
def test_a_new_recovery_key_is_shown_only_to_who_knows_the_passphrase(client, typed):
    someone = kit.person()
    kit.sign_in(client, someone)
    assert "First type your passphrase" in client.get("/you/recovery-key/new/").content.decode()
    answer = client.post("/you/recovery-key/new/", {"passphrase": typed})
    assert answer.status_code == 422
    assert "recovery key" not in client.session
    assert client.get("/you/recovery-key/")["Location"] == "/you/sign-in/"
    assert ask(Client(), someone, someone.printed).status_code == 302


def test_who_leaves_a_new_recovery_key_types_the_passphrase_again_and_sees_the_same(client):
    someone = kit.person()
    kit.sign_in(client, someone)
    client.post("/you/recovery-key/new/", {"passphrase": kit.PASSPHRASE})
    first = client.get("/you/recovery-key/").content.decode()
    printed = client.session["recovery key"]["printed"]
    assert printed.split("-")[0] in first
    assert client.get("/you/recovery-key/")["Location"] == "/you/recovery-key/new/"
    assert "still the same" in client.get("/you/recovery-key/new/").content.decode()
    client.post("/you/recovery-key/new/", {"passphrase": kit.PASSPHRASE})
    assert client.session["recovery key"]["printed"] == printed
    assert client.get("/you/recovery-key/").status_code == 200
    client.post("/you/recovery-key/", {"typed": printed[-6:]})
    assert ask(Client(), someone, printed).status_code == 302


def test_leaving_a_new_recovery_key_keeps_the_old_one(client):
    someone = kit.person()
    kit.sign_in(client, someone)
    client.post("/you/recovery-key/new/", {"passphrase": kit.PASSPHRASE})
    client.post("/you/recovery-key/skip/")
    assert ask(Client(), someone, someone.printed).status_code == 302


def test_changing_the_passphrase_keeps_keys_and_sitting_and_ends_the_others(client):
    someone = kit.person()
    elsewhere = Client()
    kit.sign_in(elsewhere, someone)
    kit.sign_in(client, someone)
    answer = client.post("/you/passphrase/", NEW | {"now": kit.PASSPHRASE})
    assert answer["Location"] == "/you/sign-in/"
    assert kit.in_hand(client) == {str(someone.keys.id)}
    assert client.get("/you/sign-in/").status_code == 200
    assert not elsewhere.session.in_hand()
    assert ask(Client(), someone, someone.printed).status_code == 302


def test_the_passphrase_is_changed_only_by_who_knows_it(client):
    someone = kit.person()
    kit.sign_in(client, someone)
    answer = client.post("/you/passphrase/", NEW | {"now": kit.OTHER})
    assert "not your passphrase" in answer.content.decode()
    someone.user.refresh_from_db()
    assert someone.user.check_password(kit.PASSPHRASE)


# -- an administrator's reset -----------------------------------------------------------------


def an_administrator_sets_a_password(someone: kit.Someone) -> None:
    someone.user.set_password(kit.OTHER)
    someone.user.save()
    someone.passphrase = kit.OTHER


def test_a_password_set_by_an_administrator_signs_in_but_opens_nothing(client):
    someone = kit.person()
    item = items.create(someone.user.keyring, {"happened": b"words"})
    an_administrator_sets_a_password(someone)
    kit.sign_in(client, someone)
    assert client.session.in_hand() == []
    with pytest.raises(keyrings.Locked):
        items.unlock(item.id, client.session.in_hand())
    assert client.get("/you/")["Location"] == "/you/closed/"
    assert "your words are closed" in client.get("/you/closed/").content.decode()
    for page in ("/you/passphrase/", "/you/recovery-key/new/"):
        assert client.post(page, NEW | {"now": kit.OTHER})["Location"] == "/you/closed/"


def test_then_only_the_recovery_key_opens_them(client):
    someone = kit.person()
    an_administrator_sets_a_password(someone)
    kit.sign_in(client, someone)
    wrong = {"recovery_key": recovery.draw(), "passphrase": kit.OTHER}
    assert "does not open your words" in client.post("/you/closed/", wrong).content.decode()
    assert client.session.in_hand() == []
    right = {"recovery_key": someone.printed, "passphrase": kit.OTHER}
    assert client.post("/you/closed/", right)["Location"] == "/you/"
    assert kit.in_hand(client) == {str(someone.keys.id)}
    client.post("/sign-out/")
    kit.sign_in(client, someone)
    assert kit.in_hand(client) == {str(someone.keys.id)}


def test_the_closed_page_takes_no_other_passphrase(client):
    someone = kit.person()
    an_administrator_sets_a_password(someone)
    kit.sign_in(client, someone)
    answer = client.post("/you/closed/", {"recovery_key": someone.printed, "passphrase": "x" * 12})
    assert "not the passphrase you signed in with" in answer.content.decode()
    assert client.session.in_hand() == []


def test_nobody_changes_the_passphrase_of_keys_that_are_not_theirs():
    one, other = kit.person("quiet fox"), kit.person("calm owl")
    with pytest.raises(ValueError, match="someone else"):
        actions.change_passphrase(one.user, other.keys, kit.OTHER)


def test_with_closed_keys_signing_in_leads_to_the_page_that_says_so_wherever_it_was_going(client):
    someone = kit.person()
    an_administrator_sets_a_password(someone)
    assert kit.sign_in(client, someone, to="/told/") == "/you/"


def test_who_is_signed_in_has_lost_nothing(client):
    someone = kit.person()
    kit.sign_in(client, someone)
    for page in ("/lost/", "/lost/second-step/"):
        assert client.get(page)["Location"] == "/you/sign-in/"
