"""Asks a process apart (`pdf_apart`) about a PDF: whether it is a sound one, and what it says."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from firsthand.evidence.pdf_apart import BROKEN, LOCKED, TOO_LONG

CHECK_PATIENCE, READ_PATIENCE = 60, 900  # seconds by the clock, on a busy machine
_AT_ONCE = BoundedSemaphore(2)  # PDFs open at one time, for each process of the site
_ROOT = str(Path(__file__).resolve().parents[2])
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from firsthand.evidence.pdf_apart import main; main(sys.argv[2])"
)
NOT_A_PDF = "This is not a PDF. Save it as a PDF, and attach that."
EMPTY = "There is nothing in this file. Choose it again."
WRONG = {
    LOCKED: "This PDF is locked with a password. Open it, print or save it as a new PDF without "
    "the password, and attach that.",
    BROKEN: "Part of this PDF is missing or damaged. Check that it opens on your device, save it "
    "again, and attach the new one.",
    TOO_LONG: "This PDF has more pages than can be read here. Attach the part that the review "
    "is about.",
}
TOOK_TOO_MUCH = "This PDF takes too long to open safely. Save it anew, or print it to a PDF."
CUT_OFF = "Reading it took too long, so the text ends here. Open the PDF itself to read on."


class BadPdf(ValueError):
    """A file that cannot be attached; its text is the sentence for whoever chose it."""


@dataclass(frozen=True)
class Texts:
    """The text of each page that could be read, in order; `whole`: none is missing at the end."""

    pages: tuple[str, ...]
    whole: bool


def check(content: bytes) -> int:
    """Return how many pages a PDF has. Raises BadPdf."""
    if not content:
        raise BadPdf(EMPTY)
    if not content.startswith(b"%PDF-"):  # a mark that comes later is how one file passes for two
        raise BadPdf(NOT_A_PDF)
    said, _ = _asked("check", content, CHECK_PATIENCE)
    first = next(said, {})
    if "pages" in first:
        return int(first["pages"])
    raise BadPdf(WRONG.get(str(first.get("wrong")), TOOK_TOO_MUCH))


def texts(content: bytes, pages: int, patience: float = READ_PATIENCE) -> Texts:
    """Return the text of a PDF that was checked, as far as the limits allow."""
    said, ended = _asked("read", content, patience)
    found = tuple(str(each["text"]) for each in said)
    return Texts(found, ended and len(found) >= pages)


def _asked(what: str, content: bytes, patience: float) -> tuple[Iterator[dict[str, Any]], bool]:
    """Return what the process apart said, and whether it ended by itself."""
    with _AT_ONCE:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter, no shell, fixed words
                [sys.executable, "-I", "-B", "-c", _START, _ROOT, what],
                input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                timeout=patience, env={}, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as late:
            return _lines(late.stdout or b""), False
    return _lines(done.stdout), done.returncode == 0


def _lines(said: bytes) -> Iterator[dict[str, Any]]:
    """Yield each whole line; one that was cut off in the middle is left out."""
    for line in said.splitlines(keepends=True):
        if line.endswith(b"\n"):
            yield json.loads(line)
