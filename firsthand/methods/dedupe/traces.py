"""A record's trace: its blocking keys (`candidates`) as a few bytes, to be kept beside it.

Who adds to many records reads their traces and takes in only those that share a key with what is
new: they are all that `Index.add` would have compared. Two keys of one CRC-32 (ISO 3309) only cost
a record taken in for nothing.
"""

import zlib
from collections.abc import Iterable, Sequence

import numpy as np

from firsthand.methods.dedupe.candidates import keys
from firsthand.methods.dedupe.facts import Facts, facts
from firsthand.methods.dedupe.values import Report

_BYTES = 4  # of a key's checksum, in big-endian order
_KEYS = np.dtype(">u4")  # the same as numbers


def trace(of: Facts) -> bytes:
    """Return the keys of a report, four bytes each."""
    return b"".join(zlib.crc32(repr(key).encode()).to_bytes(_BYTES) for key in keys(of))


def of_reports(reports: Iterable[Report]) -> dict[str, bytes]:
    """Return the trace of each report, by its id."""
    return {each.id: trace(facts(each)) for each in reports}


def sharing(kept: Sequence[bytes], new: Iterable[bytes]) -> list[int]:
    """Return the places of those traces that share a key with one of the new ones, in order."""
    wanted = np.frombuffer(b"".join(new), _KEYS)
    hits = np.flatnonzero(np.isin(np.frombuffer(b"".join(kept), _KEYS), wanted))
    ends = np.cumsum([len(each) // _BYTES for each in kept])  # place behind each trace's last key
    return [int(place) for place in np.unique(np.searchsorted(ends, hits, side="right"))]
