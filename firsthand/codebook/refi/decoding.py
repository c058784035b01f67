"""From the bytes of a text file to its text.

Source: REFI-QDA 1.5, section 9.1.2: UTF-8. Some tools put a byte-order mark before it, some write
UTF-16, and some Windows-1252; what is not UTF-8 is read as the web reads it (WHATWG Encoding
Standard). Line ends stay as they are: positions count them.
"""

from dataclasses import dataclass

_WIDE = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Plain:
    """A text without its byte-order mark, whether it had one, and how it was written."""

    text: str
    marked: bool = False
    encoding: str = "utf-8"


def decode(content: bytes) -> Plain:
    """Return the text of a file."""
    for mark, name in _WIDE:
        if content.startswith(mark):
            return Plain(content[2:].decode(name, "replace"), marked=True, encoding="utf-16")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return Plain(content.decode("cp1252", "replace"), encoding="windows-1252")
    return unmarked(text)


def unmarked(text: str) -> Plain:
    """Return a text without the mark before it: only the first is one."""
    return Plain(text.removeprefix(_MARK), marked=text.startswith(_MARK))


def encode(text: str) -> bytes:
    """Return a text as a file. One that begins with a mark gets another, which is then taken."""
    whole = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return (_MARK + whole if whole.startswith(_MARK) else whole).encode()
