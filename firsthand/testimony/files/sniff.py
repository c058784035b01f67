"""Which format a file's first bytes say it is in. The parser of that format has the last word.

Only the very start counts: a format that would let its mark come later (PDF within 1,024 bytes)
is how one file is made to pass for two. Marks: RFC 6648's registry pages of each type and the
WHATWG MIME Sniffing Standard, section 6.
"""

import re

from firsthand.testimony.files.kinds import (
    APPLE_PHOTO,
    FORMATS,
    PACKED,
    PAGE,
    VIDEO,
    BadFile,
    Format,
)

_MARKS = (
    (rb"\xff\xd8\xff", "jpeg"),
    (rb"\x89PNG\r\n\x1a\n", "png"),
    (rb"RIFF....WEBP", "webp"),
    (rb"GIF8[79]a", "gif"),
    (rb"RIFF....WAVE", "wav"),
    (rb"OggS", "ogg"),
    (rb"fLaC", "flac"),
    (rb"\x1aE\xdf\xa3", "webm"),
    (rb"%PDF-", "pdf"),
)
_REFUSED = (
    (
        rb"PK\x03\x04|PK\x05\x06|Rar!\x1a|7z\xbc\xaf|\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ|\x28\xb5\x2f\xfd",
        PACKED,
    ),
    (rb"\xd0\xcf\x11\xe0|\{\\rtf", PACKED),
    (rb"....ftyp(heic|heix|heim|heis|hevc|hevx|mif1|msf1|avif|avis)", APPLE_PHOTO),
    (rb"....ftyp(qt  |3gp|3g2)|RIFF....AVI |FLV\x01|\x00\x00\x01[\xb3\xba]", VIDEO),
)
_MP4 = re.compile(rb"....ftyp", re.DOTALL)
_MP3 = re.compile(rb"ID3[\x02-\x04]|\xff[\xe2-\xe5\xf2-\xf5\xfa-\xfd]")
# Tags that make a browser take bytes for a page (the standard's list, and drawings)...
_FIRST_TAG = (
    rb"\s*<(!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body"
    rb"|br|p|svg|math)[\s>/]"
)
# ... and those that give a page away even when something stands before them.
_LATER_TAG = rb".{0,1024}?<(!doctype html|html|head|body|script|iframe|svg)[\s>/]"
_MARKUP = re.compile(_FIRST_TAG + rb"|\s*<(\?xml|!--)|" + _LATER_TAG, re.IGNORECASE | re.DOTALL)


def format_of(content: bytes) -> Format:
    """Return the format that the first bytes of `content` announce; text when none does.

    Raises BadFile for what we know and cannot take: archives, office files, web pages, video.
    """
    for mark, sentence in _REFUSED:
        if re.match(mark, content, re.DOTALL):
            raise BadFile(sentence)
    for mark, code in _MARKS:
        if re.match(mark, content, re.DOTALL):
            return FORMATS[code]
    return _by_shape(content)


def _by_shape(content: bytes) -> Format:
    if _MP4.match(content):
        return FORMATS["mp4"]
    if _MP3.match(content):
        return FORMATS["mp3"]
    if looks_like_markup(content):
        raise BadFile(PAGE)
    return FORMATS["text"]


def looks_like_markup(content: bytes) -> bool:
    """Return whether `content` begins as a web page or an SVG drawing does."""
    return bool(_MARKUP.match(content[:2048].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")))
