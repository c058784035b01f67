"""Does the work behind the pages: notices, reminders, ended sittings, guarding the logs.

`firsthand run` starts one by itself. Start it separately when the web server runs with
--no-worker; several may run at once.
"""

import argparse

HELP = "Do the background work (run does this by itself)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say when to end."""
    parser.add_argument(
        "--with",
        type=int,
        dest="server",
        metavar="PROCESS",
        help="end when this process, which started it, ends",
    )


def run(args: argparse.Namespace) -> None:
    from firsthand.config import prepare

    prepare.set_up()
    from firsthand.config import chores

    chores.work(server=args.server)
