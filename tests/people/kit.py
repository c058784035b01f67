"""People, staff and teams for tests: real sign-ins with real keys."""

import time
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.test import Client

from firsthand.people import actions, rules
from firsthand.people.backend import mark_of
from firsthand.people.models import Organisation, Team, User
from firsthand.vault.keys import Keys

PASSPHRASE = "lantern orbit gravel"
OTHER = "thimble cactus harbour"


@dataclass
class Someone:
    """A sign-in with all that its owner knows and has."""

    user: User
    keys: Keys
    sign_in_name: str
    passphrase: str
    printed: str
    secret: str = ""
    spare: tuple[str, ...] = ()

    def code(self, steps: int = 0) -> str:
        """Return the code the app shows now (or `steps` half minutes from now)."""
        return code_of(self.secret, steps)


def code_of(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def person(name: str = "quiet fox", passphrase: str = PASSPHRASE) -> Someone:
    """Return a person with a sign-in."""
    user, keys, printed = actions.sign_up(name, passphrase)
    return Someone(user, keys, name, passphrase, printed)


def staff(
    role: str = rules.ADVOCATE,
    team: Team | None = None,
    name: str = "Ada Brook",
    *,
    second_step: bool = True,
) -> Someone:
    """Return a member of staff, in `team` if one is given; with an app as second step or none."""
    sign_in_name = name.lower().replace(" ", ".")
    user = User(username=mark_of(sign_in_name), role=role, name=name, email="staff@example.org")
    user.set_password(PASSPHRASE)
    user.save()
    keys, printed = actions.give_keys(user, PASSPHRASE)
    someone = Someone(user, keys, sign_in_name, PASSPHRASE, printed)
    if second_step:
        give_second_step(someone)
    if team:
        actions.join(user, team)
    return someone


def give_second_step(someone: Someone) -> None:
    """Set an app and spare codes up."""
    someone.secret = generate_totp_secret()
    TOTP.activate(someone.user, someone.secret)
    someone.spare = tuple(RecoveryCodes.activate(someone.user).get_unused_codes())


def organisation(kind: str = rules.ADVOCACY, name: str = "Speaking Up") -> Organisation:
    return Organisation.objects.create(name=name, kind=kind)


def team(kind: str = rules.ADVOCACY, name: str = "Duty team") -> Team:
    return Team.objects.create(organisation=organisation(kind), name=name)


def sign_in(client: Client, someone: Someone, *, to: str = "") -> str:
    """Sign in through the pages, the second step included; return where that leads."""
    sent = {"login": someone.sign_in_name, "password": someone.passphrase}
    answer = client.post("/sign-in/" + (f"?next={to}" if to else ""), sent)
    assert answer.status_code == 302, answer.content.decode()
    if answer["Location"] == "/sign-in/code/":
        answer = client.post("/sign-in/code/", {"code": someone.code()})
        assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def in_hand(client: Client) -> set[str]:
    """Return the ids of the keyrings this browser's sitting has in hand."""
    return {str(keys.id) for keys in client.session.in_hand()}


def has_second_step(user: User) -> bool:
    return Authenticator.objects.filter(user=user).exists()
