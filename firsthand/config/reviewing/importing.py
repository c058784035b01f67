"""Files of references into a review, read here and now; duplicates are looked for by `dedupe`."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from firsthand.config.reviewing import acting, protocol, tables
from firsthand.config.talk import Progress, Stop

if TYPE_CHECKING:
    from firsthand.evidence.models import ImportFile, Member, SearchRun

_MOST = 500 * 1024**2  # bytes of one file: it is kept in the database until it is read
_LONGEST = 5_000_000  # bytes of a search


def run(args: argparse.Namespace) -> int:
    """Import; return 0, or 1 when a file could not be read."""
    if args.to or args.output or args.columns:
        raise Stop("--to, --output and --columns are for files alone, without --review.", 2)
    with acting.acting(args) as by:
        sent = [(each.name, _content(each)) for each in args.files]
        run_ = _search(by, args)
        told = list(_imported(by, run_, sent))
        tables.tell(
            {"search": run_.number, "files": told}, (_line(each) for each in told), args.json
        )
    return 1 if any(each["error"] for each in told) else 0


def _content(place: Path) -> bytes:
    try:
        size = place.stat().st_size
        if size > _MOST:
            raise Stop(f"{place.name} is larger than {_MOST // 1024**2} MB. Cut it into parts.")
        if not size:
            raise Stop(f"{place.name}: there is nothing in it.")
        return place.read_bytes()
    except OSError as why:
        raise Stop(f"{place.name} cannot be read: {why.strerror}.") from None


def _search(by: "Member", args: argparse.Namespace) -> "SearchRun":
    """Return the search named, or write a new one down. Raises Stop."""
    from firsthand.evidence.actions import searches
    from firsthand.evidence.forms.searching import SearchForm

    if args.search is not None:
        found = by.review.searches.filter(number=args.search).first()
        if found is None:
            raise Stop(f"No search {args.search} is written down in this review.")
        return found
    string = _content_of_search(args.string_file) if args.string_file else ""
    said = {
        "source": args.source, "database": args.database, "platform": args.platform,
        "ran_on": args.ran_on, "string": string, "limits": args.limits, "hits": args.hits,
    }  # fmt: skip
    form = SearchForm(said)
    if not form.is_valid():
        wrong = "\n  ".join(protocol.said_by(form))
        raise Stop(f"Say with --search N from which search they are, or write it down:\n  {wrong}")
    return searches.add(by, form.cleaned_data)


def _content_of_search(place: Path) -> str:
    content = _content(place)
    if len(content) > _LONGEST:
        raise Stop(f"{place.name} is far too large to be a search.")
    return content.decode("utf-8-sig", "replace")


def _imported(
    by: "Member", run_: "SearchRun", sent: list[tuple[str, bytes]]
) -> Iterator[dict[str, Any]]:
    from firsthand.evidence import queries
    from firsthand.evidence.actions import importing

    shown = Progress("Reading files", len(sent))
    for name, content in sent:
        taken = importing.take(by, run_, [(name, content)])
        for _, before in taken.again:
            yield _told(name, before, again=True)
        for each in taken.new:
            importing.read_file.call(str(each.id))
            _guess_columns(by, each)
            yield _told(name, queries.file(by.review, each.id))
        shown.add(1)
    shown.end()


def _guess_columns(by: "Member", file: "ImportFile") -> None:
    """Read a table whose headings are not all known by what they suggest; the rest stays raw.

    A page would ask; a command tells what it took each column for, and that is in the history.
    """
    from firsthand.evidence import queries, rules
    from firsthand.evidence.actions import importing
    from firsthand.evidence.formats.columns import guess

    row = queries.file(by.review, file.id)
    if row.stage == rules.COLUMNS:
        importing.say_columns(by, row, guess(row.header))
        importing.read_file.call(str(row.id))


def _told(name: str, row: "ImportFile", again: bool = False) -> dict[str, Any]:
    problems = [
        {"line": each.line, "said": each.said, "kept": each.kept} for each in row.problems.all()
    ]
    return {
        "file": name, "same_as": row.name if again else "", "records": row.records_read,
        "problems": [] if again else problems, "error": "" if again else row.why_failed,
        "columns": dict(zip(row.header, row.columns, strict=False)),
    }  # fmt: skip


def _line(told: dict[str, Any]) -> str:
    if told["same_as"]:
        return f"{told['file']}: here already, as {told['same_as']}. Nothing was imported again."
    lines = [f"{told['file']}: {told['records']:,} records."]
    lines += [f"  column {name!r}: {part}" for name, part in told["columns"].items() if part]
    many = told["problems"]
    lines += [
        f"  line {e['line']}: {e['said']} Kept: {e['kept']}" for e in many[: tables.MOST_TOLD]
    ]
    if len(many) > tables.MOST_TOLD:
        lines.append(f"  … and {len(many) - tables.MOST_TOLD} more. With --json all are told.")
    if told["error"]:
        lines.append(f"  It could not be read: {told['error']}")
    return "\n".join(lines)
