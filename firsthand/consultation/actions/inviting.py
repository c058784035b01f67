"""Inviting people, and what they answer: yes, no, or a question first."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from firsthand.access.doer import Doer
from firsthand.access.refused import Refused, not_now
from firsthand.consultation import codes, group_notices, group_policies, group_trail, rules
from firsthand.consultation.actions.groups import locked
from firsthand.consultation.models import Facilitator, Group, GroupMember, Invited
from firsthand.people import rules as roles
from firsthand.people.backend import mark_of
from firsthand.vault import keyrings, words
from firsthand.vault.keys import Keys
from firsthand.vault.models import Keyring
from firsthand.vault.rules import FORM, RECEIPT_HOLDER
from firsthand.vault.sessions import SessionStore

_FORM_OPENS_FOR = timedelta(hours=1)


class Spent(Exception):
    """The invitation was answered, taken back, or is over."""


# -- by those who run the group ---------------------------------------------------------------


@transaction.atomic
def by_codes(by: Facilitator, text: str, many: int) -> list[str]:
    """Make invitations and return their codes, which nobody can show again."""
    group = _running(by)
    drawn = [codes.draw() for _ in range(many)]
    for place, code in enumerate(drawn, start=_next_number(group)):
        _made(by, group, place, text, code_mark=codes.mark_of(code))
    group_trail.leave(by, "invited by code", many=many)
    return drawn


@transaction.atomic
def to_sign_in(by: Facilitator, text: str, sign_in_name: str) -> None:
    """Let an invitation wait for a sign-in, and tell nobody whether there is one."""
    group = _running(by)
    name = mark_of(sign_in_name)
    if not group.invited.filter(for_name=name, state=rules.OPEN).exists():
        _made(by, group, _next_number(group), text, for_name=name)
        group_trail.leave(by, "invited a sign-in")


@transaction.atomic
def cancel(by: Facilitator, invited: Invited) -> None:
    """Take an invitation back that nobody has answered."""
    rows = Invited.objects.filter(id=invited.id, state=rules.OPEN)
    if rows.update(state=rules.CANCELLED):
        group_trail.leave(by, "invitation taken back", number=invited.number)


@transaction.atomic
def reply(by: Facilitator, invited: Invited, text: str) -> None:
    """Answer what someone asked before they say yes or no."""
    if not invited.question:
        raise Refused
    Invited.objects.filter(id=invited.id).update(reply=text)
    group_trail.leave(by, "question answered", number=invited.number)


# -- by whoever was invited -------------------------------------------------------------------


@transaction.atomic
def ask(invited: Invited, question: str) -> None:
    """Keep a question; the invitation stays open. Raises Spent."""
    row = _open(invited)
    row.question, row.reply = question, ""
    row.save(update_fields=["question", "reply"])
    group_notices.tell(row.group)


@transaction.atomic
def decline(invited: Invited) -> None:
    """Say no. Nobody asks why. Pressed twice, it is said once. Raises Spent."""
    if Invited.objects.filter(id=invited.id, state=rules.NO).exists():
        return
    row = _open(invited)
    row.state = rules.NO
    row.save(update_fields=["state"])
    group_notices.tell(row.group)


def accept(doer: Doer, sitting: SessionStore, invited: Invited, number: str) -> GroupMember:
    """Take part: with one's sign-in, or with a receipt that is made. Slow then. Raises Spent.

    `number` is the form's own: sent twice, it is one member with one receipt.
    """
    if (keyring := _own(doer)) is not None:
        return _join(invited, keyring, doer)
    receipt = words.draw()
    keys, lock = Keys.fresh(str(receipt)), keyrings.receipt_lock(receipt)
    try:
        with transaction.atomic():
            made = keyrings.make(RECEIPT_HOLDER, keys)
            keyrings.add_lock(keys.without_words(), lock)
            again = keyrings.secret_lock(FORM, number.encode())
            keyrings.add_lock(keys, again, ends_at=timezone.now() + _FORM_OPENS_FOR)
            member = _join(invited, made, doer)
            sitting.hold(keys)
    except Spent:
        return _again(sitting, invited, number)
    return member


def _again(sitting: SessionStore, invited: Invited, number: str) -> GroupMember:
    """The other half of a double press: it comes to the same receipt. Raises Spent."""
    member = GroupMember.objects.filter(invited=invited, left_on=None).first()
    if member is None:
        raise Spent
    lock = keyrings.secret_lock(FORM, number.encode())
    try:
        sitting.hold(keyrings.by_secret(member.keyring_id, lock, timezone.now()))
    except keyrings.Locked as locked:
        raise Spent from locked
    return member


@transaction.atomic
def _join(invited: Invited, keyring: Keyring, doer: Doer) -> GroupMember:
    mine = GroupMember.objects.filter(group=invited.group_id, keyring=keyring, left_on=None)
    if (member := mine.first()) is not None:
        if member.invited_id == invited.id:
            return member  # pressed twice
        raise not_now("You are in this group already. This invitation is for someone else.")
    row = _open(invited)
    row.state = rules.YES
    row.save(update_fields=["state"])
    group = Group.objects.select_for_update().get(id=row.group_id)
    group.members_made += 1
    group.save(update_fields=["members_made"])
    member = GroupMember(group=group, number=group.members_made, keyring=keyring, invited=row)
    member.save()
    group_trail.leave(member, "joined")
    group_notices.tell(group)
    return member


def _own(doer: Doer) -> Keyring | None:
    """A person's own keyring, when they are signed in and their keys are in hand."""
    user = doer.user
    if user is None or user.role != roles.PERSON or user.keyring is None:
        return None
    if not doer.owns(user.keyring.id):
        raise not_now("Your keys are closed. Open them first, then answer the invitation.")
    return user.keyring


# -- the parts --------------------------------------------------------------------------------


def _running(by: Facilitator) -> Group:
    group = locked(by)
    group_policies.check_running(group)
    if not group.sheets.exists():
        raise not_now("Write the information sheet first: whoever is invited reads it.")
    return group


def _next_number(group: Group) -> int:
    last = group.invited.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _made(
    by: Facilitator, group: Group, number: int, text: str,
    *, code_mark: bytes | None = None, for_name: str = "",
) -> Invited:  # fmt: skip
    ends_on = timezone.localdate() + timedelta(days=rules.INVITATION_DAYS)
    return Invited.objects.create(
        group=group, number=number, text=text, code_mark=code_mark, for_name=for_name,
        made_by=by.user, ends_on=ends_on,
    )  # fmt: skip


def _open(invited: Invited) -> Invited:
    rows = Invited.objects.select_for_update(of=("self",)).select_related("group")
    row = rows.get(id=invited.id)
    over = row.ends_on < timezone.localdate() or row.group.closed_on is not None
    if row.state != rules.OPEN or over:
        raise Spent
    return row


def is_open(invited: Invited) -> bool:
    """Say whether an invitation can still be answered."""
    over = invited.ends_on < timezone.localdate() or invited.group.closed_on is not None
    return invited.state == rules.OPEN and not over
