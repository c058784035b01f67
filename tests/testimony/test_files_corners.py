"""The rarer shapes that real files take, and the ways they can be wrong, one by one."""

import struct
import zlib
from io import BytesIO

import mutagen.apev2
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms

from firsthand.testimony.files import BadFile, apart
from firsthand.testimony.files.apart import clean_here
from firsthand.testimony.files.colour_profile import profile_bare
from firsthand.testimony.files.picture_notes import jp2_bare, jpeg_bare
from tests.testimony import documents, sounds


def refused(code: str, content: bytes) -> str:
    with pytest.raises(BadFile) as found:
        clean_here(code, content)
    return found.value.sentence


# -- the process apart ------------------------------------------------------------------------


def test_what_the_process_apart_says_is_heard():
    assert apart.heard(apart.said("wav", sounds.wav()), 0) == sounds.wav()
    with pytest.raises(BadFile, match="missing"):
        apart.heard(apart.said("wav", sounds.wav()[:60]), 0)


@pytest.mark.parametrize(
    ("said", "code", "sentence"),
    [
        (b"", 0, "our side"),
        (b"+half", 1, "our side"),
        (b"", 3, "far more"),
        (b"+half", -9, "far more"),
    ],
)
def test_a_process_that_ended_badly_is_never_believed(said, code, sentence):
    with pytest.raises(BadFile, match=sentence):
        apart.heard(said, code)


# -- sound ------------------------------------------------------------------------------------


def m4a_of(entry: bytes, chunks: bytes = b"", source: bytes = b"\0\0\0\1") -> bytes:
    """An M4A with another sort of sound, table of places, or source."""
    plain = sounds.m4a()
    sizes = [len(frame) for frame in sounds.AAC_FRAMES]
    ftyp = plain[: plain.index(b"mdat") - 4]
    start = len(ftyp) + 8
    tables = sounds.tables(start, sizes)
    if chunks:
        tables = tables[: tables.index(b"stco") - 4] + chunks
    stbl = sounds.box(b"stbl", sounds.full(b"stsd", b"\0\0\0\1", entry), tables)
    dref = sounds.full(b"dref", b"\0\0\0\1", sounds.box(b"url ", source, sounds.GRAM))
    media = sounds.box(
        b"mdia",
        sounds.box(b"mdhd", b"\1\0\0\0", bytes(16), struct.pack(">IQ", 44100, 30720), bytes(4)),
        sounds.full(b"hdlr", bytes(4), b"soun", bytes(12)),
        sounds.box(b"minf", sounds.box(b"dinf", dref), stbl),
    )
    head = sounds.box(b"tkhd", b"\1\0\0\0", bytes(16), struct.pack(">II", 1, 0), bytes(64))
    moov = sounds.box(b"moov", sounds.box(b"trak", head, media))
    return ftyp + sounds.box(b"mdat", *sounds.AAC_FRAMES) + moov


def entry(kind: bytes, version: int = 0, *inside: bytes) -> bytes:
    about = bytes(6) + b"\0\1" + struct.pack(">H", version) + b"VENDOR" + bytes(12)
    return sounds.box(kind, about, *inside)


def test_an_m4a_with_long_numbers_is_taken():
    start = sounds.m4a().index(b"mdat") + 4
    wide = sounds.full(b"co64", struct.pack(">IQ", 1, start))
    noted = entry(b"mp4a", 0, sounds.ESDS, sounds.box(b"pinf", sounds.GRAM))
    kept = clean_here("mp4", m4a_of(noted, wide))
    assert b"".join(sounds.AAC_FRAMES) in kept
    assert sounds.GRAM not in kept
    assert b"VENDOR" not in kept


def test_an_m4a_of_an_older_make_is_taken():
    older = entry(b"mp4a", 1, bytes(16), sounds.box(b"wave", sounds.ESDS), sounds.ESDS)
    assert b"".join(sounds.AAC_FRAMES) in clean_here("mp4", m4a_of(older))


def test_an_m4a_with_its_store_at_the_end_and_no_length_is_taken():
    whole = sounds.m4a_in_fragments()
    at = whole.rindex(b"mdat") - 4
    length = int.from_bytes(whole[at : at + 4], "big")
    open_ended = whole[:at] + bytes(4) + whole[at + 4 : at + length]
    assert sounds.AAC_FRAMES[-1] in clean_here("mp4", open_ended)


@pytest.mark.parametrize(
    "made",
    [
        lambda: m4a_of(entry(b"samr")),
        lambda: m4a_of(entry(b"mp4a", 0, sounds.ESDS), source=bytes(4)),
        lambda: m4a_of(entry(b"mp4a"), sounds.full(b"stco", struct.pack(">II", 1, 4))),
        lambda: m4a_of(entry(b"mp4a"), sounds.full(b"stco", struct.pack(">I", 0))),
        lambda: sounds.m4a(b"text"),
        lambda: sounds.m4a().replace(b"mdat", b"junk"),
        lambda: sounds.m4a_in_fragments().replace(b"mdat", b"junk"),
        lambda: sounds.box(b"ftyp", b"M4A ", bytes(4)) + sounds.box(b"moov"),
    ],
)
def test_an_m4a_without_its_sound_is_refused(made):
    refused("mp4", made())


def test_mp3_frames_of_every_sort_are_measured():
    layers = {
        b"\xff\xfb\x90\x00": 417,  # MPEG 1, layer III, 128 kbit/s, 44.1 kHz
        b"\xff\xfd\x90\x00": 522,  # MPEG 1, layer II, 160 kbit/s
        b"\xff\xf3\x80\x00": 208,  # MPEG 2, layer III, 64 kbit/s, 22.05 kHz
        b"\xff\xe3\x80\x00": 417,  # MPEG 2.5, layer III, 64 kbit/s, 11.025 kHz
    }
    for head, length in layers.items():
        whole = head.ljust(length, b"\0") * 6
        assert clean_here("mp3", whole) == whole


def test_junk_between_mp3_frames_is_left_out_within_reason():
    junk = b"\xff\xff" + sounds.GRAM * 3
    mixed = sounds.mp3(5) + junk + sounds.mp3(5) + b"\0" * 50
    assert clean_here("mp3", mixed) == sounds.mp3(10)
    long = sounds.GRAM * 4000
    refused("mp3", (sounds.mp3(3) + long) * 8 + sounds.mp3(3))
    refused("mp3", sounds.mp3(5) + sounds.GRAM * 8000)


def test_an_mp3_with_another_encoders_notes_loses_them():
    noted = (b"\xff\xfb\x90\x00" + bytes(32) + b"VBRI" + sounds.GRAM).ljust(417, b"\0")
    assert clean_here("mp3", noted + sounds.mp3()) == sounds.mp3()


def test_what_only_begins_as_an_mp3_is_refused():
    refused("mp3", sounds.MP3_FRAME)
    refused("mp3", b"ID3\4\0\0\x7f\x7f\x7f\x7f")
    footed = b"ID3\4\0\x10\0\0\0\0" + b"3DI\4\0\x10\0\0\0\0" + sounds.mp3(5)
    assert clean_here("mp3", footed) == sounds.mp3(5)


@pytest.mark.parametrize("at", [22, 24, 32, 40])
def test_a_wav_of_no_shape_is_refused(at):
    made = bytearray(sounds.wav())
    made[at : at + 4] = bytes(4)
    refused("wav", bytes(made))


def test_a_wav_keeps_how_many_samples_it_says():
    plain = sounds.wav()
    fact = sounds.chunk(b"fact", struct.pack("<I", 1600) + sounds.GRAM)
    kept = clean_here("wav", sounds.chunk(b"RIFF", plain[8:36] + fact + plain[36:]))
    assert sounds.GRAM not in kept
    assert b"fact\4\0\0\0" in kept


def test_ogg_leaves_other_streams_out_and_refuses_two_sounds():
    other = sounds.ogg_page([b"fishead\0" + sounds.GRAM], 0, 2, 0, serial=9)
    kept = clean_here("ogg", other + sounds.opus())
    assert kept == clean_here("ogg", sounds.opus())
    refused("ogg", sounds.opus() + sounds.opus())
    refused("ogg", sounds.ogg_page([b"\x80theora"], 0, 2, 0))


def test_an_ogg_of_many_channels_keeps_their_map():
    head = b"OpusHead" + struct.pack("<BBHIHB", 1, 6, 312, 48000, 0, 1) + bytes([4, 2, *range(6)])
    tail = sounds.opus()[sounds.opus().index(b"OggS", 40) :]
    kept = clean_here("ogg", sounds.ogg_page([head + sounds.GRAM], 0, 2, 0) + tail)
    assert head in kept
    assert sounds.GRAM not in kept


def test_an_ogg_with_its_headers_in_disorder_is_refused():
    head = sounds.ogg_page([b"OpusHead" + bytes(11)], 0, 2, 0)
    sound = sounds.ogg_page([b"a", b"b"], 1, 4, 960)
    refused("ogg", head + sound + sound)
    mixed = sounds.ogg_page([b"OpusTags" + bytes(8), b"sound"], 1, 4, 960)
    refused("ogg", head + mixed + sound)
    setup = b"\x05vorbis" + bytes(1_100_000)
    pages, at = [], 0
    while at < len(setup):
        pages.append(setup[at : at + 255 * 254])
        at += 255 * 254
    first = b"\x01vorbis" + struct.pack("<IBIiiiBB", 0, 1, 44100, 0, 64000, 0, 0xB8, 1)
    made = sounds.ogg_page([first], 0, 2, 0)
    made += sounds.ogg_page([b"\x03vorbis" + bytes(8) + b"\1"], 1, 0, 0)
    refused("ogg", made + b"".join(sounds.ogg_page([p], 2, 0, 0) for p in pages[:1]))


def test_webm_with_other_sound_is_refused():
    refused("webm", sounds.webm().replace(b"A_OPUS", b"A_XXXX"))
    refused("webm", sounds.webm().replace(b"OpusHead", b"OpusHeap"))
    refused("webm", sounds.webm().replace(sounds.element(0xD7, b"\1"), sounds.element(0xD7, b"\2")))


def test_webm_that_is_built_wrong_is_refused():
    head = sounds.element(0x1A45DFA3, sounds.element(0x4282, b"webm"))
    refused("webm", head + sounds.element(0x1549A966, unknown=True))
    refused("webm", head + sounds.element(0x18538067, sounds.element(0x1549A966, unknown=True)))
    refused("webm", head + sounds.element(0x18538067, b"\x00\x81a"))
    refused("webm", head + sounds.element(0x18538067, b"\xec\x00"))
    refused("webm", head + sounds.element(0x18538067))
    long = sounds.element(0x1549A966, sounds.element(0x4489, bytes(9)))
    refused("webm", head + sounds.element(0x18538067, long))


def test_flac_that_begins_wrong_is_refused():
    whole = sounds.flac()
    refused("flac", whole[:4] + b"\x84" + whole[5:])
    refused("flac", whole[:42] + b"\0\0" + whole[44:])
    tagged = BytesIO(whole)
    tags = mutagen.apev2.APEv2()
    tags["Artist"] = sounds.PLANTED
    tags.save(tagged)
    assert clean_here("flac", tagged.getvalue()) == whole


# -- pictures ---------------------------------------------------------------------------------


def test_a_photo_with_a_common_or_broken_profile_keeps_its_colours():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (srgb, b"no profile at all"):
        made = documents.written(documents.drawing(), "JPEG", icc_profile=profile)
        assert Image.open(BytesIO(clean_here("jpeg", made))).size == (320, 200)


def test_a_still_gif_and_one_that_stops_are_taken():
    still = clean_here("gif", documents.written(documents.drawing("P"), "GIF"))
    assert Image.open(BytesIO(still)).n_frames == 1  # type: ignore[attr-defined]
    first, *rest = documents.frames()
    made = documents.written(first, "GIF", save_all=True, append_images=rest)
    assert "loop" not in Image.open(BytesIO(clean_here("gif", made))).info


def test_webp_kept_without_loss_stays_without_loss():
    clear = documents.drawing("RGBA")
    clear.putalpha(120)
    kept = Image.open(BytesIO(clean_here("webp", documents.written(clear, "WEBP", lossless=True))))
    assert kept.getpixel((30, 20)) == clear.getpixel((30, 20))


# -- inside PDFs ------------------------------------------------------------------------------


def test_the_jpegs_of_a_pdf_are_freed_of_notes_in_every_shape():
    plain = documents.written(documents.drawing("CMYK"), "JPEG")
    bare = jpeg_bare(plain)
    assert b"Adobe" in bare
    assert Image.open(BytesIO(bare)).tobytes() == Image.open(BytesIO(plain)).tobytes()
    filled = b"\xff\xd8\xff\xff" + plain[3:]
    assert jpeg_bare(filled) == bare
    assert jpeg_bare(plain[:-2]) == bare
    assert jpeg_bare(plain + documents.GRAM) == bare
    for wrong in (b"nothing", b"\xff\xd8nothing here", plain[:30]):
        with pytest.raises(BadFile):
            jpeg_bare(wrong)
    steps = documents.written(documents.drawing(), "JPEG", progressive=True, comment=documents.GRAM)
    assert Image.open(BytesIO(jpeg_bare(steps))).tobytes() == Image.open(BytesIO(steps)).tobytes()


def test_the_jpeg_2000s_of_a_pdf_are_freed_of_notes():
    plain = documents.written(documents.drawing(), "JPEG2000")
    note = sounds.box(b"xml ", documents.XMP) + sounds.box(b"uuid", bytes(16), documents.GRAM)
    wide = struct.pack(">I", 1) + b"uuid" + struct.pack(">Q", 16 + 8) + documents.GRAM[:8]
    assert jp2_bare(plain + note + wide) == plain
    stream = plain[plain.index(b"\xff\x4f\xff\x51") :]
    assert jp2_bare(stream) == stream
    with pytest.raises(BadFile):
        jp2_bare(plain + b"\0\0\0\3abcd")


def pdf_with(picture: bytes, **about) -> bytes:
    document = documents.page_with_words()
    made = document.make_stream(
        b"", Type=Name.XObject, Subtype=Name.Image, Width=320, Height=200, BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB,
    )  # fmt: skip
    made.write(picture, **about)
    document.pages[0].Resources.XObject = Dictionary(I=made)
    as_it_is = pikepdf.StreamDecodeLevel.none
    return documents.pdf(document, compress_streams=False, stream_decode_level=as_it_is)


def test_a_jpeg_folded_once_more_inside_a_pdf_is_cleaned():
    folded = zlib.compress(documents.jpeg())
    filters = Array([Name.FlateDecode, Name.DCTDecode])
    made = pdf_with(folded, filter=filters, decode_parms=Array([Dictionary(), Dictionary()]))
    assert documents.GRAM not in documents.unfolded(clean_here("pdf", made))
    strange = Array([Name.RunLengthDecode, Name.DCTDecode])
    refused("pdf", pdf_with(documents.jpeg(), filter=strange))


def test_a_profile_in_a_pdf_keeps_its_colours_and_no_names():
    bare = profile_bare(documents.profile())
    assert documents.PLANTED[:4].encode("utf-16-be") not in bare
    before, after = (
        ImageCms.profileToProfile(
            documents.drawing(),
            ImageCms.ImageCmsProfile(BytesIO(each)),
            ImageCms.createProfile("sRGB"),
        )
        for each in (documents.profile(), bare)
    )
    assert before is not None
    assert after is not None
    assert before.tobytes() == after.tobytes()


def test_a_pdf_with_odd_marks_is_taken():
    document = documents.page_with_words()
    document.pages[0].obj.Annots = Array(
        [
            Dictionary(Subtype=Name.Text, Contents="no place"),
            7,
            Dictionary(Subtype=Name.Text, Contents="   ", Rect=[1, 2, 3, 4]),
        ]
    )
    kept = clean_here("pdf", documents.pdf(document))
    with pikepdf.open(BytesIO(kept)) as cleaned:
        assert "/Annots" not in cleaned.pages[0].obj


def test_a_pdf_of_no_pages_is_refused():
    refused("pdf", documents.pdf(pikepdf.new()))


def test_pages_in_a_tall_tree_are_kept():
    document = documents.page_with_words()
    top = document.Root.Pages
    for _ in range(5):
        middle = document.make_indirect(Dictionary(Type=Name.Pages, Kids=top.Kids, Count=1))
        for kid in middle.Kids:
            kid.Parent = middle
        middle.Parent = top
        middle.Tool = documents.PLANTED
        top.Kids = Array([middle])
    kept = clean_here("pdf", documents.pdf(document))
    with pikepdf.open(BytesIO(kept)) as cleaned:
        assert len(cleaned.pages) == 1
    assert documents.GRAM not in documents.unfolded(kept)
