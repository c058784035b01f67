"""Opening a stranger's file in a process of its own, which holds no keys and dies young.

The parsers are large programs fed by strangers. So each file is opened by a fresh process with
an empty environment, bounded in memory and time, that may write no file (RLIMIT_FSIZE 0) and
leaves no core dump. Bytes go in and out by pipe: nothing touches the disk.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from threading import BoundedSemaphore

from firsthand.testimony.files.kinds import BUSY, OURS, TOO_MUCH, UNREADABLE, BadFile

SECONDS = 20  # of processor time
PATIENCE = 60  # seconds by the clock, on a busy machine
TURN = 30  # seconds by the clock to wait for others' files
MEMORY = 1024**3  # bytes of address space
_turns = BoundedSemaphore(max(2, os.cpu_count() or 1))
_ROOT = str(Path(__file__).resolve().parents[3])
_START = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from firsthand.testimony.files.apart import main; main(sys.argv[2])"
)
_GOOD, _BAD = b"+", b"-"
_CLEANERS = dict.fromkeys(("jpeg", "png", "webp", "gif"), "image")
_TOO_MUCH = 3  # the exit code of a process that ran out of memory


def clean(code: str, content: bytes) -> bytes:
    """Return `content`, of the format `code`, cleaned by a process apart. Raises BadFile."""
    with _a_turn():
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter, no shell, fixed words
                [sys.executable, "-I", "-B", "-c", _START, _ROOT, code],
                input=content,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=PATIENCE,
                env={},
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise BadFile(TOO_MUCH) from None
    return heard(done.stdout, done.returncode)


@contextmanager
def _a_turn() -> Iterator[None]:
    """Wait until fewer files are open here than there are processors, so that memory lasts."""
    if not _turns.acquire(timeout=TURN):
        raise BadFile(BUSY)
    try:
        yield
    finally:
        _turns.release()


def heard(said: bytes, code: int) -> bytes:
    """Return the clean bytes that a process apart said before it ended with `code`."""
    mark, body = said[:1], said[1:]
    if code == 0 and mark == _GOOD:
        return body
    if code == 0 and mark == _BAD:
        raise BadFile(body.decode())
    raise BadFile(TOO_MUCH if code == _TOO_MUCH or code < 0 else OURS)


def main(code: str) -> None:
    """Be the process apart: read a file from the pipe, write the clean one or a sentence."""
    _bound()
    try:
        sys.stdout.buffer.write(said(code, sys.stdin.buffer.read()))
    except MemoryError:
        sys.exit(_TOO_MUCH)


def said(code: str, content: bytes) -> bytes:
    """Return what the process apart has to say: a mark, then the clean bytes or a sentence."""
    try:
        return _GOOD + clean_here(code, content)
    except BadFile as bad:
        return _BAD + bad.sentence.encode()


def clean_here(code: str, content: bytes) -> bytes:
    """Return `content` cleaned in this very process. Raises BadFile, whatever the parser does."""
    cleaner = import_module(f"firsthand.testimony.files.{_CLEANERS.get(code, code)}")
    try:
        return bytes(cleaner.clean(content, code))
    except (BadFile, MemoryError):
        raise
    except Exception:
        # No cause is kept: a parser's words may quote the file.
        raise BadFile(UNREADABLE) from None


def _bound() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # some systems do not bound address space
            resource.setrlimit(what, (most, most))
