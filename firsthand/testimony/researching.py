"""Letting researchers learn from what was told, and ending it. Nobody is asked for anything by it:
no request for repair begins or ends, and the files stay shut."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from django.db import transaction

from firsthand.access import door, grants
from firsthand.access import rules as access
from firsthand.access.doer import Doer
from firsthand.access.models import Grant
from firsthand.access.refused import not_now
from firsthand.people.models import Team
from firsthand.people.rules import RESEARCH
from firsthand.testimony import policies
from firsthand.testimony.models import Testimony
from firsthand.vault.items import OpenItem
from firsthand.vault.seal import Tampered


@transaction.atomic
def let_in(doer: Doer, row: Testimony, teams: Iterable[Team], until: date | None) -> None:
    """Let research teams read what was kept, until a day if one is given: all or none of them.

    Once more with another day moves the day; pressed twice, it is done once. Raises Refused.
    """
    now = policies.check_kept(Testimony.objects.select_for_update().get(id=row.id))
    opened = door.look(doer, now.item_id)
    for team in teams:
        share(doer, now, opened, team, until)


@transaction.atomic
def share(
    doer: Doer, row: Testimony, opened: OpenItem, team: Team, until: date | None = None
) -> None:
    """Let one research team read a testimony to code it, without its files. Raises Refused."""
    if team.organisation.kind != RESEARCH:
        raise not_now("Only a team of a research organisation can be let in for research.")
    standing = grants.live(opened.id, team)
    if standing and standing.purpose != access.RESEARCH:
        raise not_now(
            f"{team} can read this already, {standing.get_purpose_display()}. Stop that first."
        )
    grants.make(doer, opened, team, access.RESEARCH, until=until)


def reads(row: Testimony, team: Team) -> bool:
    """Say whether a team reads a testimony for research today. What was forged does not."""
    with suppress(Tampered):
        standing = grants.live(row.item_id, team)
        return standing is not None and standing.purpose == access.RESEARCH
    return False


@transaction.atomic
def stop(doer: Doer, row: Testimony, team: Team) -> None:
    """End a team's reading for research at once; pressed twice, it is done once. Raises Refused.

    What they marked is out of sight from the same moment (see `queries.research_ids`).
    """
    now = policies.check_open(Testimony.objects.select_for_update().get(id=row.id))
    rows = Grant.objects.filter(item_id=now.item_id, team=team, revoked_on=None)
    if rows.filter(purpose=access.RESEARCH).exists():
        grants.revoke(doer, door.look(doer, now.item_id), team)
