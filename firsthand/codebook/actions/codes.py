"""Adding, changing, moving, merging, splitting and deleting codes (for undoing, see `undoing`).

Each makes a new version of the codebook and leaves a `CodeChange` with what undoing it needs.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from firsthand.access.refused import not_now
from firsthand.codebook import policies, queries, rules
from firsthand.codebook.actions.code_parts import TEXTS as TEXTS
from firsthand.codebook.actions.code_parts import (
    check_name,
    fresh,
    next_version,
    note,
    parents,
    put_at,
    put_examples,
    shown,
    siblings,
)
from firsthand.codebook.actions.undoing import undo as undo
from firsthand.codebook.models import Code, Coder, Coding, Project, Source
from firsthand.harms.models import Entry


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
    project = next_version(by)
    if parent is not None:
        policies.check_code(by, parent)
    if project.codes_made >= rules.MOST_CODES:
        raise not_now(f"A codebook has {rules.MOST_CODES:,} codes at most.")
    check_name(project, name, parent.id if parent else None)
    row = _make(project, name, parent, entry=entry, guid=guid, **more)
    if examples:
        put_examples(row, examples)
    note(by, project, row, rules.ADDED, after=shown(row))
    return row


@transaction.atomic
def change(
    by: Coder, code: Code, wanted: Mapping[str, str], *, examples: Sequence[str] | None = None,
    seen: int | None = None,
) -> None:  # fmt: skip
    """Say a code anew: any of TEXTS, and its examples. Raises Stale or Refused.

    `seen` is the version of the codebook that the form was made from.
    """
    project = next_version(by)
    row = fresh(by, code)
    if seen is not None and _changed_since(row, seen):
        raise Stale(row)
    before = shown(row)
    if wanted.get("name", row.name) != row.name:
        check_name(project, wanted["name"], row.parent_id, row)
    for each in TEXTS:
        setattr(row, each, wanted.get(each, getattr(row, each)))
    row.save(update_fields=TEXTS)
    if examples is not None:
        put_examples(row, examples)
    after = shown(row)
    if before != after:
        changed = [each for each in after if after[each] != before[each]]
        note(
            by, project, row, rules.CHANGED,
            before={each: before[each] for each in changed},
            after={each: after[each] for each in changed},
        )  # fmt: skip


@transaction.atomic
def move(by: Coder, code: Code, parent: Code | None, place: int | None = None) -> None:
    """Put a code below another, or at the top, at a place from 0; by default last.

    Raises Refused.
    """
    project = next_version(by)
    row = fresh(by, code)
    if parent is not None:
        policies.check_code(by, parent)
        if rules.is_below(parent.id, row.id, parents(project)):
            raise not_now("A code cannot stand below itself.")
    above = parent.id if parent else None
    if above != row.parent_id:
        check_name(project, row.name, above, row)
    before = _where(row)
    put_at(project, row, above, place)
    if _where(row) != before:
        note(by, project, row, rules.MOVED, before=before, after=_where(row))


@transaction.atomic
def merge(by: Coder, codes: Sequence[Code], into: Code) -> None:
    """Merge codes into another: what carries one of them then carries that one. Raises Refused."""
    for each in dict.fromkeys(codes):
        project = next_version(by)
        row, target = fresh(by, each), fresh(by, into)
        if rules.is_below(target.id, row.id, parents(project)):
            raise not_now("A code cannot be merged into itself, or into one that stands below it.")
        after = {**_carry_over(row, target), "below": _move_children(project, row, target)}
        row.merged_into, row.deleted_on = target, timezone.localdate()
        row.save(update_fields=["merged_into", "deleted_on"])
        note(by, project, row, rules.MERGED, after={**after, "into": str(target.id)})


@transaction.atomic
def split(
    by: Coder, code: Code, parts: Sequence[str], passages: Mapping[UUID, int] | None = None
) -> list[Code]:
    """Split a code: a new one below it for each of `parts`. Raises Refused.

    `passages` says of passages of one's own which part, by its place, each goes to; the others,
    those of other coders, and those in a source one is finished with, keep the code as it is.
    """
    project = next_version(by)
    row = fresh(by, code)
    made = []
    for name in parts:
        check_name(project, name, row.id)
        made.append(_make(project, name, row))
    moved = _share_out(by, row, made, passages or {})
    note(by, project, row, rules.SPLIT, after={"made": [str(each.id) for each in made], **moved})
    return made


@transaction.atomic
def delete(by: Coder, code: Code) -> None:
    """Delete a code that is on no passage and has none below it. Raises Refused, saying why."""
    project = next_version(by)
    row = fresh(by, code)
    below = queries.codes(project).filter(parent=row).exists()
    policies.check_not_in_use(row, queries.is_used(row), queries.mine_with(by, row), below)
    row.deleted_on = timezone.localdate()
    row.save(update_fields=["deleted_on"])
    note(by, project, row, rules.DELETED)


def _changed_since(code: Code, seen: int) -> bool:
    return code.changes.filter(version__gt=seen).exists()


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
    rows = siblings(project, code.id)
    for each in rows:
        check_name(project, each.name, into.id, each)
        put_at(project, each, into.id, None)
    return [str(each.id) for each in rows]


def _share_out(
    by: Coder, code: Code, made: Sequence[Code], passages: Mapping[UUID, int]
) -> dict[str, dict[str, int]]:
    # Nobody finishes a source meanwhile: its row is the lock of the work on it.
    held = Source.objects.filter(passages__in=list(passages)).order_by("id").values("id")
    list(Source.objects.select_for_update().only("id").filter(id__in=held).order_by("id"))
    open_ = queries.mine_to_share_out(by, code).filter(id__in=list(passages)).values("id")
    mine = Coding.objects.filter(code=code, passage__in=list(open_.values_list("id", flat=True)))
    moved: dict[str, int] = {}
    for each in mine:
        each.code = made[passages[each.passage_id]]
        each.save(update_fields=["code"])
        moved[str(each.passage_id)] = passages[each.passage_id]
    return {"moved": moved}


def _where(code: Code) -> dict[str, Any]:
    row = Code.objects.get(id=code.id)
    order = [each.id for each in siblings(row.project, row.parent_id)]
    return {"parent": str(row.parent_id) if row.parent_id else "", "place": order.index(row.id)}
