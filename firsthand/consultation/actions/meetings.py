"""Meetings: making, changing, who came and was paid, notes."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from firsthand.access.refused import not_now
from firsthand.consultation import group_policies, group_queries, group_trail, rules
from firsthand.consultation.actions.groups import locked
from firsthand.consultation.models import Coming, Facilitator, GroupMeeting, GroupMember, Turn


@transaction.atomic
def add(by: Facilitator, wanted: Mapping[str, Any]) -> GroupMeeting:
    """Set a meeting."""
    group = locked(by)
    group_policies.check_running(group)
    group.meetings_made += 1
    group.save(update_fields=["meetings_made"])
    made = GroupMeeting.objects.create(group=group, number=group.meetings_made, **wanted)
    group_trail.leave(by, "meeting set", meeting=made.number)
    return made


@transaction.atomic
def change(by: Facilitator, meeting: GroupMeeting, wanted: Mapping[str, Any]) -> None:
    """Change when, where, how or what about; the trail keeps how it was."""
    row = _locked(meeting)
    changed = [name for name in wanted if getattr(row, name) != wanted[name]]
    before = {name: str(getattr(row, name)) for name in changed}
    for name in changed:
        setattr(row, name, wanted[name])
    if changed:
        row.save(update_fields=changed)
        group_trail.leave(by, "meeting changed", meeting=row.number, before=before)


@transaction.atomic
def cancel(by: Facilitator, meeting: GroupMeeting, *, back: bool = False) -> None:
    """Call a meeting off, or undo that."""
    row = _locked(meeting)
    if (row.cancelled_on is None) != back:
        row.cancelled_on = None if back else timezone.localdate()
        row.save(update_fields=["cancelled_on"])
        did = "meeting takes place again" if back else "meeting called off"
        group_trail.leave(by, did, meeting=row.number)


@transaction.atomic
def note_who(
    by: Facilitator, meeting: GroupMeeting, came: Collection[uuid.UUID], paid: Collection[uuid.UUID]
) -> None:
    """Keep who came and who was paid. Nobody is paid who declined. Raises Refused."""
    row = _locked(meeting)
    for member, _ in group_queries.coming(row):
        if member.id in paid and member.pay == rules.DECLINED:
            raise not_now(f"{member.called} does not want to be paid.")
        _note_one(row, member, member.id in came, member.id in paid)
    group_trail.leave(by, "who came", meeting=row.number, came=len(came), paid=len(paid))


def _note_one(meeting: GroupMeeting, member: GroupMember, came: bool, paid: bool) -> None:
    row, _ = Coming.objects.get_or_create(meeting=meeting, member=member)
    row.came = came
    row.paid_on = (row.paid_on or timezone.localdate()) if paid else None
    row.save(update_fields=["came", "paid_on"])


@transaction.atomic
def write_notes(
    by: Facilitator, meeting: GroupMeeting, kind: str, text: str,
    *, no_names: Collection[str] = (), seen: str | None = None,
) -> list[str]:  # fmt: skip
    """Keep notes by turn; return the names in them that nobody in the group has.

    Words of a member who did not agree to notes are left out before anything is kept. `no_names`
    are words before a colon that name nobody; `seen` is the mark of the notes that were changed.
    Raises Refused once notes have gone on to coding, or when they are not as they were `seen`:
    what was taken out meanwhile is not to come back.
    """
    row = _locked(meeting)
    names = group_queries.names(row.group)
    known = [*names, rules.FACILITATOR]
    held = group_queries.agreements(list(names.values()))
    may = {each.id for each in names.values() if rules.NOTES in held.get(each.id, ())}
    turns = [
        _turn(row, place, each, names, may)
        for place, each in enumerate(rules.spoken(text, known, no_names), start=1)
    ]
    if (row.notes, _said(row.turns.all())) != (kind, _said(turns)):  # else pressed twice
        _check_unchanged(row, seen)
        row.turns.all().delete()
        Turn.objects.bulk_create(turns)
        row.notes = kind
        row.save(update_fields=["notes"])
        group_trail.leave(by, "notes written", meeting=row.number)
    return [each for each in rules.strangers(text, known) if each not in no_names]


def _said(turns: Iterable[Turn]) -> list[tuple[uuid.UUID | None, bool, str]]:
    return [(each.member_id, each.facilitator, each.text) for each in turns]


def _check_unchanged(meeting: GroupMeeting, seen: str | None) -> None:
    if seen is not None and seen != group_queries.notes_mark(meeting):
        raise not_now(_CHANGED)
    if meeting.source is not None:
        raise not_now("These notes are being coded. Take them out of coding first.")


_CHANGED = (
    "While you were writing, the notes were saved by someone else, or a member left, took words "
    "out or changed their name. Look at the notes as they are now, in another window. Take out "
    "what is not there any more, then save again. What you typed is still here."
)


def _turn(
    meeting: GroupMeeting, place: int, each: rules.Spoken, names: Mapping[str, GroupMember],
    may: Collection[uuid.UUID],
) -> Turn:  # fmt: skip
    member = names.get(each.speaker)
    out = member is not None and member.id not in may
    return Turn(
        meeting=meeting, position=place, member=member, text="" if out else each.text,
        facilitator=each.speaker == rules.FACILITATOR,
        taken_out_on=timezone.localdate() if out else None,
    )  # fmt: skip


def _locked(meeting: GroupMeeting) -> GroupMeeting:
    rows = GroupMeeting.objects.select_for_update(of=("self",)).select_related("group")
    return rows.get(id=meeting.id)
