"""The one door to what is sealed: who asks is checked, the log is written, then it opens.

No log, no read: both happen in one transaction. Refusals are logged too, where there was
something to refuse.
"""

import uuid
from collections.abc import Callable, Mapping
from typing import NoReturn

from django.db import transaction

from firsthand.access import grants, log, rules
from firsthand.access.doer import Doer
from firsthand.access.log import Found
from firsthand.access.models import Grant, LogLine
from firsthand.access.refused import Refused
from firsthand.people.models import Team
from firsthand.vault import items
from firsthand.vault.items import OpenItem
from firsthand.vault.keyrings import Locked
from firsthand.vault.models import Item, Keyring
from firsthand.vault.seal import Tampered


def create(
    doer: Doer,
    owner: Keyring,
    fields: Mapping[str, bytes],
    *,
    whole: uuid.UUID | None = None,
    under: uuid.UUID | None = None,
    to: list[Keyring] | None = None,
    item: uuid.UUID | None = None,
    done: str = rules.TOLD,
    team: Team | None = None,
) -> OpenItem:
    """Seal something new of `owner`'s and log it."""
    with transaction.atomic():
        opened = items.create(owner, fields, under=under, to=to or (), item=item)
        own = doer.owns(owner.id) and team is None
        log.append(
            whole or opened.id,
            doer,
            done,
            about=opened.id,
            digest=opened.digest,
            owner=own,
            team=team,
        )
    return opened


def look(doer: Doer, item: uuid.UUID) -> OpenItem:
    """Open an item of the doer's own without a line in the log: they are writing it just now.

    Raises Refused for anyone else.
    """
    opened = _settled(item, lambda: _unlock(doer, item))
    if not doer.owns(opened.owner):
        raise Refused
    return opened


def look_all(doer: Doer, item: uuid.UUID) -> tuple[OpenItem, dict[str, bytes]]:
    """Open an item of the doer's own like `look`, and return every field of it besides."""
    try:
        opened, fields = _settled(item, lambda: items.unlock_all(item, doer.keys))
    except Locked:
        _not_opened(doer, item)
    if not doer.owns(opened.owner):
        raise Refused
    return opened, fields


def enter(doer: Doer, item: uuid.UUID) -> OpenItem:
    """Open an item to read it. Raises Refused, and logs that, for those who may not."""
    row = Item.objects.select_related("under").filter(id=item, erased=False).first()
    if row is None:
        raise Refused
    whole = whole_of(row)
    enter_it = _enter_own if doer.owns(row.owner_id) else _enter_as_team
    return log.settled(whole, lambda: enter_it(doer, row, whole))


def refuse(doer: Doer, item: uuid.UUID) -> NoReturn:
    """Raise Refused, logged like any other: for those whom a page turns away before the door."""
    row = Item.objects.select_related("under").filter(id=item, erased=False).first()
    if row is not None:
        _log_refusal(doer, row, whole_of(row))
    raise Refused


def change(
    doer: Doer,
    item: uuid.UUID,
    fields: Mapping[str, bytes],
    *,
    done: str = rules.CHANGED,
    team: Team | None = None,
    seen: OpenItem | None = None,
) -> OpenItem:
    """Write into an item that is open to the doer, and log what that left behind.

    `seen` is the item as this request opened it: while nothing was written since, it is not
    opened once more.
    """
    with transaction.atomic():
        row = items.lock(item)
        fresh = seen is not None and (seen.id, seen.revision) == (row.id, row.revision)
        opened = seen if seen is not None and fresh else _unlock(doer, item)
        written = items.write(opened, fields)
        log.append(
            whole_of(row),
            doer,
            done,
            about=item,
            digest=written.digest,
            team=team,
            owner=doer.owns(row.owner_id),
            stood=opened,
        )
    return written


def erase(doer: Doer, item: uuid.UUID) -> None:
    """Destroy an item of the doer's own and all under it; the log keeps that it was withdrawn."""
    opened = look(doer, item)
    with transaction.atomic():
        items.erase(opened.id)
        Grant.objects.filter(item_id__in=items.family(item), revoked_on=None).delete()
        log.append(item, doer, rules.WITHDREW, owner=True)


def discard(doer: Doer, part: uuid.UUID) -> None:
    """Destroy one part of something of the doer's own: a file they take away again."""
    opened = look(doer, part)
    whole = whole_of(Item.objects.select_related("under").get(id=part))
    with transaction.atomic():
        items.erase(opened.id)
        log.append(whole, doer, rules.CHANGED, about=part, owner=True)


def whole_of(row: Item) -> uuid.UUID:
    """Return the id of the thing that `row` is, or is a part of."""
    top = row
    while top.under_id is not None and top.under is not None:
        top = top.under
    return top.id


def _settled(item: uuid.UUID, read: Callable[[], Found]) -> Found:
    """`log.settled`, which asks for the log's name only when something looks wrong."""
    try:
        return read()
    except Tampered:
        return log.settled(items.whole_of(item), read)


def _enter_as_team(doer: Doer, row: Item, whole: uuid.UUID) -> OpenItem:
    team = _team_with_grant(doer, row)
    opened = _try(doer, row.id) if team else None
    if opened is None:
        _log_refusal(doer, row, whole)
        raise Refused
    with transaction.atomic():
        log.append(whole, doer, rules.READ, about=row.id, team=team, stood=opened)
    return opened


def _enter_own(doer: Doer, row: Item, whole: uuid.UUID) -> OpenItem:
    opened = _unlock(doer, row.id)
    with transaction.atomic():
        log.check_state(whole, opened)
        if row.id == whole and not _read_today(whole):
            log.append(whole, doer, rules.READ, about=row.id, owner=True)
    return opened


def _read_today(whole: uuid.UUID) -> bool:
    today = log.today()
    lines = LogLine.objects.filter(item_id=whole, done=rules.READ, by=None, team=None)
    return lines.filter(at=today).exists()


def _team_with_grant(doer: Doer, row: Item) -> Team | None:
    """The first of the doer's teams with a live grant of the item or of what it is under."""
    for team in doer.teams:
        top: Item | None = row
        while top is not None:
            if grants.live(top.id, team):
                return team
            top = top.under
    return None


def _unlock(doer: Doer, item: uuid.UUID) -> OpenItem:
    opened = _try(doer, item)
    if opened is None:
        _not_opened(doer, item)
    return opened


def _not_opened(doer: Doer, item: uuid.UUID) -> NoReturn:
    owner = Item.objects.filter(id=item, erased=False).values_list("owner_id", flat=True).first()
    if owner is not None and doer.owns(owner):
        raise Tampered  # an owner always has a key to what is theirs: someone took it
    raise Refused


def _try(doer: Doer, item: uuid.UUID) -> OpenItem | None:
    try:
        return items.unlock(item, doer.keys)
    except Locked:
        return None


def _log_refusal(doer: Doer, row: Item, whole: uuid.UUID) -> None:
    # Someone with no sign-in cannot be named, and every web robot would fill a person's log.
    # The owner whose keys are closed just now is no stranger either. A person who is not of the
    # staff is not named: they may be the owner, who keeps a receipt apart from their sign-in.
    if doer.user is not None and doer.user.keyring_id != row.owner_id:
        with transaction.atomic():
            team = doer.teams[0] if doer.teams else None
            unnamed = not doer.user.is_staff_role
            log.append(
                whole, doer, rules.READ, about=row.id, team=team, refused=True, owner=unnamed
            )
