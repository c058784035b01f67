"""How a record's standing at a stage follows from what was decided: locked, by the table of moves.

Whatever is included goes on to the next stage in the same transaction.
"""

import uuid

from firsthand.evidence import rules
from firsthand.evidence.models import Resolution, Retrieval, Screening


def locked(screening: uuid.UUID) -> Screening:
    """Return a record's standing as it is now, its row locked until the transaction ends."""
    rows = Screening.objects.select_related("record", "review")
    return rows.select_for_update(of=("self",)).get(id=screening)


def step(screening: Screening, did: str) -> None:
    """Let the state follow after a step, and keep it. Raises rules.NotAllowed."""
    screening.state = rules.after(
        screening.state, did, *_facts(screening), missing=_is_missing(screening)
    )
    _keep(screening)


def settle(screening: Screening) -> None:
    """Let the state follow from the facts when these changed by no step of a reviewer's."""
    screening.state = rules.stands(*_facts(screening), missing=_is_missing(screening))
    _keep(screening)


def _facts(screening: Screening) -> tuple[list[str], int, str]:
    choices = list(screening.decisions.values_list("choice", flat=True))
    settled = Resolution.objects.filter(screening=screening).values_list("choice", flat=True)
    return choices, screening.needed, settled.first() or ""


def _is_missing(screening: Screening) -> bool:
    """Say whether there is no report to read. A title is there always."""
    rows = Retrieval.objects.filter(record_id=screening.record_id, status=rules.GIVEN_UP)
    return screening.stage == rules.FULL_TEXT and rows.exists()


def _keep(screening: Screening) -> None:
    screening.save(update_fields=["state", "needed"])
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
                "state": _begins(screening),
            },
        )
    else:
        later = Screening.objects.filter(record_id=screening.record_id, stage=following)
        later.filter(decisions=None).delete()


def _begins(screening: Screening) -> str:
    """Return how a record stands at the next stage: a report given up before stays so."""
    rows = Retrieval.objects.filter(record_id=screening.record_id, status=rules.GIVEN_UP)
    return rules.NOT_GOT if rows.exists() else rules.UNSEEN
