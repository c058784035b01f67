"""How a record's standing at a stage follows from what was decided: locked, by the table of moves.

Whatever is included goes on to the next stage in the same transaction.
"""

import uuid
from typing import TypedDict

from django.utils import timezone

from firsthand.evidence import rules
from firsthand.evidence.models import Reopening, Resolution, Retrieval, Screening


def locked(screening: uuid.UUID) -> Screening:
    """Return a record's standing as it is now, its row locked until the transaction ends."""
    rows = Screening.objects.select_related("record", "review")
    return rows.select_for_update(of=("self",)).get(id=screening)


def step(screening: Screening, did: str) -> None:
    """Let the state follow after a step, and keep it. Raises rules.NotAllowed."""
    screening.state = rules.after(screening.state, did, *_facts(screening), **_more(screening))
    _keep(screening)


def settle(screening: Screening) -> None:
    """Let the state follow from the facts when these changed by no step of a reviewer's."""
    screening.state = rules.stands(*_facts(screening), **_more(screening))
    _keep(screening)


def _facts(screening: Screening) -> tuple[list[str], int, str]:
    choices = list(screening.decisions.values_list("choice", flat=True))
    settled = Resolution.objects.filter(screening=screening).values_list("choice", flat=True)
    return choices, screening.needed, settled.first() or ""


class _More(TypedDict):
    reopened: bool
    missing: bool


def _more(screening: Screening) -> _More:
    reopened = Reopening.objects.filter(screening=screening).exists()
    missing = screening.stage == rules.FULL_TEXT and _is_given_up(screening)
    return {"reopened": reopened, "missing": missing}


def _is_given_up(screening: Screening) -> bool:
    rows = Retrieval.objects.filter(record_id=screening.record_id, status=rules.GIVEN_UP)
    return rows.exists()


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
                "state": rules.NOT_GOT if _is_given_up(screening) else rules.UNSEEN,
            },
        )
    else:
        later = Screening.objects.filter(record_id=screening.record_id, stage=following)
        later.filter(decisions=None).delete()
