"""A sitting that someone planted in this browser gives them nothing; guessing is slowed down."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from firsthand.people import actions, rules
from firsthand.testimony.models import Testimony
from firsthand.vault.sessions import SessionStore
from tests.people import kit
from tests.testimony.test_telling import SAID, number_in, receipt_of, tell

pytestmark = pytest.mark.django_db


def planted() -> tuple[Client, Client]:
    """Someone's own browser, and another's with the same cookie put in it."""
    store = SessionStore()
    store["begun"] = True
    store.save()
    theirs, victim = Client(), Client()
    theirs.cookies["sitting"] = victim.cookies["sitting"] = store.secret
    return theirs, victim


def test_who_planted_a_sitting_does_not_come_to_what_is_told_in_it():
    theirs, victim = planted()
    row = tell(victim)
    assert victim.get(reverse("testimony:way_back", args=[row.id])).status_code == 200
    assert theirs.get(reverse("testimony:way_back", args=[row.id])).status_code == 404
    assert SAID not in theirs.get("/mine/").content.decode()


def test_who_planted_a_sitting_does_not_come_to_what_a_receipt_opens():
    owner = Client()
    row = tell(owner)
    words = receipt_of(owner, row)
    theirs, victim = planted()
    assert victim.post(reverse("testimony:return"), {"receipt": words}).status_code == 302
    page = reverse("testimony:way_back", args=[row.id])
    assert victim.get(page).status_code == 200
    assert theirs.get(page).status_code == 404


def test_coming_back_twice_with_a_double_click_works(client):
    owner = Client()
    row = tell(owner)
    words = receipt_of(owner, row)
    client.get("/")
    _, first = planted()
    second = Client()
    second.cookies["sitting"] = first.cookies["sitting"].value
    for each in (first, second):
        assert each.post(reverse("testimony:return"), {"receipt": words}).status_code == 302
        assert each.get(reverse("testimony:way_back", args=[row.id])).status_code == 200


def test_a_double_click_from_a_sitting_that_was_there_is_one_telling():
    first, second = planted()
    number = number_in(first.get("/tell/").content.decode())
    for each in (first, second):
        sent = each.post("/tell/", {"happened": SAID, "number": number})
        assert sent.status_code == 302
        assert each.get(sent.url).status_code == 200
    assert Testimony.objects.count() == 1


def test_a_second_telling_keeps_the_first_in_hand(client):
    first = tell(client)
    number = number_in(client.get("/tell/").content.decode())
    client.post("/tell/", {"happened": "Something else.", "number": number})
    assert client.get(reverse("testimony:way_back", args=[first.id])).status_code == 200
    assert Testimony.objects.count() == 2


# -- a second telling, pressed twice -----------------------------------------------------------


def way_back(row: Testimony) -> str:
    return reverse("testimony:way_back", args=[row.id])


def same_cookie(client: Client, times: int) -> list[Client]:
    """Browsers that all come with the cookie this one has now."""
    found = [Client() for _ in range(times)]
    for each in found:
        each.cookies["sitting"] = client.cookies["sitting"].value
    return found


def second(client: Client) -> dict[str, str]:
    """What the form of a second telling sends."""
    number = number_in(client.get("/tell/").content.decode())
    return {"happened": "Something else.", "number": number}


@pytest.mark.django_db(transaction=True)
def test_a_second_telling_pressed_twice_at_once_keeps_both_receipts_in_hand(client):
    first, given = tell(client), second(client)
    clicks, ready = same_cookie(client, 2), Barrier(2)

    def press(browser: Client) -> int:
        ready.wait()
        status = browser.post("/tell/", given).status_code
        connections.close_all()
        return status

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(press, clicks)) == [302, 302]
    other = Testimony.objects.exclude(id=first.id).get()
    for browser in clicks:  # whichever answer came last: its cookie is the one that stays
        for row in (first, other):
            assert len(receipt_of(browser, row).split()) == 9
    assert Client().get(way_back(first)).status_code == 404


def test_a_second_click_that_comes_late_keeps_the_first_receipt_in_hand(client):
    first, given = tell(client), second(client)
    for browser in same_cookie(client, 3):
        sent = browser.post("/tell/", given)
        assert browser.get(sent.url).status_code == 200
        assert browser.get(way_back(first)).status_code == 200
    assert Testimony.objects.count() == 2


def test_when_the_answer_is_lost_on_the_way_the_first_receipt_is_still_in_hand(client):
    first, given = tell(client), second(client)
    (lost,) = same_cookie(client, 1)
    lost.post("/tell/", given)
    other = Testimony.objects.exclude(id=first.id).get()
    assert client.get(way_back(first)).status_code == 200
    assert client.get(way_back(other)).status_code == 404, "it came after the secret was changed"


def test_coming_back_with_other_words_pressed_twice_keeps_the_receipt_just_made(client):
    owner = Client()
    words = receipt_of(owner, tell(owner))
    number = number_in(client.get("/tell/").content.decode())
    at = client.post("/tell/", {"happened": "Something else.", "number": number}).url
    for browser in same_cookie(client, 2):
        browser.post(reverse("testimony:return"), {"receipt": words})
        assert browser.get(at).status_code == 200


def test_exit_ends_the_sittings_that_went_before_as_well(client):
    first, given = tell(client), second(client)
    (earlier,) = same_cookie(client, 1)
    client.post("/tell/", given)
    assert earlier.get(way_back(first)).status_code == 200
    client.post("/exit")
    assert earlier.get(way_back(first)).status_code == 404


def test_signing_in_twice_with_a_double_click_keeps_the_receipt_just_made(client):
    someone, first = kit.person(), tell(client)
    for browser in same_cookie(client, 2):
        kit.sign_in(browser, someone)
        assert browser.get(way_back(first)).status_code == 200
    (before,) = same_cookie(client, 1)
    assert str(someone.keys.id) not in kit.in_hand(before)
    assert "_auth_user_id" not in before.session


def test_guessing_at_invitations_is_slowed_down_and_a_real_one_is_not_used_up():
    link = actions.invite(None, rules.STEWARD)
    real = re.search(r"(/invitation/.+)$", link)[1]
    browser = Client()
    answers = [browser.get(f"/invitation/{n}nothing/").status_code for n in range(110)]
    assert (answers[0], answers[-1]) == (302, 429)
    elsewhere = Client(REMOTE_ADDR="192.0.2.9")
    assert elsewhere.get(real).status_code == 302
    assert elsewhere.get("/invitation/").status_code == 200
