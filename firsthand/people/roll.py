"""Who works where, as it stands today: each membership checked against its team and its sign-in.

A row that was true once, put back by hand with the mark it had then, names an epoch that is over,
or keys that its owner has no more. Nothing here returns such a row: Tampered is raised instead.
"""

import uuid

from django.db.models import QuerySet

from firsthand.people.models import Epoch, Membership, Team, User
from firsthand.vault.seal import Tampered


def of_team(team: Team) -> list[Membership]:
    """Return everyone in a team or at its door. Raises Tampered when someone was taken out."""
    rows = _checked(Membership.objects.filter(team=team))
    epoch = rows[0].epoch if rows else running(team)
    if sum(row.admitted for row in rows) != (epoch.members if epoch else 0):
        raise Tampered
    return rows


def of_user(user: User) -> list[Membership]:
    """Return the teams that someone is in, or waits at the door of."""
    return _checked(Membership.objects.filter(user=user))


def running(team: Team) -> Epoch | None:
    """Return a team's epoch of today, if it ever had one. Raises Tampered."""
    rows = Epoch.objects.filter(team=team).select_related("keyring", "team")
    epoch = rows.order_by("-place").first()
    if (epoch.place != epoch.team.running) if epoch else team.running:
        raise Tampered
    return epoch


def epochs(team: Team) -> list[Epoch]:
    """Return every epoch a team had, oldest first."""
    rows = list(Epoch.objects.filter(team=team).select_related("team").order_by("place"))
    if [row.place for row in rows] != list(range(1, len(rows) + 1)):
        raise Tampered
    if (rows[-1].team if rows else team).running != len(rows):
        raise Tampered
    return rows


def out_of_order() -> list[uuid.UUID]:
    """Return the teams whose epochs and memberships do not fit together."""
    teams = Team.objects.values_list("id", flat=True)
    return [team for team in teams if not _is_in_order(team)]


def _is_in_order(team: uuid.UUID) -> bool:
    try:
        found = Team.objects.get(id=team)
        of_team(found)
        epochs(found)
    except Tampered:
        return False
    return True


def _checked(rows: QuerySet[Membership]) -> list[Membership]:
    found = list(rows.select_related("user", "epoch", "keyring", "team__organisation"))
    if not all(map(_stands, found)):
        raise Tampered
    return found


def _stands(row: Membership) -> bool:
    """Whether a membership is of its team's running epoch, and of its sign-in as that is now."""
    epoch = (row.epoch.team_id, row.epoch.place) if row.epoch else (row.team_id, 0)
    signs_in = (row.user.keyring_id, not row.user.is_active)
    return epoch == (row.team_id, row.team.running) and signs_in == (row.keyring_id, row.shut)
