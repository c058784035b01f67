"""The tables of a package, in the order in which they are written.

One more is one more file beside this one, and its name here.
"""

from firsthand.evidence.package import (
    chart_forms,
    charting,
    checklist,
    criteria,
    duplicates,
    files,
    flow,
    getting,
    protocol,
    records,
    reviewers,
    rounds,
    screening,
    searches,
    splits,
    stopping,
    strategies,
    studies,
    together,
    trail,
)
from firsthand.evidence.package.tables import Resource

ALL: tuple[Resource, ...] = (
    protocol.RESOURCE,
    criteria.RESOURCE,
    strategies.RESOURCE,
    searches.RESOURCE,
    files.RESOURCE,
    files.PROBLEMS,
    records.RESOURCE,
    duplicates.RESOURCE,
    duplicates.GROUPS,
    duplicates.LOOKS,
    rounds.RESOURCE,
    screening.RESOURCE,
    screening.DECISIONS,
    screening.SETTLEMENTS,
    together.REOPENINGS,
    together.NOTES,
    together.MEETING,
    together.LABELS,
    together.LABELS_ON,
    together.BLOCKS,
    splits.RESOURCE,
    splits.SHARES,
    stopping.ORDERINGS,
    stopping.PLANS,
    stopping.AUDITS,
    stopping.DRAWS,
    stopping.STOPS,
    stopping.UPDATES,
    getting.RESOURCE,
    getting.PDFS,
    studies.RESOURCE,
    studies.REPORTS,
    chart_forms.RESOURCE,
    charting.RESOURCE,
    charting.SAVES,
    charting.PASSAGES,
    charting.RECONCILED,
    charting.DRAWS,
    rounds.AGREEMENT,
    flow.RESOURCE,
    checklist.RESOURCE,
    trail.RESOURCE,
    reviewers.RESOURCE,  # the last: only now everyone has been met
)
BY_PATH = {each.path: each for each in ALL}
# Who is named by others comes first. What only follows from the others is not read.
LOADED = (reviewers.RESOURCE, *(each for each in ALL[:-1] if each.load))
