"""Ways in for staff: a link that works once, for a week."""

import secrets
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from firsthand.people import rules
from firsthand.people.actions import sign_ins, teams
from firsthand.people.actions.keys import insert, prepare, put
from firsthand.people.backend import mark_of
from firsthand.people.models import Invitation, Team, User
from firsthand.people.queries import invitation_mark
from firsthand.vault import derive
from firsthand.vault.keys import Keys
from firsthand.vault.seal import Tampered


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
    return _made(
        Invitation(role=user.role, for_user=user, keyring_id=user.keyring_id, made_by=doer)
    )


@transaction.atomic
def cancel(invitation: Invitation) -> None:
    """Make an invitation useless. Its row stays: taken out, it could be put back."""
    invitation.used = True
    invitation.save(update_fields=["used"])


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
        used = _use(invitation)
        if used.for_user:
            user = sign_ins.begin_again(used.for_user, given.password)
        else:
            user = User(
                id=_id_by(used),
                username=mark_of(sign_in_name),
                role=used.role,
                name=name,
                email=email,
                password=given.password,
            )
            insert(user)
        put(user, given)
        _into_teams(user, used)
    return user, given.keys, given.printed


def is_for(invitation: Invitation, user: User) -> bool:
    """Say whether a sign-in that is here may use an invitation: to a team, no new beginning."""
    own = invitation.team is not None and invitation.for_user is None
    return own and rules.may_come_in(user.role, invitation.role)


@transaction.atomic
def come_in(invitation: Invitation, user: User) -> None:
    """Use an invitation to a team with a sign-in that is there. Raises Spent, also where it is
    no invitation for them.

    As for any newcomer, the team's keys come once there is a second step and someone lets them in.
    """
    used = _use(invitation)
    if not used.team or not is_for(used, user):
        raise Spent
    teams.join_waiting(user, used.team)


def link_of(secret: str) -> str:
    """Return the whole address that an invitation's secret makes."""
    return settings.FIRSTHAND_PUBLIC_URL + reverse("people:invitation_link", args=[secret])


def _made(invitation: Invitation) -> str:
    secret = secrets.token_urlsafe(24)
    invitation.secret_mark = invitation_mark(secret)
    invitation.ends_on = timezone.localdate() + timedelta(days=rules.INVITATION_DAYS)
    invitation.save()
    return link_of(secret)


def _use(invitation: Invitation) -> Invitation:
    """Return the invitation as it stands, used up. Raises Spent when it was already."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("for_user", "team")
    row = rows.get(id=invitation.id)
    begun_again = row.for_user is not None and row.for_user.keyring_id != row.keyring_id
    if row.used or row.ends_on < timezone.localdate() or begun_again:
        raise Spent
    row.used = True
    row.save(update_fields=["used"])
    return row


def _id_by(invitation: Invitation) -> uuid.UUID:
    """The one sign-in that an invitation can make. Raises Tampered when it has made it already."""
    found = uuid.UUID(bytes=derive.mark("sign-in by invitation", invitation.id)[:16], version=4)
    if User.objects.filter(id=found).exists():
        raise Tampered  # it was put back as it was before it was used
    return found


def _into_teams(user: User, used: Invitation) -> None:
    if used.for_user:
        teams.follow(user)
    elif used.team:
        teams.wait(user, used.team)
