"""Bringing a project in, in two steps in the background: look into the file, then bring it in.

One file at a time for each person. It is kept only until it is brought in or left, and a week at
most, for it may hold what people said in confidence.
"""

import io
import logging
import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from firsthand.access import tries
from firsthand.access.refused import Refused, not_now
from firsthand.codebook.actions import interchange
from firsthand.codebook.interchange.looking import look
from firsthand.codebook.models import Brought
from firsthand.codebook.models.interchange import CHOSEN, DONE, FAILED, LOOKED, WAITING
from firsthand.codebook.refi.reading import Found, read
from firsthand.codebook.refi.telling import Unreadable
from firsthand.people.models import User

log = logging.getLogger(__name__)
STUCK = timedelta(minutes=5)  # without a step forward: whoever read it is gone
KEPT_FOR = timedelta(days=7)
_BROKEN = "Something went wrong on this site while the file was read. Nothing of it was kept."


@transaction.atomic
def send(by: User, name: str, content: bytes) -> Brought:
    """Take a file and have it looked into; one that was sent before and not brought in is left."""
    Brought.objects.filter(user=by).delete()
    row = Brought.objects.create(user=by, name=name[-255:], content=content)
    work.enqueue(str(row.id))
    return row


@transaction.atomic
def choose(by: User, me: str) -> Brought:
    """Have the file brought in. `me`: the GUID of who in it they are. Raises Refused."""
    row = Brought.objects.select_for_update().filter(user=by).defer("content").first()
    if row is None or row.stage != LOOKED:
        raise not_now("There is no file here that waits to be brought in. Choose it again.")
    coders = {each["guid"] for each in row.looked.get("coders", ())}
    row.me, row.stage, row.tries = (me if me in coders else ""), CHOSEN, 0
    row.save(update_fields=["me", "stage", "tries", "moved_at"])
    work.enqueue(str(row.id))
    return row


@transaction.atomic
def again(by: User) -> None:
    """Have a file that stopped the program looked into once more, from the start."""
    rows = Brought.objects.filter(user=by, stage=FAILED, content__isnull=False)
    if not rows.update(stage=WAITING, tries=0, why_failed="", me="", moved_at=timezone.now()):
        raise not_now("This file is being read, or it is here no longer. Choose it again.")
    work.enqueue(str(Brought.objects.values_list("id", flat=True).get(user=by)))


def is_kept(row: Brought) -> bool:
    """Say whether the file itself is still here, so that it can be tried again."""
    return Brought.objects.filter(id=row.id, content__isnull=False).exists()


def leave(by: User) -> None:
    """Let the file go. What was brought in already stays."""
    Brought.objects.filter(user=by).exclude(stage=CHOSEN).delete()


@task()
def work(brought: str) -> None:
    """Do the next step with a file; say why if that cannot be."""
    row = Brought.objects.select_related("user").filter(id=uuid.UUID(brought)).first()
    if row is None or row.stage not in (WAITING, CHOSEN) or row.content is None:
        return
    if not tries.begin(Brought.objects.filter(id=row.id, stage=row.stage)):
        return _give_up(row)
    try:
        found = read(io.BytesIO(bytes(row.content)), row.name)
        (_look if row.stage == WAITING else _bring)(row, found)
    except Unreadable as why:
        _fail(row, str(why))
    except Refused as refused:
        _fail(row, f"{refused.sentence} Nothing of it was kept.")
    except Exception as error:  # whatever it is, the page says so
        log.warning("", extra={"event": "bringing in failed", "why": type(error).__name__})
        _fail(row, _BROKEN)


def _look(row: Brought, found: Found) -> None:
    said = look(found, row.name).as_data()
    rows = Brought.objects.filter(id=row.id, stage=WAITING)
    rows.update(looked=said, stage=LOOKED, moved_at=timezone.now())


@transaction.atomic
def _bring(row: Brought, found: Found) -> None:
    """All or nothing: who does it a second time, after a kill, finds the first time undone."""
    held = Brought.objects.select_for_update().filter(id=row.id, stage=CHOSEN)
    if not held.defer("content").exists():
        return
    coder = interchange.bring_in(row.user, found, row.name, row.me)
    held.update(project=coder.project, stage=DONE, content=None, moved_at=timezone.now())


def _fail(row: Brought, why: str) -> None:
    rows = Brought.objects.filter(id=row.id)
    rows.update(stage=FAILED, why_failed=why, content=None, moved_at=timezone.now())


def _give_up(row: Brought) -> None:
    """Say that it stopped the program; the file stays, so that it can be tried again."""
    rows = Brought.objects.filter(id=row.id, stage=row.stage, tries__gte=tries.MOST)
    rows.update(stage=FAILED, why_failed=tries.GIVEN_UP, moved_at=timezone.now())


def pick_up() -> None:
    """Go on with files whose reader was killed, and let old ones go. A chore."""
    now = timezone.now()
    Brought.objects.filter(moved_at__lte=now - KEPT_FOR).delete()
    late = Brought.objects.filter(stage__in=(WAITING, CHOSEN), moved_at__lte=now - STUCK)
    for each in late.values_list("id", flat=True):
        Brought.objects.filter(id=each).update(moved_at=now)
        work.enqueue(str(each))
