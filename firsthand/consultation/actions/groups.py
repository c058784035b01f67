"""Making a group, changing it, who runs it, its sheet, closing it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from firsthand.access.doer import Doer
from firsthand.access.refused import not_now
from firsthand.consultation import group_trail, needs, rules
from firsthand.consultation.models import Facilitator, Group, Sheet, Statement
from firsthand.people.models import User


@transaction.atomic
def make(by: User, wanted: Mapping[str, Any]) -> Facilitator:
    """Make a group; whoever does is the first to run it."""
    group = Group.objects.create(**wanted)
    first = Facilitator(group=group, user=by)
    first.save()
    group_trail.leave(first, "group made", title=group.title, kind=group.kind)
    return first


@transaction.atomic
def change(by: Facilitator, wanted: Mapping[str, Any]) -> None:
    """Change what a group is; the trail keeps how it was."""
    group = locked(by)
    changed = [name for name in wanted if getattr(group, name) != wanted[name]]
    before = {name: str(getattr(group, name) or "") for name in changed}
    for name in changed:
        setattr(group, name, wanted[name])
    if changed:
        group.save(update_fields=changed)
        group_trail.leave(by, "group changed", before=before)


@transaction.atomic
def write_sheet(by: Facilitator, text: str, statements: Mapping[str, str]) -> Sheet:
    """Put a new version of the information sheet in force: every member is asked anew.

    The same words again change nothing. `statements` are by use; an empty one is not asked.
    """
    group = locked(by)
    asked = {use: said for use, said in statements.items() if said}
    newest = group.sheets.order_by("-version").first()
    if newest and newest.text == text and asked == _asked(newest):
        return newest
    place = newest.version + 1 if newest else 1
    sheet = Sheet.objects.create(group=group, version=place, text=text, by=by.user)
    Statement.objects.bulk_create(
        Statement(sheet=sheet, use=use, text=said) for use, said in asked.items()
    )
    group_trail.leave(by, "information sheet", version=place)
    return sheet


def _asked(sheet: Sheet) -> dict[str, str]:
    return dict(sheet.statements.values_list("use", "text"))


@transaction.atomic
def add_facilitator(by: Facilitator, doer: Doer, user: User) -> Facilitator:
    """Let someone of the staff run a group too, again if they had stopped."""
    group = locked(by)
    row = Facilitator.objects.filter(group=group, user=user).select_related("user").first()
    if row is not None and row.left_on is None:
        return row  # pressed twice
    row = row or Facilitator(group=group, user=user)
    row.left_on = None
    row.save()
    needs.let_in(doer, group, row)
    group_trail.leave(by, "facilitator added", name=user.name)
    return row


@transaction.atomic
def end_facilitator(by: Facilitator, doer: Doer, leaving: Facilitator) -> None:
    """Someone runs a group no longer: what members need is sealed anew without them."""
    group = locked(by)
    if leaving.left_on is not None:
        return  # pressed twice
    if not group.facilitators.filter(left_on=None).exclude(id=leaving.id).exists():
        raise not_now("A group needs someone who runs it. Add somebody else first.")
    leaving.left_on = timezone.localdate()
    leaving.save(update_fields=["left_on"])
    needs.shut_out(doer, group, leaving)
    group_trail.leave(by, "facilitator left", name=leaving.user.name)


@transaction.atomic
def close(by: Facilitator) -> None:
    """End a group: nobody is invited, meets or comments any more. All of it can be read."""
    group = locked(by)
    if group.closed_on is None:
        group.closed_on = timezone.localdate()
        group.save(update_fields=["closed_on"])
        group.invited.filter(state=rules.OPEN).update(state=rules.CANCELLED)
        group_trail.leave(by, "group closed")


@transaction.atomic
def open_again(by: Facilitator) -> None:
    """Undo the closing of a group. Invitations that were taken back stay so."""
    group = locked(by)
    if group.closed_on is not None:
        group.closed_on = None
        group.save(update_fields=["closed_on"])
        group_trail.leave(by, "group opened again")


def locked(by: Facilitator) -> Group:
    """Return the group, locked until the transaction ends: two at once wait for each other."""
    return Group.objects.select_for_update().get(id=by.group_id)
