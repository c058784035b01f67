"""Who may: the editors of a draft. To everyone else there is no draft."""

import uuid

from firsthand.access.refused import Refused, not_now
from firsthand.harms.models import Drafting, Editor, ModelVersion
from firsthand.people.models import User

PUBLISHED = (
    "This version is published, so it cannot change any more. What you typed was not kept. "
    "You can begin the next version from it."
)


def check_editor(user: object, draft: uuid.UUID) -> Editor:
    """Return someone's place among the editors of a draft, open or published. Raises Refused."""
    if not isinstance(user, User):
        raise Refused
    rows = Editor.objects.select_related("drafting__version", "drafting__based_on", "user")
    found = rows.filter(drafting__version_id=draft, user_id=user.id, left_on=None).first()
    if found is None:
        raise Refused
    return found


def check_open(version: ModelVersion) -> Drafting:
    """Return the making of a version, held until the transaction ends. Raises Refused.

    Whoever changes a draft, or publishes it, comes through here, one after the other.
    """
    row = Drafting.objects.select_for_update(of=("self",)).filter(version_id=version.pk).first()
    stored = ModelVersion.objects.get(pk=version.pk)
    if stored.published:
        raise not_now(PUBLISHED)
    if row is None:
        raise Refused
    row.version = stored
    return row


def check_seen(seen: str, now: str) -> None:
    """Refuse to change what somebody else changed meanwhile. Raises Refused."""
    if seen and seen != now:
        raise not_now(
            "Someone else changed this while you were writing. Nothing of yours is kept yet, and "
            "nothing of theirs is lost. Look at how it stands now, then save again."
        )
