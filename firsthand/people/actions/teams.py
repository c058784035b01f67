"""Coming into a team, being let in to its keys, and leaving.

Whenever someone's place in a team ends, another epoch begins and those who stay are marked anew:
a row that said otherwise before holds no more (see `roll`).
"""

import uuid

from django.db import transaction

from firsthand.people import roll
from firsthand.people.models import Epoch, Membership, Team, User
from firsthand.people.queries import has_two_steps
from firsthand.vault import keyrings
from firsthand.vault.keys import Keys
from firsthand.vault.rules import TEAM


class NotYet(Exception):
    """The newcomer cannot be let in: `why` is a sentence for the member who tried."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def wait(user: User, team: Team) -> None:
    """Put `user` at the door of `team`, holding none of its keys."""
    epoch = roll.running(_locked(team))
    Membership.objects.create(user=user, team=team, epoch=epoch, keyring=user.keyring)


@transaction.atomic
def join_waiting(user: User, team: Team) -> None:
    """Put `user` at the door of `team`, unless they are there or in it."""
    if not any(row.user_id == user.id for row in roll.of_team(_locked(team))):
        wait(user, team)


@transaction.atomic
def join(user: User, team: Team) -> None:
    """Put `user` in `team`. The first member makes the team's keys; others wait to be let in."""
    team = _locked(team)
    join_waiting(user, team)
    rows = roll.of_team(team)
    if user.keyring and not any(row.admitted for row in rows):
        _begin_epoch(team, rows, [row for row in rows if row.user_id == user.id])


def settle(user: User) -> None:
    """Begin the keys of those of the user's teams that nobody holds the keys of.

    Called once a member of staff has a second step, and not before.
    """
    if user.is_staff_role and has_two_steps(user):
        for row in roll.of_user(user):
            if not row.admitted:
                join(user, row.team)


@transaction.atomic
def let_in(member_hands: list[Keys], newcomer: User, team: Team) -> None:
    """Give a newcomer every key of `team` that the member letting them in holds. Raises NotYet."""
    if newcomer.keyring is None or not newcomer.is_active:
        raise NotYet("They have not finished making their sign-in.")
    team = _locked(team)
    row = next((each for each in roll.of_team(team) if each.user_id == newcomer.id), None)
    ours = {epoch.keyring_id for epoch in roll.epochs(team)}
    given = [keys for keys in member_hands if keys.id in ours]
    running = row.epoch if row else None
    if not row or not row.keyring or not running or running.keyring_id not in _ids(given):
        raise NotYet("Only someone who is in this team can let a newcomer in.")
    for keys in given:
        keyrings.admit(keys, row.keyring)
    _count_in(row, running)


@transaction.atomic
def leave(user: User, team: Team) -> None:
    """Take `user` out of `team`: their keys to it go, and a new epoch begins without them."""
    shut_out(user, team)
    Membership.objects.filter(user=user, team=team).delete()


@transaction.atomic
def shut_out(user: User, team: Team, *, shut: bool = False) -> None:
    """Take a team's keys from `user` and begin new ones for those who stay.

    With `shut` their sign-in is about to be closed.
    """
    team = _locked(team)
    rows = roll.of_team(team)
    for row in rows:
        if row.user_id == user.id:
            row.shut = row.shut or shut
            _expel(row)
    _begin_epoch(team, rows, [row for row in rows if row.admitted and row.user_id != user.id])


def open_again(user: User) -> None:
    """Put the memberships of a sign-in that was closed in order, before it is opened again."""
    for row in roll.of_user(user):
        row.shut = False
        row.save(update_fields=["shut"])


def follow(user: User) -> None:
    """Have the memberships of someone who has begun again name their new keys.

    What they were before was checked when they were shut out, in the same transaction.
    """
    for row in Membership.objects.filter(user=user):
        row.keyring = user.keyring
        row.save(update_fields=["keyring"])


def _ids(hands: list[Keys]) -> set[uuid.UUID]:
    return {keys.id for keys in hands}


def _locked(team: Team) -> Team:
    return Team.objects.select_for_update().get(id=team.id)


def _expel(row: Membership) -> None:
    for epoch in roll.epochs(row.team):
        if row.keyring_id:
            keyrings.expel(epoch.keyring_id, row.keyring_id)


def _begin_epoch(team: Team, rows: list[Membership], members: list[Membership]) -> None:
    """Begin an epoch for `members` and no one else of `rows`; for nobody, if there are none."""
    keys = Keys.fresh()
    team.running += 1
    team.save(update_fields=["running"])
    epoch = Epoch.objects.create(
        team=team,
        place=team.running,
        keyring=keyrings.make(TEAM, keys),
        members=len(members),
    )
    for row in rows:
        row.epoch, row.admitted = epoch, row in members
        row.save(update_fields=["epoch", "admitted", "shut"])
        if row.admitted and row.keyring:
            keyrings.admit(keys, row.keyring)


def _count_in(row: Membership, epoch: Epoch) -> None:
    if not row.admitted:
        epoch.members += 1
        epoch.save(update_fields=["members"])
        row.admitted = True
        row.save(update_fields=["admitted"])
