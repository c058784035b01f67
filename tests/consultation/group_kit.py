"""Groups for tests: made by the site's own actions, with people who run them and are in them."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firsthand.access.doer import Doer
from firsthand.consultation import codes, group_policies, rules
from firsthand.consultation.actions import commenting, groups, inviting, meetings, taking_part
from firsthand.consultation.models import (
    Comment,
    Facilitator,
    Group,
    GroupMeeting,
    GroupMember,
    Invited,
)
from firsthand.harms.models import Entry, ModelVersion
from firsthand.people import rules as roles
from firsthand.people.models import User
from firsthand.vault.keys import Keys
from firsthand.vault.sessions import SessionStore
from tests.repair.conftest import Someone, someone

GROUP: dict[str, Any] = {
    "kind": rules.ADVISORY, "title": "Lantern group (made up)", "purpose": "To read the draft.",
    "version": None, "before": "Sam, by phone", "during": "Sam is in the next room", "after": "",
    "pay": "£25 a meeting", "pay_how": "A voucher on the day",
}  # fmt: skip
SHEET = "You can stop at any time."
MEETING: dict[str, Any] = {
    "title": "Yarrow meeting", "starts_at": datetime(2999, 3, 2, 14, tzinfo=UTC), "how": "video",
    "place": "yarrow room", "agenda": "yarrow agenda",
}  # fmt: skip


def draft(slug: str = "next") -> ModelVersion:
    """Return a draft of the model with a source, an experience of it and an impact."""
    version = ModelVersion.objects.create(
        slug=slug, title="The next version (a draft)", citation="", made_by="",
        published_to_the="day", stages=[], says_who={}, schemes={}, loaded_by="a test",
        loaded_on=timezone.localdate(),
    )  # fmt: skip
    source = entry(version, 1, "S1", "source", "Not being believed")
    entry(version, 2, "S1.1", "experience", "Being told it is in your head", parent=source)
    entry(version, 3, "I1", "impact", "Losing trust")
    return version


def entry(
    version: ModelVersion, position: int, code: str, kind: str, label: str, **more: Any
) -> Entry:
    return Entry.objects.create(
        version=version, position=position, code=code, kind=kind, rank=str(position),
        ranked_by="survey", name=label, label=label, description=f"{label}, in more words.",
        examples=[], stages=[], **more,
    )  # fmt: skip


@dataclass
class Own:
    """A member with what they hold: their keys, and a browser in which these are in hand."""

    member: GroupMember
    keys: Keys
    user: Someone | None = None
    browser: Client = field(default_factory=Client)

    @property
    def doer(self) -> Doer:
        return Doer(self.user.user if self.user else None, {self.keys.id: self.keys})

    @property
    def row(self) -> GroupMember:
        """Their membership as the site finds it today. Raises Refused."""
        return group_policies.check_own(self.doer, self.member.group_id)


@dataclass
class World:
    """A group, who runs it, and its members by name."""

    runs: Facilitator
    people: dict[str, Someone]
    members: dict[str, Own] = field(default_factory=dict)

    @classmethod
    def made(cls, **more: Any) -> "World":
        """Return a group that Ada runs; Eve is a researcher who has nothing to do with it."""
        people = {name: someone(roles.RESEARCHER, name) for name in ("Ada", "Eve")}
        runs = groups.make(people["Ada"].user, {**GROUP, **more})
        groups.write_sheet(runs, SHEET, rules.USES)
        return cls(runs, people)

    @property
    def group(self) -> Group:
        return Group.objects.get(id=self.runs.group_id)

    @property
    def ada(self) -> Doer:
        return self.people["Ada"].doer

    def invite(self) -> tuple[Invited, str]:
        """Return an invitation and its code."""
        code = inviting.by_codes(self.runs, "Come and read with us.", 1)[0]
        return self.group.invited.order_by("-number")[0], code

    def join(self, name: str, uses: tuple[str, ...] = tuple(rules.USES)) -> Own:
        """Return someone who came by a code, agreed, and chose a name."""
        invited, _ = self.invite()
        store = sitting()
        member = inviting.accept(Doer(), store, invited, f"form of {name}")
        keys = store.in_hand()[0]
        own = Own(member, keys)
        own.browser.cookies["sitting"] = store.secret
        sheet = self.group.sheets.order_by("-version")[0]
        taking_part.agree(own.row, sheet, uses)
        taking_part.call(own.row, name)
        self.members[name] = own
        return own

    def meet(self, days: int = 7, **more: Any) -> GroupMeeting:
        """Return a meeting so many days from now."""
        starts = timezone.now() + timedelta(days=days)
        wanted = {"title": "First meeting", "starts_at": starts, "how": "video", "place": "",
                  "agenda": "Tea, then the draft", **more}  # fmt: skip
        return meetings.add(self.runs, wanted)

    def at(self, name: str, *more: object) -> str:
        return reverse(f"consultation:{name}", args=[self.runs.group_id, *more])

    def browser(self, who: str) -> Client:
        return self.members[who].browser if who in self.members else self.people[who].browser()

    def get(self, who: str, name: str, *more: object, status: int = 200) -> str:
        answer = self.browser(who).get(self.at(name, *more))
        return self.read(answer, status)

    def post(self, by: str, page: str, /, *more: object, status: int = 302, **sent: object) -> str:
        answer = self.browser(by).post(self.at(page, *more), sent)
        return self.read(answer, status) or str(answer["Location"])

    @staticmethod
    def read(answer: Any, status: int) -> str:
        shown = answer.content.decode()
        assert answer.status_code == status, (answer.status_code, shown)
        return re.sub(r"\s+", " ", shown)


def sitting() -> SessionStore:
    """Return a browser's sitting that has begun."""
    store = SessionStore()
    store["begun"] = True
    store.save()
    return store


@dataclass
class Grouped:
    """A group in which something of everything is, and what its addresses name."""

    runs: Facilitator
    invited: Invited
    member: GroupMember
    meeting: GroupMeeting
    comment: Comment

    @classmethod
    def filled(
        cls, by: User, former: User, store: SessionStore, gone: SessionStore, person: Doer
    ) -> "Grouped":
        """Fill a group: one came by a code and another by their sign-in, a third has left it."""
        runs = groups.make(by, {**GROUP, "title": "Yarrow", "version": draft("yarrow-draft")})
        doer = Doer(by, {})
        ended = groups.add_facilitator(runs, doer, former)
        groups.write_sheet(runs, "yarrow sheet", rules.USES)
        groups.end_facilitator(runs, doer, ended)
        member = cls._by_code(runs, store)
        leaver = cls._by_code(runs, gone)
        hands = {keys.id: keys for keys in gone.in_hand()}
        taking_part.leave(Doer(None, hands), leaver, rules.TAKE_OUT)
        inviting.to_sign_in(runs, "yarrow words", "owner")
        other = inviting.accept(person, store, Invited.objects.get(for_name__gt=""), "x")
        taking_part.agree(other, runs.group.sheets.get(), [rules.PART])
        inviting.by_codes(runs, "yarrow words", 1)
        invited = Invited.objects.order_by("-number")[0]
        inviting.ask(invited, "yarrow question")
        meeting = meetings.add(runs, MEETING)
        meetings.write_notes(runs, meeting, "notes", f"{member.called}: yarrow said")
        comment = commenting.say(member, "S1", rules.CHANGE, "yarrow comment", "x")
        return cls(runs, invited, member, meeting, comment)

    @staticmethod
    def _by_code(runs: Facilitator, store: SessionStore) -> GroupMember:
        code = inviting.by_codes(runs, "yarrow words", 1)[0]
        invited = Invited.objects.get(code_mark=codes.mark_of(code))
        member = inviting.accept(Doer(), store, invited, code)
        taking_part.agree(member, runs.group.sheets.get(), list(rules.USES))
        return member

    @property
    def addresses(self) -> dict[str, UUID]:
        return {
            "group": self.runs.group_id,
            "facilitator": self.runs.id,
            "who": self.member.id,
            "invited": self.invited.id,
            "meeting": self.meeting.id,
            "comment": self.comment.id,
        }
