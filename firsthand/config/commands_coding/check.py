"""Says what is in a file of REFI-QDA, and whether it is as the standard asks. Changes nothing.

    firsthand coding check study.qdpx
    firsthand coding check project.qde --sources texts/ --json

It ends with exit code 0 when the file is as the standard asks, with 1 when something had to be put
right or left out, and with 2 when it cannot be read at all.
"""

import argparse
from pathlib import Path

from firsthand.config.reviewing import acting

HELP = "Say what is in a file of another program"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a .qdpx, .qde or .qdc")
    parser.add_argument(
        "--sources", type=Path, metavar="FOLDER", help="where the texts of a .qde lie"
    )
    acting.json_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Look into it."""
    from firsthand.config import interchange

    return interchange.check(args)
