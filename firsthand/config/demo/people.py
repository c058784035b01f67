"""The made-up bodies, teams and members of staff, each made the way the pages make them."""

from dataclasses import dataclass

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from firsthand.access.doer import Doer
from firsthand.config.demo import town
from firsthand.config.talk import Stop
from firsthand.people import actions, rules
from firsthand.people.forms.steward import OrganisationForm, TeamForm
from firsthand.people.models import Organisation, Team, User
from firsthand.people.queries import invitation_by, teams_of
from firsthand.vault import keyrings
from firsthand.vault.keys import Keys

_WITHOUT_TEAM = {
    rules.STEWARD: "runs the site", rules.RESEARCHER: "takes part in a review",
    rules.COORDINATOR: "codes texts with the researchers",
}  # fmt: skip


@dataclass(frozen=True)
class Someone:
    """A sign-in and its keys, in hand while the town is filled."""

    user: User
    keys: Keys

    @property
    def doer(self) -> Doer:
        """What a page would find when they are signed in."""
        hands = [self.keys, *keyrings.through([self.keys])]
        teams = tuple(teams_of(self.user)) if self.user.is_staff_role else ()
        return Doer(self.user, {keys.id: keys for keys in hands}, teams)


def bodies() -> dict[str, Team]:
    """Make the organisations and their teams; return the teams by their keys."""
    made: dict[str, Team] = {}
    for row in town.rows("organisations"):
        form = OrganisationForm({**row, "active": True}, instance=Organisation(demo=True))
        body = form.save()
        for each in row["teams"]:
            team = TeamForm(
                {"name": each["name"], "active": True}, instance=Team(organisation=body)
            )
            made[each["key"]] = team.save()
    return made


def staff(teams: dict[str, Team]) -> dict[str, Someone]:
    """Invite everyone who works here, have them accept, and let them in; by sign-in name."""
    made: dict[str, Someone] = {}
    first_in: dict[str, Someone] = {}
    for row in town.rows("staff"):
        key = row.get("team", "")
        someone = _hired(row, teams.get(key))
        if key in first_in:
            actions.let_in(first_in[key].doer.keys, someone.user, teams[key])
        elif key:
            first_in[key] = someone
        made[row["sign_in"]] = someone
    return made


def person(sign_in_name: str, passphrase: str) -> Someone:
    """Sign someone up as the page does."""
    user, keys, _ = actions.sign_up(sign_in_name, passphrase)
    return Someone(user, keys)


def _hired(row: dict[str, str], team: Team | None) -> Someone:
    link = actions.invite(None, row["role"], team)
    invitation = invitation_by(link.rstrip("/").rpartition("/")[2])
    if invitation is None:
        raise Stop("A made-up invitation did not work.")
    user, keys, _ = actions.accept(
        invitation,
        town.town()["passphrase"],
        sign_in_name=row["sign_in"],
        name=row["name"],
        email=town.town()["email"],
    )
    TOTP.activate(user, generate_totp_secret())
    actions.settle(user)
    return Someone(user, keys)


def names() -> list[tuple[str, str]]:
    """Return each sign-in name and who that is, in words."""
    people = [(row["sign_in"], "a person who told things") for row in town.rows("people")]
    return people + [(row["sign_in"], _who(row)) for row in town.rows("staff")]


def _who(row: dict[str, str]) -> str:
    place = {team["key"]: f"{team['name']}, {body['name']}"
             for body in town.rows("organisations") for team in body["teams"]}  # fmt: skip
    role = rules.ROLES[row["role"]].lower()
    return f"{role}, {place[row['team']] if 'team' in row else _WITHOUT_TEAM[row['role']]}"
