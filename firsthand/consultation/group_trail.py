"""Leaves a line for everything that is done in a group, in the transaction of the doing.

What a member did is kept to the day, and no word of theirs is ever in a line.
"""

from typing import Any

from django.utils import timezone

from firsthand.access import log
from firsthand.access.noted import plainly
from firsthand.consultation.models import Facilitator, GroupMember, GroupTrail


def leave(by: Facilitator | GroupMember, did: str, /, **about: Any) -> None:
    """Note what a facilitator or a member did."""
    said = plainly(about)
    member = by if isinstance(by, GroupMember) else None
    user = None if isinstance(by, GroupMember) else by.user
    at = log.today() if member else timezone.now()
    GroupTrail.objects.create(
        group_id=by.group_id, by=user, member=member, did=did, about=said, at=at
    )
