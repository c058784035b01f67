"""Says what is read out of files: text, who speaks, headings, pages, and what is left out.

    firsthand coding read talk.vtt               in short
    firsthand coding read talk.vtt --text        the text itself
    firsthand coding read *.docx --json          all of it, for a program

Nothing is kept, and no site is needed. Places are Unicode characters (code points) from 0, the end
left out. It ends with exit code 1 when a file could not be read; the others are read all the same.
"""

import argparse
from pathlib import Path

from firsthand.config.reviewing import acting

HELP = "Say what is read out of a document"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="files to read")
    parser.add_argument("--text", action="store_true", help="print the text itself")
    acting.json_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Read; return 0, or 1 when a file could not be read."""
    from firsthand.config import coding_sources

    return coding_sources.read(args)
