"""Beginning a draft of the next version, who edits it, and what is said about it as a whole."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from firsthand.access.refused import not_now
from firsthand.harms import policies, queries, rules, state
from firsthand.harms.actions.changing import add as add
from firsthand.harms.actions.changing import merge as merge
from firsthand.harms.actions.changing import move as move
from firsthand.harms.actions.changing import rank as rank
from firsthand.harms.actions.changing import remove as remove
from firsthand.harms.actions.changing import reword as reword
from firsthand.harms.actions.changing import split as split
from firsthand.harms.actions.trail import leave
from firsthand.harms.actions.undoing import undo as undo
from firsthand.harms.models import Change, Drafting, Editor, ModelVersion
from firsthand.people.models import User

STAGE = "revision"  # the stage of making that what is new or changed comes from


@transaction.atomic
def begin(by: User, slug: str, title: str = "", *, based_on: str = "") -> Editor:
    """Begin a draft from a published version, the newest unless `based_on` says which.

    Raises Refused when there is none, or the name is taken or cannot be one.
    """
    old = queries.version(based_on) if based_on else queries.current_version()
    if old is None:
        raise not_now("There is no published version here to begin from.")
    _check_slug(slug)
    version = _version(by, old, slug, title)
    row = Drafting.objects.create(version=version, based_on=old, begun_by=by, authors=_authors(old))
    state.copy(old, version)
    editor = Editor.objects.create(drafting=row, user=by)
    leave(editor, "draft begun", slug=slug, based_on=old.slug)
    return editor


def _check_slug(slug: str) -> None:
    if not rules.is_slug(slug):
        raise not_now(
            "A version's name is part of its address: 20 small letters, numbers and hyphens at "
            f"most, such as 2027. It cannot be {' or '.join(rules.RESERVED)}."
        )
    if ModelVersion.objects.filter(slug=slug).exists():
        raise not_now(f"There is a version or a draft called {slug} already. Choose another name.")


def _version(by: User, old: ModelVersion, slug: str, title: str) -> ModelVersion:
    stage = {
        "code": f"{STAGE}-{slug}",
        "name": f"The making of version {slug}",
        "description": "Editors changed the model by what papers, passages, surveys, accounts and "
        "comments say. Each line says what stands beneath it.",
    }
    try:
        with transaction.atomic():
            return ModelVersion.objects.create(
                slug=slug, title=title or old.title, citation="-", made_by=old.made_by,
                published_to_the="day", stages=[*old.stages, stage], says_who=old.says_who,
                schemes=old.schemes, loaded_by=by.name[:80], loaded_on=timezone.localdate(),
            )  # fmt: skip
    except IntegrityError:  # someone else took the name a moment ago
        raise not_now(f"There is a version or a draft called {slug} already.") from None


def _authors(old: ModelVersion) -> list[dict[str, str]]:
    row = Drafting.objects.filter(version=old).first()
    return list(row.authors) if row else []


@transaction.atomic
def describe(by: Editor, said: Mapping[str, Any]) -> None:
    """Say what the version is called, who made it, its authors, and in plain words what changed.

    `said` has title, made_by, authors ([{family, given}]) and note. Raises Refused.
    """
    row = policies.check_open(by.version)
    _check_said(said)
    for name in ("title", "made_by"):
        setattr(row.version, name, said[name])
    row.version.save()
    row.authors, row.note = said["authors"], said["note"]
    row.save()
    leave(by, "described", **said)


def _check_said(said: Mapping[str, Any]) -> None:
    texts = [said["title"], said["made_by"], said["note"]]
    if not all(isinstance(text, str) for text in texts) or not (texts[0] and texts[1]):
        raise not_now("A version needs its title, who made it, and a note, in words.")
    if len(texts[0]) > 200:
        raise not_now("A title has 200 letters at most.")
    authors = said["authors"]
    if not isinstance(authors, list) or not all(
        isinstance(one, dict) and one.get("family") and set(one) <= {"family", "given"}
        for one in authors
    ):
        raise not_now("Each author needs a family name, and may have a given name.")


@transaction.atomic
def add_editor(by: Editor, user: User) -> Editor:
    """Let someone edit the draft."""
    row = policies.check_open(by.version)
    editor, made = Editor.objects.get_or_create(drafting=row, user=user)
    if editor.left_on or made:
        editor.left_on = None
        editor.save()
        leave(by, "editor added", name=user.name)
    return editor


@transaction.atomic
def end_editor(by: Editor, leaving: Editor) -> None:
    """Someone edits the draft no longer. The last editor stays. Raises Refused."""
    row = policies.check_open(by.version)
    if leaving.left_on:
        return
    if row.editors.filter(left_on=None).count() == 1:
        raise not_now("Nobody else edits this draft. Add someone first, then leave.")
    leaving.left_on = timezone.localdate()
    leaving.save()
    leave(by, "editor ended", name=leaving.user.name)


@transaction.atomic
def drop(by: Editor) -> None:
    """Throw a draft away, whole. Raises Refused when it is published, or in use elsewhere."""
    policies.check_open(by.version)
    try:
        with transaction.atomic():
            by.version.delete()
    except ProtectedError:
        raise not_now(
            "Comments, a survey or a coding project belong to this draft, so it stays. "
            "Take them away there first."
        ) from None


def history(version: ModelVersion) -> list[Change]:
    """List every change of a draft, the last first, undone ones too."""
    return queries.changes(version, undone=True)[::-1]
