"""Ranks the ballots of a file, without a database."""

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from firsthand.config.talk import Stop, say


def run(args: argparse.Namespace) -> int:
    """Print the ranking of a file; return 1 when lines of it were left out."""
    from firsthand.methods.ranking import csvfile

    try:
        text = args.file.read_text("utf-8-sig")
        found = csvfile.read(text, whole=not args.orders_partial)
    except (OSError, ValueError) as wrong:
        raise Stop(f"{args.file} cannot be read: {wrong}") from wrong
    for problem in found.problems:
        print(problem, file=sys.stderr)
    if not found.ballots:
        raise Stop("There are no ballots in it.")
    result = _ranked(found, args.seed)
    (_as_json if args.json else _as_table)(result)
    return 1 if found.problems else 0


def _ranked(found: Any, seed: int) -> Any:
    """Use what the results pages use, so that a notebook and the site say the same."""
    from firsthand.methods.ranking.outcome import outcome

    labels = {item: item for item in found.items}
    said = [{"places": dict(line.places), "away": list(line.away)} for line in found.ballots]
    return outcome(labels, said, seed)


def _as_json(result: Any) -> None:
    say(json.dumps(asdict(result), ensure_ascii=False))


def _as_table(result: Any) -> None:
    say(f"{result.many:,} ballots")
    say("rank  95 %     top 3   worth   error  Borda  Kemeny  item")
    for row in result.rows:
        say(_line(row))
    for note in result.notes:
        say(note)


def _line(row: Mapping[str, Any]) -> str:
    if row["rank"] is None:
        return f"{'-':>4}  {'not compared by anybody':<48}  {row['label']}"
    between = "-" if row["rank_low"] is None else f"{row['rank_low']}-{row['rank_high']}"
    top = "-" if row["top3"] is None else f"{row['top3']:.0%}"
    return (
        f"{row['rank']:>4}  {between:<7} {top:>6}  {row['worth']:>6.2f}  {row['error']:>6.2f}  "
        f"{row['borda_rank']:>5}  {row['kemeny_rank']:>6}  {row['label']}"
    )
