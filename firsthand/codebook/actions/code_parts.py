"""What doing and undoing something to a code have in common; each under the project's lock."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from firsthand.access.refused import not_now
from firsthand.codebook import policies, queries, rules, trail
from firsthand.codebook.models import Code, CodeChange, Coder, Example, Project

TEXTS = ("name", "definition", "when_to_use", "when_not", "memo", "colour", "pattern")


def next_version(by: Coder) -> Project:
    """Return the project, locked, at its next version of the codebook; not kept yet."""
    project = Project.objects.select_for_update().get(id=by.project_id)
    project.codebook_version += 1
    return project


def fresh(by: Coder, code: Code) -> Code:
    """Return a code as it is now, locked: whoever codes with it waits. Raises Refused."""
    rows = Code.objects.select_for_update(of=("self",)).select_related("merged_into")
    row = rows.get(id=code.id)
    policies.check_code(by, row)
    return row


def note(
    by: Coder, project: Project, code: Code, did: str, *,
    before: Mapping[str, Any] | None = None, after: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    project.save(update_fields=["codebook_version", "codes_made"])
    CodeChange.objects.create(
        project=project, code=code, did=did, before=dict(before or {}), after=dict(after or {}),
        version=project.codebook_version, by=by,
    )  # fmt: skip
    trail.leave(by, f"code {did}", code=code.number, name=code.name)


def check_name(project: Project, name: str, parent: UUID | None, but: Code | None = None) -> None:
    rows = queries.codes(project).filter(parent=parent, name__iexact=name)
    if any(each != but for each in rows):
        raise not_now(f"There is a code \u201c{name}\u201d in that place already.")


def check_above(project: Project, code: Code, parent: UUID | None) -> None:
    """Refuse to put a code where what it stood below is gone, or its name is taken."""
    if parent is not None:
        if not queries.codes(project).filter(id=parent).exists():
            raise not_now("What it stood below is gone. Undo that first.")
        if rules.is_below(parent, code.id, parents(project)):
            raise not_now("What it stood below stands below it by now. Undo that first.")
    check_name(project, code.name, parent, code)


def parents(project: Project) -> dict[UUID, UUID | None]:
    return dict(queries.codes(project).values_list("id", "parent_id"))


def shown(code: Code) -> dict[str, Any]:
    """Return what a code says, as its history keeps it."""
    said = {each: getattr(code, each) for each in TEXTS}
    return {**said, "examples": list(code.examples.values_list("text", flat=True))}


def put_examples(code: Code, texts: Sequence[str]) -> None:
    """Let these be a code's examples; one that stays keeps its note."""
    notes = dict(code.examples.values_list("text", "note"))
    code.examples.all().delete()
    Example.objects.bulk_create(
        Example(code=code, text=each, note=notes.get(each, ""), position=place)
        for place, each in enumerate(dict.fromkeys(texts))
    )


def siblings(project: Project, parent: UUID | None) -> list[Code]:
    return list(queries.codes(project).filter(parent=parent).order_by("position", "number"))


def put_at(project: Project, code: Code, parent: UUID | None, place: int | None) -> None:
    """Put a code among those below `parent`, and give them all their places anew."""
    order = [each for each in siblings(project, parent) if each.id != code.id]
    order.insert(len(order) if place is None else max(place, 0), code)
    for position, each in enumerate(order, start=1):
        Code.objects.filter(id=each.id).update(position=position, parent=parent)
