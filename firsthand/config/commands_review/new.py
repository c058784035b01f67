"""Begins a review, with its protocol, criteria and searches from a file.

    firsthand review new --template > protocol.yaml           a file to fill in
    firsthand review new --from protocol.yaml --as "Ada Brook"

Whoever it is begun in the name of becomes its owner. With --here someone who has no sign-in on
this site is made known on this machine first: they can work by commands, and cannot sign in.
"""

import argparse
import sys
from pathlib import Path

from firsthand.config.reviewing.acting import json_argument, who_argument
from firsthand.config.talk import Stop

HELP = "Begin a review from a file with its protocol"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="PROTOCOL.yaml",
        help="the protocol, with criteria and searches",
    )
    parser.add_argument("--template", action="store_true", help="print such a file, and end")
    parser.add_argument(
        "--here", action="store_true", help="make NAME known on this machine, without a sign-in"
    )
    who_argument(parser, required=False)
    json_argument(parser)


def run(args: argparse.Namespace) -> None:
    """Begin it, or print the template."""
    from firsthand.config.reviewing import beginning, protocol

    if args.template:
        sys.stdout.write(protocol.TEMPLATE)
        return
    if not args.source or not args.who:
        raise Stop("Say from what and in whose name: --from protocol.yaml --as NAME", 2)
    beginning.begin(args)
