"""Writes a coding project (.qdpx), or its codebook (.qdc), for other programs.

    firsthand coding export "Harms people name" harms.qdpx --as Ada --names
    firsthand coding export "Harms people name" harms.qdc --as Ada

In it are the passages that Ada may see; testimonies are left out. Without --names, coders are
called Coder 1, Coder 2 and so on. The same project gives the same bytes.
"""

import argparse
from pathlib import Path

from firsthand.config.reviewing import acting

HELP = "Write a project, or its codebook, for other programs"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument(
        "project", metavar="PROJECT", help="its title, or the first letters of its number"
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="ends in .qdpx or .qdc")
    parser.add_argument(
        "--as", dest="who", metavar="NAME", required=True, help="someone who takes part in it"
    )
    parser.add_argument("--names", action="store_true", help="name the coders")
    acting.json_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Write it."""
    from firsthand.config import interchange

    return interchange.take_out(args)
