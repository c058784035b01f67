"""Who may do what to a request. Each check raises a refusal written for the person refused."""

from typing import NoReturn

from django.utils import timezone

from firsthand.access import door, grants
from firsthand.access.doer import Doer
from firsthand.access.refused import Refused, not_now
from firsthand.people.models import Team
from firsthand.repair import rules
from firsthand.repair.models import Promise, Request
from firsthand.vault import items
from firsthand.vault.items import OpenItem

_NOT_NOW = {
    rules.CLOSED: "This conversation is closed. Only the person who asked can open it again.",
    rules.STOPPED: "This conversation is no longer shared, so nothing more can be written in it.",
    rules.WITHDRAWN: "This was withdrawn. What it said is gone.",
}
_KEYS_ANEW = (
    "Your team's keys began anew after this was shared, because nobody was left who held the old "
    "ones. So nobody here can open it. The person has to choose your team once more."
)


def check_found(request: Request | None) -> Request:
    """Something that is there."""
    if request is None:
        raise Refused
    return request


def check_person(doer: Doer, request: Request | None) -> Request:
    """Only the one who asked; someone else's try is logged, and they learn nothing."""
    row = check_found(request)
    if not doer.owns(row.item.owner_id):
        _refuse(doer, row)
    return row


def check_team(doer: Doer, request: Request | None) -> Request:
    """Only a member of the team that was asked, while the person lets them in."""
    row = check_found(request)
    if not _is_let_in(doer, row):
        _refuse(doer, row)
    if not items.readers(row.item_id) & set(doer.hands):
        raise not_now(_KEYS_ANEW)
    return row


def check_companion(doer: Doer, request: Request | None) -> Team:
    """Only a member of a team the person let in beside them; returns which."""
    row = check_found(request)
    beside = [team for team in doer.teams if team.id != row.team_id]
    team = next((each for each in beside if grants.live(row.item_id, each)), None)
    if team is None or row.stage == rules.WITHDRAWN:
        _refuse(doer, row)
    return team


def enter(doer: Doer, request: Request) -> OpenItem:
    """Open what was asked, through the door: logged, or refused and logged."""
    return door.enter(doer, request.item_id)


def check_step(request: Request, step: str, party: str) -> None:
    """Stages only change as the table of moves says."""
    if not rules.may(request.stage, step, party):
        raise not_now(_NOT_NOW.get(request.stage, "This cannot be done at this stage."))
    if step in (rules.WRITE, rules.ANSWER) and not is_let_in(request):
        raise not_now("The time this was shared for is over, so nothing more can be written here.")


def check_promise(request: Request, promise: Promise | None) -> Promise:
    """A promise of this very conversation."""
    if promise is None or promise.request_id != request.id:
        raise Refused
    return promise


def is_let_in(request: Request) -> bool:
    """Say whether the team may open this request today."""
    today = timezone.localdate()
    ended = request.until is not None and request.until < today
    return request.stage in rules.SEEN_BY_TEAM and not ended


def _is_let_in(doer: Doer, request: Request) -> bool:
    ours = request.team_id in {team.id for team in doer.teams}
    return ours and is_let_in(request) and grants.live(request.item_id, request.team) is not None


def _refuse(doer: Doer, request: Request) -> NoReturn:
    """Raise Refused; the owner's log tells of anyone else's try."""
    if doer.owns(request.item.owner_id):
        raise Refused
    door.refuse(doer, request.item_id)
