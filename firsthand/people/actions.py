"""Doing things with people, teams and their keys."""

import uuid

from django.db import transaction

from firsthand.people import rules
from firsthand.people.models import Epoch, Membership, Team, User
from firsthand.people.queries import epoch_proof
from firsthand.vault import keyrings, recovery
from firsthand.vault.keys import Keys
from firsthand.vault.rules import PERSON, RECIPIENT, RECOVERY, TEAM


def give_keys(user: User, passphrase: str) -> tuple[Keys, str]:
    """Give `user` a keyring and return it with the recovery key to print. Slow.

    The recovery key is not kept anywhere: shown once, it is the person's to keep.
    """
    keys, printed = Keys.fresh(), recovery.draw()
    by_passphrase = keyrings.passphrase_lock(passphrase)
    by_recovery = keyrings.secret_lock(RECOVERY, recovery.read(printed))
    holder = PERSON if user.role == rules.PERSON else RECIPIENT
    with transaction.atomic():
        user.keyring = keyrings.make(holder, keys)
        user.save(update_fields=["keyring"])
        keyrings.add_lock(keys, by_passphrase)
        keyrings.add_lock(keys, by_recovery)
    return keys, printed


@transaction.atomic
def join(user: User, team: Team) -> Membership:
    """Put `user` in `team`. The first member makes the team's keys; others wait to be let in."""
    Team.objects.select_for_update().get(id=team.id)
    membership, _ = Membership.objects.get_or_create(user=user, team=team)
    if user.keyring and not Epoch.objects.filter(team=team).exists():
        _begin_epoch(team, [user])
    return membership


@transaction.atomic
def let_in(member_hands: list[Keys], newcomer: User, team: Team) -> None:
    """Give a newcomer every key of `team` that the member letting them in holds."""
    if newcomer.keyring is None:
        raise ValueError("The newcomer has no keys yet: they must sign in once first.")
    ours = set(Epoch.objects.filter(team=team).values_list("keyring_id", flat=True))
    for keys in member_hands:
        if keys.id in ours:
            keyrings.admit(keys, newcomer.keyring)
    Membership.objects.filter(user=newcomer, team=team).update(admitted=True)


@transaction.atomic
def leave(user: User, team: Team) -> None:
    """Take `user` out of `team`: their keys to it go, and a new epoch begins without them."""
    Team.objects.select_for_update().get(id=team.id)
    Membership.objects.filter(user=user, team=team).delete()
    for epoch in Epoch.objects.filter(team=team):
        if user.keyring_id:
            keyrings.expel(epoch.keyring_id, user.keyring_id)
    staying = [each.user for each in team.memberships.filter(admitted=True)]
    if staying:
        _begin_epoch(team, staying)


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
