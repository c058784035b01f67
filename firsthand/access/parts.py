"""Letting a team into one part of a thing, such as a conversation, and out of it again.

The grant is of the part alone, signed by its owner like any other. Whoever is let in opens what is
written from then on; what was written before opens to them only when the owner says so.
"""

import uuid
from datetime import date

from django.db import transaction

from firsthand.access import grants, log, rules
from firsthand.access.doer import Doer
from firsthand.access.models import Grant, LogLine
from firsthand.people.models import Team
from firsthand.people.queries import current_keyring
from firsthand.vault import items
from firsthand.vault.items import OpenItem
from firsthand.vault.models import Item

_WRITTEN = (rules.WROTE, rules.PROMISED)


def let_in(
    doer: Doer, part: OpenItem, team: Team, *, until: date | None, whole: uuid.UUID
) -> Grant:
    """Let `team` into a part of the doer's, not into what is under it already."""
    done, purpose = rules.LET_IN, rules.HELP
    return grants.make(doer, part, team, purpose, until=until, whole=whole, done=done)


@transaction.atomic
def open_earlier(doer: Doer, part: OpenItem, grant: Grant, *, whole: uuid.UUID) -> None:
    """Open what was written before as well, with the owner's own keys."""
    if not unopened(grant):
        return
    keyring = current_keyring(grant.team)
    for item in _under(part.id):
        items.share(items.unlock(item, doer.keys), keyring)
    log.append(whole, doer, rules.EARLIER, about=part.id, team=grant.team, owner=True)


@transaction.atomic
def take_out(doer: Doer, part: OpenItem, team: Team, *, whole: uuid.UUID) -> None:
    """Take `team` out of the part, from the next request on; what else it may read stays."""
    grants.shut(doer, part, team, whole=whole)
    log.append(whole, doer, rules.TOOK_OUT, about=part.id, team=team, owner=True)


def unopened(grant: Grant) -> set[uuid.UUID]:
    """Return the items written before a team was let in that its owner has not opened to it.

    The log says which. Anything else must open: a key that was taken away is noticed.
    """
    lines = log.verify(items.whole_of(grant.item_id))
    start = next(place for place, line in enumerate(lines) if _lets_in(line, grant))
    if any(_opens_earlier(line, grant) for line in lines[start:]):
        return set()
    under = set(_under(grant.item_id))
    return {line.about for line in lines[:start] if line.done in _WRITTEN} & under


def _lets_in(line: LogLine, grant: Grant) -> bool:
    return line.done == rules.LET_IN and line.about == grant.id


def _opens_earlier(line: LogLine, grant: Grant) -> bool:
    about = (line.about, line.team_id) == (grant.item_id, grant.team_id)
    return about and line.done == rules.EARLIER


def _under(part: uuid.UUID) -> list[uuid.UUID]:
    family = items.family(part)[1:]
    rows = Item.objects.filter(id__in=family, erased=False)
    return list(rows.values_list("id", flat=True))
