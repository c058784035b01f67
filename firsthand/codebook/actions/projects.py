"""Beginning a project, changing what it asks, and who takes part."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from firsthand.access.refused import not_now
from firsthand.codebook import rules, trail
from firsthand.codebook.models import Coder, Project
from firsthand.people.models import User


@transaction.atomic
def make(user: User, wanted: Mapping[str, Any]) -> Coder:
    """Begin a project (title, question, review, version, double); whoever does owns it."""
    project = Project.objects.create(**wanted)
    coder = Coder.objects.create(project=project, user=user, role=rules.OWNER)
    trail.leave(coder, "project made", **_in_words(wanted))
    return coder


@transaction.atomic
def change(by: Coder, wanted: Mapping[str, Any]) -> None:
    """Change what a project says of itself; the trail keeps how it was."""
    project = Project.objects.select_for_update().get(id=by.project_id)
    before = {name: getattr(project, name) for name in wanted}
    changed = [name for name in wanted if wanted[name] != before[name]]
    if not changed:
        return
    for name in changed:
        setattr(project, name, wanted[name])
    project.save(update_fields=changed)
    trail.leave(by, "project changed", before=_in_words({each: before[each] for each in changed}))


@transaction.atomic
def add_coder(by: Coder, user: User, role: str) -> Coder:
    """Let someone take part, again if they had left."""
    coder, fresh = Coder.objects.get_or_create(
        project=by.project, user=user, defaults={"role": role}
    )
    if not fresh and coder.left_on is None:
        raise not_now(f"{user.name} takes part already.")
    coder.role, coder.left_on = role, None
    coder.save(update_fields=["role", "left_on"])
    trail.leave(by, "coder added", coder=coder.id, name=user.name, role=role)
    return coder


@transaction.atomic
def end_coder(by: Coder, coder: Coder) -> None:
    """Someone takes part no longer. What they coded stays, with their name."""
    project = Project.objects.select_for_update().get(id=by.project_id)
    if coder.left_on is not None:
        return  # pressed twice
    owners = project.coders.filter(role=rules.OWNER, left_on=None).exclude(id=coder.id)
    if coder.is_owner and not owners.exists():
        raise not_now("A project needs an owner. Make someone else an owner first.")
    coder.left_on = timezone.localdate()
    coder.save(update_fields=["left_on"])
    # What they were asked to code and had not begun is asked of them no longer.
    asked = coder.workings.filter(finished_at=None, memo="")
    asked.exclude(source__in=coder.passages.values("source")).delete()
    trail.leave(by, "coder left", coder=coder.id, name=coder.user.name)


def _in_words(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Rows as their names, so that the trail is read without looking anything up."""
    return {
        name: value if isinstance(value, str | int | None) else str(value)
        for name, value in wanted.items()
    }
