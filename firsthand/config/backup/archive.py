"""What is in a backup: a tar of files, and last a manifest with the hash of each."""

import hashlib
import io
import json
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, BinaryIO

from firsthand.config.talk import Progress, Stop

MANIFEST = "manifest.json"
FORMAT = 1
_BLOCK = 1024 * 1024
DAMAGED = "This backup is not whole: it does not hold what it says it holds."


def write(files: Mapping[str, Path], about: Mapping[str, Any], target: BinaryIO) -> None:
    """Write `files` (name in the archive to where it is) and what the backup is `about`."""
    shown = Progress("Encrypting", sum(path.stat().st_size for path in files.values()))
    hashes = {}
    with tarfile.open(fileobj=target, mode="w|", format=tarfile.GNU_FORMAT) as tar:
        for name, path in files.items():
            with path.open("rb") as file:
                hashed = Hashed(file, shown)
                info = tarfile.TarInfo(name)
                info.size, info.mode = path.stat().st_size, 0o600
                tar.addfile(info, hashed)
                hashes[name] = hashed.hex()
        _write_manifest(tar, {"format": FORMAT, **about, "files": hashes})
    shown.end()


def read(source: BinaryIO, into: Path, expected: tuple[str, ...]) -> None:
    """Unpack into the directory `into`. Raises Stop for anything that is not as written.

    `expected` are the names a backup may hold: nothing is written under any other.
    """
    hashes: dict[str, str] = {}
    manifest: dict[str, Any] | None = None
    with tarfile.open(fileobj=source, mode="r|") as tar:
        for member in tar:
            held = tar.extractfile(member)
            if held is None or manifest is not None:
                raise Stop(DAMAGED)
            if member.name == MANIFEST:
                manifest = json.loads(held.read(_BLOCK))
            elif member.name in expected and member.name not in hashes:
                hashes[member.name] = _unpack(held, into / member.name)
            else:
                raise Stop(DAMAGED)
    _drain(source)
    check(manifest, hashes)


def check(manifest: Mapping[str, Any] | None, hashes: Mapping[str, str]) -> None:
    """Raise Stop unless the manifest is one we understand and the hashes are its own."""
    if manifest is None or manifest.get("files") != hashes:
        raise Stop(DAMAGED)
    if manifest.get("format") != FORMAT:
        raise Stop(
            f"This backup was made by a later Firsthand ({manifest.get('version')}). "
            "Install that version or a newer one, then restore."
        )


class Hashed:
    """A file that is hashed as it is read."""

    def __init__(self, file: IO[bytes], shown: Progress) -> None:
        self.file, self.shown, self._seen = file, shown, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self._seen.update(piece)
        self.shown.add(len(piece))
        return piece

    def hex(self) -> str:
        return self._seen.hexdigest()


def _write_manifest(tar: tarfile.TarFile, manifest: Mapping[str, Any]) -> None:
    raw = json.dumps(manifest, indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode = len(raw), 0o600
    tar.addfile(info, io.BytesIO(raw))


def _unpack(held: IO[bytes], path: Path) -> str:
    seen = hashlib.sha256()
    with path.open("xb") as file:
        while piece := held.read(_BLOCK):
            seen.update(piece)
            file.write(piece)
    return seen.hexdigest()


def _drain(source: BinaryIO) -> None:
    """Read to the end: only there does a cut-off or changed file show."""
    while source.read(_BLOCK):
        pass
