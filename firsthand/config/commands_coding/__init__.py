"""Holds what `firsthand coding` can do, one a file: HELP, add_arguments(parser) and run(args)."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType


def found() -> Iterator[tuple[str, ModuleType]]:
    """Yield each sub-command's name and module, in order of the alphabet.

    A word that Python keeps for itself, such as "import", has an underscore after it.
    """
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda each: each.name):
        module = importlib.import_module(f"{__name__}.{info.name}")
        yield info.name.rstrip("_").replace("_", "-"), module
