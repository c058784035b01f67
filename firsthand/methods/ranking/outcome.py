"""What a ranking question came to: the ranking by worth, how sure it is, other ways beside it.

Each answer is {"places": {item: place}, "away": [items that do not apply]}; items with neither
were left behind. Worths: `luce`; intervals: `bootstrap`; beside them `borda` and `kemeny`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from firsthand.methods.ranking import comparing
from firsthand.methods.ranking.ballots import Ballots, ballot, table
from firsthand.methods.ranking.bootstrap import SAMPLES, bootstrap, ranked
from firsthand.methods.ranking.borda import borda
from firsthand.methods.ranking.fitting import fit
from firsthand.methods.ranking.kemeny import kemeny
from firsthand.methods.ranking.pairs import wins

_SOLVER = 10.0  # seconds for one call of the solver

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
    whole, sure = fit(ballots), bootstrap(ballots, seed)
    found = kemeny(wins(ballots), seconds=_SOLVER)
    scores = borda(ballots)
    ranks = ranked(whole.worths)
    by_borda, by_kemeny = comparing.places(scores), found.places
    apart = comparing.spread([ranks, by_borda, by_kemeny])
    rows: list[dict[str, Any]] = [
        {
            "key": key, "label": labels[key], "rank": int(ranks[n]),
            "rank_low": int(sure.rank_low[n]), "rank_high": int(sure.rank_high[n]),
            "worth": round(float(whole.worths[n]), 4), "error": round(float(whole.errors[n]), 4),
            "worth_low": round(float(sure.worth_low[n]), 4),
            "worth_high": round(float(sure.worth_high[n]), 4),
            "top3": round(float(sure.top[n]), 3), "borda": _number(scores[n]),
            "borda_rank": int(by_borda[n]), "kemeny_rank": int(by_kemeny[n]),
            "apart": int(apart[n]), "compared": int(ballots.compared[n]),
        }
        for n, key in enumerate(keys)
    ]  # fmt: skip
    rows.sort(key=lambda row: row["rank"])
    notes = (_kemeny_words(found.proven, found.against, found.bound),
             *_tau_words(ranks, by_borda, by_kemeny),
             f"Rank intervals: the middle 95 % of {SAMPLES} samples of whole answers, "
             f"seed {seed}.")  # fmt: skip
    return Outcome(ballots.many, tuple(rows), notes)


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
