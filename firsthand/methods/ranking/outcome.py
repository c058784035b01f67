"""What a ranking question came to: the ranking by worth, how sure it is, other ways beside it.

Each answer is {"places": {item: place}, "away": [items that do not apply]}; items with neither
were left behind. Worths: `luce`; intervals: `bootstrap`; beside them `borda` and `kemeny`. An item
that nobody compared has no rank, and of few ballots nothing is said of how sure a rank is.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from firsthand.methods.ranking import comparing
from firsthand.methods.ranking.ballots import LEFT, NOT_COMPARED, Ballots, ballot, table
from firsthand.methods.ranking.bootstrap import ENOUGH, SAMPLES, Sure, bootstrap, ranked
from firsthand.methods.ranking.borda import borda
from firsthand.methods.ranking.fitting import fit
from firsthand.methods.ranking.kemeny import kemeny
from firsthand.methods.ranking.pairs import wins

_SOLVER = 10.0  # seconds for one call of the solver
NOBODY = "Nobody compared any of these with another, so there is no ranking."
FEW = f"How sure each rank is cannot be said of fewer than {ENOUGH} answers."
_NOT_COMPARED: Mapping[str, Any] = dict.fromkeys((
    "rank", "rank_low", "rank_high", "worth", "error", "worth_low", "worth_high", "top3", "borda",
    "borda_rank", "kemeny_rank", "apart",
)) | {"compared": 0}  # fmt: skip

Said = Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """How many ballots, a row for each item in order of rank, and sentences that go with them."""

    many: int
    rows: tuple[Mapping[str, Any], ...]
    notes: tuple[str, ...]


def ballots_of(keys: Sequence[str], said: Sequence[Said]) -> Ballots:
    """Return answers in order as ballots: what has no place, and applies, was left behind."""
    at = {key: n for n, key in enumerate(keys)}
    return table([_row(each, at) for each in said], len(keys))


def _row(said: Said, at: Mapping[str, int]) -> list[int]:
    places, away = said.get("places", {}), set(said.get("away", []))
    levels: dict[int, list[int]] = {}
    for key, place in places.items():
        levels.setdefault(place, []).append(at[key])
    offered = [n for key, n in at.items() if key not in away]
    return ballot([levels[each] for each in sorted(levels)], offered, len(at))


def outcome(labels: Mapping[str, str], said: Sequence[Said], seed: int) -> Outcome:
    """Rank items ({key: label}). Raises ValueError for an answer that cannot be."""
    keys = list(labels)
    ballots = ballots_of(keys, said)
    if not ballots.many:
        return Outcome(0, (), ())
    met = ballots.compared > 0
    there = [key for key, seen in zip(keys, met, strict=True) if seen]
    found, notes = _ranked(there, ballots.of(met) if there else ballots, seed)
    rows = [{"key": key, "label": labels[key], **found.get(key, _NOT_COMPARED)} for key in keys]
    rows.sort(key=lambda row: row["rank"] or len(keys) + 1)
    return Outcome(ballots.many, tuple(rows), notes)


def _ranked(
    keys: Sequence[str], ballots: Ballots, seed: int
) -> tuple[dict[str, dict[str, Any]], tuple[str, ...]]:
    """Rank items that were compared: a row for each key, and sentences."""
    if not keys:
        return {}, (NOBODY,)
    told = ((ballots.places != NOT_COMPARED) & (ballots.places != LEFT)).any(axis=1).sum()
    whole, scores = fit(ballots), borda(ballots)
    sure = bootstrap(ballots, seed) if told >= ENOUGH else None
    best = kemeny(wins(ballots), seconds=_SOLVER)
    ways = [ranked(whole.worths), comparing.places(scores), best.places]
    apart = comparing.spread(ways)
    rows = {
        key: {
            "rank": int(ways[0][n]), **_sure(sure, n),
            "worth": round(float(whole.worths[n]), 4), "error": round(float(whole.errors[n]), 4),
            "borda": _number(scores[n]), "borda_rank": int(ways[1][n]),
            "kemeny_rank": int(ways[2][n]), "apart": int(apart[n]),
            "compared": int(ballots.compared[n]),
        }
        for n, key in enumerate(keys)
    }  # fmt: skip
    said = f"Rank intervals: the middle 95 % of {SAMPLES} samples of whole answers, seed {seed}."
    between = FEW if sure is None else said
    notes = (_kemeny_words(best.proven, best.against, best.bound), *_tau_words(*ways), between)
    return {key: {name: row[name] for name in _NOT_COMPARED} for key, row in rows.items()}, notes


def _sure(sure: Sure | None, n: int) -> dict[str, Any]:
    if sure is None:
        return dict.fromkeys(("rank_low", "rank_high", "worth_low", "worth_high", "top3"))
    return {
        "rank_low": int(sure.rank_low[n]), "rank_high": int(sure.rank_high[n]),
        "worth_low": round(float(sure.worth_low[n]), 4),
        "worth_high": round(float(sure.worth_high[n]), 4), "top3": round(float(sure.top[n]), 3),
    }  # fmt: skip


def _kemeny_words(proven: bool, against: float, bound: float) -> str:
    said = f"Kemeny's order goes against {against:,.0f} pairs on all answers"
    if proven:
        return f"{said}; that no order goes against fewer is proven."
    return f"{said}; no order goes against fewer than {bound:,.0f}. The best is not proven."


def _tau_words(*ranks: Any) -> tuple[str, ...]:
    one, two, three = ranks
    said = [("Borda", comparing.tau(one, two)), ("Kemeny", comparing.tau(one, three))]
    return tuple(f"Agreement of the ranking by worth with {name}: tau {tau:.2f}."
                 for name, tau in said if not math.isnan(tau))  # fmt: skip


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 4)
