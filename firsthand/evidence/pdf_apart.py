"""Opens one PDF in a process of its own: says how many pages it has, or the text of each.

A PDF comes from anywhere and its parsers are large. So this process starts with an empty
environment, is bounded in memory and processor time, and writes no file. Each line it says is
JSON and goes out at once: what was read before a limit is not lost. Reading text from a page:
ISO 32000-2, section 9.10, as pypdf does it.
"""

import json
import resource
import sys
from contextlib import suppress
from io import BytesIO
from typing import Any

MEMORY = 1024**3  # bytes of address space
SECONDS = {"check": 20, "read": 300}  # of processor time
MOST_PAGES = 3000
MOST_TEXT = 20_000_000  # characters in all
LOCKED, BROKEN, TOO_LONG = "locked", "broken", "too long"


def main(what: str) -> None:
    """Be the process apart."""
    bound(what)
    content = sys.stdin.buffer.read()
    (check if what == "check" else read)(content)


def bound(what: str) -> None:
    """Take no more memory and time than this, write no file, leave no core dump."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS[what]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # some systems do not bound address space
            resource.setrlimit(limit, (most, most))


def check(content: bytes) -> None:
    """Say how many pages a PDF has, or what is wrong with it."""
    import pikepdf

    if (
        b"%%EOF" not in content[-1024:]
    ):  # its end is missing: a parser would mend it, and lose pages
        return _say(wrong=BROKEN)
    try:
        with pikepdf.Pdf.open(BytesIO(content), suppress_warnings=True) as document:
            pages = len(document.pages)
            locked = document.is_encrypted
    except pikepdf.PasswordError:
        return _say(wrong=LOCKED)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError):
        return _say(wrong=BROKEN)
    if locked or not pages or pages > MOST_PAGES:
        return _say(wrong=LOCKED if locked else TOO_LONG if pages else BROKEN)
    return _say(pages=pages)


def read(content: bytes) -> None:
    """Say the text of each page in turn. A page that cannot be read is said to have none."""
    from pypdf import PdfReader

    left = MOST_TEXT
    for number, page in enumerate(PdfReader(BytesIO(content)).pages, start=1):
        text = _text(page)[:left]
        left -= len(text)
        _say(page=number, text=text)


def _text(page: Any) -> str:
    try:
        found = str(page.extract_text() or "")
    except MemoryError:
        raise
    except Exception:  # whatever a strange page does to the parser, the others are read
        return ""
    return found.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")


def _say(**said: object) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()
