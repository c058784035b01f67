"""Asking about people, teams and their keys."""

import uuid
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from firsthand.people import rules
from firsthand.people.models import Epoch, Invitation, Membership, Organisation, Team, User
from firsthand.vault import derive, keyrings
from firsthand.vault.models import Keyring
from firsthand.vault.rules import RECOVERY
from firsthand.vault.seal import Tampered

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
    """Return the teams `user` is in and holds the keys of."""
    memberships = user.memberships.filter(admitted=True, team__active=True)
    return [each.team for each in memberships.select_related("team__organisation")]


def current_keyring(team: Team) -> Keyring:
    """Return the keyring to seal to for `team`. Raises Tampered, or Epoch.DoesNotExist."""
    epoch = Epoch.objects.filter(team=team).select_related("keyring").order_by("-place").first()
    if epoch is None:
        raise Epoch.DoesNotExist
    if not _is_ours(epoch):
        raise Tampered
    return keyrings.check(epoch.keyring)


def checked_epochs(team: Team) -> list[Epoch]:
    """Return a team's epochs, oldest first, those left out that the server did not make."""
    rows = Epoch.objects.filter(team=team).order_by("place")
    return [row for row in rows if _is_ours(row)]


def keyrings_of(team: Team) -> set[uuid.UUID]:
    """Return the ids of every keyring `team` has ever had."""
    return set(Epoch.objects.filter(team=team).values_list("keyring_id", flat=True))


def epoch_proof(team: uuid.UUID, place: int, keyring: uuid.UUID) -> bytes:
    """Return the server's mark that this keyring is that team's."""
    return derive.mark("epoch", team, place, keyring)


# -- who is where -----------------------------------------------------------------------------


def members_of(team: Team) -> list[str]:
    """Return the names of those who can read what is shared with `team`, for its owner to see."""
    return [each.user.name for each in memberships_of(team) if each.admitted]


def memberships_of(team: Team) -> list[Membership]:
    """Return a team's memberships whose sign-in is open, those who wait last."""
    rows = team.memberships.filter(user__is_active=True).select_related("user__keyring")
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
    today = timezone.localdate()
    rows = Invitation.objects.filter(used=False, ends_on__gte=today)
    return rows.select_related("team__organisation", "for_user", "made_by")


def invitation_by(secret: str) -> Invitation | None:
    """Return the open invitation whose link holds `secret`."""
    rows = open_invitations().filter(secret_mark=invitation_mark(secret))
    return rows.select_related("team__organisation", "for_user").first()


def invitation_mark(secret: str) -> bytes:
    """Return the server's mark of an invitation's secret: all that is kept of it."""
    return derive.mark("invitation", secret)


def _is_ours(epoch: Epoch) -> bool:
    expected = epoch_proof(epoch.team_id, epoch.place, epoch.keyring_id)
    return derive.same(expected, bytes(epoch.proof))
