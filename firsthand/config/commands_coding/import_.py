"""Makes a coding project of another program's file, or adds its codes to a project.

    firsthand coding import study.qdpx --as Ada
    firsthand coding import study.qdpx --as Ada --me "Ada B."
    firsthand coding import project.qde --sources texts/ --as Ada
    firsthand coding import book.qdc --into "Harms people name" --as Ada

Ada owns the new project. Those who coded in the file become coders who take part no longer; --me
says which of them Ada is. What could not be carried is told. Of a file that does not fit, nothing
is kept.
"""

import argparse
from pathlib import Path

from firsthand.config.reviewing import acting

HELP = "Make a project of another program's file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a .qdpx, .qde or .qdc")
    parser.add_argument("--as", dest="who", metavar="NAME", required=True, help="in whose name")
    parser.add_argument(
        "--here", action="store_true", help="make NAME known on this machine, without a sign-in"
    )
    parser.add_argument("--me", metavar="NAME", help="who of the coders in the file NAME is")
    parser.add_argument("--into", metavar="PROJECT", help="add only its codes, to this project")
    parser.add_argument(
        "--sources", type=Path, metavar="FOLDER", help="where the texts of a .qde lie"
    )
    acting.json_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Bring it in."""
    from firsthand.config import interchange

    return interchange.bring_in(args)
