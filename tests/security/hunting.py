"""Looking for words in everything a site leaves behind, in every shape they may have taken."""

import base64
import gzip
import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

_PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
_JOINED = (" ", ", ", ",", "-", "", "\n", '", "', "', '", "+", "%20", "\0")


def shapes_of(words: str) -> set[bytes]:
    """Return the byte strings that would give `words` away."""
    found: set[bytes] = set()
    for said in {words, words.lower()}:
        for raw in (said.encode(), said.encode("utf-16-le")):
            found |= {raw, raw.hex().encode(), *_base64(raw)}
        found |= {said.encode("utf-16-be"), quote(said).encode(), quote_plus(said).encode()}
    return found


def receipt_shapes(receipt: str) -> set[bytes]:
    """Return what would give away any five words of a receipt that stand together."""
    words = receipt.split()
    found: set[bytes] = set()
    for start in range(0, len(words) - 2, 3):  # any five in a row hold one of these threes
        for joint in _JOINED:
            raw = joint.join(words[start : start + 3]).encode()
            found |= {raw, raw.hex().encode(), raw.decode().encode("utf-16-le"), *_base64(raw)}
    return found


def hits(shapes: Iterable[bytes], places: list[tuple[str, bytes]]) -> list[str]:
    """Return the names of the places where any of `shapes` is."""
    whole = b"\n".join(content for _, content in places)
    found = [shape for shape in shapes if shape in whole]
    return [name for name, content in places if any(shape in content for shape in found)]


def opened(places: Iterable[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Return the places, and what is packed in them."""
    found = []
    for name, content in places:
        found.append((name, content))
        found += [(f"{name}, unpacked", each) for each in _unpacked(content)]
    return found


def files_in(*roots: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file under `roots`, its name as content too: a name can tell as well."""
    for root in roots:
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            yield f"the name of {path.name}", str(path.relative_to(root.parent)).encode()
            if path.is_file() and not path.is_socket():
                yield str(path.relative_to(root.parent)), path.read_bytes()


def rows_in(database: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every value of every row: one that runs over several pages of the file is whole."""
    held = sqlite3.connect(database)
    for (table,) in held.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        asked = held.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in asked.description]
        for row in asked:
            for name, value in zip(names, row, strict=True):
                yield f"{table}.{name}", value if isinstance(value, bytes) else str(value).encode()
    held.close()


def _base64(raw: bytes) -> Iterator[bytes]:
    """What stands in base64 whatever comes before and after."""
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + raw)
        inner = whole[(before * 8 + 5) // 6 : len(whole) - 4]
        yield inner
        if b"+" in inner or b"/" in inner:
            yield inner.replace(b"+", b"-").replace(b"/", b"_")


def _unpacked(content: bytes) -> Iterator[bytes]:
    for found in _PACKED.finditer(content):
        tail = content[found.start() :]
        try:
            if tail[:2] == b"\x1f\x8b":
                yield zlib.decompressobj(31).decompress(tail, 4_000_000)
            else:
                yield zlib.decompressobj().decompress(tail, 4_000_000)
        except zlib.error:
            continue


def packed(raw: bytes) -> bytes:
    """Return `raw` as gzip would keep it, for testing the hunt itself."""
    return b"before" + gzip.compress(raw) + b"after"
