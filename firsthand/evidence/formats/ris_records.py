"""Parts a RIS file into records, so that a bad line costs no more than itself.

A record in which every line is as it should be is taken whole, which is quick. Any other is read
line by line (`ris_lines`); both give the same.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from firsthand.evidence.formats.reference import Problem, Raw
from firsthand.evidence.formats.ris_held import Record
from firsthand.evidence.formats.ris_lines import Lines
from firsthand.evidence.formats.ris_tags import HEADS, MAY_BE_FIELD

_PATIENCE = 4_000_000  # letters without an ER line: from there on, line by line
_NEAR = 400  # empty lines after an ER line: what comes after more of them is not waited for
_NUMBER = re.compile(r"\d+\.").fullmatch  # Ovid counts its records
_FIELDS = re.compile(r"\n([A-Z][A-Z0-9])  - ?").split  # parts a record before each orderly field
Names = list[str | None]  # of each line: the field it begins; None: it begins none, or oddly


def records(texts: Iterable[str]) -> Iterator[Record | Problem]:
    """Yield each record of a RIS file, and each problem after the record it is about.

    `texts`: the file in pieces of whole lines, each line ended by a line feed.
    """
    reader, number = Lines(), 1
    lines: list[str] = []
    names: Names = []
    for text in texts:
        more = text.removesuffix("\n").split("\n") if text else []
        lines += more
        names += [HEADS.get(line[:6]) for line in more]
        at = 0
        while (cut := _cut(names, lines, at)) is not None:
            end, begin = cut
            if end > at and reader.over and (raw := _whole(names[at:end], lines[at:end])):
                yield from reader.closed()
                yield Record(raw, number + at)
            else:
                reader.read(lines[at:begin], number + at)
                yield from reader.out()
            at = begin
        del lines[:at], names[:at]
        number += at
    reader.read(lines, number)
    reader.end()
    yield from reader.out()


def _cut(names: Names, lines: Sequence[str], at: int) -> tuple[int, int] | None:
    """Return where the record that begins at a line ends, and the next begins.

    None: more must come. The end is `at` where lines are better looked at one by one.
    """
    try:
        end = names.index("ER", at)
    except ValueError:
        return (at, len(lines)) if sum(map(len, lines[at:])) > _PATIENCE else None
    after = _after(lines, end)
    if after + 1 >= len(lines):
        return None
    if _NUMBER(lines[after]):
        after += 1
    orderly = names[after] == "TY" and len(lines[end]) <= len("ER  - ")
    return (end, after) if orderly else (at, end + 1)


def _after(lines: Sequence[str], end: int) -> int:
    """Return the first line after an ER line that is not empty."""
    after = end + 1
    while after < min(len(lines), end + _NEAR) and not lines[after].strip():
        after += 1
    return after


def _whole(names: Names, lines: list[str]) -> Raw | None:
    """Return the fields of a record that a TY line begins, if none of its lines is in doubt."""
    if names[0] != "TY":
        return None
    if None in names:
        return _with_text("\n".join(lines))
    if names.count("TY") > 1:
        return None
    return tuple(zip(names, [line[6:] for line in lines], strict=True))  # type: ignore[arg-type]


def _with_text(text: str) -> Raw | None:
    """Return the same where some lines begin no field: they go on with the field before them."""
    kind, *parts = _FIELDS(text)
    names, values = parts[::2], parts[1::2]
    several = [value for value in (kind, *values) if "\n" in value]
    if "TY" in names or any(map(MAY_BE_FIELD, several)):
        return None
    return (("TY", kind[6:]), *zip(names, values, strict=True))
