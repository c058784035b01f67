"""Encrypting a stream with age (https://age-encryption.org/v1), to a key or to a passphrase.

To a public key, the file is plain age. To a passphrase, it is a tar of two age files: `key.age`,
a one-time key under the passphrase, and `backup.age`, the content under that key. Either opens
with the ordinary `age` tool too, should Firsthand not be at hand.
"""

import os
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

import pyrage

from firsthand.config.talk import Stop

KEY, CONTENT = "key.age", "backup.age"
WRONG = (
    "This backup does not open. Either the key or passphrase is not the right one, or the file "
    "was changed or cut off on its way."
)
Writer = Callable[[BinaryIO], None]


def new_pair() -> tuple[str, str]:
    """Return a fresh private key and its public key, as age writes them."""
    private = pyrage.x25519.Identity.generate()
    return str(private), str(private.to_public())


def encrypt_to_key(write: Writer, public: str, target: BinaryIO) -> None:
    """Encrypt what `write` writes, as it comes, to an age public key."""
    try:
        recipient = pyrage.x25519.Recipient.from_str(public.strip())
    except pyrage.RecipientError as error:
        raise Stop("That is not an age public key. One starts with age1.") from error
    with _read_end(write) as source:
        pyrage.encrypt_io(source, target, [recipient])


def encrypt_to_passphrase(write: Writer, passphrase: str, target: BinaryIO) -> None:
    """Encrypt what `write` writes to a fresh key, and that key to `passphrase`."""
    private, public = new_pair()
    sealed = pyrage.passphrase.encrypt(private.encode(), passphrase)
    _member(target, KEY, lambda out: out.write(sealed))
    _member(target, CONTENT, lambda out: encrypt_to_key(write, public, out))
    target.write(bytes(2 * tarfile.BLOCKSIZE))


def decrypt(path: Path, secret: str, read: Callable[[BinaryIO], None]) -> None:
    """Decrypt a backup with a private key or a passphrase, into `read` as it comes."""
    try:
        with _opened(path, secret) as (content, identity), _write_end(read) as sink:
            pyrage.decrypt_io(content, sink, [identity])
    except (pyrage.DecryptError, pyrage.IdentityError, tarfile.TarError, EOFError) as error:
        raise Stop(WRONG) from error
    except OSError as error:
        if error.errno is not None:  # the disk's, not the decrypter's
            raise
        raise Stop(WRONG) from error  # cut off within its last piece


def needs_passphrase(path: Path) -> bool:
    """Whether a backup was made to a passphrase."""
    return tarfile.is_tarfile(path)


@contextmanager
def _opened(path: Path, secret: str) -> Iterator[tuple[IO[bytes], pyrage.x25519.Identity]]:
    """The encrypted content, and the key that opens it."""
    if not needs_passphrase(path):
        with path.open("rb") as file:
            yield file, pyrage.x25519.Identity.from_str(secret.strip())
        return
    with tarfile.open(path, "r:") as outer:
        private = pyrage.passphrase.decrypt(_part(outer, KEY).read(10_000), secret)
        yield _part(outer, CONTENT), pyrage.x25519.Identity.from_str(private.decode())


def _part(outer: tarfile.TarFile, name: str) -> IO[bytes]:
    member = outer.next()
    held = outer.extractfile(member) if member and member.name == name else None
    if held is None:
        raise tarfile.ReadError
    return held


def _member(target: BinaryIO, name: str, write: Callable[[BinaryIO], object]) -> None:
    """Write one member of a tar whose size is known only afterwards."""
    start = target.tell()
    target.write(bytes(tarfile.BLOCKSIZE))
    write(target)
    size = target.tell() - start - tarfile.BLOCKSIZE
    target.write(bytes(-size % tarfile.BLOCKSIZE))
    end = target.tell()
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, 0o600
    target.seek(start)
    target.write(header.tobuf(tarfile.GNU_FORMAT))
    target.seek(end)


@contextmanager
def _read_end(write: Writer) -> Iterator[BinaryIO]:
    """The reading end of a pipe that `write` fills from a thread of its own."""
    out, into = os.pipe()
    with _aside(write, os.fdopen(into, "wb")), os.fdopen(out, "rb") as source:
        yield source


@contextmanager
def _write_end(read: Callable[[BinaryIO], None]) -> Iterator[BinaryIO]:
    """The writing end of a pipe that `read` empties from a thread of its own."""
    out, into = os.pipe()
    with _aside(read, os.fdopen(out, "rb")), os.fdopen(into, "wb") as sink:
        yield sink


@contextmanager
def _aside(work: Callable[[BinaryIO], None], end: BinaryIO) -> Iterator[None]:
    """Run `work` beside what is done inside; whichever failed first is what is raised."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            with end:
                work(end)
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    except BaseException as error:
        thread.join()
        raise (error if _only_cut_off(failed) else failed[0]) from error
    thread.join()
    if failed:
        raise failed[0]


def _only_cut_off(failed: list[BaseException]) -> bool:
    return not failed or isinstance(failed[0], BrokenPipeError)
