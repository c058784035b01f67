"""A small world: someone who told something, a team they may choose, a team they did not."""

import uuid
from dataclasses import dataclass

import pytest

from firsthand.access import door
from firsthand.access.doer import Doer
from firsthand.people import actions
from firsthand.people.models import Organisation, Team, User
from firsthand.vault import keyrings
from firsthand.vault.items import OpenItem
from firsthand.vault.keys import Keys

SAID = b"what happened"


def staff(team: Team, role: str = "advocate") -> Doer:
    """Someone in a team, with the team's keys in their hands."""
    user = User.objects.create(
        username=uuid.uuid4().hex, role=role, name="Made-up Advocate", email="a@example.org"
    )
    mine, _ = actions.give_keys(user, "a passphrase of their own")
    actions.join(user, team)
    return hands_of(user, mine, team)


def hands_of(user: User, mine: Keys, *teams: Team) -> Doer:
    keys = [mine, *keyrings.through([mine])]
    return Doer(user, {each.id: each for each in keys}, teams)


def team(name: str, kind: str = "advocacy") -> Team:
    body = Organisation.objects.create(name=f"{name} (made up)", kind=kind)
    return Team.objects.create(organisation=body, name=name)


@dataclass
class World:
    owner: Doer
    item: OpenItem
    team: Team
    member: Doer
    other_team: Team
    outsider: Doer


@pytest.fixture
def world(db) -> World:
    keys = Keys.fresh()
    keyring = keyrings.make("receipt", keys)
    owner = Doer(None, {keys.id: keys})
    item = door.create(owner, keyring, {"happened": SAID})
    chosen, other = team("Chosen"), team("Other")
    return World(owner, item, chosen, staff(chosen), other, staff(other))
