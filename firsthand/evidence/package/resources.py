"""The tables of a package, in the order in which they are written.

One more (charting, say) is one more file beside this one, and its name here.
"""

from firsthand.evidence.package import (
    checklist,
    criteria,
    duplicates,
    files,
    flow,
    protocol,
    records,
    reviewers,
    rounds,
    screening,
    searches,
    trail,
)
from firsthand.evidence.package.tables import Resource

ALL: tuple[Resource, ...] = (
    protocol.RESOURCE,
    criteria.RESOURCE,
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
    rounds.AGREEMENT,
    flow.RESOURCE,
    checklist.RESOURCE,
    trail.RESOURCE,
    reviewers.RESOURCE,  # the last: only now everyone has been met
)
BY_PATH = {each.path: each for each in ALL}
# Who is named by others comes first. What only follows from the others is not read.
LOADED = (reviewers.RESOURCE, *(each for each in ALL[:-1] if each.load))
