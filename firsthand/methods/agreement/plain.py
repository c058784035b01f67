"""Agreement without chance: the share that agrees, and the share on each category by itself.

Positive and negative agreement: Cicchetti DV and Feinstein AR (1990), "High agreement but low
kappa: II. Resolving the paradoxes", Journal of Clinical Epidemiology 43: 551-558; for more than two
people as the same ratio over all pairs of people.
"""

from firsthand.methods.agreement.sure import measure, undefined, wilson
from firsthand.methods.agreement.table import Table
from firsthand.methods.agreement.values import Measure, Undefined


def percent(table: Table) -> Measure:
    """Return the mean, over records decided twice or more, of the share of pairs that agree."""
    agreeing = table.agreeing()[table.shared]
    if not len(agreeing):
        return undefined(Undefined.NOTHING_SHARED, 0)
    share = min(1.0, float(agreeing.mean()))
    return Measure(share, wilson(share, len(agreeing)), len(agreeing))


def on_category(table: Table, name: str) -> Measure:
    """Return, when one person chose `name`, how often another one did too.

    `n` counts the records of which somebody chose it. Raises ValueError for an unknown category.
    """
    if name not in table.names:
        raise ValueError(f"{name!r} is not among the categories.")
    chosen = table.counts[table.shared, table.names.index(name)]
    raters = table.raters[table.shared]
    both, could = chosen * (chosen - 1), chosen * (raters - 1)
    n = int((chosen > 0).sum())
    if not n:
        return undefined(Undefined.NEVER_USED if len(chosen) else Undefined.NOTHING_SHARED, 0)
    value = both.sum() / could.sum()
    return measure(value, (both - value * could) / could.mean(), n, least=0.0)
