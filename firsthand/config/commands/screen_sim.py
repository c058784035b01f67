"""`firsthand screen-sim`: how soon the included records would have come, on anybody's labels.

Records are read again as if they were screened in our order, which learns after every label. One
included and one excluded record, drawn by seed, are known at the start; with --from-question none.
"""

import argparse
import re
import sys
from pathlib import Path

HELP = "Measure the screening order on a review whose labels are known."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument(
        "data",
        type=Path,
        metavar="DATA.csv",
        help="Records in UTF-8 with columns title, abstract, label (1 included, 0 excluded).",
    )
    parser.add_argument("--seeds", default="1-10", help="Such as 1-10, or 1,4,7 (1-10).")
    parser.add_argument(
        "--question", default="", help="The review's question: counts as one included record."
    )
    parser.add_argument(
        "--from-question",
        action="store_true",
        help="Start from the question alone: no record is known, and no seed is needed.",
    )
    parser.add_argument("--json", action="store_true", help="Print figures for a machine.")


def run(args: argparse.Namespace) -> int:
    """Print the figures; return 0, or 1 with a sentence that says what to mend."""
    from firsthand.config import screening_trial  # slow to load, and no other command needs it

    try:
        wanted = screening_trial.Wanted(
            args.data, args.question, () if args.from_question else seeds(args.seeds)
        )
        screening_trial.write(wanted, args.json, sys.stdout.write, sys.stderr.write)
    except ValueError as why:
        sys.stderr.write(f"{why}\n")
        return 1
    return 0


def seeds(said: str) -> tuple[int, ...]:
    """Return the seeds that "1-10" or "1,4,7" means. Raises ValueError."""
    found: list[int] = []
    for part in said.split(","):
        match = re.fullmatch(r"\s*(\d{1,9})(?:\s*-\s*(\d{1,9}))?\s*", part)
        if match is None or int(match[1]) > int(match[2] or match[1]):
            raise ValueError(f"--seeds {said!r} is not like 1-10 or 1,4,7.")
        if int(match[2] or match[1]) - int(match[1]) >= 10_000:
            raise ValueError("More than 10,000 seeds would never end.")
        found += range(int(match[1]), int(match[2] or match[1]) + 1)
    return tuple(dict.fromkeys(found))
