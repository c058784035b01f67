"""Does the steps of a ranking survey of this site: brings ballots in, and gives results.

    firsthand survey import ballots.csv --survey "What matters" --as Ada --simulated
    firsthand survey results --survey "What matters" --as Ada --json

What is done is done in the name of someone who runs the survey (--as). People's own words are not
given: they open only with the keys of those who run it, on its pages.
"""

import argparse

from firsthand.config.commands_survey import found

HELP = "Bring ballots into a survey, or give its results"


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
