"""Brings files into a coding project, or lists its sources.

    firsthand coding sources add "Harms people name" a.docx talk.vtt --as Ada --kind transcript
    firsthand coding sources list "Harms people name" --as Ada

Each file is read here and now: plain text, Markdown, Word, OpenDocument, rich text, web page,
e-book, PDF, and captions with speakers. What it is, its content says. The same file twice is said
and imported once. It ends with exit code 1 when a file could not be read; the others are in.
"""

import argparse
from pathlib import Path

from firsthand.config import coding
from firsthand.config.reviewing import acting

HELP = "Bring files into a project; list its sources"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument("do", choices=("add", "list"), help="what to do")
    parser.add_argument(
        "project", metavar="PROJECT", help="its title, or the first letters of its number"
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="files to bring in")
    coding.who_argument(parser)
    parser.add_argument(
        "--kind",
        choices=("document", "transcript", "survey", "report"),
        default="document",
        help="what the files are",
    )
    parser.add_argument("--study", default="", help="the study they come from")
    acting.json_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Do it; return 0, or 1 when a file could not be read."""
    from firsthand.config import coding_sources

    return (coding_sources.add if args.do == "add" else coding_sources.listing)(args)
