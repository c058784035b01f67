"""Says how far coders agree on each code: of a file of coding, or of a project on this site.

    firsthand coding agree coding.csv                                 how far coders agree
    firsthand coding agree coding.csv --json
    firsthand coding agree "Harms people name" --as Ada --out agreement.csv
    firsthand coding agree "Harms people name" --as Ada --plot agreement.svg

coding.csv has a row for each span: document, length, coder, code, start, end. Places are Unicode
characters (code points) from 0, the end left out. A coder who finished a document without coding
has a row with an empty code. A column "sentences" may say where sentences end: 120 254 310.

For each code: Krippendorff's alpha over characters and by sentence, span F1 (intersection over
union at least 0.5), positive agreement, the share of the text; each with a 95 % interval from
resampling documents. What cannot be estimated says why.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from firsthand.config import coding
from firsthand.config.talk import Stop, say

if TYPE_CHECKING:
    from firsthand.methods.agreement.by_code import CodeAgreement

HELP = "Say how far coders agree on each code"
_MOST = 500_000_000  # bytes of a file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument("what", metavar="FILE.csv|PROJECT", help="a file of coding, or a project")
    coding.who_argument(parser)
    parser.add_argument("--seed", type=int, help="of the resampling of a file (default 2023)")
    parser.add_argument("--out", type=Path, metavar="CSV", help="write the figures as a table")
    parser.add_argument("--plot", type=Path, metavar="SVG", help="draw alpha of each code")
    parser.add_argument("--json", action="store_true", help="print for a program, as JSON")


def run(args: argparse.Namespace) -> None:
    """Print the figures."""
    found, report = _of_file(args) if args.what.endswith(".csv") else _of_project(args)
    if args.out:
        from firsthand.methods.agreement.telling import as_csv

        args.out.write_text(as_csv(found), "utf-8")
    if args.plot:
        from firsthand.methods.agreement.plot import plot

        args.plot.write_text(plot(found, "Agreement on each code"), "utf-8")
    (_as_json if args.json else _as_text)(found, report)


_Found = tuple["tuple[CodeAgreement, ...]", dict[str, Any]]


def _of_file(args: argparse.Namespace) -> _Found:
    import numpy as np

    from firsthand.methods.agreement import csvfile
    from firsthand.methods.agreement.by_code import by_code

    seed = 2023 if args.seed is None else args.seed
    try:
        table = csvfile.read(_text(Path(args.what)))
        dice = np.random.default_rng(seed)
        found = by_code(table.documents, table.spans, table.codes, dice)
    except ValueError as why:
        raise Stop(f"{args.what} cannot be used.\n{why}") from None
    return found, {"file": args.what, "seed": seed}


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST:
            raise Stop(f"{path} is larger than {_MOST // 1_000_000} MB.")
        return path.read_text("utf-8")
    except OSError as why:
        raise Stop(f"{path} cannot be read: {why.strerror}.") from None
    except UnicodeDecodeError:
        raise Stop(f"{path} is not written in UTF-8.") from None


def _of_project(args: argparse.Namespace) -> _Found:
    with coding.acting(args.what, args.who) as coder:
        from firsthand.codebook import afterwards, agreeing

        found = agreeing.agreed(coder)
        return found.codes, {"project": coder.project.title, **afterwards.about(coder, found)}


def _as_json(found: "tuple[CodeAgreement, ...]", report: dict[str, Any]) -> None:
    import json

    from firsthand.methods.agreement import telling

    say(json.dumps({**report, "codes": telling.as_plain(found)}, ensure_ascii=False, indent=2))


def _as_text(found: "tuple[CodeAgreement, ...]", report: dict[str, Any]) -> None:
    from firsthand.methods.agreement import telling

    for each in found:
        say(f"{each.code}: in {each.places} of {each.documents} documents, {each.spans} spans")
        for name, measure in telling.measures(each):
            say(f"  {name}: {telling.cell(name, measure)}")
    for why in telling.whys(found):
        say(why)
    if not found:
        say("There is no code to compare.")
