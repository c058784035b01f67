"""Pages for when something is wrong."""

import pytest


@pytest.fixture(autouse=True)
def _site(shell, client):
    client.raise_request_exception = False


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/shell/odd/", 400, "We could not understand that"),
        ("/shell/closed/", 403, "This page is not open to you"),
        ("/nowhere", 404, "There is no page here"),
        ("/shell/too_big/", 413, "more than we can take"),
        ("/shell/many/", 429, "Please wait a little"),
        ("/shell/broken/", 500, "Something went wrong on our side"),
    ],
)
def test_each_trouble_has_a_page_in_plain_words_with_a_way_out(client, path, status, heading):
    answer = client.get(path)
    body = answer.content.decode()
    assert answer.status_code == status
    assert heading in body
    assert 'href="/exit"' in body
    assert str(status) not in body.split("<main")[1].split("</main")[0]


def test_more_files_or_fields_than_any_page_asks_for_are_said_to_be_too_much(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    answer = client.post("/shell/ask/", {"happened": ["words"] * 3})
    assert answer.status_code == 413
    assert "more than we can take" in answer.content.decode()


def test_a_database_that_is_away_is_said_calmly(client):
    answer = client.get("/shell/full/")
    assert answer.status_code == 503
    assert answer["Retry-After"]


@pytest.mark.parametrize(("path", "status"), [("/shell/full/", 503), ("/shell/broken/", 500)])
def test_what_was_typed_comes_back_when_the_server_is_in_trouble(client, path, status):
    answer = client.post(path, {"happened": "They shut the door\non me"})
    assert answer.status_code == status
    assert "They shut the door\non me" in answer.content.decode()


def test_when_even_the_page_is_broken_there_are_still_words_and_a_way_out(client, monkeypatch):
    from firsthand.web import errors

    monkeypatch.delitem(errors.PAGES, 500)
    answer = client.get("/shell/broken/")
    assert answer.status_code == 500
    assert b"116 123" in answer.content
    assert b'href="/exit"' in answer.content
