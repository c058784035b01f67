"""From the bytes of a whole file to its text.

A byte-order mark decides; then what the file itself declares, if it is so; then UTF-8, if it is so;
else Windows-1252 (WHATWG Encoding Standard, section 9), as `evidence.formats.decoding` has it.
"""

import codecs
import re

from firsthand.codebook.documents.document import Unreadable
from firsthand.evidence.formats.decoding import HEAD, encoding_of

_KNOWN = re.compile(
    r"utf-?(8|16|16le|16be|32)|iso-?8859-\d{1,2}|latin-?1|(windows-|cp)(125[0-8]|874|1251)|koi8-[ru]"
    r"|shift[_-]?jis|euc-(jp|kr)|gb(k|2312|18030)|big5|macintosh|us-ascii",
    re.IGNORECASE,
)
_SAME = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252"}
_STRAY = re.compile("[\udc80-\udcff]+")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
NOT_TEXT = (
    "This does not look like a text or a document. Open it with the program that made it, "
    "save it as Word, PDF or plain text, and bring that."
)
ODD = "Some letters mean nothing in the file's encoding ({}): the sign \ufffd stands for them."
WESTERN = "The file does not say its encoding. It was read as Windows-1252: look at its accents."
MIXED = "Some bytes are not UTF-8, as the rest of the file is. They were read as Windows-1252."
ZEROS = "Left out: zero bytes that stood between the letters."


def decode(content: bytes, declared: str = "") -> tuple[str, list[str]]:
    """Return the text of a file and sentences on what was odd. Raises Unreadable for no text."""
    text, said = _decode(content, declared)
    text = text.removeprefix("\ufeff")
    sample = text[:HEAD]
    odd = len(_CONTROL.findall(sample)), sample.count("\0")
    if odd[0] > len(sample) // 50 + 2 or odd[1] > len(sample) // 5 + 2:
        raise Unreadable(NOT_TEXT)
    if "\0" in text:
        return text.replace("\0", ""), [*said, ZEROS]
    return text, said


def _decode(content: bytes, declared: str) -> tuple[str, list[str]]:
    found = encoding_of(content[:HEAD])
    if found.startswith("utf-16") or found.startswith("utf-32"):
        return _whole(content, found)
    for name in _named(declared), "utf-8":
        try:
            return content.decode(name), []
        except UnicodeDecodeError:
            continue
    text = content.decode("utf-8", "surrogateescape")
    strays = sum(map(len, _STRAY.findall(text)))
    letters = len(text) - strays - len(text.encode("ascii", "ignore"))
    if letters >= strays:
        return _STRAY.sub(_western, text), [MIXED]
    return content.decode("cp1252", "replace"), [WESTERN]


def _whole(content: bytes, name: str) -> tuple[str, list[str]]:
    try:
        return content.decode(name), []
    except UnicodeDecodeError:
        return content.decode(name, "replace"), [ODD.format(name.upper())]


def _named(declared: str) -> str:
    """Return a declared encoding's name, UTF-8 for one that is not known."""
    name = declared.strip().lower()
    if not _KNOWN.fullmatch(name):
        return "utf-8"
    try:
        return codecs.lookup(_SAME.get(name, name)).name
    except LookupError:
        return "utf-8"


def _western(found: re.Match[str]) -> str:
    return bytes(ord(each) - 0xDC00 for each in found[0]).decode("cp1252", "replace")
