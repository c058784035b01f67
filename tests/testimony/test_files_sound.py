"""Sound that people add: the sound stays as it was, and nothing else does."""

import wave
from io import BytesIO
from typing import Any

import mutagen.flac
import mutagen.mp3
import mutagen.mp4
import mutagen.oggopus
import mutagen.oggvorbis
import pytest

from firsthand.testimony.files import BadFile, checked
from firsthand.testimony.files.apart import clean_here
from tests.testimony import sounds

NOTED = {
    "wav": sounds.wav_with_notes,
    "mp3": sounds.mp3_with_notes,
    "m4a": sounds.m4a_with_notes,
    "opus": sounds.opus_with_notes,
    "ogg": sounds.vorbis_with_notes,
    "flac": sounds.flac_with_notes,
    "webm": sounds.webm,
}
CODES = {"m4a": "mp4", "opus": "ogg"}


@pytest.mark.parametrize("ending", NOTED)
def test_nothing_said_of_place_person_or_device_stays(ending):
    noted = NOTED[ending]()
    assert sounds.GRAM in noted
    kept = checked(f"recording.{ending}", noted)
    assert (kept.kind, kept.name) == ("sound", f"recording.{ending}")
    for planted in (sounds.GRAM, sounds.PLACE, sounds.PLACE[:8], sounds.STAMP):
        assert planted not in kept.content
    assert kept.content == checked("again", kept.content).content


@pytest.mark.parametrize("ending", NOTED)
def test_a_file_cut_short_is_refused_wherever_it_is_cut(ending):
    whole = NOTED[ending]()
    code = CODES.get(ending, ending)
    for share in (0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97):
        with pytest.raises(BadFile):
            clean_here(code, whole[: int(len(whole) * share)])


@pytest.mark.parametrize("ending", NOTED)
def test_a_sentence_never_holds_what_is_in_the_file(ending):
    whole = NOTED[ending]()
    for cut in (9, len(whole) // 3, len(whole) // 2):
        with pytest.raises(BadFile) as refused:
            checked(f"x.{ending}", whole[:cut])
        assert sounds.PLANTED not in refused.value.sentence
        assert refused.value.__cause__ is None


def test_wav_keeps_every_sample():
    kept = clean_here("wav", sounds.wav_with_notes())
    assert kept == sounds.wav()
    with wave.open(BytesIO(kept)) as sound:
        assert sound.getnframes() == 1600


def test_mp3_keeps_every_frame_and_forgets_the_encoder():
    kept = clean_here("mp3", sounds.mp3_with_notes())
    assert kept.endswith(sounds.mp3())
    assert b"LAME" not in kept
    assert mutagen.mp3.MP3(BytesIO(kept)).tags is None


def test_mp3_with_frames_missing_by_its_own_count_is_refused():
    with pytest.raises(BadFile):
        clean_here("mp3", sounds.mp3_info_frame(40) + sounds.mp3(30))


def test_m4a_keeps_its_samples_where_its_tables_say():
    noted = sounds.m4a_with_notes()
    kept = clean_here("mp4", noted)
    sound = b"".join(sounds.AAC_FRAMES)
    assert len(kept) == len(noted)
    assert kept.index(sound) == noted.index(sound)
    opened: Any = mutagen.mp4.MP4(BytesIO(kept))
    assert not opened.tags
    assert opened.info.codec == "mp4a.40.2"


def test_m4a_in_fragments_keeps_its_samples():
    kept = clean_here("mp4", sounds.m4a_in_fragments())
    for frame in sounds.AAC_FRAMES:
        assert frame in kept
    assert sounds.GRAM not in kept
    assert sounds.PLACE not in kept


@pytest.mark.parametrize("made", [sounds.m4a, sounds.m4a_in_fragments])
def test_video_is_refused_with_what_to_do(made):
    with pytest.raises(BadFile, match="video"):
        checked("talk.mp4", made(b"vide"))


def test_video_in_webm_is_refused():
    with pytest.raises(BadFile, match="video"):
        checked("talk.webm", sounds.webm(kind=1))


def test_webm_as_a_browser_records_it_is_taken():
    kept = clean_here("webm", sounds.webm(unknown=True))
    assert all(packet in kept for packet in sounds.OPUS_PACKETS)
    assert sounds.GRAM not in kept


def test_webm_hiding_a_second_track_is_refused():
    other = sounds.element(
        0x1F43B675, sounds.element(0xE7, b"\0"), sounds.element(0xA3, b"\x82\0\0\x80" + sounds.GRAM)
    )
    with pytest.raises(BadFile):
        clean_here("webm", sounds.webm(extra=other))


def test_ogg_comment_headers_are_empty():
    opened: Any = mutagen.oggopus.OggOpus(BytesIO(clean_here("ogg", sounds.opus_with_notes())))
    assert not opened.tags
    assert opened.tags.vendor == ""
    kept = clean_here("ogg", sounds.vorbis_with_notes())
    assert not mutagen.oggvorbis.OggVorbis(BytesIO(kept)).tags
    assert all(packet in kept for packet in sounds.OPUS_PACKETS)


def test_ogg_pages_are_numbered_and_checked_as_players_expect():
    kept = clean_here("ogg", sounds.opus_with_notes())
    sound = kept[kept.index(b"OggS", kept.index(b"OpusTags")) :]
    assert sound == sounds.opus()[-len(sound) :]


def test_ogg_with_a_damaged_page_is_refused():
    damaged = bytearray(sounds.opus())
    damaged[-5] ^= 1
    with pytest.raises(BadFile):
        clean_here("ogg", bytes(damaged))


def test_flac_keeps_its_frames_and_measures_alone():
    kept = clean_here("flac", sounds.flac_with_notes())
    assert kept == sounds.flac()
    assert mutagen.flac.FLAC(BytesIO(kept)).info.total_samples == 960


def test_tags_behind_a_flac_are_left_out():
    tail = b"TAG" + sounds.GRAM.ljust(125, b"\0")
    assert clean_here("flac", sounds.flac() + tail) == sounds.flac()
