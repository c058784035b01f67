"""How a request's row moves: locked, by the table of moves, its counters true afterwards."""

import uuid

from firsthand.access import log
from firsthand.access.doer import Doer
from firsthand.repair import rules
from firsthand.repair.models import Request
from firsthand.testimony import queries as testimonies


def locked(request: Request) -> Request:
    """Return the request as it stands now, its row locked until the transaction ends."""
    rows = Request.objects.select_related("team__organisation", "item__owner")
    return rows.select_for_update(of=("self",)).get(id=request.id)


def rest(row: Request, step: str, party: str) -> Request:
    """Let the stage follow from what has happened, and keep the row. Raises rules.NotAllowed."""
    dues = list(row.promises.filter(verdict=rules.RUNNING).values_list("due", flat=True))
    row.running = len(dues)
    row.stage = rules.after(row.stage, step, party, row.facts)
    row.next_due = rules.next_due(row.stage, row.answer_due, dues)
    row.save()
    return row


def note(doer: Doer, row: Request, done: str, about: uuid.UUID) -> None:
    """Write what the person did into the log of what they told."""
    log.append(testimonies.item_of(row.testimony_id), doer, done, about=about, owner=True)
