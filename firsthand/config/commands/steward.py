"""Looks after stewards: those who set up organisations, teams and staff, and read no words.

firsthand steward add    print a link with which one new steward signs up
"""

import argparse

HELP = "Make a steward, who looks after the site"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what to do."""
    rows = parser.add_subparsers(metavar="WHAT", required=True)
    rows.add_parser("add", help="print a link with which one new steward signs up")


def run(args: argparse.Namespace) -> None:
    from firsthand.config import prepare
    from firsthand.config.talk import Stop, say

    prepare.set_up()
    if prepare.pending():
        raise Stop("The database is not ready. Start the site once (make run), then try again.")
    from firsthand.people.actions.inviting import add_steward

    say("Open this link in a browser, on a computer that is yours alone:\n")
    say(f"  {add_steward()}\n")
    say("It works once, for a few days. Whoever opens it becomes a steward: send it to nobody.")
