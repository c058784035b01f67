"""A suggester as bytes, and kept in a folder so that it is built once and not in every process.

The bytes are a plain table of numbers (npz, no pickle): reading them runs nothing.
"""

import hashlib
import io
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from firsthand.methods.suggest.building import build
from firsthand.methods.suggest.learning import Lines, Worth
from firsthand.methods.suggest.suggester import Suggester
from firsthand.methods.suggest.values import Confirmed, Entry

FORM = 2  # raise it when what is kept, or how it is learned, changes


class Unreadable(ValueError):
    """These bytes are no suggester that this version of Firsthand wrote."""


def to_bytes(suggester: Suggester) -> bytes:
    """Return the suggester as bytes; the same suggester always gives the same bytes."""
    told = {
        "form": FORM,
        "codes": suggester.codes,
        "sentences": suggester.sentences,
        "kinds": suggester.kinds,
        "confirmed": suggester.confirmed,
        "worth": asdict(suggester.worth),
    }
    arrays: dict[str, Any] = {
        "told": np.frombuffer(json.dumps(told).encode(), np.uint8),
        "owners": suggester.owners,
        "near": suggester.near.astype(np.float16),
        "rare": suggester.rare,
        **vars(suggester.lines),
    }
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def from_bytes(kept: bytes) -> Suggester:
    """Return the suggester that was kept. Raises Unreadable."""
    try:
        with np.load(io.BytesIO(kept), allow_pickle=False) as arrays:
            return _suggester(arrays)
    except Exception as wrong:  # a damaged file fails in many ways; all mean: build it again
        raise Unreadable("This is not a suggester that can be read here.") from wrong


def _suggester(arrays: Any) -> Suggester:
    told = json.loads(arrays["told"].tobytes())
    if told["form"] != FORM:
        raise Unreadable(f"This suggester has form {told['form']}; form {FORM} is read here.")
    return Suggester(
        codes=tuple(told["codes"]),
        sentences=tuple(told["sentences"]),
        kinds=tuple(told["kinds"]),
        owners=arrays["owners"],
        near=arrays["near"].astype(np.float32),
        rare=arrays["rare"],
        lines=Lines(*(arrays[each] for each in ("by_stretch", "scale", "by_vector", "start"))),
        worth=Worth(**told["worth"]),
        confirmed=tuple(told["confirmed"]),
    )


def cached(
    entries: Iterable[Entry], folder: Path, confirmed: Iterable[Confirmed] = ()
) -> Suggester:
    """Return the suggester kept in `folder` for exactly these values, building it if need be.

    Its file name is a hash of the values, so it tells nothing. A damaged file is built again.
    """
    book, passages = tuple(entries), tuple(confirmed)
    place = folder / f"suggester-{_name(book, passages)}.npz"
    try:
        return from_bytes(place.read_bytes())
    except (OSError, Unreadable):
        suggester = build(book, passages)
    _write(place, to_bytes(suggester))
    return suggester


def _name(book: tuple[Entry, ...], passages: tuple[Confirmed, ...]) -> str:
    told = json.dumps([FORM, [asdict(each) for each in book], [asdict(each) for each in passages]])
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _write(place: Path, kept: bytes) -> None:
    """Write beside and rename, so no one reads half a file. A full disk is no reason to stop."""
    beside = place.with_suffix(f".{hashlib.sha256(kept).hexdigest()[:8]}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(kept)
        beside.replace(place)
    except OSError:
        with suppress(OSError):
            beside.unlink()
