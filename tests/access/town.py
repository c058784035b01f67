"""A town for the walk: what two people told, at every stage, and everyone who may try to read it.

All of it is made by the site's own actions. The facts beside it (who owns, who was let in) are
noted here by hand, so that the walk compares the site with them and not with itself.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone

from firsthand.access import door
from firsthand.access.doer import Doer
from firsthand.codebook.actions import projects
from firsthand.evidence.actions import reviews
from firsthand.harms.actions import drafting, grounds
from firsthand.people import actions as people
from firsthand.people import rules as roles
from firsthand.people.models import Invitation, Team, User
from firsthand.people.queries import teams_of
from firsthand.repair import actions as repair
from firsthand.repair import letting_in
from firsthand.repair import rules as repairing
from firsthand.repair.models import Promise, Request
from firsthand.repair.posting import Turn
from firsthand.repair.words import Pledge, Said
from firsthand.testimony import actions as telling
from firsthand.testimony import attaching, researching
from firsthand.testimony import rules as told
from firsthand.testimony.files import CleanFile
from firsthand.testimony.models import Attachment, Testimony
from firsthand.vault import keyrings
from firsthand.vault.sessions import SessionStore
from tests.codebook.kit import Coded
from tests.consultation.group_kit import Grouped
from tests.consultation.survey_kit import Surveyed
from tests.evidence.kit import Reviewed
from tests.harms import drafting_kit
from tests.people import kit

# What nobody may read who was not let in: words told, written, answered, promised; file names.
PLANTED = ("bluebell", "foxglove", "cowslip", "campion", "harebell", "speedwell", "yarrow")
BY_RECEIPT, BY_PERSON = "receipt owner", "person owner"
# Who takes part in the review of the town: by being asked, whatever their role.
REVIEW_OWNER = "researcher"
DRAFT_EDITOR = "researcher"
IN_REVIEW = (REVIEW_OWNER, "coordinator", "steward who reviews")
# The same of its coding project, which is for researchers and coordinators alone.
PROJECT_OWNER = "researcher"
IN_PROJECT = (PROJECT_OWNER, "coordinator")


# Its group and its survey: who runs both, and who is in the group, by a code or a sign-in.
CONSULTS = "coordinator"
IN_GROUP = ("member by code", BY_PERSON)


@dataclass
class Actor:
    """Someone with a browser.

    `teams` are those whose keys they have in hand; `in_without_keys` those they wait for, or are
    in with their keys closed.
    """

    name: str
    cookie: str = ""
    user: User | None = None
    second_step: bool = True
    teams: tuple[str, ...] = ()
    in_without_keys: tuple[str, ...] = ()

    @property
    def role(self) -> str:
        return self.user.role if self.user else ""

    def sit_at(self, client: Client) -> Client:
        """Return a browser that is theirs now, as it was when they sat down."""
        client.cookies.clear()
        if self.cookie:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookie
        return client


@dataclass
class Thing:
    """Something told, at one stage. `asked` is whom its conversation is with."""

    owner: str
    stage: str
    asked: str = "service"
    testimony: Testimony | None = None
    attachment: Attachment | None = None
    request: Request | None = None
    file: uuid.UUID | None = None
    promise: uuid.UUID | None = None
    readers: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.owner}, {self.stage}, {self.asked}"


@dataclass
class Town:
    """Everyone, everything they told, and what else an address may name."""

    actors: list[Actor]
    teams: dict[str, Team]
    users: dict[str, User]
    things: list[Thing]
    invitation: Invitation
    invitation_secret: str
    review: Reviewed
    coding: Coded
    group: Grouped
    surveyed: Surveyed
    draft: dict[str, uuid.UUID]

    def actor(self, name: str) -> Actor:
        return next(each for each in self.actors if each.name == name)

    def thing(self, named: str) -> Thing:
        return next(each for each in self.things if str(each) == named)


# -- people -----------------------------------------------------------------------------------


class Builder:
    """Builds the town."""

    def __init__(self) -> None:
        kinds = {"service": roles.PROVIDER, "elsewhere": roles.PROVIDER, "study": roles.RESEARCH}
        names = ("service", "elsewhere", "helpers", "former", "lapsed", "apart", "study")
        self.teams = {
            name: kit.team(kinds.get(name, roles.ADVOCACY), f"The {name}") for name in names
        }
        self.actors = [Actor("nobody")]
        self.staff: dict[str, kit.Someone] = {}

    def build(self) -> Town:
        self._persons()
        self._members()
        self._others()
        things = self._things()
        self._leave()
        link = people.invite(self.staff["steward"].user, roles.ADVOCATE, self.teams["service"])
        users = {name: each.user for name, each in self.staff.items()}
        secret = link.rstrip("/").rpartition("/")[2]
        invitation = Invitation.objects.get()
        return Town(
            self.actors, self.teams, users, things, invitation, secret, self._review(),
            self._coding(),
            self._group(),
            self._surveyed(),
            self._draft(),
        )  # fmt: skip

    def _persons(self) -> None:
        owner = kit.person("owner")
        self._sit(BY_PERSON, owner)
        self._sit("owner, keys closed", owner, keys=False)
        self._sit("other person", kit.person("other"))
        self.receipts = self._receipt_sitting(BY_RECEIPT)
        telling.begin(Doer(), self._receipt_sitting("other receipt"), "x" * 22, "Something else.")

    def _members(self) -> None:
        for name, team in (
            ("responder", "service"), ("colleague", "service"), ("leaver", "service"),
            ("stranger", "elsewhere"), ("advocate", "helpers"), ("former advocate", "former"),
            ("lapsed advocate", "lapsed"), ("other advocate", "apart"),
            ("learner", "study"),
        ):  # fmt: skip
            self._join(name, team)
        self._join("newcomer", "service", admitted=False)
        self._join("no second step", "service", admitted=False, second_step=False)
        self._sit("responder, keys closed", self.staff["responder"], keys=False)
        self.actors[-1].in_without_keys = ("service",)

    def _others(self) -> None:
        for role in (roles.RESEARCHER, roles.COORDINATOR, roles.STEWARD):
            self.staff[role] = kit.staff(role, name=role.title())
            self._sit(role, self.staff[role])
            bare = kit.staff(role, name=f"Bare {role}", second_step=False)
            self._sit(f"{role} without a second step", bare, keys=False, second_step=False)
        for role, name in (
            (roles.RESEARCHER, "other researcher"),
            (roles.RESEARCHER, "former reviewer"),
            (roles.STEWARD, "steward who reviews"),
        ):
            self.staff[name] = kit.staff(role, name=name.title())
            self._sit(name, self.staff[name])
        gone = kit.staff(roles.RESPONDER, self.teams["elsewhere"], name="Gone")
        self._sit("closed sign-in", gone)
        people.close(gone.user)
        self.actors[-1].user = None

    def _join(self, name: str, team: str, admitted: bool = True, second_step: bool = True) -> None:
        kind = self.teams[team].organisation.kind
        someone = kit.staff(roles.role_for(kind), name=name.title(), second_step=second_step)
        self.staff[name] = someone
        people.join(someone.user, self.teams[team])
        first = next(each for each in self.staff if each in ("responder", name))
        if admitted and team == "service" and name != "responder":
            people.let_in(self.doer(first).keys, someone.user, self.teams[team])
        self._sit(name, someone, keys=second_step, second_step=second_step)
        actor = self.actors[-1]
        actor.teams, actor.in_without_keys = ((team,), ()) if admitted else ((), (team,))

    def _leave(self) -> None:
        """One leaves the team, having read; their browser is still open."""
        people.leave(self.staff["leaver"].user, self.teams["service"])
        leaver = next(each for each in self.actors if each.name == "leaver")
        leaver.teams = ()

    def _sit(
        self, name: str, someone: kit.Someone, *, keys: bool = True, second_step: bool = True
    ) -> None:
        client = Client()
        client.force_login(someone.user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        if keys:
            SessionStore(cookie).hold(someone.keys)
        self.actors.append(Actor(name, cookie, someone.user, second_step))
        self.staff.setdefault(name, someone)

    def _receipt_sitting(self, name: str) -> SessionStore:
        store = SessionStore()
        store["begun"] = True
        store.save()
        self.actors.append(Actor(name, store.secret))
        return store

    def doer(self, name: str) -> Doer:
        """Return someone as `doer_of` would find them."""
        someone = self.staff[name]
        hands = [someone.keys, *keyrings.through([someone.keys])]
        staff = someone.user.is_staff_role
        teams = tuple(teams_of(someone.user)) if staff else ()
        return Doer(someone.user, {keys.id: keys for keys in hands}, teams)

    # -- the review they work on ----------------------------------------------------------------

    def _review(self) -> Reviewed:
        """A review in which something of everything is; one reviewer has left it."""
        owner = reviews.make(self.staff[REVIEW_OWNER].user, {"title": "Yarrow", "question": "?"})
        others = [
            reviews.add_member(owner, self.staff[name].user, "reviewer")
            for name in (*IN_REVIEW[1:], "former reviewer")
        ]
        reviews.end_member(owner, others[-1])
        return Reviewed.filled(owner, others[0])

    def _group(self) -> Grouped:
        """A group in which something of everything is; a member and a facilitator have left it."""
        by, former = (self.staff[name].user for name in (CONSULTS, "former reviewer"))
        store, gone = (self._receipt_sitting(name) for name in (IN_GROUP[0], "member who left"))
        return Grouped.filled(by, former, store, gone, self.doer(BY_PERSON))

    def _surveyed(self) -> Surveyed:
        """A survey in which something of everything is; one who ran it does so no longer."""
        owner, former = (self.staff[name] for name in (CONSULTS, "former reviewer"))
        return Surveyed.filled(owner.user, owner.keys, former.user)

    def _coding(self) -> Coded:
        """A coding project in which something of everything is; one coder has left it."""
        owner = projects.make(
            self.staff[PROJECT_OWNER].user, {"title": "Yarrow coded", "question": "?"}
        )
        others = [
            projects.add_coder(owner, self.staff[name].user, "coder")
            for name in (IN_PROJECT[1], "former reviewer")
        ]
        projects.end_coder(owner, others[-1])
        return Coded.filled(owner, others[0])

    def _draft(self) -> dict[str, uuid.UUID]:
        """A draft of the model; one editor has left it."""
        by = drafting.begin(self.staff[DRAFT_EDITOR].user, "next")
        left = drafting.add_editor(by, self.staff["former reviewer"].user)
        drafting.end_editor(by, left)
        words = drafting_kit.words(label="Yarrow in the way")
        change = drafting.reword(by, "S1", words, "yarrow")
        row = grounds.put(by.version, "S1", "paper", "Yarrow 2020", 1, by=by.user)
        return {"draft": by.version.pk, "change": change.id, "ground": row.id, "editor": by.id}

    # -- what they told ---------------------------------------------------------------------

    def _things(self) -> list[Thing]:
        found = []
        for whose in (BY_RECEIPT, BY_PERSON):
            found += [
                self._thing(whose, stage) for stage in STAGES if stage not in _LEFT_OUT[whose]
            ]
            found.append(self._thing(whose, "asked", "helpers"))
        return found

    def _owner(self, whose: str) -> Doer:
        if whose == BY_PERSON:
            return self.doer(BY_PERSON)
        return Doer(None, {keys.id: keys for keys in self.receipts.in_hand()})

    def _thing(self, whose: str, stage: str, asked: str = "service") -> Thing:
        number = uuid.uuid4().hex
        doer = self._owner(whose)
        begun = telling.begin(doer, self.receipts, number, "They dug up the bluebell bed.")
        doer, row = self._owner(whose), Testimony.objects.get(id=begun)
        attachment = attaching.add(doer, row, _text_file())
        thing = Thing(whose, stage, asked, row, attachment)
        for step in STAGES[stage]:
            step(self, doer, thing)
            thing.testimony = Testimony.objects.get(id=begun)
        return thing


def _text_file() -> CleanFile:
    return CleanFile("harebell.txt", "text", "text/plain", b"speedwell by the gate")


def keep(town: Builder, doer: Doer, thing: Thing) -> None:
    telling.save(doer, thing.testimony, "wishes", {"wishes": (told.HELP, told.ANSWER)})
    telling.finish(doer, thing.testimony)


def share(town: Builder, doer: Doer, thing: Thing) -> None:
    """With those who are to read, and with those whose time is over before the walk begins."""
    item = thing.testimony.item_id
    yesterday = timezone.localdate() - timedelta(days=1)
    until: dict[str, date | None] = {"lapsed": yesterday}
    for name in ("service", "helpers", "former", "lapsed"):
        opened, team = door.look(doer, item), town.teams[name]
        telling.share(doer, thing.testimony, opened, team, until.get(name))
    telling.stop_sharing(doer, thing.testimony, town.teams["former"])
    # Who learns from it reads it in a coding project, and comes to no address of this table.
    researching.let_in(doer, thing.testimony, [town.teams["study"]], None)
    thing.readers = ("service", "helpers")
    thing.request = _request(town, thing)
    if thing.asked == "service":
        letting_in.let_in(doer, thing.request, town.teams["helpers"], earlier=False)
        thing.companions = ("helpers",)
    turn = Turn(uuid.uuid4().hex, Said(text="The foxglove as well."), [_text_file()])
    message = repair.write(doer, thing.request, repairing.PERSON, turn)
    thing.file = message.files.get().id


def read(town: Builder, doer: Doer, thing: Thing) -> None:
    thing.request = repair.note_opened(thing.request, repairing.TEAM)


def answer(town: Builder, doer: Doer, thing: Thing, pledges: tuple[Pledge, ...] = ()) -> None:
    said = Said(heard="You loved the cowslip too.", cannot="We cannot undo it.")
    turn = Turn(uuid.uuid4().hex, said, pledges=pledges)
    repair.answer(town.doer("responder"), thing.request, turn)
    thing.request = _request(town, thing)


def promise(town: Builder, doer: Doer, thing: Thing) -> None:
    due = timezone.localdate() + timedelta(days=30)
    answer(town, doer, thing, (Pledge("Plant campion.", "Responder", due),))
    thing.promise = Promise.objects.get(request=thing.request).id


def judged(verdict: str) -> Callable[[Builder, Doer, Thing], None]:
    def judge(town: Builder, doer: Doer, thing: Thing) -> None:
        row = Promise.objects.get(id=thing.promise)
        repair.judge(doer, thing.request, row, verdict, uuid.uuid4().hex)
        thing.request = _request(town, thing)

    return judge


def close(town: Builder, doer: Doer, thing: Thing) -> None:
    repair.close(doer, thing.request)
    thing.request = _request(town, thing)


def stop(town: Builder, doer: Doer, thing: Thing) -> None:
    telling.stop_sharing(doer, thing.testimony, town.teams[thing.asked])
    thing.readers = tuple(each for each in thing.readers if each != thing.asked)
    thing.request = _request(town, thing)


def withdraw(town: Builder, doer: Doer, thing: Thing) -> None:
    telling.withdraw(doer, thing.testimony)
    thing.readers = thing.companions = ()


def _request(town: Builder, thing: Thing) -> Request:
    rows = Request.objects.select_related("team__organisation", "item")
    return rows.get(testimony=thing.testimony, team=town.teams[thing.asked])


# Verdicts are shared out between the two: the walk is long as it is.
_LEFT_OUT = {BY_RECEIPT: ("promise kept",), BY_PERSON: ("promise partly kept", "promise broken")}
_SHARED = (keep, share)
_PROMISED = (*_SHARED, read, promise)
STAGES: dict[str, tuple[Callable[[Builder, Doer, Thing], None], ...]] = {
    "draft": (),
    "kept": (keep,),
    "asked": _SHARED,
    "read": (*_SHARED, read),
    "answered": (*_SHARED, read, answer),
    "promised": _PROMISED,
    "promise kept": (*_PROMISED, judged(repairing.KEPT)),
    "promise partly kept": (*_PROMISED, judged(repairing.PARTLY)),
    "promise broken": (*_PROMISED, judged(repairing.BROKEN)),
    "closed": (*_PROMISED, close),
    "stopped": (*_PROMISED, stop),
    "withdrawn": (*_PROMISED, withdraw),
}
