"""What agreement is given and gives: ratings in a table, measures with intervals, and "undefined".

An interval here is analytic, never by dice: Wilson's (1927) for a plain share; for all others the
measure is taken as linear in the records (the delta method), and Student's t with n - 1 degrees of
freedom gives 95 % (Gwet KL, Handbook of Inter-Rater Reliability, 4th ed. 2014, chapters 5 and 6).
"""

from dataclasses import dataclass
from enum import Enum


class Undefined(Enum):
    """Why there is no figure: a value of its own, so that nobody takes it for 0, 1 or NaN."""

    NOTHING_SHARED = "No record was decided by two people, so there is nothing to compare."
    ONE_CATEGORY = "Everyone decided the same for every record, so chance cannot be told apart."
    NEVER_USED = "Nobody chose this category, so there is no agreement on it to measure."
    NOT_TWO = "Cohen's kappa compares exactly two people."
    NO_SPREAD = "All records say the same, so they cannot tell how sure the figure is."
    TOO_FEW = "One record alone cannot tell how sure the figure is."


@dataclass(frozen=True)
class Interval:
    """A 95 % interval; `high` is never above 1."""

    low: float
    high: float
    method: str  # "Wilson" or "linearised over records, Student's t"


@dataclass(frozen=True)
class Measure:
    """A figure, how sure it is, and `n`: how many records it was taken from."""

    value: float | Undefined
    interval: Interval | Undefined
    n: int


@dataclass(frozen=True)
class Agreement:
    """All measures of one set of ratings; positive and negative agreement are by category."""

    percent: Measure
    cohen_kappa: Measure
    fleiss_kappa: Measure
    gwet_ac1: Measure
    krippendorff_alpha: Measure
    positive: Measure
    negative: Measure
