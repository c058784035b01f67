"""Putting files with a testimony, and taking them away."""

import hashlib
import uuid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from firsthand.access import door
from firsthand.access import rules as access
from firsthand.access.doer import Doer
from firsthand.people.queries import current_keyring
from firsthand.testimony import queries
from firsthand.testimony.files import BadFile, CleanFile
from firsthand.testimony.models import Attachment, Testimony
from firsthand.vault import derive, items


def add(doer: Doer, row: Testimony, clean: CleanFile, number: str = "") -> Attachment:
    """Seal a checked file under the testimony, for its owner and all who may read it.

    Not for those who read it for research: they are given no files.

    `number` is the form's own: the same file from the same form, sent twice, is there once.
    Raises BadFile when there are too many.
    """
    file = _id_for(row, clean, number)
    fields = {
        "name": clean.name.encode(),
        "type": clean.media_type.encode(),
        "size": str(len(clean.content)).encode(),
    }
    with transaction.atomic():
        Testimony.objects.select_for_update().get(id=row.id)
        if added := row.attachments.filter(id=file).first():
            return added
        check_room(row)
        readers = [current_keyring(team) for team in queries.reading_teams(row)]
        opened = door.create(
            doer,
            queries.owner_of(row.id),
            fields,
            whole=row.item_id,
            under=row.item_id,
            to=readers,
            done=access.CHANGED,
        )
        items.attach(opened, clean.content)
        last = row.attachments.aggregate(last=Max("place"))["last"] or 0
        return Attachment.objects.create(id=file, testimony=row, item_id=opened.id, place=last + 1)


def check_room(row: Testimony) -> None:
    """Raise BadFile when no file more can be kept: asked before one is opened, and once more."""
    most = settings.FIRSTHAND_MOST_FILES
    if row.attachments.count() >= most:
        raise BadFile(
            f"You have added {most} files, which is the most we can keep with one telling."
        )


@transaction.atomic
def remove(doer: Doer, row: Attachment) -> None:
    """Destroy a file."""
    door.discard(doer, row.item_id)
    row.delete()


def listed(doer: Doer, row: Testimony) -> list[dict[str, Any]]:
    """Return the files of a testimony as the page's list of files wants them."""
    return [
        {
            "name": each.name,
            "size": each.size,
            "kind": each.media_type.partition("/")[0].replace("application", "document"),
            "href": reverse("testimony:file", args=[row.id, each.id]),
            "remove": reverse("testimony:remove_file", args=[row.id, each.id]),
        }
        for each in queries.files(doer, row)
    ]


def _id_for(row: Testimony, clean: CleanFile, number: str) -> uuid.UUID:
    """Return the id of a file: another file from the same form has another."""
    if not number:
        return uuid.uuid4()
    content = hashlib.blake2b(clean.content).digest()
    return derive.id_for("file", row.id, number, clean.name, content)
