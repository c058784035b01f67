"""What agreement is given and gives: ratings in a table, measures with intervals, and "undefined".

The interval of a table of ratings is analytic, never by dice: Wilson's (1927) for a plain share;
for all others the measure is taken as linear in the records (the delta method), and Student's t
with n - 1 degrees of freedom gives 95 % (Gwet KL, Handbook of Inter-Rater Reliability, 4th edition
2014, chapters 5 and 6). That of coded texts comes from resampling documents (`resampled`).
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
    NOTHING_TWICE = "No document was finished by two coders, so there is nothing to compare."
    ONE_CODER = "Only one coder used this code, so nothing tells agreement from chance."
    UNUSED = "No coder used this code in a document that two finished."
    ALL_CODED = "All coders gave this code to all of the text, so chance cannot be told apart."
    NO_SENTENCES = "Where sentences end is not known for these documents."
    ONE_DOCUMENT = "One document alone cannot tell how sure the figure is."
    ONE_PLACE = "Only one document has this code, so documents cannot tell how sure the figure is."
    ALIKE = "All documents say the same, so they cannot tell how sure the figure is."


@dataclass(frozen=True)
class Interval:
    """A 95 % interval; `high` is never above 1."""

    low: float
    high: float
    method: str  # such as "Wilson" or "linearised over records, Student's t"


@dataclass(frozen=True)
class Measure:
    """A figure, how sure it is, and `n`: how many records (or documents) it was taken from."""

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
