"""Whether what is kept is still what was left: every log, row and anchor under our mark."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db.models import F

from firsthand.access import anchors, grants, log, rules
from firsthand.access.models import Grant, LogHead, LogLine
from firsthand.config.talk import Progress
from firsthand.people import roll
from firsthand.repair import verdicts
from firsthand.repair.models import Promise
from firsthand.testimony.queries import counted_changed
from firsthand.vault import derive, items, sweep
from firsthand.vault.models import Item, Keyring
from firsthand.vault.seal import Tampered


def all_that_is_wrong() -> list[str]:
    """Return a line for whatever is not as it was left.

    Looked at twice when there is anything: people may be writing while we read, and what was
    changed from outside is still changed a moment later.
    """
    found = _all_that_seems_wrong()
    again = set(_all_that_seems_wrong()) if found else set()
    return [what for what in found if what in again]


def _all_that_seems_wrong() -> list[str]:
    looks = (
        logs_that_do_not_hold, items_put_back, items_taken, grants_forged, verdicts_forged,
        counts_forged,
    )  # fmt: skip
    return [what for look in looks for what in look()]


def logs_that_do_not_hold() -> list[str]:
    """Return a line for each item whose log was touched, cut or put back, named by its id."""
    found = {str(item): "its log was changed" for item in _tampered()}
    try:
        found |= {str(item): "its log was put back or cut" for item in anchors.broken()}
    except Tampered:
        found[anchors.NAME] = "the file of anchors was changed"
    return [f"{name} ({what})" for name, what in sorted(found.items())]


def _tampered() -> list[object]:
    heads = set(LogHead.objects.values_list("item_id", flat=True))
    logged = sorted(heads | set(LogLine.objects.values_list("item_id", flat=True).distinct()))
    shown = Progress("Checking access logs", len(logged))
    wrong: list[object] = []
    for item in logged:
        wrong += log.tampered([item])
        shown.add(1)
    shown.end()
    return wrong


def items_put_back() -> list[str]:
    """Return a line for each item that does not stand as the last write in its log left it.

    Needs no keys: what the log marked is the sealed list of the item's contents.
    """
    last = dict(
        LogLine.objects.exclude(digest=b"").order_by("place").values_list("about", "digest")
    )
    wrong = [
        item
        for item in Item.objects.filter(id__in=last, erased=False).iterator(chunk_size=500)
        if not derive.same(items.digest_at_rest(item), bytes(last[item.id]))
    ]
    return [f"{item.id} (it was put back to how it was before, or swapped)" for item in wrong]


def items_taken() -> list[str]:
    """Return a line for each item that its owner did not erase, and that cannot be opened."""
    gone = (rules.WITHDREW, rules.CHANGED)
    ended = set(LogLine.objects.filter(done__in=gone, digest=b"").values_list("about", flat=True))
    erased = Item.objects.filter(erased=True).values_list("id", flat=True)
    lost = [
        f"{item} (it was erased, but not by its owner)"
        for item in erased
        if not ended & set(items.above(item))
    ]
    shut = Item.objects.filter(erased=False).exclude(wraps__keyring=F("owner"))
    lost += [f"{item.id} (its owner's key to it was taken)" for item in shut]
    bare = Item.objects.filter(erased=False, revision__gt=0).exclude(
        id__in=LogLine.objects.exclude(digest=b"").values("about")
    )
    return lost + [f"{item.id} (its log is gone)" for item in bare]


def grants_forged() -> list[str]:
    """Return a line for each grant that its owner did not sign, or ended, and that still stands."""
    rows = Grant.objects.filter(revoked_on=None)
    return [
        f"{row.item_id} (a grant of it was forged)" for row in rows if not _holds(grants.check, row)
    ]


def verdicts_forged() -> list[str]:
    """Return a line for each promise whose verdict is not what the person signed last."""
    logged = verdicts.words_logged(Promise.objects.all())
    rows = Promise.objects.select_related("item__owner").prefetch_related("events")
    return [
        f"{row.item_id} (the word on a promise was forged, or put back to an earlier one)"
        for row in rows
        if not _holds(lambda row: verdicts.check_whole(row, logged), row)
    ]


def rows_changed() -> list[str]:
    """Return a line for each row under the server's mark that is not as it was left."""
    found = [
        f"{model._meta.verbose_name} {key} (its row was changed)"
        for model in sweep.tables()
        for key in sweep.changed_rows(model)
    ]
    found += [f"team {team} (who is in it was changed)" for team in roll.out_of_order()]
    with suppress(Tampered):  # a file of anchors that was changed is said with the logs
        for kind, key in anchors.rows_put_back():
            found.append(f"{kind.partition('.')[2]} {key} (its row was put back or taken out)")
    return found


def counts_forged() -> list[str]:
    """Return a line for each telling that is counted otherwise than its owner left it."""
    return [f"{item} (what is counted of it was changed)" for item in counted_changed()]


def _holds(check: Callable[[Any], object], row: object) -> bool:
    try:
        check(row)
    except (Tampered, Keyring.DoesNotExist):
        return False
    return True
