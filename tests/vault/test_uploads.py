"""Uploads never touch the disk in the clear."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.test import RequestFactory

from firsthand.vault.uploads import MemoryOnly


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
