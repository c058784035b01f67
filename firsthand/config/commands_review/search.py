"""Writes a search for each database's platform from blocks of synonyms.

BLOCKS.yaml has a title and blocks; in each block synonyms are joined with OR, blocks with AND.
What a platform cannot do is said, with what a person has to adapt.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from firsthand.config.talk import Stop

HELP = "Write a search for Ovid, ProQuest, EBSCO, Web of Science, PubMed and Scopus"
_MOST = 2_000_000  # bytes
_NAMES = ("ovid", "proquest", "ebsco", "wos", "pubmed", "scopus")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument("blocks", type=Path, metavar="BLOCKS.yaml", help="The blocks of synonyms.")
    parser.add_argument(
        "--platform",
        action="append",
        choices=_NAMES,
        help="Only this platform; may be given several times.",
    )
    parser.add_argument("--json", action="store_true", help="Print strings and notes as JSON.")


def run(args: argparse.Namespace) -> int:
    """Print; return 0, or 1 when a platform cannot take a whole block."""
    from firsthand.methods.searching import plan, render

    try:
        search = plan.search(_parsed(args.blocks))
    except plan.Unusable as why:
        raise Stop(f"{args.blocks.name} cannot be used.\n{why}") from None
    made = render.queries(search, args.platform or _NAMES)
    (_as_json if args.json else _as_text)(search.title, made)
    return 1 if any(each.lost for each in made) else 0


def _parsed(place: Path) -> Any:
    import yaml

    try:
        with place.open("rb") as file:
            content = file.read(_MOST + 1)
    except OSError as why:
        raise Stop(f"{place.name} cannot be read: {why.strerror}.") from None
    if len(content) > _MOST:
        raise Stop(f"{place.name} is far too large to be a search.")
    try:
        return yaml.safe_load(content)
    except (yaml.YAMLError, ValueError, RecursionError) as why:  # ValueError: 2020-13-45
        mark = getattr(why, "problem_mark", None)
        at = f" at line {mark.line + 1}" if mark else ""
        raise Stop(f"{place.name} is not YAML: something is wrong{at}.") from None


def _as_json(title: str, made: Any) -> None:
    report = {
        "title": title,
        "queries": [
            {
                "platform": each.platform.key,
                "name": each.platform.name,
                "string": each.text,
                "adapt": each.adapt,
                "lost": each.lost,
            }
            for each in made
        ],
    }
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")


def _as_text(title: str, made: Any) -> None:
    sys.stdout.write(f"{title}\n" if title else "")
    for each in made:
        sys.stdout.write(f"\n{each.platform.name}\n\n{each.text}\n\n")
        for note in each.adapt:
            sys.stdout.write(f"  - {note}\n")
