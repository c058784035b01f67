"""Rich text: Microsoft's RTF specification 1.9.1, as far as it is text.

Groups are kept on a list, not on the call stack, so that no depth of them costs more than memory.
"""

import codecs
import re
from dataclasses import dataclass, field, replace

from firsthand.codebook.documents.document import Document, Writing
from firsthand.codebook.documents.rtf_words import CHARSETS, LINES, NOT_WORDS, TEXTS

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})"
    r"|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
PICTURES, HEADS = "Left out: pictures.", "Left out: what stands at the head and the foot of pages."
NOTES = "Left out: footnotes and comments."
_SAID = {"pict": PICTURES, "header": HEADS, "footer": HEADS, "footnote": NOTES, "annotation": NOTES}


@dataclass(frozen=True)
class _Group:
    """What holds in a group: what is skipped, how letters are told, what is being gathered."""

    out: bool = False
    into: str = ""  # info's title, or the table of fonts
    skip: int = 1  # letters that stand in for one of Unicode (\uc)
    codec: str = "cp1252"


@dataclass
class _State:
    group: _Group = field(default_factory=_Group)
    around: list[_Group] = field(default_factory=list)
    fonts: dict[int, str] = field(default_factory=dict)
    ansi: str = "cp1252"
    font: int = 0
    skipping: int = 0
    starred: bool = False
    heading: bool = False
    bytes: bytearray = field(default_factory=bytearray)
    line: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)


def read(content: bytes) -> Document:
    """Return a document's text. Raises Unreadable."""
    written, state = Writing(), _State()
    text, at = content.decode("latin-1"), 0
    while found := _TOKEN.match(text, at):
        at = found.end()
        if found["word"] == "bin":  # bytes follow that may look like anything
            at += max(int(found["number"] or 0), 0)
        _heard(found, state, written)
    _end_line(state, written)
    written.title = "".join(state.title)
    return written.document("rtf")


def _heard(found: re.Match[str], state: _State, written: Writing) -> None:
    if found["hex"] is not None:
        return _letter(int(found["hex"], 16), state)
    if found["text"] is not None:
        state.bytes += _unskipped(found["text"], state).encode("latin-1")
        return None
    _flush(state)
    if found["brace"] == "{":
        state.around.append(state.group)
        state.skipping = 0
    elif found["brace"] == "}":
        state.group = state.around.pop() if state.around else state.group
        state.skipping = 0
    elif found["word"]:
        _word(found["word"], found["number"], state, written)
    elif found["sign"] == "*":
        state.starred = True
    elif found["sign"] in ("\n", "\r"):
        _end_line(state, written)
    elif found["sign"]:
        _add({"~": "\u00a0", "_": "\u2011", "-": "\u00ad"}.get(found["sign"], found["sign"]), state)
    return None


def _unskipped(text: str, state: _State) -> str:
    """Return letters without those that stand in for one of Unicode just heard."""
    rest, state.skipping = text[state.skipping :], max(state.skipping - len(text), 0)
    return rest


def _letter(byte: int, state: _State) -> None:
    if state.skipping:
        state.skipping -= 1
    else:
        state.bytes.append(byte)


def _flush(state: _State) -> None:
    if state.bytes:
        text = state.bytes.decode(state.group.codec, "replace")
        state.bytes.clear()
        _add(text, state)


def _add(text: str, state: _State) -> None:
    if state.group.into == "title":
        state.title.append(text)
    elif not state.group.out:
        state.line.append(text)


def _word(word: str, number: str | None, state: _State, written: Writing) -> None:
    value, starred, state.starred = int(number or 0), state.starred, False
    if word == "u":
        _add(_wide(value), state)
        state.skipping = state.group.skip
    elif word in TEXTS and not state.group.out:
        _add(TEXTS[word], state)
    elif word in LINES and not state.group.out:
        _end_line(state, written)
    elif word == "title" and state.group.into == "info":
        state.group = replace(state.group, into="title")
    elif word in NOT_WORDS or starred:
        if word in _SAID and not state.group.out and _SAID[word] not in written.dropped:
            written.dropped.append(_SAID[word])
        into = word if word in ("fonttbl", "info") else ""
        state.group = replace(state.group, out=True, into=into)
    else:
        _setting(word, value, state)


def _setting(word: str, value: int, state: _State) -> None:
    """Hear what holds from here on: the encoding, the font, whether the line is a heading."""
    if word == "uc":
        state.group = replace(state.group, skip=min(max(value, 0), 8))
    elif word == "ansicpg":
        state.ansi = _codepage(value)
        state.group = replace(state.group, codec=state.ansi)
    elif word == "mac":
        state.ansi = "mac_roman"
        state.group = replace(state.group, codec=state.ansi)
    elif word == "f":
        state.font = value
        codec = state.fonts.get(value, state.ansi)
        state.group = replace(state.group, codec=codec)
    elif word == "fcharset" and state.group.into == "fonttbl":
        state.fonts[state.font] = CHARSETS.get(value, state.ansi)
    elif word == "pard":
        state.heading = False
    elif word == "outlinelevel":
        state.heading = 0 <= value < 9


def _codepage(number: int) -> str:
    try:
        return codecs.lookup("mac_roman" if number == 10000 else f"cp{number}").name
    except LookupError:
        return "cp1252"


def _wide(value: int) -> str:
    value %= 0x10000  # signed 16-bit; those beyond come as two halves
    return chr(value)


def _end_line(state: _State, written: Writing) -> None:
    _flush(state)
    joined = "".join(state.line).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    state.line.clear()
    written.line(joined, heading=state.heading)
