"""The `firsthand` command: one word for each thing whoever runs a site needs to do.

Each file in `firsthand/config/commands` is one command: `HELP` (one line), `add_arguments` and
`run`. None of them touches the settings before it runs, so that `--help` works anywhere.
"""

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from types import ModuleType

from firsthand.config.commands import found
from firsthand.config.talk import Stop

UNFORESEEN = 70  # EX_SOFTWARE of sysexits.h
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 could not, 2 misspelt."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firsthand.config.settings")
    args = parser().parse_args(argv)
    try:
        return args.command.run(args) or 0
    except Stop as stop:
        print(f"\nfirsthand: {stop.sentence}", file=sys.stderr)
        return stop.code
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        return _unforeseen(error)


def parser() -> argparse.ArgumentParser:
    """Return the parser that knows every command."""
    top = argparse.ArgumentParser(
        prog="firsthand",
        description="Runs a Firsthand site, and looks after what it keeps.",
        epilog="For more about one command: firsthand COMMAND --help",
    )
    rows = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, module in found():
        _add(rows, name, module)
    return top


def _add(
    rows: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, module: ModuleType
) -> None:
    row = rows.add_parser(
        name,
        help=module.HELP,
        description=module.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(row)
    row.set_defaults(command=module)


def _unforeseen(error: Exception) -> int:
    if os.environ.get("FIRSTHAND_DEBUG") == "1":
        traceback.print_exc()
    print(
        f"\nfirsthand: something went wrong that nobody foresaw ({type(error).__name__}).\n"
        "Nothing half-done was kept. Run it again with FIRSTHAND_DEBUG=1 to see where it stopped.",
        file=sys.stderr,
    )
    return UNFORESEEN


if __name__ == "__main__":
    sys.exit(main())
