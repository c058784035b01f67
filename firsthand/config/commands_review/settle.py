"""Lists the records on which reviewers differed, with what each decided; settles them.

    firsthand review settle "Harm in care" --as Ada --out differ.csv
    firsthand review settle "Harm in care" --as Ada --settled differ.csv

Fill in choice (include or exclude), and reasons and note as in screening. What the reviewers
decided first stays as it is. Whoever has seen this list keeps their own decisions for good.
"""

import argparse
from pathlib import Path

from firsthand.config.reviewing import acting

HELP = "List what reviewers differed on, and settle it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    acting.review_argument(parser)
    parser.add_argument(
        "--settled",
        type=Path,
        metavar="SETTLED.csv",
        help="columns record, choice, reasons, note; - is what is piped in",
    )
    acting.stage_argument(parser)
    parser.add_argument("--out", type=Path, metavar="CSV", help="write the list here")
    acting.json_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Settle, then list what is left; return 0, or 1 when a row was not kept."""
    from firsthand.config.reviewing import settling

    return settling.run(args)
