"""Starts the site: makes everything ready, serves the pages and does the work in the background.

Open the address it prints in a browser on this computer. Stop it with Ctrl+C. What people tell
is kept in the data directory (FIRSTHAND_DATA, or the folder `data`).
"""

import argparse
import os

HELP = "Start the site"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say where and how to serve."""
    parser.add_argument(
        "--bind", default=os.environ.get("FIRSTHAND_BIND", "127.0.0.1:8000"), metavar="ADDRESS",
        help="where to listen: host:port, or unix:/path (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--processes", type=int, default=None, metavar="N",
        help="web processes (default: one for each processor, four at most)",
    )  # fmt: skip
    parser.add_argument(
        "--no-worker", action="store_true",
        help="leave the background work to `firsthand worker`, started separately",
    )  # fmt: skip
    parser.add_argument(
        "--no-prepare", action="store_true",
        help="do not touch the database's shape; `firsthand prepare` was run before",
    )  # fmt: skip


def run(args: argparse.Namespace) -> None:
    from firsthand.config import prepare, serve

    if args.no_prepare:
        prepare.set_up()
    else:
        prepare.everything()
    serve.serve(args.bind, args.processes, with_worker=not args.no_worker)
