"""Uploads never touch the disk in the clear."""

from io import BytesIO

import pytest
from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.test import RequestFactory

from firsthand.vault.uploads import LeftOut, MemoryOnly


def sent(content: bytes) -> InMemoryUploadedFile:
    file = BytesIO(content)
    file.name = "note.txt"
    return RequestFactory().post("/", {"file": file, "said": "words"}).FILES["file"]


@pytest.mark.parametrize("size", [1, 70_000, 3_000_000])
def test_a_file_is_in_memory_whatever_its_size(size):
    upload = sent(b"x" * size)
    assert isinstance(upload, InMemoryUploadedFile)
    assert (upload.name, upload.size, upload.read()) == ("note.txt", size, b"x" * size)


def test_one_byte_too_many_is_kept_so_that_it_can_be_seen_and_no_more(settings):
    settings.FIRSTHAND_LARGEST_FILE = 100_000
    assert sent(b"x" * 100_000).size == 100_000
    assert sent(b"x" * 100_001).size == 100_001
    assert sent(b"x" * 900_000).size == 100_001


def test_the_words_beside_a_file_that_is_too_large_arrive_whole(settings):
    settings.FIRSTHAND_LARGEST_FILE = 10
    file = BytesIO(b"x" * 5000)
    file.name = "note.txt"
    request = RequestFactory().post("/", {"file": file, "said": "words"})
    assert request.POST["said"] == "words"
    assert request.FILES["file"].size == 11


def sent_together(*sizes: int) -> list[tuple[str, int, bool]]:
    """Send files of these sizes in one form: name, bytes that arrived, whether it was left out."""
    files = [BytesIO(b"x" * size) for size in sizes]
    for number, file in enumerate(files):
        file.name = f"{number}.txt"
    request = RequestFactory().post("/", {"files": files, "said": "words"})
    assert request.POST["said"] == "words"
    return [(f.name, f.size, isinstance(f, LeftOut)) for f in request.FILES.getlist("files")]


def test_one_file_too_many_arrives_by_name_alone(settings):
    settings.FIRSTHAND_MOST_FILES = 2
    assert sent_together(5, 6, 7, 8) == [
        ("0.txt", 5, False), ("1.txt", 6, False), ("2.txt", 0, True), ("3.txt", 0, True),
    ]  # fmt: skip


def test_files_too_large_together_take_no_more_memory_than_that(settings):
    settings.FIRSTHAND_LARGEST_TOGETHER = 200_000
    assert sent_together(150_000, 50_001, 50_000, 1) == [
        ("0.txt", 150_000, False), ("1.txt", 0, True), ("2.txt", 50_000, False), ("3.txt", 0, True),
    ]  # fmt: skip


def test_files_left_out_do_not_count_among_those_that_are_kept(settings):
    settings.FIRSTHAND_MOST_FILES = 2
    settings.FIRSTHAND_LARGEST_TOGETHER = 100
    assert [left for _, _, left in sent_together(60, 70, 40, 0)] == [False, True, False, True]


def test_a_form_may_bring_far_more_files_than_are_kept_and_no_more_than_a_thousand(settings):
    assert len(sent_together(*[1] * 200)) == 200
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 3
    with pytest.raises(TooManyFilesSent):
        sent_together(1, 1, 1, 1)


def test_a_file_without_a_name_or_kind_is_still_a_file():
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx\r\n--b--\r\n'
    request = RequestFactory().generic("POST", "/", body, "multipart/form-data; boundary=b")
    assert request.FILES["file"].read() == b"x"


def handed_over(*given: object) -> InMemoryUploadedFile:
    """Return what the handler makes of a file of three bytes."""
    handler = MemoryOnly()
    handler.new_file("files", *given, content_type_extra={"charset": "x"})
    handler.receive_data_chunk(b"abc", 0)
    return handler.file_complete(3)


def test_all_that_was_said_of_a_file_is_handed_over_with_it():
    upload = handed_over("note.txt", "text/plain", 3, "latin-1")
    assert (upload.field_name, upload.name, upload.content_type) == (
        "files",
        "note.txt",
        "text/plain",
    )
    assert (upload.charset, upload.content_type_extra) == ("latin-1", {"charset": "x"})
    assert upload.read() == b"abc"


def test_a_file_that_comes_without_a_name_or_a_type_still_arrives():
    upload = handed_over("", "", 3)
    assert (upload.name, upload.content_type, upload.read()) == ("file", "", b"abc")
