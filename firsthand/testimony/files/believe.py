"""A second opinion on sound: a cleaned file is kept only when mutagen too can open it."""

from io import BytesIO
from typing import Any

from mutagen.flac import FLAC
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE

from firsthand.testimony.files.kinds import UNREADABLE, BadFile

_READERS: dict[str, Any] = {
    "flac": FLAC,
    "mp3": MP3,
    "mp4": MP4,
    "opus": OggOpus,
    "vorbis": OggVorbis,
    "wav": WAVE,
}


def believed(content: bytes, code: str) -> bytes:
    """Return `content` when it opens as the format `code`, and raise BadFile when it does not."""
    if _READERS[code](BytesIO(content)).info is None:
        raise BadFile(UNREADABLE)
    return content
