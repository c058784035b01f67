"""Writes the pages of docs/reference that are made from code (`make docs` calls this).

For those who work on Firsthand itself; a test fails when a page is stale.
"""

import argparse

HELP = "Write the reference pages that are made from code"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take none."""


def run(args: argparse.Namespace) -> None:
    from firsthand.config import prepare

    prepare.set_up()
    from firsthand.config import reference
    from firsthand.config.talk import say

    stale = reference.write()
    say(f"Written: {', '.join(stale)}" if stale else "Every page is as the code says.")
