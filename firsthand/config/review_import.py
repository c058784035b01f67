"""What `firsthand review import` does: reads files, tells what is in them, writes one."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from firsthand.config import review_told
from firsthand.config.review_told import Told
from firsthand.config.talk import Progress, Stop
from firsthand.evidence.formats import fingerprints
from firsthand.evidence.formats.reading import File, Problem, Reference, Unreadable
from firsthand.evidence.formats.writing import write


class Importing:
    """One run of the command."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.told: list[Told] = []
        self.files: dict[str, str] = {}  # a file's sign → its name
        self.seen: set[str] = set()  # the signs of the records of earlier files

    def run(self) -> int:
        """Read every file; return 0, or 1 when one could not be read."""
        args = self.args
        self._check_output()
        if args.output:
            self._write_file(args.output)
        elif args.to:
            with suppress(BrokenPipeError):  # whoever reads it has seen enough
                self._write(sys.stdout)
        else:
            for _ in self._references():
                pass  # reading tells what is there
        out = sys.stderr if args.to and not args.output else sys.stdout
        out.write(review_told.as_json(self.told) if args.json else review_told.words(self.told))
        return 1 if any(each.error for each in self.told) else 0

    def _check_output(self) -> None:
        args = self.args
        if args.output and not args.to:
            raise Stop("Say with --to in which format to write: ris, bibtex, csl-json or csv.", 2)
        if args.output and any(_same(args.output, each) for each in args.files):
            raise Stop("The file to write is one of those to read. Give it another name.", 2)

    def _write_file(self, path: Path) -> None:
        """Write beside the file first, so that what is there stays until all is written."""
        beside = path.with_name(path.name + ".part")
        try:
            with beside.open("w", encoding="utf-8", newline="") as out:
                self._write(out)
            beside.replace(path)
        except OSError as why:
            raise Stop(f"{path} could not be written: {why.strerror}.") from why
        finally:
            beside.unlink(missing_ok=True)

    def _write(self, out: TextIO) -> None:
        for piece in write(self._references(), self.args.to):
            out.write(piece)

    def _references(self) -> Iterator[Reference]:
        for path in self.args.files:
            told = Told(str(path))
            self.told.append(told)
            try:
                with path.open("rb") as stream:
                    if self._is_new_file(stream, told):
                        yield from self._of_file(stream, path, told)
            except OSError as why:
                told.error = f"It could not be opened: {why.strerror}."
            except Unreadable as why:
                told.error = str(why)

    def _is_new_file(self, stream: BinaryIO, told: Told) -> bool:
        told.fingerprint = fingerprints.of_file(stream)
        stream.seek(0)
        told.same_as = self.files.get(told.fingerprint, "")
        self.files.setdefault(told.fingerprint, told.file)
        return not told.same_as

    def _of_file(self, stream: BinaryIO, path: Path, told: Told) -> Iterator[Reference]:
        watched = _Watched(stream, path)
        file = File(cast(BinaryIO, watched), path.name)
        told.format, told.encoding = file.format.value, file.encoding
        here: set[str] = set()
        for found in file.read(self.args.columns):
            if isinstance(found, Problem):
                told.note(found, every=self.args.json)
            elif self._is_new(found, told, here):
                yield found
        self.seen |= here
        watched.progress.end()

    def _is_new(self, reference: Reference, told: Told, here: set[str]) -> bool:
        """Say whether no earlier file holds the very same record."""
        told.records += 1
        if len(self.args.files) == 1:
            return True  # nothing to remember: memory stays as it is
        sign = fingerprints.of_record(reference)
        here.add(sign)
        told.again += sign in self.seen
        return sign not in self.seen


class _Watched:
    """A file whose reading is shown as progress."""

    def __init__(self, stream: BinaryIO, path: Path) -> None:
        self._stream = stream
        self.progress = Progress(f"Reading {path.name}", path.stat().st_size)

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(size)
        self.progress.add(len(piece))
        return piece


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)
