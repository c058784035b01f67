"""One request of the walk, what it shows, and what the permission table expects of it."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from firsthand.access.permissions import PERMISSIONS
from firsthand.access.table import SOMEONES, Answer, Permission, Whose
from firsthand.people import rules as roles
from tests.access.addresses import address, nowhere
from tests.access.town import (
    BY_PERSON,
    CONSULTS,
    DRAFT_EDITOR,
    IN_GROUP,
    IN_PROJECT,
    IN_REVIEW,
    PLANTED,
    PROJECT_OWNER,
    REVIEW_OWNER,
    Actor,
    Thing,
    Town,
)

TOLD = {Whose.OWNERS, Whose.READERS, Whose.COMPANIONS, Whose.OWNERS_AND_READERS}
OPEN = {200, 204, 302, 409, 422}
# Where there may be nothing to see for someone who may come: nothing brought, nothing set up yet.
OR_NOTHING = {Whose.OWN: {404, 410}, Whose.BROUGHT: {404}, Whose.MARKED: {404}}
EMPTY_AS_YET = {"indicators:table", "indicators:chart", "harms:changes", "harms:take"}
# To the pages of what was told, how far its conversation is makes no difference.
_STAGES_TOLD = {"draft", "kept", "asked", "closed", "withdrawn"}
# Their sitting has ended, or they hold as little as the steward who has no second step yet.
_LIKE_OTHERS = {
    "closed sign-in", "researcher without a second step", "coordinator without a second step",
}  # fmt: skip
_CHANGING = re.compile(
    r'(?<=nonce=")[^"]*'
    r'|(?<=name="csrfmiddlewaretoken" value=")[^"]*'
    r'|(?<=name="number" value=")[^"]*'
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)


# -- one request ------------------------------------------------------------------------------

# One for all: a new one would set up every middleware again for each of some ten thousand requests.
BROWSER = Client(raise_request_exception=False)


@dataclass(frozen=True)
class Seen:
    """What an answer shows to whoever asked, but for what changes every time."""

    status: int
    location: str
    body: str

    @property
    def words(self) -> list[str]:
        return [word for word in PLANTED if word in self.body or word in self.location]


def ask(actor: Actor, method: str, at: str, sent: dict[str, str] | None = None) -> Seen:
    """Return what `actor` gets; whatever it did is undone."""
    with transaction.atomic():
        answer = getattr(actor.sit_at(BROWSER), method)(at, sent or {})
        body = b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    shown = _readable(answer, body) + str(answer.headers.get("Content-Disposition", ""))
    location = _CHANGING.sub("…", answer.headers.get("Location", ""))
    return Seen(answer.status_code, location, _CHANGING.sub("…", shown))


def _readable(answer: HttpResponse, body: bytes) -> str:
    """Return a body as it is read; of a zip file, which is looked for no words, what tells it."""
    if answer.headers.get("Content-Type") == "application/zip":
        return hashlib.sha256(body).hexdigest()
    return body.decode("utf-8", "replace")


# -- what the table says ----------------------------------------------------------------------


def at_the_door(row: Permission, actor: Actor) -> Answer:
    """What is expected before anything is looked up."""
    if not row.who.roles:
        return Answer.YES
    if actor.user is None:
        return Answer.SIGN_IN
    if actor.role not in row.who.roles:
        return Answer.NO
    staff = actor.role != roles.PERSON
    return (
        Answer.SET_UP_MFA if staff and row.who.second_step and not actor.second_step else Answer.YES
    )


def is_theirs(whose: Whose, actor: Actor, thing: Thing) -> bool:
    """Whether the thing is one of those that `actor` may come to."""
    owns = actor.name == thing.owner
    reads = set(actor.teams) & set(thing.readers)
    return {
        Whose.OWNERS: owns,
        Whose.READERS: thing.asked in reads,
        Whose.COMPANIONS: bool(set(actor.teams) & set(thing.companions)),
        Whose.OWNERS_AND_READERS: owns or bool(reads),
        Whose.REVIEWS: actor.name in IN_REVIEW,
        Whose.REVIEW_OWNERS: actor.name == REVIEW_OWNER,
        Whose.DRAFTS: actor.name == DRAFT_EDITOR,
        Whose.PROJECTS: actor.name in IN_PROJECT,
        Whose.PROJECT_OWNERS: actor.name == PROJECT_OWNER,
        Whose.CONSULTED: actor.name == CONSULTS,
        Whose.GROUP_MEMBERS: actor.name in IN_GROUP,
        Whose.MARKED: actor.name == PROJECT_OWNER,  # they marked the town's passage
        Whose.MEMBERS: thing.asked in (*actor.teams, *actor.in_without_keys),
    }.get(whose, True)


def wrong(row: Permission, actor: Actor, thing: Thing, seen: Seen, nothing: Seen) -> str:
    """Say what is wrong with an answer; nothing when it is as the table says."""
    door = at_the_door(row, actor)
    if door is Answer.SIGN_IN:
        right = seen.status == 302 and seen.location.startswith(reverse(settings.LOGIN_URL) + "?")
    elif door is Answer.SET_UP_MFA:
        right = seen.status == 302 and seen.location == reverse("mfa_index")
    elif door is Answer.NO or not is_theirs(row.whose, actor, thing):
        right = seen.status == 404
    else:
        return _wrong_for_them(row, thing, seen)
    if not right:
        return f"expected {door.value}, not theirs"
    if seen.words:
        return f"shows {seen.words}"
    same = (seen.status, seen.body) == (nothing.status, nothing.body)
    return "" if same else "tells that something is there"


def _wrong_for_them(row: Permission, thing: Thing, seen: Seen) -> str:
    gone = {404, 409} if thing.stage == "withdrawn" else set()
    if gone and row.whose in (Whose.OWNERS, Whose.OWNERS_AND_READERS):
        return "" if seen.status in gone and not seen.words else "is gone, and still answers"
    if seen.status not in OPEN | OR_NOTHING.get(row.whose, set()):
        return "is theirs, and does not open"
    shut = seen.location.partition("?")[0] == reverse(settings.LOGIN_URL)
    if shut and row.whose not in (Whose.BROUGHT, Whose.OWN):
        return "is theirs, and asks them to sign in"
    return f"shows {seen.words}" if seen.words and row.whose not in SOMEONES else ""


# -- what is tried ----------------------------------------------------------------------------


def methods_of(name: str, town: Town) -> list[str]:
    """Return the methods that the view behind a name takes: to others it says 405 to all alike."""
    row, taken = PERMISSIONS[name], []
    for method in ("get", "post"):
        asked = [each for each in town.actors if at_the_door(row, each) is Answer.YES]
        said = {ask(each, method, nowhere(name)).status == 405 for each in asked[:2]}
        assert len(said) == 1, (name, method)
        taken += [method] if said == {False} else []
    return taken


def things_at(name: str, town: Town) -> list[Thing]:
    """Return the things this address can lead to, and that it makes a difference for."""
    row = PERMISSIONS[name]
    if row.whose not in TOLD:
        return [town.thing(f"{BY_PERSON}, asked, service")]
    told = name.startswith("testimony") and row.whose is Whose.OWNERS
    found = [each for each in town.things if not told or each.stage in _STAGES_TOLD]
    return [each for each in found if address(name, town, each)]


def visits(name: str, town: Town) -> Iterator[tuple[Actor, list[Thing]]]:
    """Yield everyone with the things they try. Who is stopped at the door only tries one."""
    row, things = PERMISSIONS[name], things_at(name, town)
    for actor in town.actors:
        stopped = at_the_door(row, actor) is not Answer.YES or actor.name in _LIKE_OTHERS
        yield actor, things[:1] if stopped else things
