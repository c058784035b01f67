"""A receipt in hand: made into a sign-in, or added to one, by whoever can type its words."""

from dataclasses import replace

import pytest
from django.test import Client

from firsthand.people import actions
from firsthand.people.models import User
from firsthand.vault import keyrings, words
from firsthand.vault.keys import Keys
from firsthand.vault.models import Unlocker
from firsthand.vault.rules import RECEIPT_HOLDER
from tests.people import kit
from tests.people.test_sign_up import FORM

pytestmark = pytest.mark.django_db


def receipt(client, *, shown: bool = False) -> tuple[Keys, words.Receipt]:
    """Return a receipt that the browser holds; `shown`: its words are still to be asked back."""
    drawn = words.draw()
    keys = Keys.fresh()
    keyrings.make(RECEIPT_HOLDER, keys)
    keyrings.add_lock(keys, keyrings.receipt_lock(drawn))
    sitting = client.session
    sitting["begun"] = True
    sitting.save()
    client.cookies["sitting"] = sitting.session_key
    sitting.hold(replace(keys, words=str(drawn)) if shown else keys)
    return keys, drawn


def opens(drawn: words.Receipt) -> Keys | None:
    try:
        return keyrings.by_receipt(drawn)
    except keyrings.Locked:
        return None


def sign_up(client, choice: str, *drawn: words.Receipt):
    typed = " ".join(map(str, drawn))
    return client.post("/sign-up/", FORM | {"receipt": choice, "receipt_words": typed})


def lasting(keys: Keys) -> set[str]:
    rows = Unlocker.objects.filter(keyring_id=keys.id, sitting=None)
    return set(rows.values_list("kind", flat=True))


# -- signing up -------------------------------------------------------------------------------


def test_without_a_receipt_nothing_is_asked_about_one(client):
    page = client.get("/sign-up/").content.decode()
    assert "receipt words stop working" not in page
    assert 'name="receipt_words"' not in page


def test_with_a_receipt_in_hand_the_person_must_choose_and_nothing_is_chosen_for_them(client):
    receipt(client)
    page = client.get("/sign-up/").content.decode()
    assert page.count('name="receipt"') == 3
    assert "checked" not in page
    assert client.post("/sign-up/", FORM).status_code == 422


def test_a_receipts_keyring_becomes_the_sign_ins_own(client):
    keys, drawn = receipt(client)
    assert sign_up(client, "keep", drawn)["Location"] == "/you/recovery-key/"
    user = User.objects.get()
    assert user.keyring_id == keys.id
    assert user.keyring.holder == "person"
    assert keyrings.check(user.keyring)
    assert keyrings.by_passphrase(keys.id, kit.PASSPHRASE).id == keys.id
    assert opens(drawn).id == keys.id
    assert lasting(keys) == {"passphrase", "recovery", "receipt"}


def test_the_receipt_can_be_dropped(client):
    keys, drawn = receipt(client)
    sign_up(client, "drop", drawn)
    assert opens(drawn) is None
    assert lasting(keys) == {"passphrase", "recovery"}
    assert kit.in_hand(client) == {str(keys.id)}


def test_the_receipt_can_be_kept_apart_and_then_no_words_are_asked_for(client):
    keys, drawn = receipt(client)
    sign_up(client, "apart")
    assert User.objects.get().keyring_id != keys.id
    assert opens(drawn).id == keys.id
    with pytest.raises(keyrings.Locked):
        keyrings.by_passphrase(keys.id, kit.PASSPHRASE)


@pytest.mark.parametrize("choice", ["keep", "drop"])
def test_without_its_words_a_receipt_comes_under_no_sign_in(client, choice):
    keys, drawn = receipt(client)
    for typed, why in (
        ((), "Type the nine words, or keep the receipt apart"),
        ((words.draw(),), "do not open what is open here"),
        ((drawn.finds[0],), "A receipt has nine words. This has 1"),
        (("xyzzy",), "Some words are on no receipt"),
    ):
        page = sign_up(client, choice, *typed)
        assert page.status_code == 422
        assert why in page.content.decode()
        assert 'value="Quiet Fox"' in page.content.decode(), "the name is still there"
    assert not User.objects.exists()
    assert opens(drawn).id == keys.id
    assert lasting(keys) == {"receipt"}


def test_words_that_are_still_on_the_screen_are_not_asked_for(client):
    keys, _drawn = receipt(client, shown=True)
    assert 'name="receipt_words"' not in client.get("/sign-up/").content.decode()
    sign_up(client, "keep")
    assert User.objects.get().keyring_id == keys.id


def test_every_receipt_in_hand_comes_under_the_new_sign_in(client):
    (first, one), (second, other) = receipt(client), receipt(client)
    sign_up(client, "keep", other, one)
    client.post("/you/recovery-key/skip/")
    client.post("/sign-out/")
    client.post("/sign-in/", {"login": "quiet fox", "password": kit.PASSPHRASE})
    assert kit.in_hand(client) == {str(first.id), str(second.id)}
    assert opens(one).id == first.id
    assert opens(other).id == second.id


def test_dropping_drops_the_words_of_every_receipt(client):
    (first, one), (second, other) = receipt(client), receipt(client)
    sign_up(client, "drop", one, other)
    assert [opens(each) for each in (one, other)] == [None, None]
    assert {*lasting(first), *lasting(second)} == {"passphrase", "recovery", "member"}
    client.post("/you/recovery-key/skip/")
    client.post("/sign-out/")
    client.post("/sign-in/", {"login": "quiet fox", "password": kit.PASSPHRASE})
    assert kit.in_hand(client) == {str(first.id), str(second.id)}


def test_dropped_words_that_were_still_shown_are_shown_no_more(client):
    for _ in range(2):
        receipt(client, shown=True)
    sign_up(client, "drop")
    assert [keys.words for keys in client.session.in_hand() if keys.words] == []


def test_of_several_receipts_all_words_are_asked_for(client):
    (_, one), _ = receipt(client), receipt(client)
    assert "each of your 2 receipts" in client.get("/sign-up/").content.decode()
    page = sign_up(client, "drop", one)
    assert page.status_code == 422
    assert "not the words of all 2 receipts" in page.content.decode()
    assert opens(one)
    assert not User.objects.exists()


# -- added to a sign-in -----------------------------------------------------------------------


def test_someone_signed_in_can_add_a_receipt_and_then_needs_only_the_sign_in(client):
    someone = kit.person()
    keys, drawn = receipt(client)
    kit.sign_in(client, someone)
    assert "You have a receipt open" in client.get("/you/sign-in/").content.decode()
    assert 'name="receipt"' in client.get("/you/receipt/").content.decode()
    assert client.post("/you/receipt/", {"receipt": str(drawn)})["Location"] == "/you/"
    client.post("/sign-out/")
    kit.sign_in(client, someone)
    assert kit.in_hand(client) == {str(keys.id), str(someone.keys.id)}
    assert opens(drawn).id == keys.id
    assert "You have a receipt open" not in client.get("/you/sign-in/").content.decode()
    assert client.get("/you/receipt/")["Location"] == "/you/sign-in/"


def test_without_its_words_a_receipt_is_added_to_no_sign_in(client):
    someone = kit.person()
    keys, _ = receipt(client)
    kit.sign_in(client, someone)
    for typed in ("", "ponchos", str(words.draw())):
        assert client.post("/you/receipt/", {"receipt": typed}).status_code == 422
    assert lasting(keys) == {"receipt"}


def test_the_words_of_a_receipt_that_is_not_open_here_add_nothing(client):
    someone = kit.person()
    _, elses = receipt(Client())
    keys, _ = receipt(client)
    kit.sign_in(client, someone)
    page = client.post("/you/receipt/", {"receipt": str(elses)})
    assert "do not open what is open here" in page.content.decode()
    assert lasting(keys) == {"receipt"}


def test_a_receipt_whose_words_are_still_shown_is_added_without_typing_them(client):
    someone = kit.person()
    keys, _ = receipt(client, shown=True)
    kit.sign_in(client, someone)
    assert 'name="receipt"' not in client.get("/you/receipt/").content.decode()
    client.post("/you/receipt/")
    assert lasting(keys) == {"receipt", "member"}


def test_staff_cannot_take_a_receipt_over(client):
    keys, drawn = receipt(client)
    ada = kit.staff()
    with pytest.raises(ValueError, match="Only a person"):
        actions.add_receipt(ada.user, keys)
    kit.sign_in(client, ada)
    assert client.post("/you/receipt/", {"receipt": str(drawn)}).status_code == 404
    assert lasting(keys) == {"receipt"}
