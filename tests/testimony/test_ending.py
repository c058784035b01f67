"""A person deletes their own sign-in: what goes, what stays, and that they are told before."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from firsthand.access import door, log
from firsthand.access.doer import Doer
from firsthand.access.models import Grant, LogLine
from firsthand.access.story import story
from firsthand.config import sound
from firsthand.people import actions as people
from firsthand.people import rules as roles
from firsthand.people.backend import mark_of
from firsthand.people.models import User
from firsthand.repair import actions as repair
from firsthand.repair import queries as asking
from firsthand.repair import rules as repairing
from firsthand.repair.models import Message, Request
from firsthand.repair.posting import Turn
from firsthand.repair.words import Said
from firsthand.testimony import attaching, ending, queries
from firsthand.testimony.files import CleanFile
from firsthand.testimony.models import Counted, Testimony
from firsthand.vault import keyrings, words
from firsthand.vault.keys import Keys
from firsthand.vault.models import Chunk, Item, Keyring, Sealed, Sitting, Unlocker, Wrap
from firsthand.vault.rules import RECEIPT, RECEIPT_HOLDER
from tests.people import kit
from tests.people.test_receipts import receipt as receipt_in_hand
from tests.repair.conftest import WORDS, Someone, someone, team, tell

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
DELETE, RECEIPT_PAGE, GOODBYE = "/you/delete/", "/you/delete/receipt/", "/goodbye/"


@pytest.fixture
def me() -> kit.Someone:
    return kit.person("quiet fox")


@pytest.fixture
def browser(me) -> Client:
    client = Client()
    kit.sign_in(client, me)
    return client


@pytest.fixture
def responder() -> Someone:
    return someone(roles.RESPONDER, "Rae Sponder")


def as_teller(me: kit.Someone) -> Someone:
    return Someone(me.user, me.keys)


def told(me: kit.Someone, responder: Someone) -> Testimony:
    """Something told with a file, counted, shared with a service, answered."""
    service = team("Service", roles.PROVIDER, responder)
    row = tell(as_teller(me), [service])
    doer = as_teller(me).doer
    attaching.add(doer, row, CleanFile("a.txt", "text", "text/plain", b"a file"))
    request = repair.note_opened(Request.objects.get(), repairing.TEAM)
    said = Said(heard="We heard.", cannot="Nothing.")
    repair.answer(responder.doer, request, Turn("n", said))
    return row


def holding(keys: Keys) -> Doer:
    return Doer(None, {keys.id: keys})


def text_of(response) -> str:
    return response.content.decode()


def delete(browser: Client, **more: str):
    return browser.post(DELETE, {"passphrase": kit.PASSPHRASE, **more})


def shown_words(browser: Client) -> str:
    page = text_of(browser.get(RECEIPT_PAGE))
    inside = page.split('class="receipt__words"')[1].split("</ol>")[0]
    return " ".join(re.findall(r"<li>(.*?)</li>", inside))


def get_a_receipt(browser: Client) -> words.Receipt:
    receipt = words.read(shown_words(browser))
    given = {"typed": " ".join(receipt.finds), "passphrase": kit.PASSPHRASE}
    answer = browser.post(RECEIPT_PAGE, given)
    assert answer.status_code == 302
    return receipt


# -- before -----------------------------------------------------------------------------------


def test_the_page_of_ones_sign_in_leads_there(browser):
    shown = text_of(browser.get("/you/sign-in/"))
    assert "Delete my sign-in" in shown
    assert DELETE in shown


def test_it_is_said_beforehand_what_is_lost_and_how_to_keep_it(browser, me, responder):
    assert "There is nothing that you told us" in text_of(browser.get(DELETE))
    told(me, responder)
    tell(as_teller(me), [], ("keep",))
    shown = text_of(browser.get(DELETE))
    assert "You told us 2 things, and only this sign-in opens them" in shown
    assert RECEIPT_PAGE in shown
    assert reverse("testimony:mine") in shown
    assert 'name="told"' not in shown


def test_the_passphrase_is_asked_once_more_and_without_it_nothing_happens(browser, me, responder):
    row = told(me, responder)
    for typed in ("", "not my passphrase at all"):
        shown = delete(browser, passphrase=typed)
        assert shown.status_code == 422
    assert "That is not your passphrase" in text_of(shown)
    assert User.objects.filter(id=me.user.id).exists()
    assert queries.telling_for(as_teller(me).doer, row.id).happened == WORDS


def test_guessing_the_passphrase_is_slowed_down(browser):
    answers = [delete(browser, passphrase=f"wrong number {n}").status_code for n in range(8)]
    assert answers[0] == 422
    assert answers[-1] == 429


def test_whose_keys_are_closed_opens_them_first(me):
    client = Client()
    client.force_login(me.user)
    for address in (DELETE, RECEIPT_PAGE):
        assert client.get(address)["Location"] == reverse("people:closed")
        assert client.post(address, {"passphrase": kit.PASSPHRASE}).status_code == 302
    assert User.objects.filter(id=me.user.id).exists()


# -- who --------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", roles.STAFF)
def test_staff_are_told_to_ask_the_steward_and_the_page_is_not_there_for_them(role):
    member, client = kit.staff(role), Client()
    client.force_login(member.user)
    shown = text_of(client.get("/you/sign-in/"))
    assert "Ask the steward" in shown
    assert DELETE not in shown
    for address in (DELETE, RECEIPT_PAGE):
        assert client.get(address).status_code == 404
        assert client.post(address, {"passphrase": kit.PASSPHRASE}).status_code == 404
    assert User.objects.filter(id=member.user.id, is_active=True).exists()
    with pytest.raises(ValueError, match="person's own"):
        people.end(member.user, keep=False)


def test_who_is_not_signed_in_is_asked_to_and_nobody_can_name_another(browser, me):
    for address in (DELETE, RECEIPT_PAGE):
        assert Client().get(address)["Location"].startswith("/sign-in/")
    other, theirs = kit.person("other fox"), Client()
    kit.sign_in(theirs, other)
    delete(theirs, user=str(me.user.id))
    assert [row.id for row in User.objects.all()] == [me.user.id]


# -- deleted ----------------------------------------------------------------------------------


def test_what_only_the_sign_in_opened_is_erased_and_a_tombstone_is_left(browser, me, responder):
    row = told(me, responder)
    assert delete(browser)["Location"] == GOODBYE
    row.refresh_from_db()
    assert row.stage == "withdrawn"
    owned = Item.objects.filter(owner_id=me.keys.id)
    assert owned.exists()
    assert not owned.filter(erased=False).exists()
    for table in (Wrap, Sealed, Chunk):
        assert not table.objects.filter(item__in=owned).exists()
    assert not Unlocker.objects.filter(keyring_id=me.keys.id).exists()
    assert not Message.objects.exists()
    assert not Counted.objects.exists()
    assert not Grant.objects.filter(revoked_on=None).exists()
    talk = Request.objects.get()
    assert responder.browser().get(reverse("repair:request", args=[talk.id])).status_code == 404
    assert talk.reference not in text_of(responder.browser().get(reverse("repair:inbox")))
    assert sound.all_that_is_wrong() == []


def test_a_draft_goes_as_well(browser, me):
    browser.post("/tell/", {"happened": WORDS, "number": "n"})
    row = Testimony.objects.get()
    delete(browser)
    row.refresh_from_db()
    assert row.stage == "withdrawn"


def test_the_sign_in_and_its_second_step_are_gone_and_its_name_is_free(browser, me):
    kit.give_second_step(me)
    delete(browser)
    assert not User.objects.exists()
    assert not Authenticator.objects.exists()
    assert not Keyring.objects.filter(id=me.keys.id).exists()
    sent = {"login": me.sign_in_name, "password": me.passphrase}
    assert Client().post("/sign-in/", sent).status_code != 302
    lost = {"sign_in_name": me.sign_in_name, "recovery_key": me.printed}
    assert Client().post("/lost/", lost).status_code == 422
    assert kit.person("quiet fox").user.id != me.user.id


def test_every_sitting_ends_at_once(browser, me):
    elsewhere = Client()
    kit.sign_in(elsewhere, me)
    answer = delete(browser)
    assert answer.cookies["sitting"].value == ""
    assert not Sitting.objects.exists()
    for each in (browser, elsewhere):
        assert each.get("/you/sign-in/").status_code == 302
        assert each.get(DELETE)["Location"].startswith("/sign-in/")


def test_the_goodbye_page_is_calm_and_frightens_nobody_who_is_still_signed_in(browser):
    assert browser.get(GOODBYE)["Location"] == "/you/sign-in/"
    delete(browser)
    shown = browser.get(GOODBYE)
    assert shown.status_code == 200
    assert "It is done" in text_of(shown)
    assert "Exit this page" in text_of(shown)
    assert text_of(Client().get(GOODBYE)).count("It is done") == 1


def test_nothing_is_half_done(browser, me, responder, monkeypatch):
    row = told(me, responder)
    monkeypatch.setattr(keyrings, "close_for_good", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ending.end_sign_in(as_teller(me).doer, me.user, keep=False)
    assert User.objects.get(id=me.user.id).keyring_id == me.keys.id
    assert queries.telling_for(as_teller(me).doer, row.id).happened == WORDS


# -- what stays -------------------------------------------------------------------------------


def test_others_logs_keep_standing_and_name_nobody(browser, me, responder):
    other = kit.person("other fox")
    row = tell(as_teller(other), [], ("keep",))
    assert browser.get(reverse("testimony:own", args=[row.id])).status_code == 404
    before = [line.chained for line in log.verify(row.item_id)]
    delete(browser)
    lines = log.verify(row.item_id)
    assert [line.chained for line in lines] == before
    assert story(lines)[0].who == "Someone with a sign-in (it may have been you)"
    assert not User.objects.filter(id=me.user.id).exists()
    assert kit.person("quiet fox")
    assert sound.all_that_is_wrong() == []


def test_ones_own_log_ends_with_the_withdrawal(browser, me, responder):
    row = told(me, responder)
    delete(browser)
    last = LogLine.objects.filter(item_id=row.item_id).order_by("-place").first()
    assert (last.done, last.by) == ("withdrew", None)
    assert log.verify(row.item_id)


def test_what_was_only_added_by_its_receipt_stays_and_the_receipt_opens_it(browser, me):
    keys, receipt = receipt_in_hand(Client())
    row = door.create(holding(keys), Keyring.objects.get(id=keys.id), {"happened": b"by receipt"})
    people.add_receipt(me.user, keys)
    assert "stays. Its nine words go on opening it" in text_of(browser.get(DELETE))
    delete(browser)
    assert keyrings.by_receipt(receipt).id == keys.id
    assert door.look(holding(keys), row.id)
    assert not Unlocker.objects.filter(member_id=me.keys.id).exists()


# -- kept by a receipt ------------------------------------------------------------------------


def test_nine_words_are_shown_and_count_once_two_are_typed_back(browser, me, responder):
    told(me, responder)
    first = shown_words(browser)
    assert first == shown_words(browser)
    wrong = {"typed": "not these", "passphrase": kit.PASSPHRASE}
    assert browser.post(RECEIPT_PAGE, wrong).status_code == 422
    at_an_open_screen = {"typed": " ".join(first.split()[:2]), "passphrase": "not the passphrase"}
    assert browser.post(RECEIPT_PAGE, at_an_open_screen).status_code == 422
    assert not keyrings.has_lock(me.keys.id, RECEIPT)
    receipt = get_a_receipt(browser)
    assert str(receipt) == first
    assert keyrings.by_receipt(receipt).id == me.keys.id
    assert User.objects.filter(id=me.user.id).exists()


def test_with_a_receipt_the_person_chooses_and_nothing_is_chosen_for_them(browser, me, responder):
    row = told(me, responder)
    get_a_receipt(browser)
    shown = text_of(browser.get(DELETE))
    assert shown.count('name="told"') == 2
    assert "checked" not in shown
    assert delete(browser).status_code == 422
    row.refresh_from_db()
    assert row.stage == "kept"


def test_kept_by_a_receipt_all_of_it_stays_and_the_receipt_alone_opens_it(browser, me, responder):
    row = told(me, responder)
    receipt = get_a_receipt(browser)
    assert delete(browser, told="keep")["Location"] == GOODBYE
    assert not User.objects.filter(username=mark_of("quiet fox")).exists()
    keyring = Keyring.objects.get(id=me.keys.id)
    assert keyring.holder == RECEIPT_HOLDER
    assert [each.kind for each in keyring.unlockers.all()] == [RECEIPT]
    fresh = Client()
    fresh.post("/come-back/", {"receipt": str(receipt)})
    assert WORDS in text_of(fresh.get(reverse("testimony:own", args=[row.id])))
    talk = Request.objects.get()
    assert asking.conversation(responder.doer, talk).turns
    assert "We heard." in text_of(fresh.get(reverse("repair:conversation", args=[talk.id])))
    assert sound.all_that_is_wrong() == []


def test_with_a_receipt_it_can_still_all_be_withdrawn(browser, me, responder):
    row = told(me, responder)
    receipt = get_a_receipt(browser)
    delete(browser, told="withdraw")
    row.refresh_from_db()
    assert row.stage == "withdrawn"
    with pytest.raises(keyrings.Locked):
        keyrings.by_receipt(receipt)


def test_without_a_receipt_nothing_can_be_kept(browser, me, responder):
    row = told(me, responder)
    delete(browser, told="keep")
    row.refresh_from_db()
    assert row.stage == "withdrawn"
    other = kit.person("other fox")
    with pytest.raises(ValueError, match="no receipt"):
        people.end(other.user, keep=True)


def test_what_the_kept_receipt_opens_is_not_what_another_receipt_opened(browser, me, responder):
    told(me, responder)
    keys, _ = receipt_in_hand(Client())
    people.add_receipt(me.user, keys)
    receipt = get_a_receipt(browser)
    delete(browser, told="keep")
    opened = keyrings.by_receipt(receipt)
    assert keyrings.through([opened]) == []
