"""Results as they are given out: a chart, a table for a spreadsheet, and JSON."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from firsthand.consultation import survey_rules as rules
from firsthand.consultation.survey_results import Result
from firsthand.methods.charts import Look
from firsthand.methods.disclosure.suppress import SYMBOL
from firsthand.methods.interval_chart import Range, ranges
from firsthand.methods.spreadsheets import safe

LOOK = Look(bar="#22505a", ink="#2b2723", symbol=SYMBOL)  # the site's own deep and ink
_HEADINGS = {
    "rank": "Rank", "rank_low": "Rank, low", "rank_high": "Rank, high", "worth": "Log worth",
    "error": "Standard error", "worth_low": "Log worth, low", "worth_high": "Log worth, high",
    "top3": "Chance of top 3", "borda": "Borda share", "borda_rank": "Borda rank",
    "kemeny_rank": "Kemeny rank", "apart": "Places apart", "compared": "Answers that compared it",
    "shown": "Shown", "best": "Most", "worst": "Least", "score": "Score", "low": "Low",
    "high": "High", "mean": "Mean", "not_apply": "Does not apply", "people": "People",
    "label": "Item", "key": "Key",
}  # fmt: skip


def heading(column: str) -> str:
    return _HEADINGS.get(column, column.replace("step_", "Step "))


def as_csv(found: Result) -> str:
    """Return the rows, a line each. What is withheld has its symbol.

    The last column says in each line how many of the answers are simulated.
    """
    out = io.StringIO()
    columns = list(found.rows[0]) if found.rows else ["label"]
    writer = csv.writer(out)
    writer.writerow([*map(heading, columns), "Simulated answers"])
    for row in found.rows:
        writer.writerow([*(_cell(found, row[each]) for each in columns), found.simulated])
    return out.getvalue()


def _cell(found: Result, value: Any) -> Any:
    if value is None:
        return SYMBOL if found.kind == rules.ABOUT else ""
    return safe(value) if isinstance(value, str) else value


def as_json(found: Result) -> str:
    return json.dumps(asdict(found), ensure_ascii=False, indent=1)


def can_be_drawn(found: Result) -> bool:
    return any(_drawable(found.kind, row) for row in found.rows)


def drawn(title: str, found: Result) -> str | None:
    """Return the chart of a question; None where there is nothing to draw."""
    rows = tuple(_range(found.kind, row) for row in found.rows if _drawable(found.kind, row))
    if not rows:
        return None
    said = "The same numbers are in the table beside this chart."
    if found.simulated:
        title = f"{title} ({found.simulated:,} of {found.many:,} answers simulated)"
        rows = tuple(replace(row, said=f"{row.said}, simulated") for row in rows)
    return ranges(title, said, rows, LOOK, first_left=found.kind == rules.ORDER)


def _drawable(kind: str, row: Mapping[str, Any]) -> bool:
    return row.get("rank" if kind == rules.ORDER else "low") is not None


def _range(kind: str, row: Mapping[str, Any]) -> Range:
    if kind == rules.ORDER:
        rank = row["rank"]
        low, high = row["rank_low"] or rank, row["rank_high"] or rank
        said = f"{rank}" + (f" ({low} to {high})" if low != high else "")
        return Range(row["label"], low, rank, high, said)
    middle = row["score"] if kind == rules.SETS else row["mean"]
    return Range(row["label"], row["low"], middle, row["high"],
                 f"{middle:.2f} ({row['low']:.2f} to {row['high']:.2f})")  # fmt: skip
