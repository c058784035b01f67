"""Reads records with labels from a CSV file, for trials. What is wrong in one row is told, where.

Columns: `label` (or `label_included`, `included`) with 0 or 1; `title`, `abstract` or both; and, if
there is one, `record_id` (or `id`). Others are left alone.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from firsthand.methods.screening.texts import Record, words

_LABELS = ("label", "label_included", "included")
_IDS = ("record_id", "id")
_LONGEST = 10_000_000  # characters of one field


class Unusable(ValueError):
    """Nothing in the file can be used; the message says why."""


@dataclass(frozen=True)
class Labelled:
    """Records and their labels (1 or 0), in equal order; and a sentence for each row left out."""

    records: tuple[Record, ...]
    labels: tuple[int, ...]
    wrong: tuple[str, ...]


def read(place: Path) -> Labelled:
    """Read a file. Raises Unusable."""
    reader = csv.DictReader(io.StringIO(_text(place), newline=""), strict=True)
    rows = _rows(reader, place)
    names = {each.strip().lower(): each for each in reader.fieldnames or [] if each}
    label = _column(names, _LABELS)
    if label is None:
        raise Unusable(f"{place.name} has no column called {' or '.join(_LABELS)}.")
    if not {"title", "abstract"} & set(names):
        raise Unusable(f"{place.name} has neither a column called title nor one called abstract.")
    return _sorted(place, rows, names, label)


def _sorted(
    place: Path, rows: Sequence[tuple[int, dict[str, str]]], names: dict[str, str], label: str
) -> Labelled:
    """Put rows that can be used apart from those that cannot."""
    records, labels, wrong = [], [], []
    met: dict[str, int] = {}
    for line, row in rows:
        why = _why_not(row, label, _column(names, _IDS), met, line)
        if why:
            wrong.append(f"{place.name}, line {line}: {why}")
            continue
        records.append(Record(*(row.get(names.get(x, ""), "") for x in ("title", "abstract"))))
        labels.append(int(float(row[label])))
    if not any(words(each.text) for each in records):
        first = f" The first thing wrong: {wrong[0]}" if wrong else ""
        raise Unusable(f"No row of {place.name} has both a label and some text.{first}")
    return Labelled(tuple(records), tuple(labels), tuple(wrong))


def _why_not(
    row: dict[str, str], label: str, called: str | None, met: dict[str, int], line: int
) -> str:
    """Say why a row is left out, "" when it is not; remember its id."""
    if row.get(label, "").strip() not in {"0", "1", "0.0", "1.0"}:
        return f"the label {row.get(label, '')[:30]!r} is neither 0 nor 1."
    key = row.get(called, "").strip() if called else ""
    if key and key in met:
        return f"{called} {key[:30]!r} stands in line {met[key]} already."
    if key:
        met[key] = line
    return ""


def _text(place: Path) -> str:
    try:
        text = place.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Unusable(f"{place.name} is not text in UTF-8. Save it as UTF-8 first.") from None
    except OSError as why:
        raise Unusable(f"{place.name} cannot be read: {why.strerror}.") from None
    if not text.strip():
        raise Unusable(f"{place.name} is empty.")
    return text


def _rows(reader: "csv.DictReader[str]", place: Path) -> list[tuple[int, dict[str, str]]]:
    csv.field_size_limit(_LONGEST)
    try:
        return list(_numbered(reader))
    except csv.Error as why:
        at = f"{place.name}, line {reader.line_num}"
        raise Unusable(f"{at}: this is not CSV ({why}).") from None


def _numbered(reader: "csv.DictReader[str]") -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row with the line its last field ends on; missing fields are empty."""
    for row in reader:
        yield reader.line_num, {name: value or "" for name, value in row.items() if name}


def _column(names: dict[str, str], wanted: Sequence[str]) -> str | None:
    return next((names[each] for each in wanted if each in names), None)
