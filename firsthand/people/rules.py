"""Roles, kinds of organisation and of service, and what a passphrase must be. Pure."""

import re
import unicodedata

PERSON = "person"
ADVOCATE = "advocate"
RESPONDER = "responder"
RESEARCHER = "researcher"
COORDINATOR = "coordinator"
STEWARD = "steward"

ROLES = {
    PERSON: "Person",
    ADVOCATE: "Advocate",
    RESPONDER: "Responder",
    RESEARCHER: "Researcher",
    COORDINATOR: "Coordinator",
    STEWARD: "Steward",
}
STAFF = (ADVOCATE, RESPONDER, RESEARCHER, COORDINATOR, STEWARD)
IN_TEAMS = (ADVOCATE, RESPONDER)
MAY_BE_IN_TEAMS = (*IN_TEAMS, RESEARCHER)  # who researches may be in a research team, or in none

USER_LED = "user-led"
ADVOCACY = "advocacy"
PROVIDER = "provider"
COUNCIL = "council"
REGULATOR = "regulator"
RESEARCH = "research"

ORGANISATION_KINDS = {
    USER_LED: "Run by people who use services",
    ADVOCACY: "Independent advocacy",
    PROVIDER: "Provider of services",
    COUNCIL: "Council",
    REGULATOR: "Regulator",
    RESEARCH: "Research",
}
# Whom a person may ask for someone independent, and whom for an answer.
INDEPENDENT = (USER_LED, ADVOCACY)
ANSWERING = (PROVIDER, COUNCIL)

SERVICE_KINDS = {
    "community-team": "Community mental health team",
    "social-work": "Council social work or care management",
    "supported-housing": "Supported housing",
    "home-care": "Care or support at home",
    "day-support": "Day, group or drop-in support",
    "crisis": "Crisis team or crisis house",
    "direct-payments": "Direct payments or personal budgets",
    "advice": "Advice, benefits or housing support",
    "carers": "Support for carers",
    "other": "Something else",
    "not-said": "Not said",
}


def role_for(kind: str) -> str:
    """Return the role of someone who joins a team of an organisation of `kind`."""
    if kind == RESEARCH:
        return RESEARCHER
    return ADVOCATE if kind in INDEPENDENT else RESPONDER


def may_come_in(role: str, invited_as: str) -> bool:
    """Say whether a sign-in of `role` may use an invitation to a team: nobody changes roles."""
    return role == invited_as and role in MAY_BE_IN_TEAMS


# What a notice by e-mail may say: no more than this.
WAITING = "waiting"
DUE = "due"
NOTICES = {
    WAITING: "Something is waiting for you",
    DUE: "Something needs you soon",
}


# -- signing in -------------------------------------------------------------------------------

SHORTEST_PASSPHRASE = 12  # characters; no other rule (NIST SP 800-63B-4, 3.1.1)
LONGEST_PASSPHRASE = 200
LONGEST_SIGN_IN_NAME = 64
INVITATION_DAYS = 7
RECOVERY_TAIL = 5  # characters of a recovery key that are asked back


def tidy(passphrase: str) -> str:
    """Return a passphrase as it is used, whatever the keyboard: NFKC, each gap one space."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", passphrase)).strip()


def same_words(one: str, other: str) -> bool:
    """Say whether two things typed are alike but for case, spaces and dashes."""
    return _bare(one) == _bare(other)


def ends_recovery_key(typed: str, printed: str) -> bool:
    """Say whether someone has a recovery key before them: its last characters, or all of it."""
    end = _as_printed(typed)
    return len(end) >= RECOVERY_TAIL and _as_printed(printed).endswith(end)


def _as_printed(typed: str) -> str:
    # No recovery key has an O, an I or an L: they were meant as 0 and 1.
    return re.sub(r"[\s-]", "", typed.upper()).translate(str.maketrans("OIL", "011"))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
