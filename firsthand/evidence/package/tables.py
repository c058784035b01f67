"""What a table of the package is: columns with types, a cell as text, and a text as a cell.

The types are those of Frictionless Table Schema 1 (https://specs.frictionlessdata.io/table-schema),
so any tool that knows them can read the tables without this program.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from firsthand.evidence.package.going_in import Into
    from firsthand.evidence.package.going_out import Out

Cells = Mapping[str, Any]
LARGEST = 2**31 - 1  # what the database holds as a whole number


class Bad(ValueError):
    """The package cannot be taken in. The sentence says why."""


@dataclass(frozen=True)
class Field:
    """A column. `within`: only these values; `most`: the longest text, in characters.

    A whole number is at most `highest`.
    """

    name: str
    type: str = "string"
    about: str = ""
    required: bool = False
    within: tuple[str, ...] = ()
    most: int = 0
    least: int | None = None
    highest: int = LARGEST

    def schema(self) -> dict[str, Any]:
        said: dict[str, Any] = {"name": self.name, "type": self.type}
        if self.about:
            said["description"] = self.about
        rules = {
            "required": self.required, "enum": list(self.within), "maxLength": self.most,
        }  # fmt: skip
        kept = {name: value for name, value in rules.items() if value}
        if self.least is not None:
            kept["minimum"] = self.least
        return {**said, "constraints": kept} if kept else said


def text(name: str, about: str = "", **more: Any) -> Field:
    return Field(name, "string", about, **more)


def whole(name: str, about: str = "", **more: Any) -> Field:
    return Field(name, "integer", about, **{"least": 0, **more})


def day(name: str, about: str = "", **more: Any) -> Field:
    return Field(name, "date", about, **more)


@dataclass(frozen=True)
class Resource:
    """A table of the package.

    `rows` gives what stands in it, in an order that follows from what it says; `load` keeps it in a
    new review, None where it only follows from the others. `refers`: column → (table, column).
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: "Callable[[Out], Iterable[Cells]]"
    load: "Callable[[Into, Iterator[Cells]], None] | None" = None
    key: tuple[str, ...] = ()
    refers: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"{self.name}.csv"

    @property
    def columns(self) -> list[str]:
        return [each.name for each in self.fields]

    def schema(self) -> dict[str, Any]:
        """Return its Table Schema."""
        said: dict[str, Any] = {"fields": [each.schema() for each in self.fields]}
        if self.key:
            said["primaryKey"] = list(self.key)
        if self.refers:
            said["foreignKeys"] = [
                {"fields": name, "reference": {"resource": table, "fields": column}}
                for name, (table, column) in self.refers.items()
            ]
        return {**said, "missingValues": [""]}


def written(value: Any) -> str:
    """Return a cell as text. Lists and mappings are JSON, their names in order."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)


def read(said: str, column: Field) -> Any:
    """Return what a text means in a column. Raises Bad, saying what is wrong with it."""
    if "\x00" in said:
        raise Bad(f"{column.name} holds a sign that no text can have (NUL).")
    if not said and column.type != "string":
        if column.required:
            raise Bad(f"{column.name} is empty.")
        return None
    value = _READ[column.type](said, column.name)
    _check(value, column)
    return value


def _check(value: Any, column: Field) -> None:
    if column.required and value == "":
        raise Bad(f"{column.name} is empty.")
    if column.within and value not in ("", *column.within):
        raise Bad(f"{column.name} is {value[:30]!r}, and has to be: {', '.join(column.within)}.")
    if column.most and len(value) > column.most:
        raise Bad(f"{column.name} is longer than {column.most} characters.")
    if column.type == "integer" and abs(value) > column.highest:
        raise Bad(f"{column.name} is larger than can be kept.")
    if column.least is not None and value < column.least:
        raise Bad(f"{column.name} is {value}, and has to be {column.least} or more.")


def _string(said: str, name: str) -> str:
    return said


def _integer(said: str, name: str) -> int:
    bare = said.removeprefix("-")
    if not (bare.isascii() and bare.isdigit() and len(bare) < 20):
        raise Bad(f"{name} is {said[:30]!r}, which is no whole number.")
    return int(said)


def _number(said: str, name: str) -> float:
    try:
        return float(said)
    except ValueError:
        raise Bad(f"{name} is {said[:30]!r}, which is no number.") from None


def _boolean(said: str, name: str) -> bool:
    if said not in ("true", "false"):
        raise Bad(f"{name} is {said[:30]!r}, and has to be true or false.")
    return said == "true"


def _date(said: str, name: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise Bad(f"{name} is {said[:30]!r}, and has to be a day like 2026-03-31.") from None


def _json(kind: type) -> Callable[[str, str], Any]:
    def load(said: str, name: str) -> Any:
        try:
            value = json.loads(said)
        except (ValueError, RecursionError):
            raise Bad(f"{name} is not JSON.") from None
        if not isinstance(value, kind) or "\\u0000" in said:
            raise Bad(f"{name} is JSON of another kind than it has to be.")
        return value

    return load


_READ: dict[str, Callable[[str, str], Any]] = {
    "string": _string, "integer": _integer, "number": _number, "boolean": _boolean, "date": _date,
    "array": _json(list), "object": _json(dict),
}  # fmt: skip
