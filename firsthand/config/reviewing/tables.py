"""Tables in and out of commands: CSV with a heading row, or what a person or a program reads."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from firsthand.config.talk import Stop
from firsthand.methods.spreadsheets import safe

_MOST = 200_000_000  # bytes of a table
_LONGEST = 10_000_000  # characters of one cell
MOST_TOLD = 20  # lines told one by one


@dataclass(frozen=True)
class Row:
    """A row of a table, by heading in small letters, and the line it ends on."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "").strip()


def read(place: Path, needed: Sequence[str]) -> list[Row]:
    """Read a table that has the columns `needed`; "-" is what is piped in. Raises Stop."""
    text, name = _text(place), place.name
    csv.field_size_limit(_LONGEST)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), dialect=_dialect(text), strict=True)
        head = [each.strip().lower() for each in next(lines, [])]
        missing = [each for each in needed if each not in head]
        if missing:
            raise Stop(
                f"{name} has no column called {' or '.join(missing)}. "
                f"Its first line has to name the columns: {', '.join(needed)}."
            )
        rows = [
            Row(lines.line_num, dict(zip(head, cells, strict=False)))
            for cells in lines if any(each.strip() for each in cells)
        ]  # fmt: skip
    except csv.Error as why:
        raise Stop(f"{name} is not a CSV table ({why}).") from None
    return rows


def _dialect(text: str) -> type[csv.Dialect]:
    """Commas, or the semicolons and tabs that some spreadsheets write instead."""
    head = text.partition("\n")[0]
    apart = max(",;\t", key=head.count)
    return type("Said", (csv.excel,), {"delimiter": apart})


def _text(place: Path) -> str:
    try:
        content = sys.stdin.buffer.read(_MOST + 1) if str(place) == "-" else _bytes(place)
    except OSError as why:
        raise Stop(f"{place.name} cannot be read: {why.strerror}.") from None
    if len(content) > _MOST:
        raise Stop(f"{place.name} is far too large to be such a table.")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _bytes(place: Path) -> bytes:
    with place.open("rb") as file:
        return file.read(_MOST + 1)


def write(rows: Iterable[Sequence[object]], columns: Sequence[str], place: Path | None) -> None:
    """Write a table to a file, or to the screen; no cell is taken for a formula. Raises Stop."""
    held = io.StringIO(newline="")
    lines = csv.writer(held)
    lines.writerow(columns)
    lines.writerows([safe(each) if isinstance(each, str) else each for each in row] for row in rows)
    if place is None:
        sys.stdout.write(held.getvalue())
        return
    keep(place, ("\ufeff" + held.getvalue()).encode())


def keep(place: Path, content: bytes) -> None:
    """Write a file beside its place first, so that what is there stays until all is written."""
    beside = place.with_name(place.name + ".part")
    try:
        beside.write_bytes(content)
        beside.replace(place)
    except OSError as why:
        raise Stop(f"{place} cannot be written: {why.strerror}.") from None
    finally:
        beside.unlink(missing_ok=True)


def tell(said: Any, lines: Iterable[str], as_json: bool) -> None:
    """Print what was done: `said` for a program, `lines` for a person."""
    if as_json:
        sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=2, default=str) + "\n")
    else:
        sys.stdout.write("".join(f"{line}\n" for line in lines))


def wrong(lines: Sequence[str]) -> None:
    """Say what could not be done, the first ones one by one."""
    sys.stderr.write("".join(f"{line}\n" for line in lines[:MOST_TOLD]))
    if len(lines) > MOST_TOLD:
        sys.stderr.write(f"… and {len(lines) - MOST_TOLD} more like these.\n")


def number(said: str, what: str = "record") -> int:
    """Return a number that was typed. Raises ValueError with a sentence."""
    bare = said.strip().replace(",", "")
    if not (bare.isascii() and bare.isdigit() and len(bare) < 10):
        raise ValueError(f"{said[:30]!r} is no number of a {what}.")
    return int(bare)


def number_of(args_value: str) -> int:
    """The same, for an argument of a command. Raises Stop."""
    try:
        return number(args_value)
    except ValueError as why:
        raise Stop(str(why), 2) from None


def two(said: str) -> tuple[int, int]:
    """Return the two record numbers that "12,15" means. Raises Stop."""
    one, _, other = said.partition(",")
    return number_of(one), number_of(other)
