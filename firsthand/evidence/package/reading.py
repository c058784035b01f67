"""Opens a package and gives the rows of its tables, each checked. Nothing is unpacked to the disk.

A zip file is not trusted: not its names, not how large it says its files are, not its tables.
"""

import csv
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, cast

from firsthand.evidence.package.resources import BY_PATH, LOADED
from firsthand.evidence.package.tables import Bad, Cells, Resource, read
from firsthand.evidence.package.writing import VERSION

_MOST = 1024**3  # bytes of all tables together
_RATIO, _FREE = 200, 20_000_000  # times the zip file's size, and what is let through anyhow
_LARGEST_SAID = 2_000_000  # bytes of datapackage.json
_LONGEST = 10_000_000  # characters of a cell
_BESIDE = {"datapackage.json", "README.md"}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


class Package:
    """A package that is open. Raises Bad when it cannot be one."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except _BROKEN as why:
            raise Bad("This is no zip file, or it is broken.") from why
        self._size = file.seek(0, io.SEEK_END)
        self._check_names()
        self._check_sizes()
        self._hashes = self._described()

    def _check_names(self) -> None:
        names = self._zip.namelist()
        if len(names) != len(set(names)):
            raise Bad("Two files in this package have one name.")
        for name in names:
            if name not in BY_PATH and name not in _BESIDE:
                raise Bad(
                    f"This package holds {name[:80]!r}, which is no part of a review's package "
                    "that this version of Firsthand knows."
                )
        for each in LOADED:
            if each.path not in names:
                raise Bad(f"{each.path} is missing in this package.")
        if "datapackage.json" not in names:
            raise Bad("datapackage.json is missing, so this is no package of a review.")

    def _check_sizes(self) -> None:
        together = sum(each.file_size for each in self._zip.infolist())
        if together > min(_MOST, _RATIO * self._size + _FREE):
            raise Bad("Unpacked, this package would be far larger than a review can be.")

    def _described(self) -> dict[str, str]:
        try:
            with self._zip.open("datapackage.json") as file:
                said = json.loads(file.read(_LARGEST_SAID))
            version = said["firsthand_package"]
            resources = {each["path"]: each.get("hash", "") for each in said["resources"]}
        except (*_BROKEN, ValueError, KeyError, TypeError, AttributeError, RecursionError) as why:
            raise Bad("datapackage.json does not describe a package of Firsthand.") from why
        if version != VERSION:
            raise Bad(
                f"This is a package of version {version!r:.20}; here only {VERSION} is known."
            )
        return resources

    def rows(self, resource: Resource) -> Iterator[Cells]:
        """Yield the rows of a table. Raises Bad, saying where."""
        path, line = resource.path, 1
        csv.field_size_limit(_LONGEST)
        try:
            with self._zip.open(path) as packed:
                seen = _Seen(packed, self._zip.getinfo(path).file_size)
                text = io.TextIOWrapper(
                    cast(IO[bytes], io.BufferedReader(seen)), "utf-8", newline=""
                )
                lines = csv.reader(text, strict=True)
                head = next(lines, [])
                if head != resource.columns:
                    raise Bad(f"The columns have to be: {', '.join(resource.columns)}.")
                for cells in lines:
                    line = lines.line_num
                    yield _row(cells, resource)
                self._check_hash(path, seen)
        except Bad as why:
            raise Bad(f"{path}, line {line}: {why}") from None
        except (*_BROKEN, csv.Error, UnicodeError) as why:
            raise Bad(f"{path} is broken, somewhere after line {line}.") from why

    def _check_hash(self, path: str, seen: "_Seen") -> None:
        said = self._hashes.get(path, "")
        if said and said != f"sha256:{seen.hash.hexdigest()}":
            raise Bad("This table was changed after the package was written (its hash differs).")


def _row(cells: list[str], resource: Resource) -> dict[str, Any]:
    if len(cells) != len(resource.fields):
        raise Bad(f"There are {len(cells)} cells, and {len(resource.fields)} columns.")
    return {
        column.name: read(said, column) for said, column in zip(cells, resource.fields, strict=True)
    }


class _Seen(io.RawIOBase):
    """A packed file as it is unpacked: never more of it than it said, and its hash."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file, self._left = file, size
        self.hash = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        piece = self._file.read(len(into))
        self._left -= len(piece)
        if self._left < 0:
            raise zipfile.BadZipFile
        self.hash.update(piece)
        into[: len(piece)] = piece
        return len(piece)
