"""Makes a data directory ready, or ready for a new version: database, pages' files, the model.

`firsthand run` does this by itself. Run it by hand after an upgrade when the web server and the
worker are started separately. It does nothing the second time.
"""

import argparse

HELP = "Make the database and files ready (run does this by itself)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take none."""


def run(args: argparse.Namespace) -> None:
    from firsthand.config import prepare
    from firsthand.config.talk import say

    prepare.everything()
    say("Ready.")
