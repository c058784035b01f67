"""Whether what is kept is still what was left: every access log, and every anchor."""

from firsthand.access import anchors, log
from firsthand.access.models import LogHead, LogLine
from firsthand.config.talk import Progress
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
    items = sorted(heads | set(LogLine.objects.values_list("item_id", flat=True).distinct()))
    shown = Progress("Checking access logs", len(items))
    wrong: list[object] = []
    for item in items:
        wrong += log.tampered([item])
        shown.add(1)
    if items:
        shown.end()
    return wrong
