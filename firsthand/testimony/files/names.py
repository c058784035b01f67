"""A file's name, made fit to show and to save: no paths, no tricks, the true ending."""

import re
import unicodedata

from firsthand.testimony.files.kinds import FORMAT_OF_ENDING, BadFile, Format, wrong_ending

LONGEST = 80  # characters before the ending
MOST_BYTES = 200  # file systems stop at 255 bytes
_JOINERS = "\u200c\u200d"  # needed to spell Persian and Hindi, and inside emoji
# Endings that phones and programs also put on a kind of file; ours takes their place.
_ALSO = dict.fromkeys(("heic", "heif", "bmp", "tif", "tiff", "avif", "img"), "image") | (
    dict.fromkeys(("mpga", "mp2", "m4r", "3gp", "amr", "aif", "wma", "mkv", "mka"), "sound")
)
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_UNSAFE = re.compile(r'[<>:"|?*\s]+')
_ENDING = re.compile(r"[a-z][a-z0-9]{0,7}")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)  # reserved by Windows


def named(name: str, found: Format) -> str:
    """Return `name` cleaned and with an ending of the format `found`.

    Raises BadFile when the ending it came with belongs to another kind of file.
    """
    stem, ending = _parted(_shown(name))
    _check(ending, found)
    stem = _shortened(stem.strip(" .")) or found.kind
    if _DEVICES.fullmatch(stem.partition(".")[0]):
        stem = f"file {stem}"
    return f"{stem}.{ending if ending in found.endings else found.endings[0]}"


def _shown(name: str) -> str:
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name[-1000:]))[-1]
    seen = (c for c in last if c in _JOINERS or unicodedata.category(c) not in _HIDDEN or c == "\t")
    return _UNSAFE.sub(" ", "".join(seen)).strip()


def _parted(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    ending = ending.strip(_JOINERS + " ").lower()
    if dot and _ENDING.fullmatch(ending):
        return stem, ending
    return name, ""


def _check(ending: str, found: Format) -> None:
    told = FORMAT_OF_ENDING.get(ending)
    kind = told.kind if told else _ALSO.get(ending)
    if ending and kind != found.kind:
        raise BadFile(wrong_ending(ending, found))


def _shortened(stem: str) -> str:
    stem = stem[:LONGEST]
    return stem.encode()[:MOST_BYTES].decode("utf-8", "ignore").strip(" .")
