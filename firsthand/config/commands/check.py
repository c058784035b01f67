"""Looks the whole site over and says what is unsafe, and how to mend it.

It also checks every access log against tampering, and against what it was when the worker last
wrote it down outside the database. Run it after every change, and every week. It ends with exit
code 1 when something is unsafe, so that a timer can warn you.
"""

import argparse

HELP = "Say what is unsafe about this site, and how to mend it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take none."""


def run(args: argparse.Namespace) -> int:
    from firsthand.config import prepare

    prepare.set_up()
    from firsthand.config.checkup import report

    return report.look_over()
