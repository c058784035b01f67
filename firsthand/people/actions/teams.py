"""Coming into a team, being let in to its keys, and leaving."""

import uuid

from django.db import transaction

from firsthand.people.models import Epoch, Membership, Team, User
from firsthand.people.queries import checked_epochs, epoch_proof, has_two_steps
from firsthand.vault import keyrings
from firsthand.vault.keys import Keys
from firsthand.vault.rules import TEAM


class NotYet(Exception):
    """The newcomer cannot be let in: `why` is a sentence for the member who tried."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def join(user: User, team: Team) -> Membership:
    """Put `user` in `team`. The first member makes the team's keys; others wait to be let in."""
    _lock(team)
    membership, _ = Membership.objects.get_or_create(user=user, team=team)
    if user.keyring and not team.memberships.filter(admitted=True).exists():
        _begin_epoch(team, [user])
        membership.refresh_from_db()
    return membership


def settle(user: User) -> None:
    """Begin the keys of those of the user's teams that nobody holds the keys of.

    Called once a member of staff has a second step, and not before.
    """
    if user.is_staff_role and has_two_steps(user):
        for membership in user.memberships.filter(admitted=False).select_related("team"):
            join(user, membership.team)


@transaction.atomic
def let_in(member_hands: list[Keys], newcomer: User, team: Team) -> None:
    """Give a newcomer every key of `team` that the member letting them in holds. Raises NotYet."""
    if newcomer.keyring is None or not newcomer.is_active:
        raise NotYet("They have not finished making their sign-in.")
    membership = team.memberships.filter(user=newcomer).first()
    ours = {epoch.keyring_id for epoch in checked_epochs(team)}
    given = [keys for keys in member_hands if keys.id in ours]
    if membership is None or not given:
        raise NotYet("Only someone who is in this team can let a newcomer in.")
    for keys in given:
        keyrings.admit(keys, newcomer.keyring)
    membership.admitted = True
    membership.save(update_fields=["admitted"])


@transaction.atomic
def leave(user: User, team: Team) -> None:
    """Take `user` out of `team`: their keys to it go, and a new epoch begins without them."""
    _lock(team)
    Membership.objects.filter(user=user, team=team).delete()
    shut_out(user, team)


def shut_out(user: User, team: Team) -> None:
    """Take a team's keys from `user` and begin new ones for those who stay."""
    Membership.objects.filter(user=user, team=team).update(admitted=False)
    for epoch in Epoch.objects.filter(team=team):
        if user.keyring_id:
            keyrings.expel(epoch.keyring_id, user.keyring_id)
    members = team.memberships.filter(admitted=True).select_related("user__keyring")
    if staying := [each.user for each in members]:
        _begin_epoch(team, staying)


def _lock(team: Team) -> None:
    Team.objects.select_for_update().get(id=team.id)


def _begin_epoch(team: Team, members: list[User]) -> None:
    keys = Keys.fresh()
    keyring = keyrings.make(TEAM, keys)
    place = _last_place(team.id) + 1
    proof = epoch_proof(team.id, place, keyring.id)
    Epoch.objects.create(team=team, place=place, keyring=keyring, proof=proof)
    for member in members:
        if member.keyring:
            keyrings.admit(keys, member.keyring)
            Membership.objects.filter(user=member, team=team).update(admitted=True)


def _last_place(team: uuid.UUID) -> int:
    last = Epoch.objects.filter(team_id=team).order_by("-place").first()
    return last.place if last else 0
