"""What members do for themselves: consent, their name, needs, payment, coming, leaving."""

import secrets
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from firsthand.access.doer import Doer
from firsthand.access.refused import Refused, not_now
from firsthand.consultation import (
    from_coding,
    group_notices,
    group_policies,
    group_queries,
    group_trail,
    needs,
    rules,
    to_the_model,
)
from firsthand.consultation.models import (
    Coming,
    Comment,
    Consent,
    Group,
    GroupMeeting,
    GroupMember,
    Invited,
    Sheet,
    Turn,
)
from firsthand.people.models import User


class NameTaken(Exception):
    """Someone in the group has that name. Its text says so."""

    def __init__(self) -> None:
        super().__init__("Someone here has that name, or one that sounds like it. Choose another.")


@transaction.atomic
def agree(member: GroupMember, sheet: Sheet, uses: Collection[str]) -> None:
    """Keep what a member agrees to on a sheet, each thing on its own.

    What they agreed to before and do not any more is withdrawn, and what hangs on it follows at
    once. Raises Refused when there is a newer sheet than the one they read.
    """
    row = _locked(member)
    newest = group_queries.newest_sheet(row.group)
    if newest is None or newest.id != sheet.id:
        raise not_now("The information sheet was changed just now. Please read the new one.")
    before = group_queries.agreed(row)
    live = Consent.objects.filter(member=row, withdrawn_on=None)
    live.exclude(statement__use__in=list(uses)).update(withdrawn_on=timezone.localdate())
    held = set(live.filter(statement__sheet=sheet).values_list("statement__use", flat=True))
    for each in sheet.statements.all():
        if each.use in uses and each.use not in held:
            Consent.objects.create(member=row, statement=each)
    row.sheet = member.sheet = sheet
    row.save(update_fields=["sheet"])
    group_trail.leave(row, "answered the sheet", version=sheet.version, agreed=sorted(uses))
    _follow(row, before - set(uses))
    group_notices.tell(row.group)


def _follow(member: GroupMember, lost: Collection[str]) -> None:
    """Do at once what was promised for when consent is taken back."""
    if rules.CODING in lost or rules.NOTES in lost:
        _take_from_coding(member)
    if rules.NOTES in lost:
        _take_turns_out(member)


@transaction.atomic
def call(member: GroupMember, name: str) -> None:
    """Let a member be called as they like in this group. Raises NameTaken."""
    Group.objects.select_for_update().get(id=member.group_id)  # two who want the same name
    row = _locked(member)
    others = GroupMember.objects.filter(group=row.group_id).exclude(id=row.id)
    taken = any(rules.same_name(each.called, name) for each in others)
    if taken or rules.same_name(name, rules.FACILITATOR):
        raise NameTaken
    row.name = name
    row.save(update_fields=["name"])
    group_trail.leave(row, "chose a name")


@transaction.atomic
def say_needs(doer: Doer, member: GroupMember, text: str) -> None:
    """Keep what a member needs to take part; sealed, and never in the trail."""
    needs.write(doer, member, text)
    group_trail.leave(member, "said what they need" if text.strip() else "took their needs back")
    group_notices.tell(member.group)


@transaction.atomic
def say_pay(member: GroupMember, choice: str) -> None:
    """Accept what is offered for coming, or not: no reason is asked."""
    if choice not in (rules.ACCEPTED, rules.DECLINED) or not member.group.pay:
        raise Refused
    row = _locked(member)
    row.pay = choice
    row.save(update_fields=["pay"])
    group_trail.leave(row, "answered the payment")


@transaction.atomic
def say_coming(member: GroupMember, meeting: GroupMeeting, says: str) -> None:
    """Say whether one comes. Raises Refused for a meeting that is over."""
    if says not in rules.COMES:
        raise Refused
    row = _locked(member)  # two presses at once wait for each other here
    group_policies.check_running(row.group)
    group_policies.check_meeting(meeting)
    Coming.objects.update_or_create(meeting=meeting, member=row, defaults={"says": says})
    group_trail.leave(row, "said whether they come", meeting=meeting.number)


@transaction.atomic
def leave(doer: Doer, member: GroupMember, what: str) -> None:
    """Leave a group, any time and without a reason; what was said goes or stays as they choose."""
    if what not in rules.LEAVING:
        raise Refused
    row = _locked(member)
    needs.erase(doer, row)
    row.refresh_from_db()
    if what == rules.TAKE_OUT:
        Consent.objects.filter(member=row, withdrawn_on=None).update(
            withdrawn_on=timezone.localdate()
        )
        _take_from_coding(row)
        _take_turns_out(row)
        _take_comments_back(row)
        row.name = ""
    row.left_on = timezone.localdate()
    row.save(update_fields=["left_on", "name"])
    group_trail.leave(row, "left", what=what)
    group_notices.tell(row.group)


@transaction.atomic
def end_sign_in(doer: Doer, user: User, *, keep: bool) -> None:
    """Let nothing here name a sign-in that ends; unless they `keep` what it opened, leave with it.

    An invitation that waited for it waits for nobody: whoever takes the same name is not invited.
    """
    if not keep:
        for member in GroupMember.objects.filter(keyring=user.keyring_id, left_on=None):
            leave(doer, member, rules.TAKE_OUT)
    for invited in Invited.objects.filter(for_name=user.username):
        Invited.objects.filter(id=invited.id).update(for_name=secrets.token_hex(32))


def _take_turns_out(member: GroupMember) -> None:
    Turn.objects.filter(member=member, taken_out_on=None).update(
        text="", taken_out_on=timezone.localdate()
    )


def _take_comments_back(member: GroupMember) -> None:
    rows = Comment.objects.filter(member=member, taken_back_on=None)
    entries = set(rows.values_list("entry", flat=True))
    rows.update(text="", taken_back_on=timezone.localdate())
    for entry in sorted(entries):
        to_the_model.hand_down(member.group_id, entry)


def _take_from_coding(member: GroupMember) -> None:
    """Take their words out of every coding source of their group.

    What nobody in particular said goes with them: it was there by everybody's yes.
    """
    theirs = Q(member=member) | Q(member=None, facilitator=False)
    there = Turn.objects.filter(
        theirs, meeting__group=member.group_id, start__isnull=False, meeting__source__isnull=False
    )
    for meeting in GroupMeeting.objects.filter(id__in=there.values("meeting_id")):
        from_coding.take_out(meeting, list(there.filter(meeting=meeting)))


def _locked(member: GroupMember) -> GroupMember:
    """Return the row, locked, while they are in the group still. Raises Refused."""
    rows = GroupMember.objects.select_for_update(of=("self",)).select_related("group")
    row = rows.filter(id=member.id, left_on=None).first()
    if row is None:
        raise Refused
    return row
