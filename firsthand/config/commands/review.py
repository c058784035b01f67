"""Works on the files of a review: its searches, its records, its counts.

For one of them: firsthand review COMMAND --help
"""

import argparse
import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from firsthand.config import commands_review

HELP = "Search, draw and count for a review, on files"


def found() -> Iterator[tuple[str, ModuleType]]:
    """Yield each sub-command's name and module, in order of the alphabet."""
    for info in sorted(pkgutil.iter_modules(commands_review.__path__), key=lambda each: each.name):
        module = importlib.import_module(f"{commands_review.__name__}.{info.name}")
        yield info.name.replace("_", "-"), module


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One parser for each sub-command."""
    rows = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, module in found():
        row = rows.add_parser(
            name,
            help=module.HELP,
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(row)
        row.set_defaults(subcommand=module)


def run(args: argparse.Namespace) -> int:
    """Run the sub-command and return its exit code."""
    return args.subcommand.run(args) or 0
