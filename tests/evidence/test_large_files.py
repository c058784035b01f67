"""Large files: never whole in memory, nothing twice, nothing lost when something breaks off."""

import io
import threading

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from firsthand.evidence import keeping, pieces, rules, uploads
from firsthand.evidence.actions import importing, searches
from firsthand.evidence.models import ImportFile, ImportPiece, ImportProblem, Record
from tests.evidence import kit
from tests.evidence.test_importing import ris
from tests.evidence.test_pages import World, upload

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world() -> World:
    made = World()
    made.run = searches.add(made.ada, kit.SEARCH)
    return made


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch):
    """So that a file of a few records comes in several pieces."""
    monkeypatch.setattr(pieces, "SIZE", 100)


def test_a_large_file_is_kept_in_pieces_read_from_them_and_let_go_of(world):
    content = ris(9)
    world.post("Ada", "search", world.run.id, files=[upload("a.ris", content)])
    row = ImportFile.objects.get()
    assert (row.size, bytes(row.content)) == (len(content), b"")
    assert b"".join(bytes(each.content) for each in row.pieces.all()) == content
    importing.read_file.call(str(row.id))
    row.refresh_from_db()
    assert (row.stage, row.records_read, row.content) == (rules.READ, 9, None)
    assert not ImportPiece.objects.exists()


def test_a_large_file_sent_twice_is_said_and_no_piece_of_it_is_kept_again(world):
    for _ in range(2):
        world.post("Ada", "search", world.run.id, files=[upload("a.ris", ris(9))])
    assert ImportFile.objects.count() == 1
    assert ImportPiece.objects.count() == -(-len(ris(9)) // 100)
    assert "a.ris is here already" in world.get("Ada", "search", world.run.id)


def test_the_same_file_twice_in_one_sending_is_there_once(world):
    files = [upload("a.ris", ris(9)), upload("b.ris", ris(9))]
    world.post("Ada", "search", world.run.id, files=files)
    assert ImportFile.objects.get().name == "a.ris"


def test_a_file_larger_than_the_site_takes_is_said_beside_the_others(world, settings):
    settings.FIRSTHAND_LARGEST_IMPORT = 1024 * 1024
    big = upload("b.ris", b"x" * (1024 * 1024 + 1))
    page = world.post(
        "Ada", "search", world.run.id, status=422, files=[upload("a.ris", ris(1)), big]
    )
    assert "b.ris: larger than 1 MB" in page
    assert "a.ris:" not in page
    assert not ImportFile.objects.exists()


def test_other_pages_take_no_more_than_before(settings):
    from firsthand.vault.uploads import MemoryOnly

    assert settings.FILE_UPLOAD_HANDLERS == ["firsthand.vault.uploads.MemoryOnly"]
    request = RequestFactory().post("/", {"files": upload("a", b"x")})
    assert [type(each) for each in request.upload_handlers] == [MemoryOnly]


def test_a_stranger_sends_nothing_however_large(world):
    at = world.at("search", world.run.id)
    answer = world.browsers["Eve"].post(at, {"files": upload("a.ris", ris(9))})
    assert answer.status_code == 404
    assert not ImportFile.objects.exists()


def test_without_the_forms_own_token_nothing_is_taken(world):
    from django.test import Client

    guarded = Client(enforce_csrf_checks=True)
    guarded.cookies = world.browsers["Ada"].cookies
    answer = guarded.post(world.at("search", world.run.id), {"files": upload("a.ris", ris(9))})
    assert answer.status_code == 403
    assert not ImportFile.objects.exists()
    assert guarded.get(world.at("search", world.run.id)).status_code == 200


def test_a_form_whose_end_never_came_is_not_taken_for_a_shorter_file(world):
    whole = encode_multipart(BOUNDARY, {"files": upload("a.ris", ris(9))})
    sent = {"wsgi.input": io.BytesIO(whole[:-300])}
    at = world.at("search", world.run.id)
    answer = world.browsers["Ada"].generic("POST", at, whole, MULTIPART_CONTENT, **sent)
    assert answer.status_code == 422
    assert "Not all of it arrived" in answer.content.decode()
    assert not ImportFile.objects.exists()


def test_a_file_that_was_cut_off_before_it_was_sent_is_read_as_far_as_it_goes(world):
    world.post("Ada", "search", world.run.id, files=[upload("a.ris", ris(9)[:-20])])
    importing.read_file.call(str(ImportFile.objects.get().id))
    assert Record.objects.count() == 9
    assert ImportProblem.objects.get().line > 40


def test_a_worker_killed_in_the_middle_of_a_large_file_goes_on_without_doubling(world, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    kept = []

    def killed(file, batch, begin):
        if len(kept) == 2:
            raise KeyboardInterrupt
        kept.append(begin)
        keeping.keep(file, batch, begin)

    monkeypatch.setattr(importing, "keep", killed)
    file = importing.take(world.ada, world.run, [("a.ris", io.BytesIO(ris(9)))]).new[0]
    with pytest.raises(KeyboardInterrupt):
        importing.read_file.call(str(file.id))
    assert Record.objects.count() == 4
    assert ImportPiece.objects.exists()
    monkeypatch.setattr(importing, "keep", keeping.keep)
    importing.read_file.call(str(file.id))
    titles = list(Record.objects.values_list("title", flat=True))
    assert titles == [f"Bluebells {place}" for place in range(1, 10)]


@pytest.mark.django_db(transaction=True)
def test_two_who_send_one_file_at_once_have_it_once(world):
    begun, said = threading.Barrier(2), []

    def send(member):
        begun.wait()
        try:
            said.append(importing.take(member, world.run, [("a.ris", io.BytesIO(ris(9)))]))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(each,)) for each in (world.ada, world.ben)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(len(each.new) for each in said) == [0, 1]
    assert ImportFile.objects.count() == 1
    assert ImportPiece.objects.count() == -(-len(ris(9)) // 100)


def test_two_large_files_are_kept_apart(world):
    files = [upload("a.ris", ris(9)), upload("b.ris", ris(12).replace(b"Bluebells", b"Campion"))]
    world.post("Ada", "search", world.run.id, files=files)
    for each in ImportFile.objects.all():
        importing.read_file.call(str(each.id))
    assert list(ImportFile.objects.order_by("name").values_list("records_read", flat=True)) == [
        9,
        12,
    ]


def test_a_large_file_lies_in_a_file_without_a_name_and_a_small_one_in_memory(monkeypatch):
    monkeypatch.setattr(uploads, "_IN_MEMORY", 10)
    request = RequestFactory().post("/", {"files": upload("a", b"x" * 100), "note": "words"})
    request.upload_handlers = [uploads.OnDisk(request)]
    arrived = request.FILES["files"]
    assert arrived.size == 100
    assert arrived.file._rolled
    assert not isinstance(arrived.file.name, str)
    assert arrived.read() == b"x" * 100
    assert request.POST["note"] == "words"


def test_what_is_read_of_a_kept_file_is_all_of_it_whatever_the_size_asked_for(world):
    content = ris(9)
    file = importing.take(world.ada, world.run, [("a.ris", io.BytesIO(content))]).new[0]
    stream, found = pieces.opened(file), b""
    while piece := stream.read(7):
        found += piece
    assert found == content
    assert pieces.opened(file).read() == content[:100]
    assert stream.read() == b""
