"""A second opinion on sound: a cleaned file is kept only when mutagen too can open it."""

from importlib import import_module
from io import BytesIO

from firsthand.testimony.files.kinds import UNREADABLE, BadFile

# mutagen's module and class for each; only the one that is needed is loaded
_READERS = {
    "flac": ("mutagen.flac", "FLAC"),
    "mp3": ("mutagen.mp3", "MP3"),
    "mp4": ("mutagen.mp4", "MP4"),
    "opus": ("mutagen.oggopus", "OggOpus"),
    "vorbis": ("mutagen.oggvorbis", "OggVorbis"),
    "wav": ("mutagen.wave", "WAVE"),
}


def believed(content: bytes, code: str) -> bytes:
    """Return `content` when it opens as the format `code`, and raise BadFile when it does not."""
    module, name = _READERS[code]
    if getattr(import_module(module), name)(BytesIO(content)).info is None:
        raise BadFile(UNREADABLE)
    return content
