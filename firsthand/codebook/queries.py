"""Asking about projects, sources and codes, and who may see which passages."""

import uuid
from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from firsthand.access.refused import found
from firsthand.codebook import rules
from firsthand.codebook.models import (
    Code,
    CodeChange,
    Coder,
    Coding,
    Example,
    Passage,
    Project,
    Source,
    Working,
)
from firsthand.people.models import User
from firsthand.people.queries import staff
from firsthand.people.rules import COORDINATOR, RESEARCHER
from firsthand.testimony.queries import research_ids

LEFT_UNFINISHED = Q(finished_at=None, coder__left_on__isnull=False)


def projects_of(user: User) -> QuerySet[Coder]:
    """Return someone's parts in projects, each with its project."""
    rows = Coder.objects.filter(user=user, left_on=None).select_related("project")
    return rows.order_by("project__title", "id")


def coders(project: Project) -> QuerySet[Coder]:
    """Return who takes part today."""
    return project.coders.filter(left_on=None).select_related("user")


def coder(project: Project, coder: uuid.UUID) -> Coder:
    """Return one who takes part, or did. Raises Refused."""
    return found(project.coders.select_related("user", "project").filter(id=coder).first())


def could_join(project: Project) -> QuerySet[User]:
    """Return the researchers and coordinators of this site who do not take part yet."""
    desk = staff().filter(is_active=True, role__in=(RESEARCHER, COORDINATOR))
    return desk.exclude(id__in=coders(project).values("user_id"))


# -- sources ----------------------------------------------------------------------------------


def sources(project: Project) -> QuerySet[Source]:
    """Return the sources that are there, by number, without their texts."""
    return project.sources.filter(removed_on=None).defer("text")


def source(project: Project, source: uuid.UUID) -> Source:
    """Return one source with its text. Raises Refused."""
    return found(project.sources.filter(id=source, removed_on=None).first())


def readable(rows: QuerySet[Source], *coders: Coder) -> QuerySet[Source]:
    """Keep the sources that each of these coders may read: a testimony opens to its teams alone."""
    for each in coders:
        rows = rows.filter(Q(item=None) | Q(item__in=research_ids(each.user)))
    return rows


def working(coder: Coder, source: Source) -> Working | None:
    """Return a coder's work on a source; None when they have not begun and were not asked."""
    return Working.objects.filter(coder=coder, source=source).first()


# -- the codebook -----------------------------------------------------------------------------


def codes(project: Project) -> QuerySet[Code]:
    """Return the codes that are in use or may be, in no order of the tree (see `tree`)."""
    return project.codes.filter(deleted_on=None)


def code(project: Project, code: uuid.UUID) -> Code:
    """Return one code, gone or not. Raises Refused."""
    rows = project.codes.select_related("parent", "merged_into", "entry")
    return found(rows.filter(id=code).first())


def tree(project: Project) -> list[tuple[int, Code]]:
    """Return every code with how deep it stands, each after the one it is below."""
    below: dict[uuid.UUID | None, list[Code]] = {}
    for each in codes(project).order_by("position", "number"):
        below.setdefault(each.parent_id, []).append(each)
    found: list[tuple[int, Code]] = []
    waiting = [(0, each) for each in reversed(below.get(None, []))]
    while waiting:
        depth, each = waiting.pop()
        found.append((depth, each))
        waiting += [(depth + 1, child) for child in reversed(below.get(each.id, []))]
    return found


def is_used(code: Code) -> bool:
    """Say whether any passage that stands carries a code, whoever marked it."""
    return _standing(Coding.objects.filter(code=code)).exists()


def mine_with(coder: Coder, code: Code) -> int:
    """Return how many of a coder's own passages carry a code."""
    return _standing(Coding.objects.filter(code=code, passage__coder=coder)).count()


def mine_of(coder: Coder, code: Code) -> QuerySet[Passage]:
    """Return a coder's own passages that carry a code, in the order of sources and places."""
    rows = visible_passages(coder).filter(coder=coder, codings__code=code)
    return rows.select_related("source").order_by("source__number", "start")


def mine_to_share_out(coder: Coder, code: Code) -> QuerySet[Passage]:
    """Return those of them that may still be recoded: in sources the coder is not finished with."""
    done = Working.objects.filter(source=OuterRef("source"), finished_at__isnull=False)
    return mine_of(coder, code).exclude(Exists(done.filter(coder=coder)))


def examples(project: Project) -> dict[uuid.UUID, list[Example]]:
    """Return the examples of each code that has any."""
    found: dict[uuid.UUID, list[Example]] = {}
    for each in Example.objects.filter(code__project=project):
        found.setdefault(each.code_id, []).append(each)
    return found


def _standing(rows: QuerySet[Coding]) -> QuerySet[Coding]:
    return rows.filter(passage__removed_on=None)


def changes(project: Project) -> QuerySet[CodeChange]:
    """Return what was done to the codes, the newest first."""
    rows = project.changes.select_related("code", "by__user", "undone_by__user")
    return rows.order_by("-version")


# -- who sees which passages ----------------------------------------------------------------------


def visible_passages(coder: Coder, source: Source | None = None) -> QuerySet[Passage]:
    """Return the passages that a coder may see, of one source or of all: THE one door to them.

    Their own, and those of others where both have finished the source (`rules.sees`). What was
    withdrawn, lost or taken off is not among them; nor, from the very moment, what is marked in a
    testimony whose owner withdrew it or ended its sharing for research. What is marked in a
    testimony tells what happened to someone: whoever is in no team that it is shared with for
    research sees none of it, not even what they coded while they were.
    """
    rows = _apart(coder, source).filter(state=rules.STANDS)
    if source is None or source.sealed:
        rows = rows.filter(_open(coder.user))
    return rows.select_related("coder__user").prefetch_related("codings__code")


def withdrawn(coder: Coder) -> dict[uuid.UUID, int]:
    """Return of each source how many passages, of those a coder might see, were withdrawn."""
    gone = _apart(coder).exclude(_open(), state=rules.STANDS).exclude(state=rules.LOST)
    return dict(gone.order_by().values_list("source").annotate(many=Count("id")))


def _open(reader: User | None = None) -> Q:
    return Q(source__item=None) | Q(source__item__in=research_ids(reader))


def _apart(coder: Coder, source: Source | None = None) -> QuerySet[Passage]:
    """Return a coder's own passages, and others' where both have finished."""
    rows = Passage.objects.filter(source__project=coder.project_id, source__removed_on=None)
    rows = rows.filter(removed_on=None)
    if source is not None:
        rows = rows.filter(source=source)
    done = Working.objects.filter(source=OuterRef("source"), finished_at__isnull=False)
    mine, theirs = done.filter(coder=coder), done.filter(coder=OuterRef("coder"), reads=False)
    seen = Q(coder=coder) | (Exists(mine) & Exists(theirs))
    return rows.filter(seen)


def workings_that_count(source: Source) -> list[Working]:
    """Return the work on a source, without what those who left began: they will not finish it."""
    return list(source.workings.exclude(LEFT_UNFINISHED))


def others_standing(coder: Coder, source: Source) -> list[str]:
    """Return how the work of every other coder on a source stands."""
    return [each.stands for each in source.workings.exclude(coder=coder)]


def seen_on(coder: Coder, source: Source) -> list[Coder]:
    """Return the others whose coding of a source a coder may see, passages or none."""
    return seen_among(coder, workings_of([source]))


def workings_of(sources: Iterable[Source]) -> QuerySet[Working]:
    """Return the work of everyone on some sources."""
    return Working.objects.filter(source__in=list(sources)).select_related("coder__user")


def seen_among(coder: Coder, workings: Iterable[Working]) -> list[Coder]:
    """Return the others among those who work on one source whose coding of it a coder may see."""
    every = list(workings)
    own = next((each.stands for each in every if each.coder_id == coder.id), rules.UNBEGUN)
    return [each.coder for each in every
            if each.coder_id != coder.id and rules.sees(own, each.stands)]  # fmt: skip


def counts(passages: QuerySet[Passage]) -> dict[uuid.UUID, int]:
    """Return how many of these passages each code is on; a code on none is not there."""
    inside = passages.order_by().values("id")
    rows = Coding.objects.filter(passage__in=inside).order_by().values_list("code")
    return dict(rows.annotate(often=Count("id")))


def passage(coder: Coder, passage: uuid.UUID) -> Passage:
    """Return a passage of a coder's own, taken off or not. Raises Refused."""
    rows = Passage.objects.select_related("source", "coder__user").filter(coder=coder, id=passage)
    return found(rows.filter(source__removed_on=None).first())


def newest(coder: Coder, source: Source) -> Passage | None:
    """Return the passage that a coder marked last in a source, of those that stand."""
    rows = Passage.objects.filter(coder=coder, source=source, removed_on=None, state=rules.STANDS)
    return rows.select_related("source").defer("source__text").order_by("-made_at").first()


def speakers(source: Source) -> list[str]:
    """Return who speaks in a source, in alphabetical order."""
    rows = source.turns.filter(kind=rules.SPEAKER).order_by("speaker")
    return list(rows.values_list("speaker", flat=True).distinct())


def codes_named(project: Project, ids: Iterable[uuid.UUID]) -> list[Code]:
    """Return codes by their ids. Raises Refused when one is not of this project."""
    wanted = list(dict.fromkeys(ids))
    there = {each.id: each for each in project.codes.filter(id__in=wanted)}
    return [found(there.get(each)) for each in wanted]
