"""Grants: making, checking and ending them."""

import uuid
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from firsthand.access import log, rules
from firsthand.access.doer import Doer
from firsthand.access.models import Grant, LogLine
from firsthand.people.models import Team
from firsthand.people.queries import current_keyring, keyrings_of
from firsthand.vault import derive, items, keyrings
from firsthand.vault.items import OpenItem
from firsthand.vault.keys import Keys, is_signed
from firsthand.vault.models import Item, Keyring
from firsthand.vault.rules import context
from firsthand.vault.seal import Tampered


@transaction.atomic
def make(
    doer: Doer,
    opened: OpenItem,
    team: Team,
    purpose: str,
    *,
    until: date | None = None,
    whole: uuid.UUID | None = None,
    done: str = rules.SHARED,
) -> Grant:
    """Let `team` read an item of the doer's; the doer's own keys sign.

    Again with the same last day changes nothing; with another it moves the last day. `done` is
    how the log calls it (see `parts` for the other way).
    """
    signer = _owner_keys(doer, opened)
    end_expired(Grant.objects.filter(item_id=opened.id, team=team))
    standing = live(opened.id, team)
    if standing and standing.until == until:
        _key_anew(doer, opened, team)
        return standing
    grant = standing or Grant(
        id=uuid.uuid4(),
        item_id=opened.id,
        team=team,
        purpose=purpose,
        made_on=timezone.localdate(),
    )
    grant.until = until
    grant.signature = signer.sign(_signed(grant))
    grant.save()
    items.share(opened, current_keyring(team))
    log.append(
        whole or opened.id,
        doer,
        done,
        about=grant.id,
        team=team,
        digest=_digest(grant),
        owner=True,
    )
    return grant


def live(item: uuid.UUID, team: Team) -> Grant | None:
    """Return the grant of `item` to `team` that holds today. Raises Tampered if it is forged."""
    today = timezone.localdate()
    for grant in Grant.objects.filter(item_id=item, team=team, revoked_on=None):
        if rules.is_live(grant.until, grant.revoked_on, today):
            return check(grant)
    return None


def is_keyed(item: uuid.UUID, team: Team) -> bool:
    """Say whether the keys a team has today open an item; keys that began anew do not."""
    return current_keyring(team).id in items.readers(item)


def check(grant: Grant) -> Grant:
    """Return `grant` when its owner made it and has not ended it. Raises Tampered.

    The signature says that they made it; that they did not end it since, only the log can say.
    """
    owner = keyrings.check(Keyring.objects.get(items__id=grant.item_id))
    if not is_signed(bytes(owner.sign_public), _signed(grant), bytes(grant.signature)):
        raise Tampered
    if not _last_let_in(grant, log.verify(items.whole_of(grant.item_id))):
        raise Tampered
    return grant


def end_expired(rows: QuerySet[Grant] | None = None) -> int:
    """End every grant (or those in `rows`) whose last day is over; return how many.

    Its wraps go, so that keys which may not open an item any more could not either.
    """
    today = timezone.localdate()
    over = (Grant.objects.all() if rows is None else rows).filter(until__lt=today, revoked_on=None)
    ended = [_end(grant.id, today) for grant in over]
    return sum(ended)


@transaction.atomic
def _end(grant_id: uuid.UUID, today: date) -> bool:
    grant = Grant.objects.select_for_update().get(id=grant_id)
    if rules.is_live(grant.until, grant.revoked_on, today) or grant.revoked_on:
        return False  # its owner was faster
    items.take_wraps(items.family(grant.item_id), keyrings_of(grant.team_id))
    Grant.objects.filter(id=grant.id).update(revoked_on=today)
    return True


@transaction.atomic
def revoke(doer: Doer, whole: OpenItem, team: Team) -> None:
    """Take `team`'s access to `whole` and all under it away, from the next request on."""
    shut(doer, whole, team, whole=whole.id)
    log.append(whole.id, doer, rules.REVOKED, team=team, owner=True)


def shut(doer: Doer, opened: OpenItem, team: Team, *, whole: uuid.UUID) -> None:
    """End `team`'s grants of an item and of all under it; the caller says so in the log.

    Wraps are deleted and everything the team could open is sealed again under new keys. What
    has been read cannot be unread.
    """
    _owner_keys(doer, opened)
    gone = keyrings_of(team.id)
    family = items.family(opened.id)
    Grant.objects.filter(item_id__in=family, team=team, revoked_on=None).update(
        revoked_on=timezone.localdate()
    )
    to = _let_in(family)
    for item in family:
        if items.readers(item) & gone:
            _reseal(doer, whole, item, to)


def standing(item: uuid.UUID) -> list[Grant]:
    """Return the grants of an item that hold today, checked."""
    today = timezone.localdate()
    rows = Grant.objects.filter(item_id=item, revoked_on=None).select_related("team__organisation")
    return [check(row) for row in rows if rules.is_live(row.until, row.revoked_on, today)]


def _key_anew(doer: Doer, opened: OpenItem, team: Team) -> None:
    """Give a team's keys of today what its earlier keys opened of the doer's, when they are new."""
    if is_keyed(opened.id, team):
        return
    family, keyring = items.family(opened.id), current_keyring(team)
    let_in = _let_in(family)
    for item in family:
        if keyring in _stay_in(item, let_in):
            items.share(items.unlock(item, doer.keys), keyring)


def _let_in(family: list[uuid.UUID]) -> dict[uuid.UUID, list[Team]]:
    """Who is let into each item today, for every item that anyone ever was let into.

    What was forged lets nobody in.
    """
    found: dict[uuid.UUID, list[Team]] = {}
    for row in Grant.objects.filter(item_id__in=family).select_related("team"):
        teams = found.setdefault(row.item_id, [])
        with suppress(Tampered):
            if rules.is_live(row.until, row.revoked_on, timezone.localdate()) and check(row):
                teams.append(row.team)
    return found


def _reseal(
    doer: Doer, whole: uuid.UUID, item: uuid.UUID, let_in: Mapping[uuid.UUID, list[Team]]
) -> None:
    opened = items.unlock(item, doer.keys)
    log.check_state(whole, opened)
    resealed = items.rekey(opened, _stay_in(item, let_in))
    log.append(
        whole,
        doer,
        rules.CHANGED,
        about=item,
        digest=resealed.digest,
        owner=doer.owns(opened.owner),
    )


def _stay_in(item: uuid.UUID, let_in: Mapping[uuid.UUID, list[Team]]) -> list[Keyring]:
    """The keyrings that an item is sealed to anew: of who had a key to it, and is let in.

    The nearest grants count: who may read what was told may not read what others wrote about it,
    and a key alone, which anyone who can write to the database could put there, is no leave.
    """
    nearest = next((each for each in items.above(item) if each in let_in), item)
    had = items.readers(item)
    teams = [team for team in let_in.get(nearest, []) if had & keyrings_of(team.id)]
    return [current_keyring(team) for team in teams]


def _last_let_in(grant: Grant, lines: list[LogLine]) -> bool:
    """Whether the last the log says of a grant is that it was made, on these very terms."""
    for line in reversed(lines):
        if _ends(line, grant):
            return False
        if line.done in rules.MAKES_A_GRANT and line.about == grant.id:
            return derive.same(bytes(line.digest), _digest(grant))
    return False


def _ends(line: LogLine, grant: Grant) -> bool:
    """Whether a line takes a grant's team out: of the whole, or of the very part it is for."""
    out = line.done == rules.TOOK_OUT and line.about == grant.item_id
    return line.team_id == grant.team_id and (out or line.done == rules.REVOKED)


def _digest(grant: Grant) -> bytes:
    return derive.mark("grant", bytes(grant.signature))


def _owner_keys(doer: Doer, opened: OpenItem) -> Keys:
    keys = doer.hands.get(opened.owner)
    if keys is None or Item.objects.filter(id=opened.id, erased=True).exists():
        raise keyrings.Locked
    return keys


def _signed(grant: Grant) -> bytes:
    terms = rules.Terms(
        str(grant.id),
        str(grant.item_id),
        str(grant.team_id),
        grant.purpose,
        grant.made_on,
        grant.until,
    )
    return context(*terms.parts())
