"""Exit this page, on the server's side."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(shell):
    pass


def test_exit_ends_the_sitting_and_goes_somewhere_ordinary(client, settings):
    client.get("/shell/sitting/")
    assert client.session.get("here") == "yes"
    answer = client.get("/exit")
    assert answer.status_code == 302
    assert answer["Location"] == settings.FIRSTHAND_EXIT_URL
    assert client.session.get("here") is None
    assert client.cookies[settings.SESSION_COOKIE_NAME].value == ""


def test_exit_asks_the_browser_to_forget_and_tells_the_next_site_nothing(client):
    answer = client.get("/exit")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"


def test_the_script_can_end_the_sitting_without_a_token(shell):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.get("/shell/sitting/")
    assert strict.post("/exit").status_code == 204
    assert strict.session.get("here") is None


def test_exit_works_for_someone_without_a_sitting(client):
    assert client.get("/exit").status_code == 302


def test_staying_says_whether_there_is_still_a_sitting(client):
    assert client.get("/stay").status_code == 410
    client.get("/shell/sitting/")
    assert client.get("/stay").status_code == 204
