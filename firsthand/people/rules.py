"""Roles, kinds of organisation and kinds of service: the words, and what goes with what. Pure."""

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
    return ADVOCATE if kind in INDEPENDENT else RESPONDER
