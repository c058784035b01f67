"""When much has come from one place, the next is asked to wait, calmly, and loses no word."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from firsthand.access import limits
from firsthand.access.models import Tries
from firsthand.methods.leaky_bucket import Pace
from firsthand.repair.models import Message
from firsthand.testimony.models import Attachment, Testimony
from tests.repair.conftest import Town, town  # noqa: F401 - a fixture
from tests.testimony.test_telling import number_in, tell

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]

START = "testimony:start"
SAID = "They came to my door at seven in the morning.\nI had asked them not to."


@pytest.fixture
def room(monkeypatch):
    """Room for so many tellings, and so many megabytes of files, from one place."""

    def room(tellings: int, megabytes: int = 2000) -> None:
        few = {limits.TELLING: tellings, limits.FILE: megabytes}
        for kind, free in few.items():
            monkeypatch.setitem(limits.FROM_HERE, kind, Pace(free, 300, 100, 300))

    return room


def begin(client: Client, number: str = ""):
    number = number or number_in(client.get(reverse(START)).content.decode())
    return client.post(reverse(START), {"happened": SAID, "number": number})


def note(name: str = "note.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"hello there", "text/plain")


def test_one_telling_too_many_is_asked_to_wait_with_its_words_on_the_page(room):
    room(1)
    assert begin(Client()).status_code == 302
    answer = begin(Client())
    said = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (429, "100")
    assert "You did nothing wrong" in said
    assert "2 minutes" in said
    assert SAID.split("\n")[1] in said
    assert "Exit this page" in said
    assert Testimony.objects.count() == 1


def test_sent_again_from_that_page_after_the_wait_it_is_kept(room):
    room(1)
    begin(Client())
    client = Client()
    number = number_in(client.get(reverse(START)).content.decode())
    assert begin(client, number).status_code == 429
    Tries.objects.all().delete()  # as the wait does
    assert begin(client, number).status_code == 302
    assert Testimony.objects.count() == 2


def test_a_form_that_is_sent_twice_counts_once(room):
    room(1)
    client = Client()
    number = number_in(client.get(reverse(START)).content.decode())
    assert [begin(client, number).status_code for _ in range(3)] == [302] * 3
    assert Testimony.objects.count() == 1


def test_looking_at_the_page_and_going_on_telling_are_never_held_up(room):
    room(1)
    client = Client()
    row = tell(client)
    for _ in range(5):
        assert client.get(reverse(START)).status_code == 200
        step = reverse("testimony:step", args=[row.id, "more"])
        assert client.post(step, {"since": "It goes on."}).status_code == 302


def test_a_file_too_many_is_named_and_the_others_are_added(room):
    room(60, megabytes=1)
    client = Client()
    row = tell(client)
    address = reverse("testimony:files", args=[row.id])
    answer = client.post(address, {"files": [note("one.txt"), note("two.txt")]})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "two.txt: this was not added" in said
    assert "You did nothing wrong" in said
    assert "one.txt: this" not in said
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("side", ["person", "team"])
def test_a_message_whose_files_are_too_many_is_given_back_with_its_words(room, town: Town, side):  # noqa: F811
    room(60, megabytes=0)
    who, name = (town.person, "conversation") if side == "person" else (town.responder, "request")
    address = reverse(f"repair:{name}", args=[town.request.id])
    who.browser().get(address)
    given = {"text": SAID, "number": "n" * 22, "seen": "0", "files": [note()]}
    answer = who.browser().post(address, given)
    assert answer.status_code == 429
    assert SAID.split("\n")[1] in answer.content.decode()
    assert not Message.objects.exists()
    assert who.browser().post(address, {**given, "files": []}).status_code == 302
