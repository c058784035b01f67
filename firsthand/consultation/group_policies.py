"""Who may: those who run a group, and its members while they are in it. Others: nothing is here."""

import uuid

from django.utils import timezone

from firsthand.access.doer import Doer
from firsthand.access.refused import Refused, not_now
from firsthand.consultation import rules
from firsthand.consultation.models import (
    Comment,
    Facilitator,
    Group,
    GroupMeeting,
    GroupMember,
    Sheet,
)
from firsthand.harms.models import ModelVersion
from firsthand.people.models import User


def check_facilitator(user: object, group: uuid.UUID) -> Facilitator:
    """Return that someone runs a group today, the group with it. Raises Refused."""
    if not isinstance(user, User):
        raise Refused
    rows = Facilitator.objects.select_related("group__version", "user")
    found = rows.filter(group_id=group, user_id=user.id, left_on=None).first()
    if found is None:
        raise Refused
    return found


def check_own(doer: Doer, group: uuid.UUID) -> GroupMember:
    """Return someone's own membership: its keys must be in their hands. Raises Refused."""
    rows = GroupMember.objects.select_related("group__version", "sheet", "keyring", "needs")
    found = rows.filter(group_id=group, keyring_id__in=list(doer.hands), left_on=None).first()
    if found is None:
        raise Refused
    return found


def check_running(group: Group) -> None:
    """Refuse what belongs to a group that is over. Raises Refused."""
    if group.closed_on is not None:
        raise not_now("This group is over. What was said and answered can still be read.")


def check_answered(member: GroupMember, newest: Sheet | None, agreed: set[str]) -> None:
    """Refuse what needs consent first. Raises Refused, saying what to do."""
    if newest is None or member.sheet_id != newest.id:
        raise not_now("Please read the information sheet first, and say what you agree to.")
    if rules.PART not in agreed:
        raise not_now("You have not agreed to take part. You can, on the page “What I agree to”.")


def check_meeting(meeting: GroupMeeting) -> None:
    """Refuse to say whether one comes to what is over or does not take place. Raises Refused."""
    if meeting.cancelled_on is not None:
        raise not_now("This meeting does not take place.")
    if meeting.starts_at <= timezone.now():
        raise not_now("This meeting has begun, or is over.")


def check_draft(group: Group) -> ModelVersion:
    """Return the draft that a group comments on. Raises Refused where there is none."""
    if group.version is None:
        raise not_now("There is no draft to comment on yet.")
    if group.version.published:
        raise not_now("This version is published, so it cannot change. Comments can be read.")
    return group.version


def check_commented(comment: Comment) -> None:
    """Refuse to answer what was taken back. Raises Refused."""
    if comment.taken_back_on is not None:
        raise not_now("This comment was taken back, so there is nothing to answer.")
