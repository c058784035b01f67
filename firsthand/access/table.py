"""What a line of the permission table is made of: who may come, and whose the thing must be.

Both are said so plainly that a test works out from them alone what every address answers to
everyone.
"""

from dataclasses import dataclass
from enum import Enum

from django.http import HttpRequest

from firsthand.people import rules as roles
from firsthand.people.models import User
from firsthand.people.queries import has_two_steps


class Answer(Enum):
    """What the table says to someone at the door."""

    YES = "yes"
    NO = "no"
    SIGN_IN = "sign in first"
    SET_UP_MFA = "set up a second step first"


@dataclass(frozen=True)
class Who:
    """Who may come to a page at all. No `roles` at all: anyone, signed in or not.

    `second_step` says whether staff must have set theirs up first.
    """

    words: str
    roles: tuple[str, ...] = ()
    second_step: bool = True

    def __call__(self, request: HttpRequest) -> Answer:
        user = request.user
        if not self.roles:
            return Answer.YES
        if not isinstance(user, User):
            return Answer.SIGN_IN
        return self._of(user) if user.role in self.roles else Answer.NO

    def _of(self, user: User) -> Answer:
        asked = self.second_step and user.is_staff_role
        return Answer.SET_UP_MFA if asked and not has_two_steps(user) else Answer.YES


def only(*allowed: str) -> Who:
    """Someone with a sign-in in one of these roles; staff with a second step."""
    return Who(" or ".join(roles.ROLES[role].lower() for role in allowed), allowed)


class Whose(Enum):
    """Whose the thing at the address must be. Everyone else hears that nothing is there."""

    EVERYONES = "nobody's: the same for all who may come"
    OWN = "their own, and nobody else's"
    BROUGHT = "what this browser brought just now: a link, a code, words of a receipt"
    OWNERS = "the owner's: the keys must be in hand"
    READERS = "the owner's, for the team that was asked, while its grant holds"
    COMPANIONS = "the owner's, for a team they let into the conversation, while its grant holds"
    OWNERS_AND_READERS = "the owner's, and every team's that holds a grant"
    MEMBERS = "a team's, for those who are in it or wait for it"
    STAFFS = "a member of staff's sign-in, never a person's"
    REVIEWS = "a review's, for those who take part in it today"
    REVIEW_OWNERS = "a review's, for its owners"
    CONSULTED = "a group's or a survey's, for those who run it today"
    GROUP_MEMBERS = "a group's, for its members: the keys must be in hand"
    PROJECTS = "a coding project's, for those who take part in it today"
    PROJECT_OWNERS = "a coding project's, for its owners"
    MARKED = "a passage's, for the coder who marked it, in a project they take part in"
    DRAFTS = "a draft's, for those who edit it today"


# Whatever is somebody's or some people's.
SOMEONES = frozenset(Whose) - {Whose.EVERYONES, Whose.OWN, Whose.BROUGHT}


@dataclass(frozen=True)
class Permission:
    """Who may come to a page, whose the thing there must be, and what checks that."""

    who: Who
    whose: Whose = Whose.EVERYONES
    then: str = ""

    def asks(self, request: HttpRequest) -> Answer:
        return self.who(request)

    @property
    def behind_keys(self) -> bool:
        """Whether nobody sees this page without keys, or a sign-in, of their own."""
        return bool(self.who.roles) or self.whose in SOMEONES
