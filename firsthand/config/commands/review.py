"""Does the steps of an evidence review, on files and on the reviews of this site.

Each step takes files and gives files, so that a notebook or another tool can use it. What is done
in a review of this site is done in the name of someone who takes part in it (--as).

    firsthand review import search.ris psycinfo.csv           read files; say what is in them
    firsthand review import *.ris --to csv --output all.csv   read files; write one
    firsthand review search blocks.yaml                       write a search for each database
    firsthand review flow counts.csv --output flow.svg        draw the flow diagram
    firsthand review dedupe --files a.ris b.nbib --out m.ris  merge duplicates, with reasons
    firsthand review new --from protocol.yaml --as Ada        begin a review on this site
"""

import argparse

from firsthand.config import commands_review, steps

HELP = "Do the steps of an evidence review"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what to do."""
    steps.add_arguments(parser, commands_review)


run = steps.run
