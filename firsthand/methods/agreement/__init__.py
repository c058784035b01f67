"""Agreement: how far people who decided, or coded, the same did it alike; how sure that is."""

from collections.abc import Sequence

from firsthand.methods.agreement.by_code import CodeAgreement, by_code
from firsthand.methods.agreement.chance import fleiss_kappa, gwet_ac1, krippendorff_alpha
from firsthand.methods.agreement.coded import Document, Span
from firsthand.methods.agreement.cohen import cohen_kappa
from firsthand.methods.agreement.plain import on_category, percent
from firsthand.methods.agreement.table import Ratings, table
from firsthand.methods.agreement.values import Agreement, Interval, Measure, Undefined

__all__ = [
    "Agreement",
    "CodeAgreement",
    "Document",
    "Interval",
    "Measure",
    "Span",
    "Undefined",
    "agreement",
    "by_code",
]


def agreement(
    ratings: Ratings, positive: str, negative: str, categories: Sequence[str] | None = None
) -> Agreement:
    """Return every measure. One row a record, one place a person, None where they did not decide.

    `positive` and `negative` name the categories whose own agreement is wanted, such as include and
    exclude; `categories` all that could be chosen (without them: those used, and these two).
    Raises ValueError, saying where, when the ratings are no table of the categories.
    """
    met = {each for row in ratings for each in row if each is not None} | {positive, negative}
    counted = table(ratings, sorted(met) if categories is None else categories)
    return Agreement(
        percent=percent(counted),
        cohen_kappa=cohen_kappa(ratings),
        fleiss_kappa=fleiss_kappa(counted),
        gwet_ac1=gwet_ac1(counted),
        krippendorff_alpha=krippendorff_alpha(counted),
        positive=on_category(counted, positive),
        negative=on_category(counted, negative),
    )
