"""Asking about people, teams and their keys."""

import uuid
from collections.abc import Container, Iterable

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from firsthand.people import roll, rules
from firsthand.people.models import Epoch, Invitation, Membership, Organisation, Team, User
from firsthand.vault import derive, keyrings
from firsthand.vault.models import Keyring
from firsthand.vault.rules import RECOVERY

_SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def teams_to_ask(kinds: Iterable[str]) -> QuerySet[Team]:
    """Return the teams of organisations of `kinds` that can be written to today."""
    return (
        Team.objects.filter(organisation__kind__in=list(kinds), active=True)
        .filter(organisation__active=True, epochs__isnull=False)
        .filter(memberships__admitted=True, memberships__user__is_active=True)
        .select_related("organisation")
        .distinct()
    )


def independent_teams() -> QuerySet[Team]:
    return teams_to_ask(rules.INDEPENDENT)


def answering_teams() -> QuerySet[Team]:
    return teams_to_ask(rules.ANSWERING)


def teams_of(user: User) -> list[Team]:
    """Return the teams `user` is in and holds the keys of. Raises Tampered."""
    return [row.team for row in roll.of_user(user) if row.admitted and row.team.active]


def teams_in_hand(user: User, hands: Container[uuid.UUID]) -> list[Team]:
    """Return those of the user's teams whose keys of today are in `hands`. Raises Tampered.

    The keys of an epoch that is over do not count: whoever left still has those.
    """
    rows = [row for row in roll.of_user(user) if row.admitted and row.team.active]
    return [row.team for row in rows if row.epoch and row.epoch.keyring_id in hands]


def current_keyring(team: Team) -> Keyring:
    """Return the keyring to seal to for `team`. Raises Tampered, or Epoch.DoesNotExist."""
    epoch = roll.running(team)
    if epoch is None:
        raise Epoch.DoesNotExist
    return keyrings.check(epoch.keyring)


def keyrings_of(team: uuid.UUID) -> set[uuid.UUID]:
    """Return the ids of every keyring a team has ever had."""
    return set(Epoch.objects.filter(team_id=team).values_list("keyring_id", flat=True))


# -- who is where -----------------------------------------------------------------------------


def members_of(team: Team) -> list[str]:
    """Return the names of those who can read what is shared with `team`, for its owner to see."""
    return [each.user.name for each in memberships_of(team) if each.admitted]


def memberships_of(team: Team) -> list[Membership]:
    """Return a team's memberships whose sign-in is open, those who wait last. Raises Tampered."""
    rows = [each for each in roll.of_team(team) if not each.shut]
    return sorted(rows, key=lambda each: (not each.admitted, each.user.name))


def has_two_steps(user: User) -> bool:
    """Say whether signing in asks for more than the passphrase: an app's code or a passkey."""
    return bool(Authenticator.objects.filter(user_id=user.id, type__in=_SECOND_STEPS).exists())


def has_recovery_key(user: User) -> bool:
    """Say whether there is a recovery key that opens the user's keys."""
    return user.keyring_id is not None and keyrings.has_lock(user.keyring_id, RECOVERY)


def waiting_to_be_let_in(user: User) -> int:
    """Return how many people wait at the door of the teams `user` is in."""
    waiting = Membership.objects.filter(team__in=teams_of(user), admitted=False)
    return waiting.filter(user__is_active=True).count()


# -- for stewards -----------------------------------------------------------------------------


def organisations() -> QuerySet[Organisation]:
    """Return every organisation with how many teams it has (`teams_count`)."""
    return Organisation.objects.annotate(teams_count=Count("teams"))


def teams_with_counts(organisation: Organisation) -> QuerySet[Team]:
    """Return an organisation's teams with how many are in (`inside`) and wait (`waiting`)."""
    active = Q(memberships__user__is_active=True)
    return organisation.teams.annotate(
        inside=Count("memberships", filter=active & Q(memberships__admitted=True)),
        waiting=Count("memberships", filter=active & Q(memberships__admitted=False)),
    )


def staff() -> QuerySet[User]:
    """Return every sign-in of staff, by name, with whether there is a second step (`two_steps`)."""
    second = Authenticator.objects.filter(user_id=OuterRef("id"), type__in=_SECOND_STEPS)
    rows = User.objects.exclude(role=rules.PERSON).annotate(two_steps=Exists(second))
    return rows.order_by("name")


def alone_in(user: User) -> list[Team]:
    """Return the teams whose keys nobody but `user` holds."""
    return [team for team in teams_of(user) if members_of(team) == [user.name]]


def open_invitations() -> QuerySet[Invitation]:
    """Return the invitations that can still be used, the first to end first."""
    fresh = Q(for_user=None) | Q(keyring=F("for_user__keyring"))
    rows = Invitation.objects.filter(fresh, used=False, ends_on__gte=timezone.localdate())
    return rows.select_related("team__organisation", "for_user", "made_by")


def invitation_by(secret: str) -> Invitation | None:
    """Return the open invitation whose link holds `secret`."""
    rows = open_invitations().filter(secret_mark=invitation_mark(secret))
    return rows.select_related("team__organisation", "for_user").first()


def invitation_mark(secret: str) -> bytes:
    """Return the server's mark of an invitation's secret: all that is kept of it."""
    return derive.mark("invitation", secret)
