"""A file that is sent twice is there once; another file from the same page is there as well."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from firsthand.access import log
from firsthand.testimony.models import Attachment, Testimony
from firsthand.vault.models import Chunk
from tests.testimony.test_telling import number_in, receipt_of, tell
from tests.web.sending import at_once

pytestmark = pytest.mark.django_db


def files_of(row: Testimony) -> str:
    return reverse("testimony:files", args=[row.id])


def number_on(client: Client, row: Testimony) -> str:
    return number_in(client.get(files_of(row)).content.decode())


def send(client: Client, row: Testimony, number: str, *files: tuple[str, bytes]):
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(files_of(row), {"number": number, "files": sent, "add": "1"})


LETTER = ("letter.txt", b"what they wrote")
NOTE = ("note.txt", b"what I wrote")


@pytest.mark.django_db(transaction=True)
def test_files_sent_twice_at_the_same_moment_are_there_once(client):
    row = tell(client)
    number, before = number_on(client, row), len(log.verify(row.item_id))

    def press() -> int:
        again = Client()
        again.cookies = client.cookies
        return send(again, row, number, LETTER, NOTE).status_code

    assert at_once(press, 3) == [302, 302, 302]
    assert row.attachments.count() == 2
    assert Chunk.objects.values("item").distinct().count() == 2
    assert len(log.verify(row.item_id)) == before + 2


def test_another_file_from_the_same_page_is_added_too(client):
    row = tell(client)
    number = number_on(client, row)
    send(client, row, number, LETTER)
    send(client, row, number, LETTER, NOTE, ("letter.txt", b"what they wrote later"))
    shown = client.get(files_of(row)).content.decode()
    assert row.attachments.count() == 3
    assert "note.txt" in shown


def test_the_same_file_from_another_page_is_another_file(client):
    row = tell(client)
    for _ in range(2):
        send(client, row, number_on(client, row), LETTER)
    assert row.attachments.count() == 2


def test_a_file_chosen_twice_in_one_form_is_there_twice_however_often_it_is_sent(client):
    row = tell(client)
    number = number_on(client, row)
    for _ in range(2):
        send(client, row, number, LETTER, LETTER)
    assert row.attachments.count() == 2


def test_a_page_shown_again_for_a_bad_file_keeps_its_number_and_doubles_no_good_one(client):
    row = tell(client)
    number = number_on(client, row)
    shown = send(client, row, number, LETTER, ("x.png", b"<svg>"))
    assert shown.status_code == 422
    assert number_in(shown.content.decode()) == number
    assert send(client, row, number, LETTER, NOTE).status_code == 302
    assert row.attachments.count() == 2


def test_a_second_sending_is_not_refused_because_the_first_took_the_last_place(client, settings):
    settings.FIRSTHAND_MOST_FILES = 1
    row = tell(client)
    number = number_on(client, row)
    for _ in range(2):
        assert send(client, row, number, LETTER).status_code == 302
    assert row.attachments.count() == 1


def test_a_form_without_a_number_is_still_taken(client):
    row = tell(client)
    for _ in range(2):
        sent = {"files": SimpleUploadedFile(*LETTER), "add": "1"}
        assert client.post(files_of(row), sent).status_code == 302
    assert row.attachments.count() == 2


def test_the_same_number_under_two_tellings_is_two_files(client):
    first = tell(client)
    start = reverse("testimony:start")
    number = number_in(client.get(start).content.decode())
    client.post(start, {"happened": "Something else.", "number": number})
    second = Testimony.objects.exclude(id=first.id).get()
    for row in (first, second):
        send(client, row, "one number", LETTER)
        assert row.attachments.count() == 1


def test_a_stranger_with_the_number_adds_nothing(client):
    row = tell(client)
    number = number_on(client, row)
    assert receipt_of(client, row)
    assert send(Client(), row, number, LETTER).status_code == 404
    assert not Attachment.objects.exists()
