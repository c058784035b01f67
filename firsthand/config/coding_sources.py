"""What `firsthand coding read` and `firsthand coding sources` do with files."""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from firsthand.config import coding
from firsthand.config.reviewing import tables
from firsthand.config.talk import Progress, Stop

if TYPE_CHECKING:
    from firsthand.codebook.documents.document import Document
    from firsthand.codebook.models import Arrival


def read(args: argparse.Namespace) -> int:
    """Say what is read out of each file."""
    from firsthand.codebook import pdf
    from firsthand.codebook.documents.reading import read_each

    found = list(read_each(_contents(args.files), pdf.pages))
    told = [_as_data(name, each) for name, each in found]
    lines = (line for each in told for line in (_text if args.text else _in_short)(each))
    tables.tell(told, lines, args.json)
    return int(any(each["error"] for each in told))


def _contents(files: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Yield each file's name and content. Raises Stop for one that cannot be opened."""
    from firsthand.codebook.documents.reading import MOST_BYTES

    for each in files:
        try:
            with each.open("rb") as file:
                yield each.name, file.read(MOST_BYTES + 1)
        except OSError as why:
            raise Stop(f"{each.name} cannot be read: {why.strerror}.") from None


def _as_data(name: str, found: "Document | str") -> dict[str, Any]:
    if isinstance(found, str):
        return {"file": name, "error": found}
    return {
        "file": name, "error": "", "format": found.format, "title": found.title,
        "characters": len(found.text), "dropped": list(found.dropped),
        "turns": [{"start": each.start, "end": each.end, "kind": each.kind, "name": each.name}
                  for each in found.turns],
        "text": found.text,
    }  # fmt: skip


def _in_short(said: dict[str, Any]) -> Iterator[str]:
    if said["error"]:
        yield f"{said['file']}: {said['error']}"
        return
    kinds = Counter(each["kind"] for each in said["turns"])
    turns = "".join(f", {count:,} {_NAMED[kind]}" for kind, count in sorted(kinds.items()))
    yield f"{said['file']} ({said['format']}): {said['title']}"
    yield f"  {said['characters']:,} characters{turns}"
    yield from (f"  {each}" for each in said["dropped"])


_NAMED = {"speaker": "turns to speak", "heading": "headings", "page": "pages"}


def _text(said: dict[str, Any]) -> Iterator[str]:
    yield said["text"] if not said["error"] else f"{said['file']}: {said['error']}"


# -- a project of this site -----------------------------------------------------------------------


def add(args: argparse.Namespace) -> int:
    """Bring files into a project, each read here and now."""
    if not args.files:
        raise Stop("Say which files to bring in.", 2)
    sent = list(_contents(args.files))
    with coding.acting(args.project, args.who) as coder:
        from firsthand.codebook.actions import arriving

        taken = arriving.take(coder, sent, args.kind, args.study)
        shown = Progress("Reading", len(taken.new))
        for each in taken.new:
            arriving.read_file.func(str(each.id))
            shown.add(1)
        shown.end()
        again = [{**_arrived(row), "file": name, "again": True} for name, row in taken.again]
        told = [*(_arrived(each) for each in taken.new), *again]
        tables.tell(told, (_line(each) for each in told), args.json)
    return int(any(each["error"] for each in told))


def _arrived(row: "Arrival") -> dict[str, Any]:
    row.refresh_from_db(fields=["stage", "why_failed", "source"])
    source = row.source
    return {
        "file": row.name, "error": row.why_failed, "again": False,
        "source": source.number if source else None, "title": source.title if source else "",
        "dropped": source.origin.get("dropped", []) if source else [],
    }  # fmt: skip


def _line(said: dict[str, Any]) -> str:
    if said["error"]:
        return f"{said['file']}: {said['error']}"
    if said["again"]:
        return f"{said['file']} is here already, as source {said['source']}."
    more = "".join(f" {each}" for each in said["dropped"])
    return f"{said['file']} is source {said['source']}: {said['title']}.{more}"


def listing(args: argparse.Namespace) -> int:
    """List a project's sources."""
    with coding.acting(args.project, args.who) as coder:
        from firsthand.codebook import queries

        rows = [
            {"source": each.number, "title": each.title, "kind": each.kind,
             "characters": each.length, "study": each.study, "digest": each.digest}
            for each in queries.sources(coder.project)
        ]  # fmt: skip
        lines = [f"{each['source']}. {each['title']} ({each['kind']})" for each in rows]
        tables.tell(rows, lines or ["There is no source in this project yet."], args.json)
    return 0
