"""Does the steps of a ranking survey of this site: brings ballots in, and gives results.

    firsthand survey import ballots.csv --survey "What matters" --as Ada --simulated
    firsthand survey results --survey "What matters" --as Ada --json

What is done is done in the name of someone who runs the survey (--as). People's own words are not
given: they open only with the keys of those who run it, on its pages.
"""

import argparse

from firsthand.config import commands_survey, steps

HELP = "Bring ballots into a survey, or give its results"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what to do."""
    steps.add_arguments(parser, commands_survey)


run = steps.run
