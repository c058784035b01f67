"""Counting a telling anew after every change: only while its owner wishes so, once it is kept."""

from django.utils import timezone

from firsthand.access import door
from firsthand.access.doer import Doer
from firsthand.testimony import counting, rules, tallies
from firsthand.testimony.answers import Answers
from firsthand.testimony.coded import Coded
from firsthand.testimony.models import Testimony
from firsthand.testimony.queries import organisation
from firsthand.vault.items import OpenItem


def recount(doer: Doer, row: Testimony, opened: OpenItem, said: Answers) -> OpenItem:
    """Count a telling as it is answered now, or no longer; return it as that leaves it."""
    wanted = rules.COUNT in said.wishes and row.told_on is not None
    # Once only: what someone changes later says nothing of what they thought of a suggestion.
    fared = (tallies.noted(opened) or tallies.of(said)) if wanted else None
    opened = _tally(doer, row, opened, fared)
    # Last, for what is counted is bound to how the telling stands now.
    counting.keep(row, _coded(said) if wanted else None, timezone.localdate())
    return opened


def forget(row: Testimony, opened: OpenItem) -> None:
    """Take a telling that is about to be erased out of everything that was counted."""
    counting.keep(row, None, timezone.localdate())
    if fared := tallies.noted(opened):
        tallies.take_away(fared)


def _coded(said: Answers) -> Coded:
    picked = organisation(said)
    kind = said.service_kind or (picked.service_kind if picked else "")
    return Coded(said.model_version, said.codes, kind or "not-said", picked.place if picked else "")


def _tally(doer: Doer, row: Testimony, opened: OpenItem, fared: tallies.Fared | None) -> OpenItem:
    """Let the tallies hold `fared` of this telling, in place of what they held of it before."""
    before = tallies.noted(opened)
    if fared == before:
        return opened
    if before:
        tallies.take_away(before)
    if fared:
        tallies.add(fared)
    return door.change(doer, row.item_id, tallies.note(fared), seen=opened)
