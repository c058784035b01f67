"""Asking about groups: whose they are, who was invited and came, what was agreed to and said."""

import uuid
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from firsthand.access.doer import Doer
from firsthand.access.refused import found
from firsthand.consultation import rules
from firsthand.consultation.models import (
    Coming,
    Comment,
    Consent,
    Facilitator,
    Group,
    GroupMeeting,
    GroupMember,
    Invited,
    Reply,
    Sheet,
)
from firsthand.harms.models import Entry, ModelVersion
from firsthand.people import rules as roles
from firsthand.people.models import User
from firsthand.vault import derive

# -- whose groups ---------------------------------------------------------------------------


def run_by(user: User) -> QuerySet[Facilitator]:
    """Return the groups that someone runs today."""
    rows = Facilitator.objects.filter(user=user, left_on=None).select_related("group")
    return rows.order_by("group__closed_on", "group__title")


def own(doer: Doer) -> QuerySet[GroupMember]:
    """Return the groups someone is in, by the keys in their hands."""
    rows = GroupMember.objects.filter(keyring_id__in=list(doer.hands), left_on=None)
    return rows.select_related("group").order_by("group__title")


def facilitators(group: Group) -> QuerySet[Facilitator]:
    return group.facilitators.filter(left_on=None).select_related("user")


def facilitator(group: Group, one: uuid.UUID) -> Facilitator:
    """Return someone who runs a group today. Raises Refused."""
    return found(facilitators(group).filter(id=one).first())


def could_run(group: Group) -> QuerySet[User]:
    """Return researchers and coordinators with keys, who do not run the group yet."""
    desk = User.objects.filter(role__in=(roles.RESEARCHER, roles.COORDINATOR), is_active=True)
    inside = facilitators(group).values("user_id")
    return desk.exclude(keyring=None).exclude(id__in=inside).order_by("name")


def drafts() -> QuerySet[ModelVersion]:
    """Return the versions of the model that are not published."""
    return ModelVersion.objects.filter(published_on=None)


# -- invitations ------------------------------------------------------------------------------


def invited(group: Group) -> QuerySet[Invited]:
    return group.invited.select_related("made_by")


def invitation(group: Group, one: uuid.UUID) -> Invited:
    """Return one invitation to a group. Raises Refused."""
    return found(invited(group).filter(id=one).first())


def by_code(mark: bytes) -> Invited | None:
    """Return the invitation that a code belongs to, whatever became of it."""
    return Invited.objects.select_related("group").filter(code_mark=mark).first()


def for_sign_in(user: User) -> QuerySet[Invited]:
    """Return the invitations that wait for a person's sign-in."""
    rows = Invited.objects.filter(for_name=user.username, state=rules.OPEN)
    open_to = rows.filter(ends_on__gte=timezone.localdate(), group__closed_on=None)
    return open_to.select_related("group").order_by("group__title")


# -- members and consent ----------------------------------------------------------------------


def newest_sheet(group: Group) -> Sheet | None:
    return group.sheets.prefetch_related("statements").order_by("-version").first()


def members(group: Group) -> QuerySet[GroupMember]:
    """Return everyone who is or was in a group, with how many meetings they were paid for."""
    paid = Count("coming", filter=Q(coming__paid_on__isnull=False))
    rows = group.members.select_related("invited", "sheet").annotate(paid=paid)
    return rows.order_by("number")


def member(group: Group, one: uuid.UUID) -> GroupMember:
    """Return one member of a group. Raises Refused."""
    return found(members(group).filter(id=one).first())


def agreed(member: GroupMember) -> set[str]:
    """Return what a member agrees to today, by the sheet that they answered last."""
    return agreements([member]).get(member.id, set())


def agreements(rows: list[GroupMember]) -> dict[uuid.UUID, set[str]]:
    """Return what each of these members agrees to today."""
    sheets = {each.id: each.sheet_id for each in rows}
    live = Consent.objects.filter(member__in=list(sheets), withdrawn_on=None)
    held: dict[uuid.UUID, set[str]] = {}
    for one, sheet, use in live.values_list("member_id", "statement__sheet_id", "statement__use"):
        if sheets[one] == sheet:
            held.setdefault(one, set()).add(use)
    return held


def names(group: Group) -> dict[str, GroupMember]:
    """Return those who are or were in a group by the names they chose, or by their numbers.

    Who left is among them: what they said is theirs still, and is not to become nobody's.
    """
    return {each.called: each for each in group.members.all()}


def there(meeting: GroupMeeting) -> QuerySet[GroupMember]:
    """Return those who can have said something in a meeting: all but who had left before it."""
    day = timezone.localdate(meeting.starts_at)
    return GroupMember.objects.filter(
        Q(left_on=None) | Q(left_on__gte=day), group_id=meeting.group_id
    )


# -- meetings -------------------------------------------------------------------------------


def meetings(group: Group) -> QuerySet[GroupMeeting]:
    """Return a group's meetings with how many said they come (`comers`)."""
    yes = Count("coming", filter=Q(coming__says=rules.YES, coming__member__left_on=None))
    return group.meetings.annotate(comers=yes).order_by("starts_at", "number")


def meeting(group: Group, one: uuid.UUID) -> GroupMeeting:
    """Return one meeting of a group. Raises Refused."""
    return found(meetings(group).filter(id=one).first())


def notes_mark(meeting: GroupMeeting) -> str:
    """Return a mark of a meeting's notes and of everyone's name: another, once one changed."""
    turns = meeting.turns.values_list("id", "text", "taken_out_on")
    people = meeting.group.members.values_list("id", "name", "left_on")
    told = [*sorted(people), *turns]
    return derive.mark("notes of a meeting", meeting.id, str(told)).hex()


def coming(meeting: GroupMeeting) -> list[tuple[GroupMember, Coming]]:
    """Return everyone in the group with what they said, or did not say yet, of one meeting."""
    said = {each.member_id: each for each in meeting.coming.all()}
    inside = Q(left_on=None) | Q(id__in=list(said))
    rows = GroupMember.objects.filter(inside, group_id=meeting.group_id)
    return [(each, said.get(each.id) or Coming(meeting=meeting, member=each)) for each in rows]


# -- comments -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """How many comments there are, and how many are answered."""

    all: int
    answered: int

    @property
    def percent(self) -> int:
        return rules.share(self.answered, self.all)

    @property
    def open(self) -> int:
        return self.all - self.answered


_ANSWERED = Exists(Reply.objects.filter(comment=OuterRef("id")))


def comments(group: Group) -> QuerySet[Comment]:
    """Return a group's comments with their answers (`replies`), the one that stands first."""
    newest = Reply.objects.order_by("-place").select_related("by")
    rows = group.comments.select_related("member", "version")
    return rows.prefetch_related(Prefetch("replies", queryset=newest))


def comment(group: Group, one: uuid.UUID) -> Comment:
    """Return one comment. Raises Refused."""
    return found(comments(group).filter(id=one).first())


def filtered(rows: QuerySet[Comment], want: dict[str, str]) -> QuerySet[Comment]:
    """Keep the comments of a kind, an entry ("-" for the whole), and a state of answering."""
    if want.get("kind") in rules.COMMENTS:
        rows = rows.filter(kind=want["kind"])
    if entry := want.get("entry"):
        rows = rows.filter(entry="" if entry == "-" else entry[:12])
    state = want.get("state", "")
    if state == "open":
        return rows.filter(~_ANSWERED, taken_back_on=None)
    if state in rules.DONE_TAGS:
        last = Reply.objects.filter(comment=OuterRef("id")).order_by("-place")
        return rows.annotate(stands=last.values("done")[:1]).filter(stands=state)
    return rows


def progress(group: Group) -> Progress:
    """Count the comments of a group that stand, and those of them that are answered."""
    rows = comments(group).filter(taken_back_on=None)
    return Progress(rows.count(), rows.filter(_ANSWERED).count())


@dataclass(frozen=True)
class Line:
    """One entry of a draft as a member sees it, with how many comments it has by kind."""

    entry: Entry
    counts: dict[str, int]
    mine: int

    @property
    def many(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Draft:
    """A draft with comments counted: its entries in order, and the whole."""

    version: ModelVersion
    lines: list[Line]
    whole: dict[str, int] = field(default_factory=dict)

    @property
    def whole_many(self) -> int:
        return sum(self.whole.values())


def draft(group: Group, member: GroupMember | None = None) -> Draft | None:
    """Return the draft a group comments on, entry by entry; None when it has none."""
    if group.version is None:
        return None
    rows = group.comments.filter(taken_back_on=None, version=group.version)
    said = list(rows.values_list("entry", "kind", "member_id"))
    counted = rules.by_entry((code, kind) for code, kind, _ in said)
    mine = [code for code, _, who in said if member is not None and who == member.id]
    entries = Entry.objects.filter(version=group.version).select_related("parent")
    lines = [Line(one, dict(counted.get(one.code, {})), mine.count(one.code)) for one in entries]
    return Draft(group.version, lines, dict(counted.get(rules.WHOLE, {})))


def has_entry(group: Group, code: str) -> bool:
    """Say whether the draft that a group comments on has a line of this code."""
    return Entry.objects.filter(version=group.version, version__isnull=False, code=code).exists()


def entry(group: Group, code: str) -> Entry:
    """Return one entry of the draft that a group comments on. Raises Refused."""
    rows = Entry.objects.filter(version=group.version, code=code).select_related("parent")
    return found(rows.first() if group.version else None)
