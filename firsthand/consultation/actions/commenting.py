"""Comments on a draft of the model by members, and the editors' answers."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from firsthand.access.refused import Refused, not_now
from firsthand.consultation import (
    group_notices,
    group_policies,
    group_queries,
    group_trail,
    to_the_model,
)
from firsthand.consultation.models import Comment, Facilitator, Group, GroupMember, Reply
from firsthand.vault import derive


@transaction.atomic
def say(member: GroupMember, entry: str, kind: str, text: str, number: str) -> Comment:
    """Keep a comment on an entry, or on the whole when `entry` is empty. Raises Refused.

    `number` is the form's own: sent twice, it is one comment.
    """
    id_ = derive.id_for("comment", member.id, number)
    group = _open(member)
    if (there := Comment.objects.filter(id=id_).first()) is not None:
        return there
    draft = group_policies.check_draft(group)
    said_of = group_queries.entry(group, entry).label if entry else ""
    group.comments_made += 1
    group.save(update_fields=["comments_made"])
    made = Comment.objects.create(
        id=id_, group=group, version=draft, number=group.comments_made, member=member,
        entry=entry, said_of=said_of, kind=kind, text=text,
    )  # fmt: skip
    group_trail.leave(member, "commented", comment=made.number)
    group_notices.tell(group)
    return made


@transaction.atomic
def take_back(member: GroupMember, comment: Comment) -> None:
    """Take one's own comment back: its words go, that there was one stays. Raises Refused."""
    if comment.member_id != member.id:
        raise not_now("Only whoever wrote a comment takes it back.")
    rows = Comment.objects.filter(id=comment.id, taken_back_on=None)
    if rows.update(text="", taken_back_on=timezone.localdate()):
        group_trail.leave(member, "comment taken back", comment=comment.number)
        to_the_model.hand_down(member.group_id, comment.entry)


def answer(by: Facilitator, comment: Comment, done: str, why: str, seen: int) -> Reply:
    """Say what was done with a comment, and why. Raises Refused.

    `seen` is how many answers there were on the page: whoever was slower is shown the other's
    first. The same answer again is kept once.
    """
    try:
        with transaction.atomic():
            return _answer(by, comment, done, why, seen)
    except IntegrityError as error:  # two at the same moment
        raise not_now(_FASTER) from error


_FASTER = "Someone answered this while you were writing. Look at their answer, then send yours."


def _answer(by: Facilitator, comment: Comment, done: str, why: str, seen: int) -> Reply:
    row = Comment.objects.select_for_update(of=("self",)).get(id=comment.id)
    if row.group_id != by.group_id:
        raise Refused
    group_policies.check_commented(row)
    last = row.replies.order_by("-place").first()
    if last and (last.done, last.why, last.by_id) == (done, why, by.user_id):
        return last
    if (last.place if last else 0) != seen:
        raise not_now(_FASTER)
    made = Reply.objects.create(comment=row, place=seen + 1, done=done, why=why, by=by.user)
    group_trail.leave(by, "comment answered", comment=row.number, done=done)
    to_the_model.hand_down(by.group_id, row.entry)
    return made


def _open(member: GroupMember) -> Group:
    group = Group.objects.select_for_update(of=("self",)).select_related("version").get(
        id=member.group_id
    )  # fmt: skip
    group_policies.check_running(group)
    newest = group_queries.newest_sheet(group)
    group_policies.check_answered(member, newest, group_queries.agreed(member))
    return group
