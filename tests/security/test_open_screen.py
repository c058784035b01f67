"""A minute at a screen left open, or a look at nine words, is not for ever.

Someone at home (the partner, in these tests) reads what is on the screen. What they may not do is
keep it, or shut its owner out; and new words end whatever the old ones let them do.
"""

import pytest
from django.test import Client
from django.urls import reverse

from firsthand.testimony.models import Testimony
from firsthand.vault.models import Unlocker
from tests.people import kit
from tests.people.test_new_words import NEW, rotate, shown
from tests.people.test_sign_up import FORM
from tests.testimony.test_telling import SAID, receipt_of, tell

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
ELSES = "A sign-in opens this too"


@pytest.fixture
def told(client) -> tuple[Testimony, str]:
    """Something told and kept on a screen still open, its words written down and asked back."""
    row = tell(client)
    words = receipt_of(client, row)
    client.post(reverse("testimony:done", args=[row.id]), {"receipt": words})
    client.post(reverse("testimony:check", args=[row.id]))
    return row, words


def come_back(words: object) -> Client:
    browser = Client()
    assert browser.post("/come-back/", {"receipt": str(words)}).status_code == 302
    return browser


def reads(browser: Client, row: Testimony) -> bool:
    page = browser.get(reverse("testimony:own", args=[row.id]))
    assert page.status_code == (200 if SAID in page.content.decode() else 404)
    return page.status_code == 200


def partner_with_the_words(words: str) -> tuple[kit.Someone, Client]:
    """Someone who saw the nine words once, and added what they open to a sign-in of their own."""
    partner, browser = kit.person("partner"), Client()
    kit.sign_in(browser, partner)
    browser.post("/come-back/", {"receipt": words})
    assert browser.post("/you/receipt/", {"receipt": words})["Location"] == "/you/"
    return partner, browser


# -- new words ----------------------------------------------------------------------------------


def test_new_words_shut_out_whoever_saw_the_old_ones(told):
    row, words = told
    partner, there = partner_with_the_words(words)
    by_words = come_back(words)
    kit.sign_in(by_sign_in := Client(), partner)
    browsers = (there, by_words, by_sign_in)
    assert all(reads(each, row) for each in browsers)
    owner = come_back(words)
    new = rotate(owner, words)
    kit.sign_in(again := Client(), partner)
    assert not any(reads(each, row) for each in (*browsers, again))
    assert Client().post("/come-back/", {"receipt": words}).status_code == 422
    assert reads(owner, row)
    assert reads(come_back(new), row)


def test_who_was_shut_out_and_tries_again_stands_in_the_log_as_refused(told):
    row, words = told
    partner, _ = partner_with_the_words(words)
    owner = come_back(words)
    log = reverse("testimony:who_read", args=[row.id])
    assert "was refused" not in owner.get(log).content.decode()
    rotate(owner, words)
    kit.sign_in(there := Client(), partner)
    assert not reads(there, row)
    page = owner.get(log).content.decode()
    assert "(it may have been you)</strong> tried to open this and was refused" in page


def test_a_sign_in_that_opens_it_is_shown_to_its_owner_without_a_name(told):
    row, words = told
    log = reverse("testimony:who_read", args=[row.id])
    alone = come_back(words)
    for page in ("/mine/", log):
        assert "sign-in opens" not in alone.get(page).content.decode().replace(
            "a sign-in that opens this", ""
        )
    _, there = partner_with_the_words(words)
    owner = come_back(words)
    mine = owner.get("/mine/").content.decode()
    assert ELSES in mine
    assert NEW in mine
    assert "partner" not in mine
    assert "A sign-in opens it too" in owner.get(log).content.decode()
    assert "sign-in opens this too" not in there.get("/mine/").content.decode(), "it is their own"
    rotate(owner, words)
    assert ELSES not in owner.get("/mine/").content.decode()


def test_new_words_are_offered_and_work_for_a_receipt_that_was_made_a_sign_in(client, told):
    row, words = told
    client.post("/sign-up/", FORM | {"receipt": "keep", "receipt_words": words})
    assert reads(client, row)
    owner = come_back(words)
    mine = owner.get("/mine/").content.decode()
    assert ELSES in mine
    assert NEW in mine
    new = rotate(owner, words)
    assert not reads(client, row)
    kit.sign_in(client, kit.Someone(None, None, "quiet fox", kit.PASSPHRASE, ""))
    assert not reads(client, row)
    assert reads(come_back(new), row)


def test_its_own_sign_in_shuts_out_words_that_someone_has_seen(client, told):
    row, words = told
    client.post("/sign-up/", FORM | {"receipt": "keep", "receipt_words": words})
    seen = come_back(words)
    client.post("/you/only-way/", {"passphrase": kit.PASSPHRASE})
    assert not reads(seen, row)
    assert Client().post("/come-back/", {"receipt": words}).status_code == 422
    assert reads(client, row)


# -- a minute at an open screen -------------------------------------------------------------------


def test_at_an_open_screen_nobody_changes_the_words_without_knowing_them(client, told):
    row, words = told
    client.get(NEW)
    for sent in ({"typed": "gravel gravel"}, {"receipt": "gravel " * 9}, {"receipt": ""}):
        assert client.post(NEW, sent).status_code == 422
    assert reads(come_back(words), row)


@pytest.mark.parametrize("choice", ["keep", "drop"])
def test_at_an_open_screen_nobody_takes_a_receipt_into_a_sign_in_of_theirs(client, told, choice):
    row, words = told
    for typed in ("", "gravel " * 9):
        sent = FORM | {"receipt": choice, "receipt_words": typed}
        assert client.post("/sign-up/", sent).status_code == 422
    kit.sign_in(client, partner := kit.person("partner"))
    assert client.post("/you/receipt/").status_code == 422
    client.post("/exit/")
    kit.sign_in(Client(), partner)
    assert set(Unlocker.objects.filter(keyring=row.item.owner).values_list("kind", flat=True)) <= {
        "receipt", "form", "sitting",
    }  # fmt: skip
    owner = come_back(words)
    assert reads(owner, row)
    assert ELSES not in owner.get("/mine/").content.decode()


def test_at_an_open_screen_nobody_gets_a_recovery_key_without_the_passphrase(client):
    someone = kit.person()
    kit.sign_in(client, someone)
    for typed in ("", kit.OTHER):
        assert client.post("/you/recovery-key/new/", {"passphrase": typed}).status_code == 422
    assert client.get("/you/recovery-key/")["Location"] == "/you/sign-in/"
    theirs = {"sign_in_name": someone.sign_in_name, "recovery_key": someone.printed}
    assert Client().post("/lost/", theirs)["Location"] == "/lost/new/"


# -- each try counts ----------------------------------------------------------------------------


def tries(client: Client, address: str, sent: dict[str, str]) -> list[int]:
    return [client.post(address, sent).status_code for _ in range(6)]


SLOWED = [422] * 5 + [429]


def test_guessing_at_the_words_of_an_open_receipt_is_slowed_down_like_any_other(client, told):
    _, words = told
    guess = {"receipt": words.rpartition(" ")[0] + " gravel"}
    assert tries(client, NEW, guess) == SLOWED
    assert client.post("/come-back/", guess).status_code == 429, "one count for all pages"


def test_guessing_at_the_words_while_signing_up_or_adding_is_slowed_down(client, told):
    _, words = told
    guess = words.rpartition(" ")[0] + " gravel"
    assert tries(client, "/sign-up/", FORM | {"receipt": "drop", "receipt_words": guess}) == SLOWED
    kit.sign_in(client, kit.person("partner"))
    assert client.post("/you/receipt/", {"receipt": guess}).status_code == 429


def test_the_right_words_take_the_tries_back(client, told):
    _, words = told
    guess = {"receipt": words.rpartition(" ")[0] + " gravel"}
    for _ in range(3):
        client.post(NEW, guess)
    client.post(NEW, {"receipt": words})
    assert shown(client)
    client.post(NEW, {"leave": "1"})
    assert tries(client, NEW, guess) == SLOWED


@pytest.mark.parametrize("address", ["/you/recovery-key/new/", "/you/only-way/"])
def test_guessing_at_the_passphrase_is_slowed_down(client, told, address):
    _, words = told
    client.post("/sign-up/", FORM | {"receipt": "keep", "receipt_words": words})
    answers = tries(client, address, {"passphrase": kit.OTHER})
    assert answers[:4] == SLOWED[:4]
    assert answers[-1] == 429, "making the sign-in was a try as well"
