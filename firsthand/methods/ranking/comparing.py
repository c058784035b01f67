"""Several ways to one order, side by side: where they differ, and what one group changes.

Kendall MG (1945), "The treatment of ties in ranking problems", Biometrika 33: 239-251: tau-b is
the share of pairs that two orders agree on less those they do not, equal places allowed for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # loads its parts when they are first used

from firsthand.methods.ranking.ballots import Ballots, Floats, Ints, Truths
from firsthand.methods.ranking.bootstrap import ranked
from firsthand.methods.ranking.fitting import HALF, fit


def places(scores: Floats) -> Ints:
    """Return ranks from 1, the highest first; equal scores share the better one.

    An item without a score (nan) comes last.
    """
    known = np.where(np.isnan(scores), -np.inf, scores)
    return np.asarray(scipy.stats.rankdata(-np.round(known, 9), method="min"), dtype=np.int64)


def ranks(ballots: Ballots, pseudo: float = HALF) -> Ints:
    """Return ranks by worth of the items that were compared; 0 for those that never were."""
    met, found = ballots.compared > 0, np.zeros(ballots.items, dtype=np.int64)
    if met.any():
        found[met] = ranked(fit(ballots.of(met), pseudo).worths)
    return found


def spread(ranks: Sequence[Ints]) -> Ints:
    """Return for each item how many places the ways to rank it lie apart, at most."""
    every = np.stack(list(ranks))
    return np.asarray(every.max(axis=0) - every.min(axis=0), dtype=np.int64)


def tau(one: Ints, other: Ints) -> float:
    """Return Kendall's tau-b of two orders; nan where one of them tells nothing apart."""
    return float(scipy.stats.kendalltau(one, other).statistic)


@dataclass(frozen=True)
class Without:
    """What the ranking would be had one group not answered: ranks, and how far each item moves.

    An item that nobody else compared has rank 0 and does not move.
    """

    group: str
    left: int
    ranks: Ints
    moved: Ints


def without(ballots: Ballots, groups: dict[str, Truths], pseudo: float = HALF) -> list[Without]:
    """Fit again without each group (true where a ballot is of it). Groups of all are left out."""
    now = ranks(ballots, pseudo)
    rest = {name: ~inside for name, inside in groups.items() if inside.any() and not inside.all()}
    return [_without(name, ballots.some(kept), now, pseudo) for name, kept in rest.items()]


def _without(group: str, rest: Ballots, now: Ints, pseudo: float) -> Without:
    then = ranks(rest, pseudo)
    return Without(group, rest.many, then, np.where(then > 0, then - now, 0))
