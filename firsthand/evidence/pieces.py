"""A file's content as the database keeps it until it is read: whole if small, or in pieces.

Pieces keep memory constant however large the file, and the worker may be on another machine.
"""

import hashlib
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

from firsthand.evidence.models import ImportFile, ImportPiece

SIZE = 1024 * 1024  # bytes in a piece; a file of one piece needs none


def each(stream: IO[bytes]) -> Iterator[bytes]:
    stream.seek(0)
    while piece := stream.read(SIZE):
        yield piece


def sign(stream: IO[bytes]) -> tuple[str, int]:
    """Return the fingerprint (SHA-256) of what a stream holds, and its size in bytes."""
    found, size = hashlib.sha256(), 0
    for piece in each(stream):
        found.update(piece)
        size += len(piece)
    return found.hexdigest(), size


def begin(stream: IO[bytes], size: int) -> bytes:
    """Return what stands in the file's own row: all of a small file, nothing of a large one."""
    stream.seek(0)
    return stream.read() if size <= SIZE else b""


def keep(file: ImportFile, stream: IO[bytes]) -> None:
    """Keep a large file, a piece at a time."""
    if file.size > SIZE:
        for place, piece in enumerate(each(stream)):
            ImportPiece.objects.create(file=file, place=place, content=piece)


def drop(file: ImportFile) -> None:
    """Let go of a file's content: all of it has been read."""
    ImportPiece.objects.filter(file=file).delete()


def opened(file: ImportFile) -> BinaryIO:
    """Return a file's content, to be read from its beginning."""
    return cast(BinaryIO, _Kept(file))


class _Kept:
    """What is kept of a file; no more than one piece is in memory."""

    def __init__(self, file: ImportFile) -> None:
        whole = bytes(file.content or b"")
        self._pieces = iter([whole]) if whole else self._from(file)
        self._left = memoryview(b"")

    def _from(self, file: ImportFile) -> Iterator[bytes]:
        rows, place = ImportPiece.objects.filter(file=file), 0
        while row := rows.filter(place=place).first():
            yield bytes(row.content)
            place += 1

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes; none at the end. Less than that is no sign of an end."""
        if not self._left:
            self._left = memoryview(next(self._pieces, b""))
        size = len(self._left) if size < 0 else size
        taken, self._left = self._left[:size], self._left[size:]
        return bytes(taken)
