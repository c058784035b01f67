"""Forgetting what coders wrote about a testimony, when the person withdraws it for good.

Their passages stay as counts that are marked; no memo and no reason that was written about the
words stays, for it may say again what the words said.
"""

import uuid

from django.db import transaction

from firsthand.codebook import rules, trail
from firsthand.codebook.models import Passage, Settlement, Source, Working

GONE = "Withdrawn with what was told."


@transaction.atomic
def forget(testimony: uuid.UUID) -> None:
    """Take what was written about a testimony out of every project, those it was taken from too."""
    for row in Source.objects.filter(item=testimony).select_related("project"):
        Passage.objects.filter(source=row).update(memo="", state=rules.WITHDRAWN)
        Working.objects.filter(source=row).update(memo="")
        Settlement.objects.filter(source=row).update(reason=GONE)
        trail.note(row.project, None, "testimony withdrawn", source=row.number)
