"""Telling, from the first word to the receipt, and back again."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from firsthand.access import log
from firsthand.testimony.models import Testimony

pytestmark = pytest.mark.django_db

SAID = "They lost my form twice and nobody told me. I was frightened."


def number_in(page: str) -> str:
    return re.search(r'name="number"[^>]*value="([^"]+)"', page)[1]


def tell(client: Client, said: str = SAID) -> Testimony:
    page = client.get(reverse("testimony:start")).content.decode()
    client.post(reverse("testimony:start"), {"happened": said, "number": number_in(page)})
    return Testimony.objects.get()


def receipt_of(client: Client, row: Testimony) -> str:
    page = client.get(reverse("testimony:way_back", args=[row.id])).content.decode()
    card = page.split('class="receipt__words"')[1].split("</ol>")[0]
    return " ".join(re.findall(r"<li[^>]*>([a-z]+)</li>", card))


def test_the_first_continue_keeps_the_words_and_shows_a_receipt(client):
    page = client.get(reverse("testimony:start")).content.decode()
    sent = client.post(reverse("testimony:start"), {"happened": SAID, "number": number_in(page)})
    row = Testimony.objects.get()
    assert sent.url == reverse("testimony:way_back", args=[row.id])
    assert len(receipt_of(client, row).split()) == 9


def test_each_step_can_be_skipped_and_the_end_keeps_it(client):
    row = tell(client)
    for step in ("more", "when", "where", "wishes"):
        assert client.post(reverse("testimony:step", args=[row.id, step]), {}).status_code == 302
    assert client.get(reverse("testimony:fits", args=[row.id])).status_code == 200
    assert client.post(reverse("testimony:fits", args=[row.id]), {}).status_code == 302
    assert client.post(reverse("testimony:files", args=[row.id]), {}).status_code == 302
    assert SAID in client.get(reverse("testimony:check", args=[row.id])).content.decode()
    assert client.post(reverse("testimony:check", args=[row.id])).status_code == 302
    row.refresh_from_db()
    assert row.stage == "kept"
    assert client.get(reverse("testimony:done", args=[row.id])).status_code == 200


def test_the_receipt_is_asked_back_once_and_brings_the_person_back(client):
    row = tell(client)
    words = receipt_of(client, row)
    done = reverse("testimony:done", args=[row.id])
    assert client.post(done, {"receipt": words.upper()}).status_code == 302
    assert "Before you go" not in client.get(done).content.decode()
    later = Client()
    assert later.post(reverse("testimony:return"), {"receipt": words}).url == reverse(
        "testimony:mine"
    )
    client.post(reverse("testimony:check", args=[row.id]))
    assert SAID in later.get(reverse("testimony:own", args=[row.id])).content.decode()


def test_a_stranger_gets_404_on_every_page(client):
    row = tell(client)
    stranger = Client()
    for name in (
        "way_back",
        "files",
        "fits",
        "check",
        "done",
        "own",
        "who_read",
        "withdraw",
        "download",
    ):
        assert stranger.get(reverse(f"testimony:{name}", args=[row.id])).status_code == 404, name
    for step in ("happened", "more", "when", "where", "wishes", "readers"):
        assert stranger.get(reverse("testimony:step", args=[row.id, step])).status_code == 404


def test_withdrawing_destroys_the_words_and_leaves_a_tombstone(client):
    row = tell(client)
    client.post(reverse("testimony:check", args=[row.id]))
    assert client.post(reverse("testimony:withdraw", args=[row.id])).status_code == 302
    assert "Withdrawn" in client.get(reverse("testimony:mine")).content.decode()
    assert log.verify(row.item_id)[-1].done == "withdrew"
