"""Says what stands beneath each theme of a coding project; begins with the themes of 2023.

    firsthand coding themes "Harms people name" --as Ada
    firsthand coding themes "Harms people name" --as Ada --json
    firsthand coding themes "Harms people name" --as Ada --begin     the six themes of 2023

Counted are the passages that this person may see: their own, and those of others in sources that
both have finished.
"""

import argparse
from typing import TYPE_CHECKING

from firsthand.config import coding
from firsthand.config.talk import say

if TYPE_CHECKING:
    from firsthand.codebook.models import Coder

HELP = "Say what stands beneath each theme"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument("project", metavar="PROJECT", help="its title, or how its number begins")
    coding.who_argument(parser)
    parser.add_argument("--begin", action="store_true", help="take the six themes of 2023 first")
    parser.add_argument("--json", action="store_true", help="print for a program, as JSON")


def run(args: argparse.Namespace) -> None:
    """Print the themes."""
    with coding.acting(args.project, args.who) as coder:
        if args.begin:
            from firsthand.codebook.actions import themes

            themes.begin_with_2023(coder)
        (_as_json if args.json else _as_text)(coder)


def _as_json(coder: "Coder") -> None:
    import json

    from firsthand.codebook import theming

    told = {"project": coder.project.title, "themes": theming.as_plain(coder)}
    say(json.dumps(told, ensure_ascii=False, indent=2))


def _as_text(coder: "Coder") -> None:
    from firsthand.codebook import theming

    lines, _ = theming.table(coder, leaves=True)
    for each in lines:
        passages, sources = _many(each.passages, "passage"), _many(each.sources, "source")
        findings, papers = _many(each.findings, "finding"), _many(each.papers, "paper")
        name = "  " * each.depth + each.theme.name
        say(f"{name}: {passages} in {sources}, {findings} of {papers}")
    if not lines:
        say("There is no theme yet.")
    found = theming.findings(coder.project)
    if left := sum(stands == theming.OPEN for _, stands, _ in found):
        say(f"{_many(left, 'finding')} to be placed in a theme, or set aside with a reason.")


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
