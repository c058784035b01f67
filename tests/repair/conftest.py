"""A person who told something and asked two teams; the people in those teams."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from firsthand.access.doer import Doer
from firsthand.config.demo import clock
from firsthand.people import actions as people
from firsthand.people import rules as roles
from firsthand.people.models import Organisation, Team, User
from firsthand.people.queries import teams_of
from firsthand.repair.models import Request
from firsthand.testimony import actions as telling
from firsthand.testimony import rules as told
from firsthand.testimony.models import Testimony
from firsthand.vault import keyrings
from firsthand.vault.keys import Keys
from firsthand.vault.sessions import SessionStore

WORDS = "They planted the bluebell order without asking me."


def doer_for(user: User, *hands: Keys) -> Doer:
    """Someone signed in with these keys in hand, as `doer_of` would find them."""
    hands = (*hands, *keyrings.through(hands))
    teams = tuple(teams_of(user)) if user.is_staff_role else ()
    return Doer(user, {keys.id: keys for keys in hands}, teams)


@dataclass
class Someone:
    """A user and their own keys."""

    user: User
    keys: Keys

    @property
    def doer(self) -> Doer:
        return doer_for(User.objects.get(id=self.user.id), self.keys)

    def browser(self) -> Client:
        """A browser in which they are signed in and hold their keys."""
        client = Client()
        client.force_login(self.user)
        store = SessionStore(client.cookies["sitting"].value)
        store.hold(self.keys)
        return client


@dataclass
class Town:
    """One conversation asked for, and everyone around it."""

    person: Someone
    other_person: Someone
    advocate: Someone
    responder: Someone
    colleague: Someone
    stranger: Someone
    steward: Someone
    helpers: Team
    service: Team
    testimony: Testimony

    @property
    def request(self) -> Request:
        return Request.objects.get(team=self.service, testimony=self.testimony)

    @property
    def help_request(self) -> Request:
        return Request.objects.get(team=self.helpers, testimony=self.testimony)


def someone(role: str, name: str = "") -> Someone:
    email = f"{uuid.uuid4().hex}@example.org" if name else ""
    user = User.objects.create(username=uuid.uuid4().hex, role=role, name=name, email=email)
    keys, _ = people.give_keys(user, "a long enough passphrase")
    if name:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return Someone(user, keys)


def team(name: str, kind: str, *members: Someone) -> Team:
    organisation = Organisation.objects.create(
        name=f"{name} organisation", kind=kind, service_kind="supported-housing"
    )
    made = Team.objects.create(organisation=organisation, name=name)
    for place, member in enumerate(members):
        people.join(member.user, made)
        if place:
            people.let_in(members[0].doer.keys, member.user, made)
    return made


def tell(
    person: Someone, teams: list[Team], wishes: tuple[str, ...] = (), until: str = ""
) -> Testimony:
    """Tell something and share it, as the pages do."""
    found = telling.begin(person.doer, None, uuid.uuid4().hex, WORDS)  # type: ignore[arg-type]
    row = Testimony.objects.get(id=found)
    wishes = wishes or (told.COUNT, told.HELP, told.ANSWER)
    telling.save(person.doer, row, "wishes", {"wishes": wishes})
    chosen = {"teams": [str(each.id) for each in teams], "until": until}
    telling.save(person.doer, row, "readers", chosen)
    telling.finish(person.doer, row)
    return Testimony.objects.get(id=found)


def asked_long_ago(town: Town, until: str = "") -> Request:
    """What another person asked the service, thirty days ago."""
    with clock.on(timezone.localdate() - timedelta(days=30)):
        told = tell(town.other_person, [town.service], until=until)
    return Request.objects.get(testimony=told)


def lapsed(town: Town) -> Request:
    """What another person shared until yesterday."""
    return asked_long_ago(town, f"{timezone.localdate() - timedelta(days=1)}")


@pytest.fixture
def town(db: Any) -> Town:
    advocate = someone(roles.ADVOCATE, "Ada Vocate")
    responder = someone(roles.RESPONDER, "Rae Sponder")
    colleague = someone(roles.RESPONDER, "Col League")
    stranger = someone(roles.RESPONDER, "Straya Nger")
    person = someone(roles.PERSON)
    helpers = team("Helpers", roles.ADVOCACY, advocate)
    service = team("Service", roles.PROVIDER, responder, colleague)
    team("Elsewhere", roles.PROVIDER, stranger)
    return Town(
        person,
        someone(roles.PERSON),
        advocate,
        responder,
        colleague,
        stranger,
        someone(roles.STEWARD, "Stew Ard"),
        helpers,
        service,
        tell(person, [helpers, service]),
    )
