"""Parts a RIS file into records, so that a bad line costs no more than itself.

A piece of the file is parted into its fields at once, and a record in which every line is as it
should be is taken whole, which is quick. Any other is read line by line (`ris_lines`); both give
the same.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from firsthand.evidence.formats.reference import Problem
from firsthand.evidence.formats.ris_held import Record
from firsthand.evidence.formats.ris_lines import Lines
from firsthand.evidence.formats.ris_tags import MAY_BE_FIELD

_PATIENCE = 4_000_000  # letters without a TY line: from there on, line by line
# Parts a text before each orderly field: before those lines that `ris_tags.HEADS` knows.
_FIELDS = re.compile(r"\n([A-Z][A-Z0-9])  -(?: |(?![^\n]))").split
# What may stand after ER: empty lines, and the number that Ovid counts its records by.
_BETWEEN = re.compile(r"(?:\n[^\S\n]*)*(?:\n\d+\.)?").fullmatch
_USUAL = {"", "\n"}  # what does stand there


def records(texts: Iterable[str]) -> Iterator[Record | Problem]:
    """Yield each record of a RIS file, and each problem after the record it is about.

    `texts`: the file in pieces of whole lines, each line ended by a line feed.
    """
    reader, held = _Pieces(), "\n"
    for text in texts:
        held += text
        cut = held.rfind("\nTY  -")  # a record is whole when the next one begins
        if cut > 0:
            yield from reader.several(held[:cut])
            held = held[cut:]
        elif len(held) > _PATIENCE:
            yield from reader.one_by_one(held[:-1])
            held = "\n"
    yield from reader.one_by_one(held.removesuffix("\n"))
    reader.end()
    yield from reader.out()


class _Pieces(Lines):
    """Reads pieces of a file: a piece is lines, each with its line feed before it."""

    def __init__(self) -> None:
        super().__init__()
        self.number = 1  # of the next line

    def several(self, piece: str) -> Iterator[Record | Problem]:
        """Yield the records of a piece that a TY line comes after."""
        parts = _FIELDS(piece)
        yield from self.one_by_one(parts[0])
        names, values = [*parts[1::2], "TY"], parts[2::2]
        at = 0
        while at < len(values):
            end = _end(names, at)
            some, said = names[at:end], values[at:end]
            ends = "\n".join(said).count("\n") + 1
            if self.over and names[end] == "TY" and _orderly(some, said, ends):
                if self.body or self.between:
                    yield from self.closed()
                yield Record(tuple(zip(some[:-1], said, strict=False)), self.number)
                self.number += ends
            else:
                pairs = zip(some, said, strict=True)
                yield from self.one_by_one("".join([f"\n{name}  - {text}" for name, text in pairs]))
            at = end

    def one_by_one(self, piece: str) -> Iterator[Record | Problem]:
        """Read the lines of a piece; yield what was found."""
        if piece:
            lines = piece.split("\n")[1:]
            self.read(lines, self.number)
            self.number += len(lines)
            yield from self.out()


def _end(names: Sequence[str], at: int) -> int:
    """Return the place after the next ER field, or of the TY at the end."""
    try:
        return names.index("ER", at) + 1
    except ValueError:
        return len(names) - 1


def _orderly(names: list[str], values: list[str], ends: int) -> bool:
    """Say whether these are a whole record, of so many lines, and none of them is in doubt."""
    between = values[-1]
    return (
        names[0] == "TY"
        and names[-1] == "ER"
        and names.count("TY") == 1
        and (between in _USUAL or _BETWEEN(between) is not None)
        and (
            ends == len(values) + between.count("\n")  # each field is a line of its own
            or not any(map(MAY_BE_FIELD, values[:-1]))
        )
    )
