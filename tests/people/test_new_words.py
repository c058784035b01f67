"""New words for a receipt: from then on they, and nothing else, open what it opens."""

import re

import pytest
from django.test import Client

from firsthand.people import actions
from firsthand.vault import keyrings, words
from firsthand.vault.keys import Keys
from firsthand.vault.models import Keyring, Sitting
from tests.people import kit
from tests.people.test_receipts import lasting, opens, receipt, sign_up

pytestmark = pytest.mark.django_db
NEW = "/receipt/new-words/"
TAKEN_OVER, ADDED = "shut out, for good", "It will be shut out."


def ask(client, drawn: object):
    return client.post(NEW, {"receipt": str(drawn)})


def shown(client) -> words.Receipt:
    """Return the new words, as they are shown once."""
    return on(client.get(NEW).content.decode())


def on(page: str) -> words.Receipt:
    """Return the words on a page."""
    inside = page.split('class="receipt__words"')[1].split("</ol>")[0]
    return words.read(" ".join(re.findall(r"<li[^>]*>([a-z]+)</li>", inside)))


def rotate(client, drawn: words.Receipt) -> words.Receipt:
    """Type the old words and two of the new ones; return the new ones."""
    assert ask(client, drawn)["Location"] == NEW
    new = shown(client)
    assert client.post(NEW, {"typed": " ".join(new.finds)})["Location"] == "/mine/"
    return new


def elsewhere(keys: Keys) -> Client:
    """Return another browser that holds the keys."""
    browser = Client()
    receipt(browser)
    browser.session.hold(keys)
    return browser


# -- asking -----------------------------------------------------------------------------------


def test_a_receipt_gets_new_words_and_the_old_ones_work_until_two_are_typed_back(client):
    keys, old = receipt(client)
    assert ask(client, str(old).upper())["Location"] == NEW
    new = shown(client)
    assert client.post(NEW, {"typed": "not these"}).status_code == 422
    assert opens(old).id == keys.id
    assert opens(new) is None
    page = client.post(NEW, {"typed": " ".join(new.finds)}, follow=True).content.decode()
    assert "The old ones open nothing." in page
    assert opens(new).id == keys.id
    assert opens(old) is None
    assert kit.in_hand(client) == {str(keys.id)}
    assert 'class="receipt__words"' not in client.get(NEW).content.decode()


@pytest.mark.parametrize("typed", ["", "xyzzy", "gravel", "gravel " * 9])
def test_without_the_words_there_are_no_new_ones_are_shown_and_nothing_changes(client, typed):
    keys, old = receipt(client)
    page = ask(client, typed)
    assert page.status_code == 422
    assert 'class="receipt__words"' not in page.content.decode()
    assert client.post(NEW, {"typed": "ponchos ponchos"}).status_code == 422
    assert opens(old).id == keys.id
    assert lasting(keys) == {"receipt"}


def test_the_words_of_a_receipt_that_is_not_open_here_change_neither(client):
    (_, elses), (_, old) = receipt(Client()), receipt(client)
    assert "do not open what is open here" in ask(client, elses).content.decode()
    assert opens(elses)
    assert opens(old)


def test_of_several_receipts_the_one_whose_words_are_typed_gets_new_ones(client):
    (first, one), (second, other) = receipt(client), receipt(client)
    assert opens(rotate(client, other)).id == second.id
    assert opens(other) is None
    assert opens(one).id == first.id


def test_who_thinks_again_keeps_the_old_words(client):
    keys, old = receipt(client)
    ask(client, old)
    new = shown(client)
    page = client.post(NEW, {"leave": "1"}, follow=True).content.decode()
    assert "Your receipt words are the ones you had" in page
    assert 'class="receipt__words"' not in client.get(NEW).content.decode()
    assert opens(old).id == keys.id
    assert opens(new) is None


def test_who_leaves_the_new_words_and_comes_back_types_the_old_ones_again_and_sees_the_same(client):
    _, old = receipt(client)
    ask(client, old)
    new = shown(client)
    assert 'class="receipt__words"' not in client.get(NEW).content.decode()
    assert opens(old)
    ask(client, old)
    assert shown(client) == new


def test_who_holds_no_receipt_gets_no_new_words(client):
    kit.sign_in(client, kit.person())
    for browser in (client, Client()):
        assert browser.get(NEW).status_code == 404
        assert ask(browser, words.draw()).status_code == 404


def test_words_not_yet_written_down_are_not_replaced(client):
    receipt(client, shown=True)
    assert client.get(NEW)["Location"] == "/mine/"


# -- who is shut out --------------------------------------------------------------------------


def test_new_words_end_every_other_sitting_and_a_form_that_would_open_it_again(client):
    keys, old = receipt(client)
    keyrings.add_lock(keys, keyrings.secret_lock("form", b"number"))
    other = elsewhere(keys)
    rotate(client, old)
    assert other.session.in_hand() == []
    assert Sitting.objects.count() == 1
    assert lasting(keys) == {"receipt"}
    assert kit.in_hand(client) == {str(keys.id)}


def test_new_words_shut_out_a_sign_in_that_was_added_and_say_so_before(client):
    partner, (keys, old) = kit.person("partner"), receipt(client)
    actions.add_receipt(partner.user, keys)
    there = Client()
    kit.sign_in(there, partner)
    assert kit.in_hand(there) == {str(keys.id), str(partner.keys.id)}
    ask(client, old)
    page = client.get(NEW).content.decode()
    assert ADDED in page
    assert TAKEN_OVER not in page
    said = client.post(NEW, {"typed": " ".join(on(page).finds)}, follow=True)
    assert "Nor does the sign-in that opened it too." in said.content.decode()
    assert kit.in_hand(there) == {str(partner.keys.id)}, "what is their own stays theirs"
    kit.sign_in(again := Client(), partner)
    assert kit.in_hand(again) == {str(partner.keys.id)}
    assert lasting(keys) == {"receipt"}


def test_new_words_shut_out_a_sign_in_that_was_made_of_the_receipt(client):
    keys, old = receipt(client)
    taker = Client()
    receipt(taker)
    taker.session.hold(keys)
    user, _, printed = actions.sign_up("taker", kit.PASSPHRASE, [keys])
    taken = kit.Someone(user, keys, "taker", kit.PASSPHRASE, printed)
    kit.sign_in(taker, taken)
    ask(client, old)
    page = client.get(NEW).content.decode()
    assert TAKEN_OVER in page
    new = on(page)
    client.post(NEW, {"typed": " ".join(new.finds)})
    assert lasting(keys) == {"receipt"}
    assert opens(new).id == keys.id
    assert keyrings.check(Keyring.objects.get(id=keys.id)).holder == "receipt"
    assert taker.session.in_hand() == []
    assert taker.get("/you/")["Location"].startswith("/sign-in/")
    kit.sign_in(taker, taken)
    assert taker.session.in_hand() == []
    assert "opens nothing any more" in taker.get("/you/", follow=True).content.decode()
    lost = Client().post("/lost/", {"sign_in_name": "taker", "recovery_key": printed})
    assert "do not go together" in lost.content.decode()


def test_who_waits_at_the_second_step_of_a_sign_in_now_shut_out_waits_in_vain(client):
    keys, old = receipt(client)
    user, _, printed = actions.sign_up("taker", kit.PASSPHRASE, [keys])
    taken = kit.Someone(user, keys, "taker", kit.PASSPHRASE, printed)
    kit.give_second_step(taken)
    there = Client()
    there.post("/sign-in/", {"login": "taker", "password": kit.PASSPHRASE})
    rotate(client, old)
    there.post("/sign-in/code/", {"code": taken.code()})
    assert there.session.in_hand() == []


def test_what_was_shut_out_can_become_a_sign_in_again(client):
    keys, old = receipt(client)
    actions.sign_up("taker", kit.PASSPHRASE, [keys])
    new = rotate(client, old)
    assert sign_up(client, "keep", new)["Location"] == "/you/recovery-key/"
    assert kit.in_hand(client) == {str(keys.id)}


def test_ones_own_sign_in_stays_when_one_is_signed_in(client):
    someone, (keys, old) = kit.person(), receipt(client)
    kit.sign_in(client, someone)
    client.post("/you/receipt/", {"receipt": str(old)})
    ask(client, old)
    page = client.get(NEW).content.decode()
    assert ADDED not in page
    client.post(NEW, {"typed": " ".join(on(page).finds)})
    kit.sign_in(again := Client(), someone)
    assert kit.in_hand(again) == {str(keys.id), str(someone.keys.id)}


def test_a_sign_in_made_of_a_receipt_stays_when_its_owner_takes_new_words(client):
    keys, old = receipt(client)
    sign_up(client, "keep", old)
    new = rotate(client, old)
    assert lasting(keys) == {"receipt", "passphrase", "recovery"}
    assert (opens(old), opens(new).id) == (None, keys.id)


# -- a sign-in as the only way in -------------------------------------------------------------


@pytest.fixture
def kept(client) -> tuple[Keys, words.Receipt, kit.Someone]:
    """A sign-in made of a receipt whose words are kept, and another added to it before."""
    partner, (keys, drawn) = kit.person("partner"), receipt(client)
    actions.add_receipt(partner.user, keys)
    sign_up(client, "keep", drawn)
    client.post("/you/recovery-key/skip/")
    return keys, drawn, partner


def test_a_sign_in_shows_what_else_opens_what_it_opens(client, kept):
    page = client.get("/you/sign-in/").content.decode()
    assert "opens with nine words and with another sign-in, too" in page
    page = client.get("/you/only-way/").content.decode()
    assert "<li>nine words</li>" in page
    assert "<li>another sign-in</li>" in page
    assert "make a recovery key</a> first" in page


def test_a_sign_in_can_be_made_the_only_way_in_by_its_passphrase(client, kept):
    keys, drawn, partner = kept
    kit.sign_in(there := Client(), partner)
    other = elsewhere(keys)
    assert client.post("/you/only-way/", {"passphrase": "x" * 12}).status_code == 422
    assert opens(drawn)
    answer = client.post("/you/only-way/", {"passphrase": kit.PASSPHRASE})
    assert answer["Location"] == "/you/sign-in/"
    assert lasting(keys) == {"passphrase"}, "the recovery key was left out at sign-up"
    assert opens(drawn) is None
    assert other.session.in_hand() == []
    assert kit.in_hand(there) == {str(partner.keys.id)}
    assert kit.in_hand(client) == {str(keys.id)}
    assert "Other ways in" not in client.get("/you/sign-in/").content.decode()
    assert client.get("/you/only-way/")["Location"] == "/you/sign-in/"


def test_a_sign_in_that_was_only_added_shuts_nobody_out(client, kept):
    keys, drawn, partner = kept
    kit.sign_in(there := Client(), partner)
    assert there.get("/you/only-way/")["Location"] == "/you/sign-in/"
    there.post("/you/only-way/", {"passphrase": partner.passphrase})
    assert opens(drawn).id == keys.id
    assert "passphrase" in lasting(keys)


def test_signing_up_with_the_sign_in_only_shuts_out_what_was_added_before(client):
    partner, (keys, drawn) = kit.person("partner"), receipt(client)
    actions.add_receipt(partner.user, keys)
    assert "A sign-in opens your receipt already" in client.get("/sign-up/").content.decode()
    other = elsewhere(keys)
    sign_up(client, "drop", drawn)
    assert lasting(keys) == {"passphrase", "recovery"}
    assert other.session.in_hand() == []
    kit.sign_in(there := Client(), partner)
    assert kit.in_hand(there) == {str(partner.keys.id)}
