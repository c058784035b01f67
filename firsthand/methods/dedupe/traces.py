"""A record's trace: its blocking keys (`candidates`) as a few bytes, to be kept beside it.

Who adds to many records reads their traces and takes in only those that share a key with what is
new: they are all that `Index.add` would have compared. Two keys of one CRC-32 (ISO 3309) only cost
a record taken in for nothing.
"""

import zlib
from collections.abc import Iterable

from firsthand.methods.dedupe.candidates import keys
from firsthand.methods.dedupe.facts import Facts, facts
from firsthand.methods.dedupe.values import Report

_BYTES = 4  # of a key's checksum, in big-endian order


def trace(of: Facts) -> bytes:
    """Return the keys of a report, four bytes each."""
    return b"".join(zlib.crc32(repr(key).encode()).to_bytes(_BYTES) for key in keys(of))


def parts(kept: bytes) -> frozenset[bytes]:
    """Return the keys in a trace, or in several put together."""
    return frozenset(kept[at : at + _BYTES] for at in range(0, len(kept), _BYTES))


def of_reports(reports: Iterable[Report]) -> frozenset[bytes]:
    """Return every key of some reports."""
    return frozenset().union(*(parts(trace(facts(each))) for each in reports))
