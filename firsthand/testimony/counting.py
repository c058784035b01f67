"""What is counted of a telling: only while its owner wishes so, and nothing before it is kept."""

from firsthand.access import door
from firsthand.access.doer import Doer
from firsthand.testimony import rules, tallies
from firsthand.testimony.answers import Answers
from firsthand.testimony.models import Counted, Testimony
from firsthand.testimony.queries import organisation
from firsthand.vault.items import OpenItem


def recount(doer: Doer, row: Testimony, opened: OpenItem, said: Answers) -> OpenItem:
    """Count a telling as it is answered now, or no longer; return it as that leaves it."""
    if rules.COUNT not in said.wishes or row.told_on is None:
        Counted.objects.filter(testimony=row).delete()
        return _tally(doer, row, opened, None)
    picked = organisation(said)
    kind = said.service_kind or (picked.service_kind if picked else "")
    Counted.objects.update_or_create(
        testimony=row,
        defaults={
            "model_version": said.model_version,
            "codes": list(said.codes),
            "month": row.told_on.replace(day=1),
            "service_kind": kind or "not-said",
            "place": picked.place if picked else "",
        },
    )
    # Once only: what someone changes later says nothing of what they thought of a suggestion.
    return _tally(doer, row, opened, tallies.noted(opened) or tallies.of(said))


def forget(row: Testimony, opened: OpenItem) -> None:
    """Take a telling that is about to be erased out of everything that was counted."""
    Counted.objects.filter(testimony=row).delete()
    if fared := tallies.noted(opened):
        tallies.take_away(fared)


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
