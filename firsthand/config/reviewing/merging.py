"""Duplicates among the records of files: merged into one file, each merge with its reason."""

import argparse
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from firsthand.config.reviewing import tables
from firsthand.config.talk import Progress, Stop
from firsthand.evidence.formats.reading import Problem, Reference, Unreadable, read
from firsthand.evidence.formats.writing import write
from firsthand.methods.dedupe import Found, Report, find
from firsthand.methods.dedupe.best import FIELDS, best

_KINDS = {".ris": "ris", ".bib": "bibtex", ".json": "csl-json", ".csv": "csv"}
COLUMNS = ("first", "second", "holds", "kind", "why", "first_file", "first_line", "first_title",
           "second_file", "second_line", "second_title")  # fmt: skip


@dataclass(frozen=True)
class Here:
    """A record, and the file it stands in."""

    reference: Reference
    file: str


def run(args: argparse.Namespace) -> int:
    """Merge; return 0, or 1 when a file could not be read."""
    if args.review or args.who or args.answer or args.answers or args.undo:
        raise Stop("--files stands alone: answers and undoing are for a review.", 2)
    to = _kind(args.out)
    wrong: list[str] = []
    here = [each for place in args.files for each in _records(place, wrong)]
    found = find([_report(str(at), each.reference) for at, each in enumerate(here, start=1)])
    if args.out:
        kept = "".join(write(_merged(here, found), to))
        tables.keep(args.out, kept.encode())
    rows = list(_rows(here, found))
    if args.why:
        tables.write((list(each.values()) for each in rows), COLUMNS, args.why)
    _tell(args, here, found, rows, wrong)
    return 1 if wrong else 0


def _kind(place: Path | None) -> str:
    if place and place.suffix.lower() not in _KINDS:
        raise Stop(f"{place.name} would have to end in one of: {', '.join(_KINDS)}.", 2)
    return _KINDS[place.suffix.lower()] if place else ""


def _records(place: Path, wrong: list[str]) -> Iterator[Here]:
    try:
        content = place.read_bytes()
        shown = Progress(f"Reading {place.name}", len(content))
        for each in read(io.BytesIO(content), place.name):
            if isinstance(each, Problem):
                continue  # `review import` tells them
            yield Here(each, place.name)
        shown.end()
    except OSError as why:
        wrong.append(f"{place.name} cannot be read: {why.strerror}.")
    except Unreadable as why:
        wrong.append(f"{place.name}: {why}")


def _report(number: str, each: Reference) -> Report:
    return Report(id=number, **{name: getattr(each, name) for name in FIELDS})


def _merged(here: list[Here], found: Found) -> Iterator[Reference]:
    """Yield each report once, where its first record stood: of each field the best value."""
    group = {each: of for of in found.groups for each in of.ids}
    for at, each in enumerate(here, start=1):
        mine = group.get(str(at))
        if mine is None:
            yield each.reference
        elif mine.ids[0] == str(at):
            yield _best([here[int(number) - 1].reference for number in mine.ids])


def _best(references: list[Reference]) -> Reference:
    made = best([_report(str(at), each) for at, each in enumerate(references)]).report
    rest: dict[str, Any] = {
        name: max((getattr(each, name) for each in references), key=len)
        for name in ("isbn_issn", "url", "keywords", "language")
    }
    chosen = {name: getattr(made, name) for name in FIELDS}
    return references[0]._replace(**{**rest, **chosen}, raw=())


def _rows(here: list[Here], found: Found) -> Iterator[dict[str, Any]]:
    merges = (merge for group in found.groups for merge in group.merges)
    told = [("same", "", each) for each in merges]
    told += [("unsure", "", each) for each in found.pairs]  # type: ignore[misc]
    told += [("versions", each.kind, each) for each in found.links]  # type: ignore[misc]
    for holds, kind, each in told:
        one, other = here[int(each.first) - 1], here[int(each.second) - 1]
        yield {
            "first": int(each.first), "second": int(each.second), "holds": holds, "kind": kind,
            "why": each.reason.sentence() or each.reason.rule,
            **_place("first", one), **_place("second", other),
        }  # fmt: skip


def _place(name: str, each: Here) -> dict[str, Any]:
    said = each.reference
    return {
        f"{name}_file": each.file, f"{name}_line": said.line, f"{name}_title": said.title,
    }  # fmt: skip


def _tell(
    args: argparse.Namespace, here: list[Here], found: Found, rows: list[dict[str, Any]],
    wrong: list[str],
) -> None:  # fmt: skip
    aside = sum(len(each.ids) - 1 for each in found.groups)
    told = {
        "records": len(here), "duplicates": aside, "left": len(here) - aside,
        "unsure": len(found.pairs), "versions": len(found.links), "pairs": rows,
        "written": str(args.out) if args.out else None, "not_read": wrong,
    }  # fmt: skip
    lines = [
        f"{len(here):,} records, {aside:,} of them duplicates: {len(here) - aside:,} are left.",
        f"{len(found.pairs):,} pairs are for a person; {len(found.links):,} are versions "
        "of one work and stay two.",
    ]
    if not args.why and rows:
        lines.append("Each with its reason: --why why.csv")
    tables.tell(told, lines, args.json)
    tables.wrong(wrong)
