"""Undoing what was done to a code, from what its change kept."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from firsthand.access.refused import Refused, not_now
from firsthand.codebook import policies, queries, rules, trail
from firsthand.codebook.actions.code_parts import (
    TEXTS,
    check_above,
    check_name,
    next_version,
    put_at,
    put_examples,
)
from firsthand.codebook.models import Code, CodeChange, Coder, Coding, Project


@transaction.atomic
def undo(by: Coder, change: CodeChange) -> None:
    """Undo a change, while nothing was done since to what it touched. Raises Refused."""
    project = next_version(by)
    row = project.changes.select_related("code").filter(id=change.id).first()
    if row is None:
        raise Refused
    if row.undone_by_id is not None:
        return  # pressed twice
    touched = _touched(row)
    later = project.changes.filter(version__gt=row.version, undone_by=None)
    if any(touched & _touched(each) for each in later):
        raise not_now(
            "Something was done since to what this changed. Undo that first: the history shows it."
        )
    _UNDO[row.did](by, project, row)
    row.undone_by, row.undone_at = by, timezone.now()
    row.save(update_fields=["undone_by", "undone_at"])
    project.save(update_fields=["codebook_version"])
    trail.leave(by, "code change undone", code=row.code.number, name=row.code.name, was=row.did)


def _touched(row: CodeChange) -> set[str]:
    return {str(row.code_id), *row.after.get("made", ()), *filter(None, [row.after.get("into")])}


def _undo_add(by: Coder, project: Project, row: CodeChange) -> None:
    below = queries.codes(project).filter(parent=row.code).exists()
    used, mine = queries.is_used(row.code), queries.mine_with(by, row.code)
    policies.check_not_in_use(row.code, used, mine, below)
    Code.objects.filter(id=row.code_id).update(deleted_on=timezone.localdate())


def _undo_change(by: Coder, project: Project, row: CodeChange) -> None:
    said = {each: value for each, value in row.before.items() if each in TEXTS}
    if "name" in said:
        check_name(project, said["name"], row.code.parent_id, row.code)
    Code.objects.filter(id=row.code_id).update(**said)
    if "examples" in row.before:
        put_examples(row.code, row.before["examples"])


def _undo_move(by: Coder, project: Project, row: CodeChange) -> None:
    above = UUID(row.before["parent"]) if row.before["parent"] else None
    check_above(project, row.code, above)
    put_at(project, row.code, above, row.before["place"])


def _undo_merge(by: Coder, project: Project, row: CodeChange) -> None:
    code, into = row.code, row.code.merged_into
    check_above(project, code, code.parent_id)
    Code.objects.filter(id=code.id).update(merged_into=None, deleted_on=None)
    carried = {**row.after["moved"], **row.after["both"]}
    still = Coding.objects.filter(code=into, passage_id__in=list(carried))
    there = [str(each) for each in still.values_list("passage_id", flat=True)]
    still.filter(passage_id__in=list(row.after["moved"])).delete()
    Coding.objects.bulk_create(
        Coding(passage_id=UUID(each), code=code, by_suggestion=carried[each]) for each in there
    )
    queries.codes(project).filter(id__in=row.after["below"], parent=into).update(parent=code)


def _undo_split(by: Coder, project: Project, row: CodeChange) -> None:
    made = list(Code.objects.filter(id__in=row.after["made"]))
    kept = Coding.objects.filter(code__in=made).exclude(passage_id__in=list(row.after["moved"]))
    if kept.filter(passage__removed_on=None).exists():
        raise not_now("Passages carry the new codes since. Merge those codes instead.")
    if queries.codes(project).filter(parent__in=made).exists():
        raise not_now("There are codes below the new ones since. Move or delete them first.")
    Coding.objects.filter(code__in=made, passage_id__in=list(row.after["moved"])).update(
        code=row.code
    )
    Code.objects.filter(id__in=row.after["made"]).update(deleted_on=timezone.localdate())


def _undo_delete(by: Coder, project: Project, row: CodeChange) -> None:
    check_above(project, row.code, row.code.parent_id)
    Code.objects.filter(id=row.code_id).update(deleted_on=None)


_UNDO = {
    rules.ADDED: _undo_add,
    rules.CHANGED: _undo_change,
    rules.MOVED: _undo_move,
    rules.MERGED: _undo_merge,
    rules.SPLIT: _undo_split,
    rules.DELETED: _undo_delete,
}
