"""A short sign of what a file, or a record, holds: the same again gives the same sign.

BLAKE2b (RFC 7693), 16 bytes as 32 hexadecimal digits. A file's is of its bytes. A record's is of
its fields with even white space in Unicode form C (UAX 15), so it stays the same when the file
is saved in another encoding or with other line ends. It is no test for duplicates: the same report
from two databases has two signs.
"""

import hashlib
import unicodedata
from typing import BinaryIO

from firsthand.evidence.formats.reference import Reference

_SIZE = 16


def of_file(stream: BinaryIO) -> str:
    """Return the sign of everything that is left to read in a stream."""
    found = hashlib.blake2b(digest_size=_SIZE)
    while piece := stream.read(1 << 20):
        found.update(piece)
    return found.hexdigest()


def of_record(reference: Reference) -> str:
    """Return the sign of a record's own fields and format."""
    parts = [reference.source_format]
    for name, value in reference.raw:
        parts += [name, " ".join(value.split())]
    text = "\x1f".join(parts)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=_SIZE).hexdigest()
