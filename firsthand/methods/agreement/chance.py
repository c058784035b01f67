"""Agreement beyond chance of any number of people: Fleiss, Gwet's AC1, Krippendorff.

Fleiss JL (1971), "Measuring nominal scale agreement among many raters", Psychological Bulletin 76:
378-382. Gwet KL (2008), as in `sure`, for AC1. Krippendorff K (2011), "Computing Krippendorff's
alpha-reliability". How missing ratings and variances are handled: Gwet KL (2014), as in `values`.
"""

import numpy as np

from firsthand.methods.agreement.sure import measure, undefined
from firsthand.methods.agreement.table import Floats, Table
from firsthand.methods.agreement.values import Measure, Undefined


def fleiss_kappa(table: Table) -> Measure:
    """Return Fleiss' kappa: chance is two people drawn at random from everybody's choices."""
    if (why := _degenerate(table)) is not None:
        return why
    shares = table.counts / table.raters[:, None]
    often = shares.mean(axis=0)
    return _beyond(table, float(often @ often), shares @ often)


def gwet_ac1(table: Table) -> Measure:
    """Return Gwet's AC1: chance is agreeing on a record that is hard to decide.

    It stays high where one category is rare, where kappa falls. The number of categories counts:
    give `table` all that could be chosen.
    """
    if (why := _degenerate(table)) is not None:
        return why
    shares = table.counts / table.raters[:, None]
    often = shares.mean(axis=0)
    others = (1 - often) / (len(table.names) - 1)
    return _beyond(table, float(often @ others), shares @ others)


def _beyond(table: Table, chance: float, each_chance: Floats) -> Measure:
    """Return (agreement - chance) / (1 - chance); `each_chance` is chance as each record has it."""
    shared, agreeing = table.shared, table.agreeing()
    value = (float(agreeing[shared].mean()) - chance) / (1 - chance)
    weight = len(shared) / shared.sum()
    seen = weight * (agreeing - chance * shared) / (1 - chance)
    pulls = seen - 2 * (1 - value) * (each_chance - chance) / (1 - chance) - value
    return measure(value, pulls, int(shared.sum()))


def krippendorff_alpha(table: Table) -> Measure:
    """Return Krippendorff's alpha for names without order; records decided once are left out."""
    kept = Table(table.counts[table.shared], table.names)
    if (why := _degenerate(kept)) is not None:
        return why
    counts, raters = kept.counts, kept.raters
    middle = raters.mean()
    often = counts.sum(axis=0) / raters.sum()
    seen = kept.agreeing() * raters / middle
    chance, once = float(often @ often), float(seen.mean())
    agreed = once + (1 - once) / raters.sum()  # a rating is never paired with itself
    bare = (once - chance) / (1 - chance)
    wide = (raters - middle) / middle
    each_chance = counts @ often / middle - chance * wide
    each = (seen - agreed * wide - chance) / (1 - chance)
    pulls = each - 2 * (1 - bare) * (each_chance - chance) / (1 - chance) - bare
    return measure((agreed - chance) / (1 - chance), np.asarray(pulls), len(counts))


def _degenerate(table: Table) -> Measure | None:
    n = int(table.shared.sum())
    if not n:
        return undefined(Undefined.NOTHING_SHARED, 0)
    return undefined(Undefined.ONE_CATEGORY, n) if table.used < 2 else None
