"""Fills a made-up town to look round in, in a data directory of its own, and starts it.

Everything in it is made up: bodies, staff, people, what they tell, answers, promises, figures.
It says so on every page. It never touches a real site's data, and it serves this computer only.
Start it again and the same town is there. Remove it by removing its directory.

  firsthand demo                     fill it if it is empty, then start it
  firsthand demo --fill-only         fill it and end
  firsthand demo --code advocate     the six figures that an app would show, for signing in
"""

import argparse
from pathlib import Path

HELP = "Look round a made-up town"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say where it is kept and what to do with it."""
    parser.add_argument(
        "--data", type=Path, default=Path("data-demo"), metavar="DIRECTORY",
        help="where the made-up town is kept (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--bind", default="127.0.0.1:8000", metavar="ADDRESS",
        help="where to listen, on this computer (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument("--fill-only", action="store_true", help="fill it, and do not start it")
    parser.add_argument(
        "--code", metavar="NAME", help="print the code for the second step of this sign-in name"
    )


def run(args: argparse.Namespace) -> None:
    from firsthand.config.demo import place

    place.choose(args.data, args.bind)
    if args.code:
        return code(args.data, args.code)
    place.mark(args.data)
    ready()
    if not args.fill_only:
        from firsthand.config import serve

        serve.serve(args.bind, 1, with_worker=True)
    return None


def ready() -> None:
    """Make the site ready, fill it if it is empty, and say how to sign in."""
    from firsthand.config import prepare
    from firsthand.config.talk import say

    prepare.everything()
    from firsthand.config.demo import filling, guide

    if not filling.is_filled():
        say("\nFilling the made-up town. This takes less than a minute.")
        filling.fill()
    say(guide.text())


def code(data: Path, name: str) -> None:
    """Print the code of a made-up sign-in."""
    from firsthand.config import prepare
    from firsthand.config.demo import place
    from firsthand.config.talk import Stop, say

    if not (data / place.MARKER).exists():
        raise Stop(f"There is no made-up town in {data}. Make one first: firsthand demo")
    prepare.set_up()
    from firsthand.config.demo import guide

    say(guide.code_for(name))
