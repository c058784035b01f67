"""Opening a stranger's file in a process of its own, which holds no keys and dies young.

The parsers are large programs fed by strangers. So each file is opened by a fresh process with
an empty environment, bounded in memory and time, that may write no file (RLIMIT_FSIZE 0) and
leaves no core dump. Bytes go in and out by pipe: nothing touches the disk.
"""

import math
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from threading import BoundedSemaphore
from time import monotonic

from firsthand.testimony.files.kinds import BUSY, LATE, OURS, TOO_MUCH, UNREADABLE, BadFile

SECONDS = 20  # of processor time
PATIENCE = 60  # seconds by the clock, on a busy machine
TURN = 30  # seconds by the clock to wait for others' files
MEMORY = 1024**3  # bytes of address space
AT_ONCE = 2  # files open at one time, for each process of the site
CHAIRS = 3  # those and the ones that wait; never all the site's threads, so that pages still open
_turns, _chairs = BoundedSemaphore(AT_ONCE), BoundedSemaphore(CHAIRS)
_ROOT = str(Path(__file__).resolve().parents[3])
_START = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from firsthand.testimony.files.apart import main; main(sys.argv[2])"
)
_GOOD, _BAD = b"+", b"-"
_CLEANERS = dict.fromkeys(("jpeg", "png", "webp", "gif"), "image")
_TOO_MUCH = 3  # the exit code of a process that ran out of memory


def clean(code: str, content: bytes, until: float = math.inf) -> bytes:
    """Return `content`, of the format `code`, cleaned by a process apart. Raises BadFile.

    It is given up `until` that moment of the monotonic clock, or when our patience ends.
    """
    with _a_turn(until):
        patience = min(PATIENCE, until - monotonic())
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter, no shell, fixed words
                [sys.executable, "-I", "-B", "-c", _START, _ROOT, code],
                input=content,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=max(patience, 0),
                env={},
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise BadFile(TOO_MUCH if patience == PATIENCE else LATE) from None
    return heard(done.stdout, done.returncode)


@contextmanager
def _a_turn(until: float = math.inf) -> Iterator[None]:
    """Wait for a turn, so that memory lasts; where every chair is taken, ask to come again."""
    if not _chairs.acquire(blocking=False):
        raise BadFile(BUSY)
    try:
        if not _turns.acquire(timeout=max(min(TURN, until - monotonic()), 0)):
            raise BadFile(BUSY)
        try:
            yield
        finally:
            _turns.release()
    finally:
        _chairs.release()


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
