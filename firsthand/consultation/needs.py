"""What members need to take part, in their own words: sealed to them and to those who run it.

A person's needs say much of their health. They stand nowhere in the clear; every reading by a
facilitator leaves a line that the member sees; whoever stops running the group loses the key.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from firsthand.access import door, log
from firsthand.access import rules as doing
from firsthand.access.doer import Doer
from firsthand.access.refused import not_now
from firsthand.consultation.models import Facilitator, Group, GroupMember
from firsthand.vault import items
from firsthand.vault.keyrings import Locked
from firsthand.vault.models import Keyring

_FIELD = "needs"
SHUT = (
    "These words are locked, and your keys do not open them just now. Sign in again. If you came "
    "to this group after they were written, they open once another facilitator has let you in."
)


@dataclass(frozen=True)
class Reading:
    """That someone opened what a member needs, and when."""

    who: str
    at: datetime


@transaction.atomic
def write(doer: Doer, member: GroupMember, text: str) -> None:
    """Keep what a member needs; nothing at all takes away what was there."""
    row = GroupMember.objects.select_for_update(of=("self",)).get(id=member.id)
    if not text.strip():
        _erase(doer, row)
    elif row.needs_id is None:
        to = _readers(row.group_id)
        made = door.create(doer, member.keyring, {_FIELD: text.encode()}, to=to)
        row.needs_id = made.id
        row.save(update_fields=["needs"])
    else:
        door.change(doer, row.needs_id, {_FIELD: text.encode()})


@transaction.atomic
def erase(doer: Doer, member: GroupMember) -> None:
    """Destroy what a member wrote of their needs."""
    _erase(doer, GroupMember.objects.select_for_update(of=("self",)).get(id=member.id))


def _erase(doer: Doer, row: GroupMember) -> None:
    if row.needs_id is not None:
        door.erase(doer, row.needs_id)
        row.needs_id = None
        row.save(update_fields=["needs"])


def own(doer: Doer, member: GroupMember) -> str:
    """Return what a member wrote, for themselves."""
    if member.needs_id is None:
        return ""
    return (items.read(door.look(doer, member.needs_id), _FIELD) or b"").decode()


def read(doer: Doer, member: GroupMember) -> str:
    """Return what a member needs, for a facilitator; the log has it. Raises Refused."""
    if member.needs_id is None:
        return ""
    try:
        opened = items.unlock(member.needs_id, doer.keys)
    except Locked as locked:
        raise not_now(SHUT) from locked
    with transaction.atomic():
        log.append(member.needs_id, doer, doing.READ, stood=opened)
        return (items.read(opened, _FIELD) or b"").decode()


def readings(member: GroupMember) -> list[Reading]:
    """Return who of the staff opened what a member needs, the newest first."""
    if member.needs_id is None:
        return []
    lines = [line for line in log.verify(member.needs_id, names=True) if line.by]
    return [
        Reading(line.by.name, line.at)
        for line in reversed(lines)
        if line.by and line.done == doing.READ
    ]


def let_in(doer: Doer, group: Group, newcomer: Facilitator) -> None:
    """Give someone who runs the group from now on the keys that the doer holds."""
    keyring = newcomer.user.keyring
    for item in _items(group):
        try:
            opened = items.unlock(item, doer.keys)
        except Locked:
            continue  # another facilitator can, or the member when they write next
        if keyring is not None:
            items.share(opened, keyring)


def shut_out(doer: Doer, group: Group, gone: Facilitator) -> None:
    """Seal anew what somebody who does not run the group any more had a key to.

    Raises Refused when the doer has no key: nobody is to seem shut out who is not.
    """
    to = _readers(group.id)
    for item in _items(group):
        if gone.user.keyring_id not in items.readers(item):
            continue
        try:
            opened = items.unlock(item, doer.keys)
        except Locked as locked:
            raise not_now(SHUT) from locked
        resealed = items.rekey(opened, to)
        log.append(item, doer, doing.CHANGED, digest=resealed.digest, stood=opened)


def _readers(group: uuid.UUID) -> list[Keyring]:
    rows = Facilitator.objects.filter(group_id=group, left_on=None)
    people = rows.select_related("user__keyring")
    return [each.user.keyring for each in people if each.user.keyring is not None]


def _items(group: Group) -> list[uuid.UUID]:
    rows = GroupMember.objects.filter(group=group, needs__isnull=False)
    return list(rows.values_list("needs_id", flat=True))
