"""Asking about people, teams and their keys."""

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet

from firsthand.people import rules
from firsthand.people.models import Epoch, Team, User
from firsthand.vault import derive, keyrings
from firsthand.vault.models import Keyring
from firsthand.vault.seal import Tampered


def teams_to_ask(kinds: Iterable[str]) -> QuerySet[Team]:
    """Return the teams of organisations of `kinds` that can be written to today."""
    return (
        Team.objects.filter(organisation__kind__in=list(kinds), active=True)
        .filter(organisation__active=True, epochs__isnull=False)
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
    if not derive.same(epoch_proof(team.id, epoch.place, epoch.keyring_id), bytes(epoch.proof)):
        raise Tampered
    return keyrings.check(epoch.keyring)


def keyrings_of(team: Team) -> set[uuid.UUID]:
    """Return the ids of every keyring `team` has ever had."""
    return set(Epoch.objects.filter(team=team).values_list("keyring_id", flat=True))


def epoch_proof(team: uuid.UUID, place: int, keyring: uuid.UUID) -> bytes:
    """Return the server's mark that this keyring is that team's."""
    return derive.mark("epoch", team, place, keyring)
