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
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
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
    """UTF-8 unless letters beyond ASCII are there and none of them is UTF-8."""
    text = head.decode("utf-8", "surrogateescape")
    if len(head) >= 4:  # the end may be half a letter
        text = text[:-3] if len(text) > 3 else text
    strays = len(_STRAY.findall(text))
    letters = sum(map(len, re.findall("[^\x00-\x7f]+", text))) - strays
    return "windows-1252" if strays > letters else "utf-8"


class Source:
    """A file that is being read: its first bytes, its encoding, its lines, what was odd."""

    def __init__(self, stream: BinaryIO, encoding: str | None = None) -> None:
        self.bytes = io.BufferedReader(_Plain(stream), HEAD)
        self.head = self.bytes.peek(HEAD)
        self.encoding = encoding or encoding_of(self.head)
        self.notes: list[Problem] = []
        self._told: set[str] = set()

    def lines(self, newline: str | None = None) -> Iterator[str]:
        """Yield each line; LF, CRLF and CR alone all end one. `newline=""` leaves them as found."""
        errors = "surrogateescape" if self.encoding.startswith("utf-8") else "replace"
        encoding = "cp1252" if self.encoding == "windows-1252" else self.encoding
        wrapper = io.TextIOWrapper(self.bytes, encoding, errors, newline)
        read = iter(partial(wrapper.readline, LONGEST), "")
        for number, line in enumerate(read, 1):
            if "\0" in line or not line.isascii() or len(line) == LONGEST:
                line = self._mended(line, number)
            yield line if newline == "" else line.rstrip("\n")

    def _mended(self, line: str, number: int) -> str:
        if len(line) == LONGEST:
            self._tell("long", number, "A line is longer than four million letters.", "All of it.")
        if "\0" in line:
            said = "There are zero bytes in the file, from this line on."
            self._tell("zero", number, said, "Everything but the zero bytes.")
            line = line.replace("\0", "")
        if self.encoding.startswith("utf-8") and _STRAY.search(line):
            said = "There are bytes here that are not UTF-8, as the rest of the file is."
            self._tell("stray", number, said, "They were read as Windows-1252, here and below.")
            line = _STRAY.sub(_as_western, line)
        elif "\ufffd" in line:
            said = f"There are bytes here that mean nothing in {self.encoding}."
            self._tell("stray", number, said, "The rest of the line; the sign � stands for them.")
        return line

    def _tell(self, key: str, line: int, said: str, kept: str) -> None:
        if key not in self._told:
            self._told.add(key)
            self.notes.append(Problem(line, said, kept))


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
