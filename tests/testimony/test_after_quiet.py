"""After a quiet spell: the page that says no tells a tired person that their telling is safe."""

import re
import uuid
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from firsthand.access import log
from firsthand.testimony.models import Testimony
from tests.people import kit
from tests.testimony.test_telling import SAID, receipt_of, tell

pytestmark = pytest.mark.django_db

KEPT = "If this is yours, your sitting may have ended. It is still kept."
PAGES = ("check", "files", "fits", "done", "own")
# What was typed or chosen there is given back, with words of its own: see test_bad_input.
GIVEN_BACK = {("files", "post"), ("fits", "post")}


def page(name: str, testimony: uuid.UUID) -> str:
    return reverse(f"testimony:{name}", args=[testimony])


def main_of(answer) -> str:
    return re.search(r"<main.*?</main>", answer.content.decode(), re.DOTALL)[0]


def link(answer, words: str) -> str:
    return re.search(rf'href="([^"]*)">{words}</a>', main_of(answer))[1].replace("&amp;", "&")


def after_a_quiet_spell(client: Client) -> tuple[Testimony, str]:
    """A telling, its nine words, and a browser whose sitting is over."""
    row = tell(client)
    words = receipt_of(client, row)
    client.cookies.clear()
    return row, words


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_tired_person_is_told_that_it_is_kept_and_how_to_come_back(client, name, method):
    if (name, method) in {("own", "post"), *GIVEN_BACK}:
        pytest.skip("it is only looked at, or gives back what was sent")
    row, _ = after_a_quiet_spell(client)
    answer = getattr(client, method)(page(name, row.id))
    assert answer.status_code == 404
    assert KEPT in main_of(answer)
    assert link(answer, "Come back with your nine words").startswith("/come-back/")
    assert link(answer, "sign in").startswith("/sign-in/")
    assert SAID not in answer.content.decode()


def test_the_nine_words_lead_on_to_the_page_that_was_wanted(client):
    row, words = after_a_quiet_spell(client)
    wanted = page("check", row.id)
    back = link(client.get(wanted), "Come back with your nine words")
    assert back == "/come-back/?next=" + wanted
    assert client.post(back, {"receipt": words}).url == wanted
    assert SAID in client.get(wanted).content.decode()


def test_pressing_keep_it_too_late_leads_back_to_where_the_button_is(client):
    row, words = after_a_quiet_spell(client)
    wanted = page("check", row.id)
    pressed = client.post(wanted, headers={"referer": f"http://testserver{wanted}"})
    assert client.post(link(pressed, "Come back with your nine words"), {"receipt": words}).url == (
        wanted
    )
    row.refresh_from_db()
    assert row.stage == "draft"
    client.post(wanted)
    row.refresh_from_db()
    assert row.stage == "kept"


def test_signing_in_leads_on_to_the_page_that_was_wanted(client):
    someone = kit.person()
    kit.sign_in(client, someone)
    row = tell(client)
    client.cookies.clear()
    wanted = page("check", row.id)
    sent = {"login": someone.sign_in_name, "password": kit.PASSPHRASE}
    signed_in = client.post(link(client.get(wanted), "sign in"), sent)
    assert signed_in.url == wanted
    assert SAID in client.get(wanted).content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", [each for each in PAGES if each != "own"])
def test_a_stranger_hears_the_same_whether_or_not_there_is_anything(client, name, method):
    row, nowhere = tell(client), uuid.uuid4()
    stranger = Client()
    kit.sign_in(stranger, kit.person())
    seen = []
    for each in (row.id, nowhere):
        answer = getattr(stranger, method)(page(name, each))
        seen.append((answer.status_code, main_of(answer).replace(str(each), "…")))
    assert _without_what_changes(seen[0]) == _without_what_changes(seen[1])
    assert log.verify(row.item_id)[-1].refused, "the owner sees that someone tried"


def _without_what_changes(seen: tuple[int, str]) -> tuple[int, str]:
    return seen[0], re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', r'\1="…"', seen[1])


def test_someone_signed_in_is_not_asked_to_sign_in_but_shown_what_is_open_to_them(client):
    row = tell(client)
    other = Client()
    kit.sign_in(other, kit.person())
    shown = main_of(other.get(page("check", row.id)))
    assert "/sign-in/" not in shown
    assert reverse("testimony:mine") in shown


@pytest.mark.parametrize(
    "elsewhere",
    ["https://else.example/", "//else.example/", "/\\else.example", "javascript:x", "mine/", ""],
)
def test_coming_back_never_leads_to_another_site(client, elsewhere):
    _, words = after_a_quiet_spell(client)
    came = client.post(f"/come-back/?next={quote(elsewhere)}", {"receipt": words})
    assert came.url == reverse("testimony:mine")


def test_a_form_from_another_site_says_nothing_of_where_to_go_on(client):
    row, _ = after_a_quiet_spell(client)
    answer = client.post(page("check", row.id), headers={"referer": "https://else.example/x"})
    assert link(answer, "Come back with your nine words") == "/come-back/"
