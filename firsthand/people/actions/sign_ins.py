"""What a steward may do to a member of staff's sign-in: close it, reopen it, begin it again."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from firsthand.people import roll
from firsthand.people.actions import teams
from firsthand.people.models import User
from firsthand.vault import keyrings


@transaction.atomic
def close(user: User) -> None:
    """End every sitting of a member of staff at once, take their teams' keys, let no one in."""
    only_staff(user)
    _out_of_every_hand(user, shut=True)
    user.is_active = False
    user.save(update_fields=["is_active"])


@transaction.atomic
def reopen(user: User) -> None:
    """Let a member of staff sign in again; their teams must let them in again too."""
    only_staff(user)
    teams.open_again(user)
    user.is_active = True
    user.save(update_fields=["is_active"])


@transaction.atomic
def begin_again(user: User, password: str) -> User:
    """Take the old keys and second step from a member of staff and set a new `password` hash.

    New keys are given after (see `teams.follow`); what the old ones opened stays closed to them.
    """
    only_staff(user)
    _out_of_every_hand(user)
    Authenticator.objects.filter(user=user).delete()
    user.password, user.keyring = password, None
    user.save(update_fields=["password", "keyring"])
    return user


def forget_second_step(user: User) -> None:
    """Let a person in by passphrase alone: they have shown that they know all else."""
    if user.is_staff_role:
        raise ValueError("Staff keep their second step.")
    Authenticator.objects.filter(user=user).delete()


def _out_of_every_hand(user: User, *, shut: bool = False) -> None:
    if user.keyring_id:
        keyrings.end_sittings(user.keyring_id)
    for membership in sorted(roll.of_user(user), key=lambda each: each.team_id):
        teams.shut_out(user, membership.team, shut=shut)


def only_staff(user: User) -> None:
    """Raise ValueError when this is a person's sign-in: nobody else may touch it."""
    if not user.is_staff_role:
        raise ValueError("A person's sign-in is theirs alone.")
