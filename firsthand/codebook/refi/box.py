"""Opens a .qdpx, which is a zip file, and trusts it in nothing. Nothing is unpacked to the disk.

Source: REFI-QDA 1.5, section 8: one .qde, and a folder "sources" without folders in it. Tools spell
both in large or small letters, call the .qde after the project, or put a folder around it all;
some part folders with a backslash, decompose accents, or write a path as in an address ("%20").
"""

import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import IO
from urllib.parse import unquote

from firsthand.codebook.refi.telling import Unreadable
from firsthand.codebook.refi.tree import LARGEST

MOST_FILES = 20_000
MOST = 8 * 1024**3  # bytes of all files together, unpacked: film is let through
_RATIO, _FREE = 200, 20_000_000  # times the zip file's size, and what is let through anyhow
_A_PIECE = 1 << 20
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
          ValueError, MemoryError)  # fmt: skip


class Box:
    """A .qdpx that is open: its .qde, and the files that its sources name."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(file)
        except BROKEN as why:
            raise Unreadable(
                f"{name} is no whole zip file: it is damaged, or it breaks off."
            ) from why
        self._entries = {each.filename: each for each in self._zip.infolist() if not each.is_dir()}
        self._check(file.seek(0, 2))
        self.qde = self._find_qde()
        self._names = {_key(each): each for each in self._entries}

    def _check(self, size: int) -> None:
        every = self._zip.infolist()
        if len(every) > MOST_FILES:
            raise Unreadable(f"{self.name} holds more than {MOST_FILES:,} files.")
        if len({each.filename for each in every}) != len(every):
            raise Unreadable(f"Two files in {self.name} have one name.")
        if any(_outside(each.filename) for each in every):
            raise Unreadable(f"{self.name} holds a file that wants to lie outside of it.")
        if any(each.flag_bits & 1 for each in every):
            raise Unreadable(f"{self.name} is locked with a password. Save it again without one.")
        if sum(each.file_size for each in every) > min(MOST, _RATIO * size + _FREE):
            raise Unreadable(
                f"Unpacked, {self.name} would be far larger than a project can be. It may be made "
                "to fill up computers, so nothing of it was opened."
            )

    def _find_qde(self) -> str:
        found = [each for each in self._entries
                 if each.lower().endswith(".qde") and not _hidden(each)]  # fmt: skip
        if not found:
            raise Unreadable(f"There is no project (.qde) in {self.name}.")
        if len(found) > 1:
            raise Unreadable(f"There are {len(found)} projects (.qde) in {self.name}, not one.")
        return found[0]

    def project(self) -> bytes:
        """Return the .qde. Raises Unreadable."""
        if self._entries[self.qde].file_size > LARGEST:
            raise Unreadable(f"{self.qde} is larger than {LARGEST // 1024**2} MB of XML.")
        try:
            return self.content(self.qde)
        except KeyError as why:
            raise Unreadable(f"{self.qde} in {self.name} is damaged.") from why

    def find(self, path: str) -> str:
        """Return the name of the file that a source names, or ""."""
        folder = str(PurePosixPath(self.qde.replace("\\", "/")).parent)
        for bare in (path.replace("\\", "/").strip("/"), unquote(path).strip("/")):
            for place in (f"sources/{bare}", bare):
                whole = place if folder == "." else f"{folder}/{place}"
                if _key(whole) in self._names:
                    return self._names[_key(whole)]
        return ""

    def others(self) -> Iterator[tuple[str, int]]:
        """Yield the names and sizes of all files but the .qde."""
        for name, each in self._entries.items():
            if name != self.qde and not _hidden(name):
                yield name, each.file_size

    def size(self, name: str) -> int:
        return self._entries[name].file_size

    def content(self, name: str) -> bytes:
        """Return a file, never more of it than it said. Raises KeyError when it is damaged."""
        pieces, left = [], self._entries[name].file_size
        try:
            with self._zip.open(name) as file:
                while piece := file.read(_A_PIECE):
                    left -= len(piece)
                    if left < 0:
                        raise KeyError(name)
                    pieces.append(piece)
        except BROKEN as why:
            raise KeyError(name) from why
        return b"".join(pieces)


class Folder:
    """The same for a .qde without its zip file: whatever files are given beside it, by name."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = {_key(name): content for name, content in files.items()}

    def find(self, path: str) -> str:
        name = _key(path.replace("\\", "/").rpartition("/")[2])
        return name if name in self._files else ""

    def size(self, name: str) -> int:
        return len(self._files[name])

    def content(self, name: str) -> bytes:
        return self._files[name]


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name.replace("\\", "/")).casefold()


def _hidden(name: str) -> bool:
    """What a Mac puts beside the files themselves."""
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith("._")


def _outside(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return ".." in parts or name.startswith(("/", "\\")) or name[1:2] == ":"
