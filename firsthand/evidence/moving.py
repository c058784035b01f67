"""How a record's standing at a stage follows from what was decided: locked, by the table of moves.

Whatever is included goes on to the next stage in the same transaction.
"""

import uuid

from django.utils import timezone

from firsthand.evidence import rules
from firsthand.evidence.models import Resolution, Screening


def locked(screening: uuid.UUID) -> Screening:
    """Return a record's standing as it is now, its row locked until the transaction ends."""
    rows = Screening.objects.select_related("record", "review")
    return rows.select_for_update(of=("self",)).get(id=screening)


def step(screening: Screening, did: str) -> None:
    """Let the state follow after a step, and keep it. Raises rules.NotAllowed."""
    facts = _facts(screening)
    screening.state = rules.after(screening.state, did, *facts)
    _keep(screening)


def settle(screening: Screening) -> None:
    """Let the state follow from the facts when these changed by no step of a reviewer's."""
    screening.state = rules.stands(*_facts(screening))
    _keep(screening)


def _facts(screening: Screening) -> tuple[list[str], int, str]:
    choices = list(screening.decisions.values_list("choice", flat=True))
    settled = Resolution.objects.filter(screening=screening).values_list("choice", flat=True)
    return choices, screening.needed, settled.first() or ""


def _keep(screening: Screening) -> None:
    settled = screening.state in rules.SETTLED
    screening.settled_at = (screening.settled_at or timezone.now()) if settled else None
    screening.save(update_fields=["state", "needed", "settled_at"])
    following = rules.AFTER_STAGE.get(screening.stage)
    if following is None:
        return
    if screening.state == rules.INCLUDED:
        Screening.objects.get_or_create(
            record_id=screening.record_id,
            stage=following,
            defaults={
                "review_id": screening.review_id,
                "number": screening.number,
                "needed": screening.review.each,
                "stands": screening.stands,
            },
        )
    else:
        later = Screening.objects.filter(record_id=screening.record_id, stage=following)
        later.filter(decisions=None).delete()
