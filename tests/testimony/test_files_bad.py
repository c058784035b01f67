"""Files made to harm: refused plainly and without unfolding; polyglots lose their other half."""

import gzip
import struct
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO
from threading import BoundedSemaphore
from time import monotonic

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Dictionary, Name

from firsthand.config import serve
from firsthand.testimony.files import BadFile, CleanFile, apart, checked, sent
from firsthand.testimony.files.apart import clean_here
from tests.testimony import documents, sounds
from tests.testimony.beside import checked_beside

PAGE = b"<html><script>steal()</script></html>"
DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg' onload='steal()'/>"
ZEROS = bytes(1024 * 1024)
CODES = ["jpeg", "png", "webp", "gif", "mp3", "mp4", "ogg", "wav", "flac", "webm", "pdf"]
WHOLE = {
    "jpeg": documents.jpeg(),
    "png": documents.png(),
    "webp": documents.webp(),
    "gif": documents.moving("GIF"),
    "mp3": sounds.mp3_with_notes(),
    "mp4": sounds.m4a_with_notes(),
    "ogg": sounds.opus_with_notes(),
    "wav": sounds.wav_with_notes(),
    "flac": sounds.flac_with_notes(),
    "webm": sounds.webm(),
    "pdf": documents.pdf_with_everything(),
}


MOST = 1024  # MB


def folded(megabytes: int, start: bytes = b"") -> bytes:
    """`start` and then zeros, deflated; never all of it at once in our own memory."""
    into = zlib.compressobj()
    return into.compress(start) + b"".join(map(into.compress, [ZEROS] * megabytes)) + into.flush()


def zipped(name: str = "zeros") -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, ZEROS)
    return made.getvalue()


def chunked(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of(wide: int, high: int, *more: bytes) -> bytes:
    head = chunked(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0))
    dots = chunked(b"IDAT", zlib.compress(ZEROS))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + dots + chunked(b"IEND", b"")


@pytest.mark.parametrize("name", ["all.zip", "photo.png", "letter.docx", "letter.pdf", "notes.txt"])
def test_a_zip_is_refused_and_never_opened(name):
    for packed in (zipped(), zipped("word/document.xml"), gzip.compress(ZEROS)):
        with pytest.raises(BadFile, match="zip folder") as refused:
            checked(name, packed)
        assert "JPEG" in refused.value.sentence


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.txt", "a.svg", "a.html", "a.pdf", "a"])
@pytest.mark.parametrize(
    "content",
    [
        DRAWING,
        PAGE,
        b"<?xml version='1.0'?>" + DRAWING,
        b"\n\t <!DOCTYPE html><p>hello",
        b"\xef\xbb\xbf" + PAGE,
        PAGE.decode().encode("utf-16"),
        b"some words first " + PAGE,
        b"<!-- hidden -->" + DRAWING,
        PAGE + documents.pdf(),
    ],
)
def test_a_page_or_drawing_is_refused_whatever_it_is_called(name, content):
    with pytest.raises(BadFile):
        checked(name, content)


def test_an_apple_photo_is_refused_with_what_to_do():
    with pytest.raises(BadFile, match="JPEG"):
        checked("IMG_1.heic", b"\0\0\0\x18ftypheic" + bytes(100))


@pytest.mark.parametrize("code", CODES)
def test_the_other_half_of_a_polyglot_is_gone(code):
    both = WHOLE[code] + PAGE
    try:
        kept = clean_here(code, both)
    except BadFile:
        return
    assert b"steal()" not in kept
    assert b"<script" not in kept


def test_a_picture_that_is_a_program_too_is_only_a_picture():
    head, rest = b"GIF89a", documents.moving("GIF")[6:]
    program = b"=1;alert(document.cookie)//"
    note = b"\x21\xfe" + bytes([len(program)]) + program + b"\0"
    colours = 13 + 3 * 2 ** ((rest[4] & 7) + 1)
    made = (head + rest)[:colours] + note + (head + rest)[colours:]
    assert program in made
    assert program not in clean_here("gif", made)


@pytest.mark.parametrize("size", [(50_000, 50_000), (65_000, 1000), (1_000_000, 65), (9000, 9000)])
def test_a_picture_that_unfolds_too_far_is_refused(size):
    with pytest.raises(BadFile, match="far more"):
        checked("photo.png", png_of(*size))


@pytest.mark.parametrize("kind", [b"zTXt", b"iTXt", b"iCCP"])
def test_notes_that_unfold_too_far_are_refused(kind):
    body = {
        b"zTXt": b"Comment\0\0",
        b"iTXt": b"Comment\0\1\0\0\0",
        b"iCCP": b"Profile\0\0",
    }[kind] + folded(200)
    done = checked_beside("photo.png", png_of(100, 100, chunked(kind, body)))
    assert done.size is None or done.size < 10_000
    assert done.peak < MOST


def test_a_gif_of_endless_frames_is_refused():
    frame = b"\x2c\0\0\0\0\1\0\1\0\0\2\2\x4c\1\0"
    made = b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff" + frame * 100_000 + b"\x3b"
    with pytest.raises(BadFile, match="far more"):
        checked("dance.gif", made)


def pdf_of(stream: bytes, **about) -> bytes:
    document = documents.page_with_words()
    document.pages[0].obj.Contents = made = document.make_stream(b"")
    made.write(stream, **about)
    as_it_is = pikepdf.StreamDecodeLevel.none
    return documents.pdf(document, compress_streams=False, stream_decode_level=as_it_is)


def test_a_pdf_stream_that_unfolds_too_far_is_refused():
    with pytest.raises(BadFile, match="far more"):
        checked("letter.pdf", pdf_of(folded(300), filter=Name.FlateDecode))


def test_a_pdf_stream_folded_over_and_over_is_never_unfolded():
    filters = pikepdf.Array([Name.FlateDecode] * 3)
    made = pdf_of(zlib.compress(zlib.compress(folded(300))), filter=filters)
    done = checked_beside("letter.pdf", made)
    assert done.size is not None
    assert done.size < 10_000
    assert done.peak < MOST


def test_a_pdf_whose_index_unfolds_too_far_is_refused():
    index = folded(600, b"1 0 ")
    about = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>" % len(index)
    made = b"%PDF-1.5\n5 0 obj\n" + about + b"\nstream\n" + index + b"\nendstream\nendobj\n"
    rows = folded(600, b"\2\0\5\0" * 2)
    at = len(made)
    made += (
        b"6 0 obj\n<</Type/XRef/Size 100000000/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>"
        b"\nstream\n" % len(rows) + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at
    )
    done = checked_beside("letter.pdf", made)
    assert done.size is None
    assert done.peak < MOST


def test_a_pdf_nested_without_end_is_refused_or_cleaned():
    deep = b"[" * 5000 + b"]" * 5000
    document = documents.page_with_words()
    made = documents.pdf(document, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pytest.raises(BadFile):
        checked("letter.pdf", made.replace(b"/MediaBox", b"/Group " + deep + b" /MediaBox"))


def test_pages_that_stand_in_a_ring_are_refused():
    document = documents.page_with_words()
    pages = document.Root.Pages
    pages.Kids.append(pages)
    made = BytesIO()
    document.save(made)
    with pytest.raises(BadFile):
        checked("letter.pdf", made.getvalue())


def test_sound_laid_over_itself_is_refused():
    count = 20_000
    chunks = sounds.full(b"stco", struct.pack(">I", count), struct.pack(">I", 44) * count)
    made = sounds.box(b"ftyp", b"M4A ", bytes(4)) + sounds.box(b"mdat", bytes(600_000))
    tables = sounds.full(b"stts", struct.pack(">III", 1, count, 1024))
    tables += sounds.full(b"stsc", struct.pack(">IIII", 1, 1, 1, 1))
    tables += sounds.full(b"stsz", struct.pack(">II", 500_000, count)) + chunks
    head = sounds.full(b"mvhd", sounds.STAMP, struct.pack(">II", 1000, 700), bytes(80))
    made += sounds.box(b"moov", head, sounds.track(1, b"soun", tables))
    with pytest.raises(BadFile, match="far more"):
        checked("talk.m4a", made)


def test_a_parser_that_never_ends_is_ended(monkeypatch):
    monkeypatch.setattr(apart, "_START", "while True: pass")
    monkeypatch.setattr(apart, "PATIENCE", 1)
    with pytest.raises(BadFile, match="far more"):
        checked("photo.png", documents.png())


def test_when_too_many_files_are_open_the_next_is_asked_to_wait(monkeypatch):
    monkeypatch.setattr(apart, "_turns", BoundedSemaphore(1))
    monkeypatch.setattr(apart, "TURN", 0.01)
    with apart._a_turn(), pytest.raises(BadFile, match="Wait a minute"):
        checked("photo.png", documents.png())
    assert checked("photo.png", documents.png())


def test_where_as_many_wait_as_may_the_next_is_asked_to_come_again_at_once(monkeypatch):
    monkeypatch.setattr(apart, "_turns", BoundedSemaphore(2))
    monkeypatch.setattr(apart, "_chairs", BoundedSemaphore(1))
    began = monotonic()
    with apart._a_turn(), pytest.raises(BadFile, match="Wait a minute"):
        checked("photo.png", documents.png())
    assert monotonic() - began < apart.TURN / 2
    assert checked("photo.png", documents.png())


def test_a_file_is_given_up_when_the_time_for_all_of_them_is_over(monkeypatch):
    monkeypatch.setattr(apart, "_START", "while True: pass")
    with pytest.raises(BadFile, match="no time left"):
        checked("photo.png", documents.png(), until=monotonic() + 0.5)
    with pytest.raises(BadFile, match="no time left"):
        checked("photo.png", documents.png(), until=monotonic() - 1)


def test_files_never_take_all_the_threads_that_pages_need():
    assert apart.AT_ONCE < apart.CHAIRS <= serve.THREADS // 2
    assert sent.ALTOGETHER < 60  # seconds that a web server in front waits, unless told otherwise


def test_a_parser_that_dies_is_a_plain_refusal(monkeypatch):
    monkeypatch.setattr(apart, "_START", "import os; os.abort()")
    with pytest.raises(BadFile):
        checked("photo.png", documents.png())


def test_the_process_apart_can_write_no_file_and_knows_no_secret(monkeypatch, tmp_path):
    place = tmp_path / "words"
    start = (
        "import sys, os; sys.path.append(sys.argv[1])\n"
        "from firsthand.testimony.files import apart\n"
        "apart._bound()\n"
        "assert not set(os.environ) - {'LC_CTYPE'}, os.environ\n"
        "assert 'django' not in sys.modules\n"
        f"open({str(place)!r}, 'w').write('words' * 100000)\n"
    )
    monkeypatch.setattr(apart, "_START", start)
    with pytest.raises(BadFile):
        checked("photo.png", documents.png())
    assert not place.exists() or place.stat().st_size == 0


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=st.binary(max_size=3000), name=st.text(max_size=20))
def test_any_bytes_under_any_name_are_taken_or_refused(content, name):
    with suppress(BadFile):
        assert isinstance(checked(name, content), CleanFile)


@pytest.mark.parametrize("code", CODES)
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_damage_to_a_real_file_is_taken_or_refused(code, data):
    damaged = bytearray(WHOLE[code])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=6))
    with suppress(BadFile):
        assert clean_here(code, bytes(damaged))


@pytest.mark.parametrize("code", CODES)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=st.binary(max_size=2000))
def test_any_bytes_behind_a_true_start_are_taken_or_refused(code, content):
    with suppress(BadFile):
        assert clean_here(code, WHOLE[code][:40] + content)


def test_a_hidden_action_under_an_unknown_key_is_out_of_reach():
    document = documents.page_with_words()
    document.pages[0].Resources.Secret = Dictionary(AA=Dictionary(O=documents.action(document)))
    assert documents.GRAM not in documents.unfolded(clean_here("pdf", documents.pdf(document)))
