"""Does the steps of an evidence review on files.

Each step takes files and gives files, so that a notebook or another tool can use it.

    firsthand review import search.ris psycinfo.csv           read files; say what is in them
    firsthand review import *.ris --to csv --output all.csv   read files; write one
"""

import argparse

from firsthand.config.commands_review import found

HELP = "Do the steps of an evidence review on files"


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
