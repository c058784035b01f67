"""Plain text: made out, freed of hidden characters, kept as UTF-8."""

import codecs
import unicodedata

from firsthand.testimony.files.kinds import NOT_TEXT, OTHER, PAGE, BadFile
from firsthand.testimony.files.sniff import looks_like_markup

_KEPT = "\t\n\r"
_MOST_HIDDEN = 0.01  # a larger share of control characters than this is no text


def clean(content: bytes) -> bytes:
    """Return `content` as UTF-8 without control characters, or raise BadFile."""
    words = _read(content).removeprefix("\ufeff").removesuffix("\x1a")
    if "\0" in words or not words.strip():
        raise BadFile(NOT_TEXT)
    hidden = {c for c in set(words) if c not in _KEPT and unicodedata.category(c) == "Cc"}
    if sum(map(words.count, hidden)) > max(2, len(words) * _MOST_HIDDEN):
        raise BadFile(OTHER)
    kept = words.translate({ord(c): None for c in hidden}).encode()
    if looks_like_markup(kept):
        raise BadFile(PAGE)
    return kept


def _read(content: bytes) -> str:
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadFile(OTHER)
