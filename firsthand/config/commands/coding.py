"""Does the steps of coding texts with a codebook, on files and on the projects of this site.

firsthand coding agree FILE.csv --json                     how far coders agree on each code
firsthand coding agree "Harms people name" --as Ada        the same of a project on this site
"""

import argparse

from firsthand.config.commands_coding import found

HELP = "Do the steps of coding texts"


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
