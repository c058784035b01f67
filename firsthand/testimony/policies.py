"""Who may do what to a testimony. Each check raises a refusal written for the person refused."""

from firsthand.access import door
from firsthand.access.doer import Doer
from firsthand.access.refused import Refused, not_now
from firsthand.testimony import rules
from firsthand.testimony.models import Testimony


def check_own(doer: Doer, testimony: Testimony | None) -> Testimony:
    """Only the owner, who reads in the log of others' tries; those learn nothing."""
    if testimony is None:
        raise Refused
    if not doer.owns(testimony.item.owner_id):
        door.refuse(doer, testimony.item_id)
    return testimony


def check_open(testimony: Testimony) -> Testimony:
    """Nothing can be done to what was withdrawn."""
    if testimony.stage == rules.WITHDRAWN:
        raise not_now("You withdrew this. What it said is gone, so it cannot be opened or changed.")
    return testimony


def check_kept(testimony: Testimony) -> Testimony:
    """Nothing is let be learned from before it is kept for good."""
    if check_open(testimony).stage == rules.DRAFT:
        raise not_now("First keep what you are telling us. Then you can let researchers read it.")
    return testimony


def check_move(testimony: Testimony, to: str) -> None:
    """Stages only change as the table of moves says."""
    if not rules.may_move(testimony.stage, to):
        now = rules.STAGES[testimony.stage].lower()
        raise not_now(f"This cannot be done now: what you told us is already {now}.")
