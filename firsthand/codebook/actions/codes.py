"""Adding, changing, moving, merging, splitting and deleting codes, and undoing each.

Each makes a new version of the codebook and leaves a `CodeChange` with what undoing it needs.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from firsthand.access.refused import Refused, not_now
from firsthand.codebook import policies, queries, rules, trail
from firsthand.codebook.models import Code, CodeChange, Coder, Coding, Example, Project
from firsthand.harms.models import Entry

TEXTS = ("name", "definition", "when_to_use", "when_not", "memo", "colour", "pattern")


class Stale(Exception):
    """Someone else changed the code since the form was shown; `code` is how it is now."""

    def __init__(self, code: Code) -> None:
        super().__init__(f"code {code.number} was changed meanwhile")
        self.code = code


@transaction.atomic
def add(
    by: Coder,
    name: str,
    *,
    parent: Code | None = None,
    entry: Entry | None = None,
    guid: UUID | None = None,
    examples: Sequence[str] = (),
    **more: Any,
) -> Code:
    """Add a code at the end of those below `parent`. `more`: any of TEXTS. Raises Refused.

    Without a colour and pattern it gets the next of each. A name that stands there already is
    refused, for two codes that nobody can tell apart help nobody.
    """
    project = _next_version(by)
    if parent is not None:
        policies.check_code(by, parent)
    if project.codes_made >= rules.MOST_CODES:
        raise not_now(f"A codebook has {rules.MOST_CODES:,} codes at most.")
    _check_name(project, name, parent.id if parent else None)
    row = _make(project, name, parent, entry=entry, guid=guid, **more)
    _put_examples(row, examples)
    _note(by, project, row, rules.ADDED, after=_shown(row))
    return row


@transaction.atomic
def change(
    by: Coder, code: Code, wanted: Mapping[str, str], *, examples: Sequence[str] | None = None,
    seen: int | None = None,
) -> None:  # fmt: skip
    """Say a code anew: any of TEXTS, and its examples. Raises Stale or Refused.

    `seen` is the version of the codebook that the form was made from.
    """
    project = _next_version(by)
    row = _fresh(by, code)
    if seen is not None and _changed_since(row, seen):
        raise Stale(row)
    before = _shown(row)
    if wanted.get("name", row.name) != row.name:
        _check_name(project, wanted["name"], row.parent_id, row)
    for each in TEXTS:
        setattr(row, each, wanted.get(each, getattr(row, each)))
    row.save(update_fields=TEXTS)
    if examples is not None:
        _put_examples(row, examples)
    after = _shown(row)
    if before != after:
        changed = [each for each in after if after[each] != before[each]]
        _note(
            by, project, row, rules.CHANGED,
            before={each: before[each] for each in changed},
            after={each: after[each] for each in changed},
        )  # fmt: skip


@transaction.atomic
def move(by: Coder, code: Code, parent: Code | None, place: int | None = None) -> None:
    """Put a code below another, or at the top, at a place from 0; by default last.

    Raises Refused.
    """
    project = _next_version(by)
    row = _fresh(by, code)
    if parent is not None:
        policies.check_code(by, parent)
        if rules.is_below(parent.id, row.id, _parents(project)):
            raise not_now("A code cannot stand below itself.")
    above = parent.id if parent else None
    if above != row.parent_id:
        _check_name(project, row.name, above, row)
    before = _where(row)
    _place(project, row, above, place)
    if _where(row) != before:
        _note(by, project, row, rules.MOVED, before=before, after=_where(row))


@transaction.atomic
def merge(by: Coder, codes: Sequence[Code], into: Code) -> None:
    """Merge codes into another: what carries one of them then carries that one. Raises Refused."""
    for each in dict.fromkeys(codes):
        project = _next_version(by)
        row, target = _fresh(by, each), _fresh(by, into)
        if rules.is_below(target.id, row.id, _parents(project)):
            raise not_now("A code cannot be merged into itself, or into one that stands below it.")
        after = {**_carry_over(row, target), "below": _move_children(project, row, target)}
        row.merged_into, row.deleted_on = target, timezone.localdate()
        row.save(update_fields=["merged_into", "deleted_on"])
        _note(by, project, row, rules.MERGED, after={**after, "into": str(target.id)})


@transaction.atomic
def split(
    by: Coder, code: Code, parts: Sequence[str], passages: Mapping[UUID, int] | None = None
) -> list[Code]:
    """Split a code: a new one below it for each of `parts`. Raises Refused.

    `passages` says of passages of one's own which part, by its place, each goes to; the others,
    and those of other coders, keep the code as it is.
    """
    project = _next_version(by)
    row = _fresh(by, code)
    made = []
    for name in parts:
        _check_name(project, name, row.id)
        made.append(_make(project, name, row))
    moved = _share_out(by, row, made, passages or {})
    _note(by, project, row, rules.SPLIT, after={"made": [str(each.id) for each in made], **moved})
    return made


@transaction.atomic
def delete(by: Coder, code: Code) -> None:
    """Delete a code that is on no passage and has none below it. Raises Refused, saying why."""
    project = _next_version(by)
    row = _fresh(by, code)
    below = queries.codes(project).filter(parent=row).exists()
    policies.check_not_in_use(row, queries.is_used(row), queries.mine_with(by, row), below)
    row.deleted_on = timezone.localdate()
    row.save(update_fields=["deleted_on"])
    _note(by, project, row, rules.DELETED)


# -- undoing ----------------------------------------------------------------------------------


@transaction.atomic
def undo(by: Coder, change: CodeChange) -> None:
    """Undo a change, while nothing was done since to what it touched. Raises Refused."""
    project = _next_version(by)
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
    row.undone_by = by
    row.save(update_fields=["undone_by"])
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
        _check_name(project, said["name"], row.code.parent_id, row.code)
    Code.objects.filter(id=row.code_id).update(**said)
    if "examples" in row.before:
        _put_examples(row.code, row.before["examples"])


def _undo_move(by: Coder, project: Project, row: CodeChange) -> None:
    above = UUID(row.before["parent"]) if row.before["parent"] else None
    _check_above(project, row.code, above)
    _place(project, row.code, above, row.before["place"])


def _undo_merge(by: Coder, project: Project, row: CodeChange) -> None:
    code, into = row.code, row.code.merged_into
    _check_above(project, code, code.parent_id)
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
    Coding.objects.filter(code__in=made, passage_id__in=list(row.after["moved"])).update(
        code=row.code
    )
    Code.objects.filter(id__in=row.after["made"]).update(deleted_on=timezone.localdate())


def _undo_delete(by: Coder, project: Project, row: CodeChange) -> None:
    _check_above(project, row.code, row.code.parent_id)
    Code.objects.filter(id=row.code_id).update(deleted_on=None)


_UNDO = {
    rules.ADDED: _undo_add,
    rules.CHANGED: _undo_change,
    rules.MOVED: _undo_move,
    rules.MERGED: _undo_merge,
    rules.SPLIT: _undo_split,
    rules.DELETED: _undo_delete,
}


# -- within these -------------------------------------------------------------------------------


def _next_version(by: Coder) -> Project:
    """Return the project, locked, at its next version of the codebook; not kept yet."""
    project = Project.objects.select_for_update().get(id=by.project_id)
    project.codebook_version += 1
    return project


def _fresh(by: Coder, code: Code) -> Code:
    """Return a code as it is now, locked: whoever codes with it waits. Raises Refused."""
    rows = Code.objects.select_for_update(of=("self",)).select_related("merged_into")
    row = rows.get(id=code.id)
    policies.check_code(by, row)
    return row


def _changed_since(code: Code, seen: int) -> bool:
    return code.changes.filter(version__gt=seen).exists()


def _note(
    by: Coder, project: Project, code: Code, did: str, *,
    before: Mapping[str, Any] | None = None, after: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    project.save(update_fields=["codebook_version", "codes_made"])
    CodeChange.objects.create(
        project=project, code=code, did=did, before=dict(before or {}), after=dict(after or {}),
        version=project.codebook_version, by=by,
    )  # fmt: skip
    trail.leave(by, f"code {did}", code=code.number, name=code.name)


def _make(project: Project, name: str, parent: Code | None, **more: Any) -> Code:
    colour, pattern = rules.look_of(project.codes_made)
    project.codes_made += 1
    given = {each: value for each, value in more.items() if value is not None and value != ""}
    return Code.objects.create(
        **{"colour": colour, "pattern": pattern, **given},
        project=project, number=project.codes_made, name=name, parent=parent,
        position=_last(project, parent.id if parent else None) + 1,
    )  # fmt: skip


def _last(project: Project, parent: UUID | None) -> int:
    rows = queries.codes(project).filter(parent=parent)
    found: int | None = rows.aggregate(last=Max("position"))["last"]
    return 0 if found is None else found


def _check_name(project: Project, name: str, parent: UUID | None, but: Code | None = None) -> None:
    rows = queries.codes(project).filter(parent=parent, name__iexact=name)
    if any(each != but for each in rows):
        raise not_now(f"There is a code \u201c{name}\u201d in that place already.")


def _check_above(project: Project, code: Code, parent: UUID | None) -> None:
    """Refuse to put a code where what it stood below is gone, or its name is taken."""
    if parent is not None:
        if not queries.codes(project).filter(id=parent).exists():
            raise not_now("What it stood below is gone. Undo that first.")
        if rules.is_below(parent, code.id, _parents(project)):
            raise not_now("What it stood below stands below it by now. Undo that first.")
    _check_name(project, code.name, parent, code)


def _parents(project: Project) -> dict[UUID, UUID | None]:
    return dict(queries.codes(project).values_list("id", "parent_id"))


def _shown(code: Code) -> dict[str, Any]:
    """Return what a code says, as its history keeps it."""
    said = {each: getattr(code, each) for each in TEXTS}
    return {**said, "examples": list(code.examples.values_list("text", flat=True))}


def _put_examples(code: Code, texts: Sequence[str]) -> None:
    """Let these be a code's examples; one that stays keeps its note."""
    notes = dict(code.examples.values_list("text", "note"))
    code.examples.all().delete()
    Example.objects.bulk_create(
        Example(code=code, text=each, note=notes.get(each, ""), position=place)
        for place, each in enumerate(dict.fromkeys(texts))
    )


def _siblings(project: Project, parent: UUID | None) -> list[Code]:
    return list(queries.codes(project).filter(parent=parent).order_by("position", "number"))


def _where(code: Code) -> dict[str, Any]:
    row = Code.objects.get(id=code.id)
    order = [each.id for each in _siblings(row.project, row.parent_id)]
    return {"parent": str(row.parent_id) if row.parent_id else "", "place": order.index(row.id)}


def _place(project: Project, code: Code, parent: UUID | None, place: int | None) -> None:
    """Put a code among those below `parent`, and give them all their places anew."""
    order = [each for each in _siblings(project, parent) if each.id != code.id]
    order.insert(len(order) if place is None else max(place, 0), code)
    for position, each in enumerate(order, start=1):
        Code.objects.filter(id=each.id).update(position=position, parent=parent)


def _carry_over(code: Code, into: Code) -> dict[str, dict[str, bool]]:
    """Let every passage of `code` carry `into`; return which did so by this, and which before."""
    rows = Coding.objects.filter(code=code)
    had = {str(each.passage_id): each.by_suggestion for each in rows}
    there = Coding.objects.filter(code=into, passage_id__in=list(had)).values_list(
        "passage_id", flat=True
    )
    both = {str(each): had[str(each)] for each in there}
    rows.filter(passage_id__in=list(both)).delete()
    rows.update(code=into)
    return {"moved": {each: had[each] for each in had if each not in both}, "both": both}


def _move_children(project: Project, code: Code, into: Code) -> list[str]:
    """Put what stands below `code` below `into`; return which."""
    rows = _siblings(project, code.id)
    for each in rows:
        _check_name(project, each.name, into.id, each)
        _place(project, each, into.id, None)
    return [str(each.id) for each in rows]


def _share_out(
    by: Coder, code: Code, made: Sequence[Code], passages: Mapping[UUID, int]
) -> dict[str, dict[str, int]]:
    mine = Coding.objects.filter(code=code, passage__coder=by, passage_id__in=list(passages))
    moved: dict[str, int] = {}
    for each in mine:
        each.code = made[passages[each.passage_id]]
        each.save(update_fields=["code"])
        moved[str(each.passage_id)] = passages[each.passage_id]
    return {"moved": moved}
