"""A form whose token is old comes back with everything in it."""

import logging
import re

import pytest
from django.test import Client

from firsthand.web.lost_form import Lost
from tests.web.sending import form_on, sent_from

TYPED = "It began in spring.\r\nNobody came <b>back</b> & I waited."


@pytest.fixture
def strict(shell):
    return Client(enforce_csrf_checks=True)


def send(client, **more):
    return client.post("/shell/ask/", {"happened": TYPED, "number": "ab-12", **more})


def test_what_was_typed_is_shown_again_and_escaped(strict):
    answer = send(strict, when="Last spring")
    body = answer.content.decode()
    assert answer.status_code == 403
    assert "Nobody came &lt;b&gt;back&lt;/b&gt; &amp; I waited." in body
    assert 'value="Last spring"' in body


@pytest.mark.django_db
def test_sending_it_again_from_that_page_works(strict):
    body = send(strict, who="team", agree="on").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', body)
    assert token
    again = send(strict, who="team", agree="on", csrfmiddlewaretoken=token.group(1))
    assert again.status_code == 302


def test_ids_and_keys_of_choices_go_along_unseen(strict):
    assert '<input type="hidden" name="number" value="ab-12">' in send(strict).content.decode()


@pytest.mark.parametrize("name", ["password", "receipt_words", "recovery_key", "credential", "otp"])
def test_secrets_are_never_sent_back_to_the_screen(strict, name):
    body = send(strict, **{name: "amber river lantern"}).content.decode()
    assert "amber river" not in body
    assert f'name="{name}"' in body


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_another_site_made_the_browser_send_is_not_given_back(strict, site):
    answer = strict.post("/shell/ask/", {"happened": TYPED}, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403
    assert b"Nobody came" not in answer.content


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
def test_a_form_from_another_origin_is_not_given_back(strict, origin):
    answer = strict.post("/shell/ask/", {"happened": TYPED}, headers={"Origin": origin})
    assert b"Nobody came" not in answer.content


def test_what_was_typed_is_in_no_log(strict, caplog):
    with caplog.at_level(logging.DEBUG):
        send(strict)
        strict.post("/shell/full/", {"happened": TYPED})
    assert "Nobody came" not in caplog.text


def test_files_are_asked_for_again(strict):
    from django.core.files.uploadedfile import SimpleUploadedFile

    photo = SimpleUploadedFile("p.png", b"x", content_type="image/png")
    body = send(strict, photo=photo).content.decode()
    assert "Please choose your files again" in body
    assert 'enctype="multipart/form-data"' in body


def test_a_file_alone_is_asked_for_again_however_often_the_page_is_sent(strict):
    from django.core.files.uploadedfile import SimpleUploadedFile

    photo = SimpleUploadedFile("p.png", b"x", content_type="image/png")
    answer = strict.post("/shell/ask/", {"number": "ab-12", "photo": photo})
    for _ in range(2):
        assert answer.status_code == 403
        assert form_on(answer).files == ["photo"]
        answer = strict.post("/shell/ask/", sent_from(answer, csrfmiddlewaretoken="old"))


def test_a_secret_that_was_left_empty_is_not_asked_for(strict):
    body = send(strict, receipt="").content.decode()
    assert '<input type="hidden" name="receipt" value="">' in body
    assert "type this again" not in body


def test_nothing_typed_nothing_given_back(strict):
    answer = strict.post("/shell/ask/", {"number": "ab-12"})
    assert answer.status_code == 403
    assert b"This page is not open to you" in answer.content


def test_keys_of_choices_go_along_unseen_beside_what_was_typed(strict):
    body = send(strict, who="team").content.decode()
    assert '<input type="hidden" name="who" value="team">' in body


def test_one_small_word_alone_is_shown_because_it_may_be_all_they_typed(strict):
    body = strict.post("/shell/ask/", {"happened": "yes", "number": "1"}).content.decode()
    assert re.search(r'<input class="govuk-input"[^>]* name="happened" value="yes">', body)


def test_fields_a_view_marks_as_secret_stay_empty(shell, client):
    client.raise_request_exception = False
    body = client.post("/shell/full/", {"happened": TYPED, "nickname": "Amber"}).content.decode()
    assert "Nobody came" in body
    assert "Amber" not in body
    assert 'name="nickname"' in body


def test_one_answer_of_a_few_words_is_a_line_and_a_long_one_a_box():
    assert Lost("what_happened", "x" * 4000, "long").rows == 24
    assert Lost("what_happened", "", "line").label == "What happened"
    assert Lost("-", "", "line").label == "What you typed"
