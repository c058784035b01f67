"""The permission table: every page by its name, and who may come to it.

This is the table an auditor reads. `who` is asked before the view runs; `then` says what the
view asks of the thing itself, by the policy that does so. `docs/reference/permissions.md` is
made from it, and a test walks every address, role, ownership and stage against it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.http import HttpRequest

from firsthand.people import rules as roles
from firsthand.people.models import User


class Answer(Enum):
    """What the table says to someone at the door."""

    YES = "yes"
    NO = "no"
    SIGN_IN = "sign in first"


SIGN_IN = Answer.SIGN_IN
Who = Callable[[HttpRequest], Answer]


@dataclass(frozen=True)
class Permission:
    """Who may come to a page, and what the page asks then."""

    who: Who
    then: str = "nothing more"

    def asks(self, request: HttpRequest) -> Answer:
        return self.who(request)


def anyone(request: HttpRequest) -> Answer:
    """Anyone, signed in or not."""
    return Answer.YES


def signed_in(request: HttpRequest) -> Answer:
    """Anyone with a sign-in."""
    return Answer.YES if isinstance(request.user, User) else SIGN_IN


def only(*allowed: str) -> Who:
    """Someone with a sign-in in one of these roles, and, for staff, two factors."""

    def who(request: HttpRequest) -> Answer:
        if not isinstance(request.user, User):
            return SIGN_IN
        return Answer.YES if request.user.role in allowed else Answer.NO

    who.__doc__ = "Only: " + ", ".join(allowed) + "."
    return who


team_member = only(roles.ADVOCATE, roles.RESPONDER)
steward = only(roles.STEWARD)

PERMISSIONS: dict[str, Permission] = {
    "harms:model": Permission(anyone),
    "harms:version": Permission(anyone),
    "harms:making": Permission(anyone),
    "harms:crosswalk": Permission(anyone),
    "harms:search": Permission(anyone),
    "harms:entry": Permission(anyone),
    "harms:download": Permission(anyone),
    "indicators:figures": Permission(anyone),
    "indicators:method": Permission(anyone),
    "indicators:table": Permission(anyone),
    "indicators:chart": Permission(anyone),
}

_OWNER = "the owner's keys must be in hand (testimony.policies.check_own)"

# -- testimony: anyone may tell; what is told opens only with keys -----------------------------
PERMISSIONS |= {
    "testimony:start": Permission(anyone),
    "testimony:step": Permission(anyone, _OWNER),
    "testimony:files": Permission(anyone, _OWNER),
    "testimony:remove_file": Permission(anyone, _OWNER),
    "testimony:fits": Permission(anyone, _OWNER),
    "testimony:check": Permission(anyone, _OWNER),
    "testimony:way_back": Permission(anyone, _OWNER),
    "testimony:done": Permission(anyone, _OWNER),
    "testimony:return": Permission(anyone, "a receipt that opens something"),
    "testimony:mine": Permission(anyone, "lists only what the keys in hand own"),
    "testimony:own": Permission(anyone, _OWNER),
    "testimony:who_read": Permission(anyone, _OWNER),
    "testimony:stop": Permission(anyone, _OWNER),
    "testimony:withdraw": Permission(anyone, _OWNER),
    "testimony:download": Permission(anyone, _OWNER),
    "testimony:file": Permission(anyone, "the owner, or a team with a live grant (access.door)"),
}

# -- for machines that ask whether the site is up ----------------------------------------------
PERMISSIONS |= {
    "health": Permission(anyone),
    "ready": Permission(anyone),
}

# -- repair: a team's inbox, and the person's own conversations ---------------------------------
_TEAM = "a member of the team that was asked, with a live grant (repair.policies.check_team)"
_ASKER = "the owner's keys must be in hand (repair.policies.check_person)"
PERMISSIONS |= {
    "repair:inbox": Permission(team_member, "lists only what their own teams were asked; no words"),
    "repair:request": Permission(team_member, _TEAM),
    "repair:answer": Permission(team_member, _TEAM),
    "repair:request_file": Permission(team_member, _TEAM),
    "repair:answers": Permission(anyone, _OWNER),
    "repair:conversation": Permission(anyone, _ASKER),
    "repair:judge": Permission(anyone, _ASKER),
    "repair:close": Permission(anyone, _ASKER),
    "repair:reopen": Permission(anyone, _ASKER),
    "repair:conversation_file": Permission(anyone, _ASKER),
}

# -- the pages about this site, and the way out --------------------------------------------------
PERMISSIONS |= {
    "web:home": Permission(anyone),
    "web:about": Permission(anyone),
    "web:privacy": Permission(anyone),
    "web:accessibility": Permission(anyone),
    "web:help": Permission(anyone),
    "web:source": Permission(anyone),
    "web:source-zip": Permission(anyone),
    "web:exit": Permission(anyone),
    "web:stay": Permission(anyone, "says only whether the browser's own sitting is still open"),
}
