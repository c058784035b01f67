"""Whether what is kept is still what was left: every access log, and every anchor."""

from firsthand.access import anchors, log
from firsthand.access.models import LogHead, LogLine
from firsthand.config.talk import Progress
from firsthand.vault import derive, items
from firsthand.vault.models import Item
from firsthand.vault.seal import Tampered


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
