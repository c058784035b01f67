"""Ways in for staff: a link that works once, for a week."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from firsthand.people import rules
from firsthand.people.actions import sign_ins
from firsthand.people.actions.keys import insert, prepare, put
from firsthand.people.backend import mark_of
from firsthand.people.models import Invitation, Membership, Team, User
from firsthand.people.queries import invitation_mark
from firsthand.vault.keys import Keys


class Spent(Exception):
    """The invitation was used, or its week is over."""


def invite(doer: User | None, role: str, team: Team | None = None) -> str:
    """Return the link of a new invitation. Only the mark of its secret is kept."""
    return _made(Invitation(role=role, team=team, made_by=doer))


def add_steward() -> str:
    """Return the link that makes a steward: how a new site gets its first one."""
    return invite(None, rules.STEWARD)


def reset(doer: User, user: User) -> str:
    """Return the link by which `user` begins again, with new keys.

    It works for staff only, and opens nothing that was closed.
    """
    sign_ins.only_staff(user)
    return _made(Invitation(role=user.role, for_user=user, made_by=doer))


def accept(
    invitation: Invitation,
    passphrase: str,
    *,
    sign_in_name: str = "",
    name: str = "",
    email: str = "",
) -> tuple[User, Keys, str]:
    """Use an invitation; return the sign-in, its keys and the recovery key to print. Slow.

    Raises Spent and NameTaken. Being in a team brings its keys only once there is a second step.
    """
    given = prepare(passphrase)
    with transaction.atomic():
        _use(invitation)
        if invitation.for_user:
            user = sign_ins.begin_again(invitation.for_user, given.password)
        else:
            user = User(
                username=mark_of(sign_in_name),
                role=invitation.role,
                name=name,
                email=email,
                password=given.password,
            )
            insert(user)
            if invitation.team:
                Membership.objects.create(user=user, team=invitation.team)
        put(user, given)
    return user, given.keys, given.printed


def link_of(secret: str) -> str:
    """Return the whole address that an invitation's secret makes."""
    return settings.FIRSTHAND_PUBLIC_URL + reverse("people:invitation_link", args=[secret])


def _made(invitation: Invitation) -> str:
    secret = secrets.token_urlsafe(24)
    invitation.secret_mark = invitation_mark(secret)
    invitation.ends_on = timezone.localdate() + timedelta(days=rules.INVITATION_DAYS)
    invitation.save()
    return link_of(secret)


def _use(invitation: Invitation) -> None:
    today = timezone.localdate()
    rows = Invitation.objects.filter(id=invitation.id, used=False, ends_on__gte=today)
    if not rows.update(used=True):
        raise Spent
