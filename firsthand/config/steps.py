"""Commands that have steps, such as `firsthand review import`: each step is a file in a folder.

A step's file has HELP, add_arguments(parser) and run(args), as a command's has.
"""

import argparse
import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType


def found(folder: ModuleType) -> Iterator[tuple[str, ModuleType]]:
    """Yield the name and module of each step in a folder, in order of the alphabet.

    A word that Python keeps for itself, such as "import", has an underscore after it.
    """
    for info in sorted(pkgutil.iter_modules(folder.__path__), key=lambda each: each.name):
        module = importlib.import_module(f"{folder.__name__}.{info.name}")
        yield info.name.rstrip("_").replace("_", "-"), module


def add_arguments(parser: argparse.ArgumentParser, folder: ModuleType) -> None:
    """Say what steps there are."""
    rows = parser.add_subparsers(title="steps", metavar="STEP", required=True)
    for name, module in found(folder):
        row = rows.add_parser(
            name,
            help=module.HELP,
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(row)
        row.set_defaults(step=module)


def run(args: argparse.Namespace) -> int:
    """Do the step and return its exit code."""
    return int(args.step.run(args) or 0)
