"""A random audit while people screen: recall that is certified, and what may be left.

From some moment on, records are also drawn at random, without putting back, from all that were
unread at that moment. How many included ones there were among them is bounded by a confidence
sequence: it holds at all times together, so that one may look after every record and stop when one
likes. It is the hypergeometric prior-posterior-ratio martingale with a beta-binomial prior of
Waudby-Smith I and Ramdas A (2020), "Confidence sequences for sampling without replacement",
NeurIPS 33, section 2. A number is kept while prior / posterior < 1 / (1 - confidence); the ratio
at the truth is a martingale that begins at 1, so by Ville's inequality it seldom grows that large.

A drawn record that the ranked reading has read meanwhile counts too, and costs nothing. A second
audit needs its own share of the doubt: two at 95 % are both right in 90 % at least.
"""

import math
from dataclasses import dataclass

import numpy as np
import scipy  # loads its parts when they are first used

# The prior bets on few: about one in twenty, as what a ranking leaves unread seldom holds more.
# Any prior keeps the guarantee; one that bets well makes the bounds narrow sooner.
_ONE, _NONE = 0.5, 10.0


@dataclass(frozen=True)
class Audit:
    """`population` records were unread when it began, `before` included ones known by then.

    `drawn` of them were drawn at random so far, `hits` of those included. `found` counts all
    included records known now, however found.
    """

    population: int
    before: int
    drawn: int
    hits: int
    found: int


@dataclass(frozen=True)
class Certified:
    """`recall` is at least this, with the confidence asked for; and how many may be left.

    `left` is the plain estimate from the audit alone, None before anything was drawn.
    """

    recall: float
    left_low: int
    left: float | None
    left_high: int


def certified(audit: Audit, confidence: float = 0.95) -> Certified:
    """Return what the audit says so far, valid however often it is asked.

    Raises ValueError when the numbers do not fit together, or confidence is not between 0 and 1.
    """
    _check(audit, confidence)
    low, high = bounds(audit.population, audit.drawn, audit.hits, confidence)
    known = audit.found - audit.before
    low, high = max(low, known), max(high, known)
    guess = audit.hits / audit.drawn * audit.population - known if audit.drawn else None
    return Certified(
        recall=audit.found / (audit.before + high) if audit.before + high else 0.0,
        left_low=low - known,
        left=None if guess is None else max(0.0, guess),
        left_high=high - known,
    )


def bounds(population: int, drawn: int, hits: int, confidence: float = 0.95) -> tuple[int, int]:
    """Return the least and the most included records that `population` may hold."""
    counts = np.arange(hits, population - (drawn - hits) + 1)
    shape = scipy.stats.betabinom
    prior = shape.logpmf(counts, population, _ONE, _NONE)
    posterior = shape.logpmf(counts - hits, population - drawn, _ONE + hits, _NONE + drawn - hits)
    kept = counts[prior - posterior < -math.log(1 - confidence)]
    return int(kept[0]), int(kept[-1])


def _check(audit: Audit, confidence: float) -> None:
    known = audit.found - audit.before
    if not 0 <= audit.hits <= min(audit.drawn, known) or audit.drawn > audit.population:
        raise ValueError("More found than drawn or known, or more drawn than there are.")
    if known > audit.population - (audit.drawn - audit.hits) or audit.before < 0:
        raise ValueError("More found than there can be.")
    if not 0 < confidence < 1:
        raise ValueError("Confidence must be between 0 and 1.")
