"""Taking a project or its codebook out as REFI-QDA, and bringing one in: all of it or nothing."""

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import IO

from django.db import transaction

from firsthand.access.refused import not_now
from firsthand.codebook import trail
from firsthand.codebook.actions import projects
from firsthand.codebook.interchange.going_in import GoingIn
from firsthand.codebook.interchange.going_out import GoingOut
from firsthand.codebook.interchange.planning import plan
from firsthand.codebook.interchange.plans import Plan
from firsthand.codebook.models import Coder, KeptFile, Project
from firsthand.codebook.refi.box import Box
from firsthand.codebook.refi.placing import bare
from firsthand.codebook.refi.reading import Found
from firsthand.codebook.refi.writing import Empty, write_codebook, write_project
from firsthand.people.models import User

MOST_OF_ONE = 20 * 1024**2  # bytes of a file that came along and is kept
MOST_TOGETHER = 200 * 1024**2
Step = Callable[[int], object]


@transaction.atomic
def take_out(by: Coder, to: IO[bytes], *, names: bool = False) -> None:
    """Write a project as a .qdpx: what this coder may see of it, and no testimony."""
    out = GoingOut(by, names=names)
    write_project(out.project(), out.files(), to)
    trail.leave(by, "project taken out", names=names)


@transaction.atomic
def take_out_codebook(by: Coder) -> bytes:
    """Return the codebook as a .qdc. Raises Refused when there are no codes."""
    try:
        content = write_codebook(GoingOut(by).codebook())
    except Empty as why:
        raise not_now(str(why)) from None
    trail.leave(by, "codebook taken out", codes=by.project.codes.filter(deleted_on=None).count())
    return content


@transaction.atomic
def bring_in(
    by: User, found: Found, name: str, me: str = "", step: Step = lambda done: None
) -> Coder:
    """Make a project of a file that was read; `by` owns it, and is `me` in it. Raises Refused."""
    made = plan(found, name)
    wanted = {"title": made.title, "question": made.question, "double": made.double}
    owner = projects.make(by, wanted)
    going = GoingIn(owner, made, me)
    going.bring_codes()
    going.bring_coders()
    for done in going.bring_sources():
        step(done)
    going.keep_rest()
    _keep_files(owner.project, found, _texts_of(made, found))
    owner.project.refresh_from_db()
    trail.leave(owner, "project brought in", file=name, program=made.program,
                sources=len(made.sources))  # fmt: skip
    return owner


@transaction.atomic
def bring_codebook(by: Coder, found: Found, name: str) -> tuple[int, int]:
    """Add the codes of a file to a project; return how many are new and were here already."""
    Project.objects.select_for_update().get(id=by.project_id)
    going = GoingIn(by, plan(found, name))
    going.bring_codes()
    going.keeping.save()
    by.project.refresh_from_db()
    new = len(going.codes) - going.there
    trail.leave(by, "codebook brought in", file=name, program=found.origin, codes=new)
    return new, going.there


def _keep_files(project: Project, found: Found, texts: set[str]) -> None:
    """Keep the files that came along and are not texts of sources here, up to a bound."""
    if not isinstance(found.files, Box):
        return
    left = MOST_TOGETHER
    for inside, size in found.files.others():
        name = PurePosixPath(inside.replace("\\", "/")).name[:255]
        if inside in texts:
            continue
        if size > min(MOST_OF_ONE, left) or project.kept_files.filter(name=name).exists():
            continue
        try:
            content = found.files.content(inside)
        except KeyError:
            continue
        left -= size
        KeptFile.objects.create(project=project, name=name, content=content)


def _texts_of(made: Plan, found: Found) -> set[str]:
    """Return the files whose words are in sources here: those are written anew."""
    paths = set()
    for each in made.sources:
        text = getattr(each.held, "text", None) or each.held
        if text is not None:
            paths.add(found.files.find(bare(text.plain)[1]))
    return paths
