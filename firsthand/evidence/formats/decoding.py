"""From bytes to lines: which encoding a file is in, and every line of it, whatever its ends.

A byte-order mark decides. Without one, UTF-16 shows by its zero bytes, and what is not UTF-8 is
read as Windows-1252 (WHATWG Encoding Standard, section 9: what the web takes an unnamed Western
encoding to be). A stray byte in a file that is UTF-8 otherwise is read so too, and told once.
"""

import codecs
import io
import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import BinaryIO

from firsthand.evidence.formats.reference import Problem

HEAD = 65536  # bytes looked at to find out format and encoding
LONGEST = 4_000_000  # letters in a line; a longer one is read in pieces
_PIECE = 1 << 16  # bytes decoded at a time: what is made of them stays near the processor
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONG = "A line is longer than four million letters."
_BYTE_ENDS = ("utf-8", "utf-8-sig", "windows-1252")  # line ends are single bytes in these
_LONE_CR = re.compile(rb"\r(?!\n)").search
_STRAY = re.compile("[\udc80-\udcff]")


def encoding_of(head: bytes) -> str:
    """Return the name of the encoding that the beginning of a file is in."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    return _wide(head[:4096]) or _narrow(head)


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: every second byte of Western text is zero."""
    odd, even = head[1::2].count(0), head[::2].count(0)
    if max(odd, even) * 4 < len(head) or min(odd, even) * 8 > len(head):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _narrow(head: bytes) -> str:
    """UTF-8 unless letters beyond ASCII are there and most of them are not UTF-8."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # the end may be half a letter
        return "utf-8"
    except UnicodeError:
        text = head.decode("utf-8", "surrogateescape")
    strays = len(_STRAY.findall(text))
    letters = sum(not each.isascii() for each in text) - strays
    return "windows-1252" if strays > letters else "utf-8"


class Source:
    """A file that is being read: its first bytes, its encoding, its lines, what was odd."""

    def __init__(self, stream: BinaryIO, encoding: str | None = None) -> None:
        self.bytes = io.BufferedReader(_Plain(stream), HEAD)
        self.head = self.bytes.peek(HEAD)
        self.encoding = encoding or encoding_of(self.head)
        self.notes: list[Problem] = []
        self._told: set[str] = set()

    def texts(self) -> Iterator[str]:
        """Yield the text in pieces of whole lines. LF, CRLF and CR alone all end one: as LF."""
        yield from self._by_bytes() if self.encoding in _BYTE_ENDS else self._by_letters()

    def _by_bytes(self) -> Iterator[str]:
        """Yield the same where lines can be parted before they are decoded, which is quick."""
        rest, number = b"", 1
        self.bytes.read(len(codecs.BOM_UTF8) if self.encoding == "utf-8-sig" else 0)
        while piece := self._piece():
            cut = piece.rfind(b"\n") + 1
            whole, rest = (rest + piece[:cut], piece[cut:]) if cut else (b"", rest + piece)
            text = self._decoded(whole, number)
            number += whole.count(b"\n")
            if len(rest) > LONGEST:
                more, rest = self._parted(rest, number)
                text, number = text + more, number + bool(more)
            yield text
        yield self._decoded(rest, number)

    def _parted(self, line: bytes, number: int) -> tuple[str, bytes]:
        """Return a line that has no end so far, and nothing for the next piece, if it is long."""
        cut = len(line) - next((back for back in (1, 2, 3) if line[-back] >= 0xC0), 0)
        text = self._decoded(line[:cut], number)  # the last letter may be there in part
        if len(text) <= LONGEST:
            return "", line
        self._tell("long", number, _LONG, "All of it, in several lines.")
        return f"{text}\n", line[cut:]

    def _piece(self) -> bytes:
        """Return the next bytes, every line end as LF."""
        piece = self.bytes.read(_PIECE)
        if b"\r" not in piece:
            return piece
        if piece.endswith(b"\r") and self.bytes.peek(1)[:1] == b"\n":
            piece += self.bytes.read(1)
        if _LONE_CR(piece):
            return piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return piece.replace(b"\r", b"")  # one sign is quicker to find than two

    def _decoded(self, data: bytes, number: int) -> str:
        """Decode strictly, which is quicker, and only where that fails leniently."""
        codec = self._codec().removesuffix("-sig")  # the mark is gone by now
        try:
            text = data.decode(codec)
            return self._whole(text, number) if b"\0" in data else text
        except UnicodeError:
            return self._whole(data.decode(codec, self._errors()), number)

    def _by_letters(self) -> Iterator[str]:
        """Yield the same of an encoding in which a letter is several bytes, as UTF-16."""
        decoder = _Decoder(self._codec(), self._errors())
        rest, number, piece = "", 1, b"more"
        while piece:
            piece = self.bytes.read(_PIECE)
            text = decoder.decode(piece)
            if decoder.odd or "\0" in text:
                text = self._whole(text, number)
            whole, rest = _parted(rest + text, last=not piece)
            if len(rest) > LONGEST:
                self._tell("long", number, _LONG, "All of it, in several lines.")
                whole, rest = f"{whole}{rest}\n", ""
            number += whole.count("\n")
            yield whole

    def each_line(self) -> Iterator[str]:
        """Yield each line without its end."""
        for text in self.texts():
            yield from text.removesuffix("\n").split("\n") if text else ()

    def lines(self) -> Iterator[str]:
        """Yield each line with its end as it stands: where a line end may be part of a value."""
        wrapper = io.TextIOWrapper(self.bytes, self._codec(), self._errors(), newline="")
        for number, line in enumerate(iter(partial(wrapper.readline, LONGEST), ""), 1):
            odd = "\0" in line or not line.isascii()
            yield self._whole(line, number) if odd else line

    def _codec(self) -> str:
        return "cp1252" if self.encoding == "windows-1252" else self.encoding

    def _errors(self) -> str:
        return "surrogateescape" if self.encoding.startswith("utf-8") else "replace"

    def _whole(self, text: str, number: int) -> str:
        """Return text without zero bytes and stray ones; `number` is its first line."""
        if "\0" in text:
            said = "There are zero bytes in the file, from this line on."
            self._tell("zero", _line(text, text.index("\0"), number), said, "All but those.")
            text = text.replace("\0", "")
        if self._errors() == "surrogateescape":
            if stray := _stray(text):
                said = "There are bytes here that are not UTF-8, as the rest of the file is."
                kept = "They were read as Windows-1252, here and below."
                self._tell("stray", _line(text, stray.start(), number), said, kept)
                text = _STRAY.sub(_as_western, text)
        elif "\ufffd" in text:
            said = f"There are bytes here that mean nothing in {self.encoding}."
            kept = "The rest; the sign \ufffd stands for them."
            self._tell("stray", _line(text, text.index("\ufffd"), number), said, kept)
        return text

    def _tell(self, key: str, line: int, said: str, kept: str) -> None:
        if key not in self._told:
            self._told.add(key)
            self.notes.append(Problem(line, said, kept))


class _Decoder:
    """Decodes piece by piece: strictly, which is quicker, and only where that fails leniently."""

    def __init__(self, codec: str, errors: str) -> None:
        make = codecs.getincrementaldecoder(codec)
        self.strict, self.lenient = make("strict"), make(errors)
        self.odd = False  # whether the last piece was not as it should be

    def decode(self, piece: bytes) -> str:
        """Return the letters of a piece; an empty piece is the last."""
        before, self.odd = self.strict.getstate(), False
        try:
            return self.strict.decode(piece, not piece)
        except UnicodeError:
            self.odd = True
            self.lenient.setstate(before)
            text = self.lenient.decode(piece, not piece)
            self.strict.setstate(self.lenient.getstate())
            return text


def _parted(text: str, last: bool) -> tuple[str, str]:
    """Return the whole lines of a text, and what is left of it for the next piece."""
    held = "" if last or not text.endswith("\r") else "\r"  # its LF may come with the next piece
    if "\r" in text:
        text = text[: len(text) - len(held)].replace("\r\n", "\n").replace("\r", "\n")
    if last:
        return text, ""
    cut = text.rfind("\n") + 1
    return text[:cut], text[cut:] + held


def _stray(text: str) -> re.Match[str] | None:
    """Return the first byte that was not UTF-8. Encoding tells quickly that there is none."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _STRAY.search(text)
    return None


def _line(text: str, at: int, first: int) -> int:
    return first + text.count("\n", 0, at)


def batches(lines: Iterable[str], size: int = 1 << 18) -> Iterator[str]:
    """Join lines to pieces of about so many letters, which are quick to search."""
    held: list[str] = []
    letters = 0
    for line in lines:
        held.append(line)
        letters += len(line)
        if letters >= size:
            yield "".join(held)
            held, letters = [], 0
    yield "".join(held)


def _as_western(found: re.Match[str]) -> str:
    return bytes([ord(found[0]) - 0xDC00]).decode("cp1252", "replace")


class _Plain(io.RawIOBase):
    """Whatever can be read, as the standard library wants it to be."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, into: "io.WriteableBuffer") -> int:  # type: ignore[name-defined]
        view = memoryview(into).cast("B")
        read = self._stream.read(len(view))
        view[: len(read)] = read
        return len(read)
