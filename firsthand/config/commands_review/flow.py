"""Draws the flow diagram of a review (PRISMA 2020) from its counts.

FLOW.csv has the columns of the PRISMA2020 package for R: `data` names a count, `n` is the count.
Counts that contradict each other are told, and nothing is drawn before you say so.

    firsthand review flow counts.csv --output flow.svg
    firsthand review flow --review "Harm in care" --as Ada --output flow.svg

With --review the counts are those of a review on this site, counted now; with --output flow.csv
they are written as such a file.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from firsthand.config.reviewing.acting import review_argument
from firsthand.config.talk import Stop
from firsthand.methods.flow.counts import Flow

HELP = "Draw the flow diagram of a review, or of a file of counts"
_MOST = 5_000_000  # bytes: far more than any file of counts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument(
        "flow", type=Path, nargs="?", metavar="FLOW.csv", help="The file of counts."
    )
    review_argument(parser, optional=True)
    parser.add_argument(
        "--output", type=Path, help="Where to draw it: a file ending in .svg, .png, .pdf or .docx."
    )
    parser.add_argument("--title", help="What stands over the diagram in its documents.")
    parser.add_argument("--narrow", action="store_true", help="Draw it for phones, 375 wide.")
    parser.add_argument(
        "--draw-anyway",
        action="store_true",
        help="Draw it although counts contradict each other; the picture says which.",
    )
    parser.add_argument("--json", action="store_true", help="Print counts and findings as JSON.")


def run(args: argparse.Namespace) -> int:
    """Draw; return 0, or 1 when counts contradict each other and nothing was drawn."""
    from firsthand.methods.flow import checks, table

    flow, passed_over = _of_review(args) if args.review else _of_file(args)
    wrong = checks.contradictions(flow)
    drawn = not wrong or args.draw_anyway
    if args.output and drawn:
        _draw(args, flow)
    report = {
        "counts": [dict(zip(_KEYS, each.texts[:3], strict=True), count=each.count)
                   for each in table.rows(flow)],
        "contradictions": wrong,
        "questions": checks.questions(flow),
        "passed_over": passed_over,
        "written": str(args.output) if args.output and drawn else None,
    }  # fmt: skip
    (_as_json if args.json else _as_text)(report)
    return 0 if drawn else 1


_KEYS = ("stage", "way", "what")


def _of_file(args: argparse.Namespace) -> tuple[Flow, tuple[str, ...]]:
    from firsthand.methods.flow import csvfile

    if args.flow is None:
        raise Stop("Say which file of counts, or which review: --review TITLE --as NAME", 2)
    try:
        read = csvfile.read(_text(args.flow))
    except csvfile.Unusable as why:
        raise Stop(f"{args.flow.name} cannot be used.\n{why}") from None
    return read.flow, read.passed_over


def _of_review(args: argparse.Namespace) -> tuple[Flow, tuple[str, ...]]:
    """Count a review. Counts tell what others decided: one's own decisions there stay."""
    from firsthand.config.reviewing.acting import acting

    if args.flow is not None:
        raise Stop("Give a file of counts or a review, not both.", 2)
    with acting(args) as by:
        from firsthand.evidence.actions.screening import reveal_all
        from firsthand.evidence.diagram import diagram, differing
        from firsthand.evidence.flow import flow as counted

        reveal_all(by)
        found = counted(by.review)
        args.title = args.title or by.review.title
        return diagram(by.review, found), differing(found)


def _draw(args: argparse.Namespace, flow: Flow) -> None:
    from firsthand.config.reviewing.tables import keep
    from firsthand.evidence import drawing
    from firsthand.methods.flow import csvfile
    from firsthand.methods.flow.figure import TITLE

    if args.output.suffix.lower() == ".csv":
        keep(args.output, csvfile.write(flow).encode())
        return
    try:
        draw = drawing.FORMATS[drawing.kind(args.output)]
        args.output.write_bytes(draw(flow, args.title or TITLE, narrow=args.narrow))
    except ValueError as why:
        raise Stop(str(why)) from None
    except OSError as why:
        raise Stop(f"{args.output} cannot be written: {why.strerror}.") from None


def _text(place: Path) -> str:
    """A file's text: UTF-8, UTF-16 with its mark, or Windows' western letters."""
    try:
        with place.open("rb") as file:
            content = file.read(_MOST + 1)
    except OSError as why:
        raise Stop(f"{place.name} cannot be read: {why.strerror}.") from None
    if len(content) > _MOST:
        raise Stop(f"{place.name} is far too large to be a file of counts.")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _as_json(report: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")


def _as_text(report: dict[str, Any]) -> None:
    for row in report["counts"]:
        count = "not reported" if row["count"] is None else f"{row['count']:,}"
        sys.stdout.write(f"{count:>12}  {row['way']}: {row['what']}\n")
    for name, words in _WORDS.items():
        for each in report[name]:
            sys.stderr.write(f"{words}: {each}\n")
    if report["written"]:
        sys.stderr.write(f"Written: {report['written']}\n")
    elif report["contradictions"]:
        sys.stderr.write("Nothing was drawn. Mend the counts, or say --draw-anyway.\n")


_WORDS = {
    "passed_over": "Passed over",
    "questions": "Look again",
    "contradictions": "These counts do not agree",
}
