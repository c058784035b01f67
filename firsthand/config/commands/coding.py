"""Brings coding projects in from other programs, and takes them out: REFI-QDA 1.5.

What is done on this site is done in the name of someone (--as).

    firsthand coding check study.qdpx                         say what is in a file
    firsthand coding import study.qdpx --as Ada               make a project of it
    firsthand coding import book.qdc --into "Harms" --as Ada  add its codes to a project
    firsthand coding export "Harms" harms.qdpx --as Ada       write a project
    firsthand coding export "Harms" harms.qdc --as Ada        write its codebook
"""

import argparse

from firsthand.config.commands_coding import found

HELP = "Bring coding projects in and take them out"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what to do."""
    rows = parser.add_subparsers(title="steps", metavar="STEP", required=True)
    for name, module in found():
        row = rows.add_parser(
            name,
            help=module.HELP,
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(row)
        row.set_defaults(step=module)


def run(args: argparse.Namespace) -> int:
    """Do the step and return its exit code."""
    return int(args.step.run(args) or 0)
