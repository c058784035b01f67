"""Who may: those who run a survey today. To others nothing is here."""

import uuid

from firsthand.access.refused import Refused, not_now
from firsthand.consultation import survey_queries as queries
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.models import Answer, Survey, Surveyor
from firsthand.people.models import User


def check_surveyor(user: object, survey: uuid.UUID) -> Surveyor:
    """Return someone's place in a survey, the survey with it. Raises Refused."""
    if not isinstance(user, User):
        raise Refused
    rows = Surveyor.objects.select_related("survey__keyring", "survey__model", "user")
    found = rows.filter(survey_id=survey, user_id=user.id, left_on=None).first()
    if found is None:
        raise Refused
    return found


def check_may_change(survey: Survey) -> None:
    """Refuse to change what is asked once it is open, or was answered. Raises Refused."""
    if survey.stage != rules.DRAFT or Answer.objects.filter(survey=survey).exists():
        raise not_now(
            "People can answer this survey already, so what it asks stays as it is. Make a new "
            "version of it: you can change that one, and the answers to this one stay."
        )


def check_move(survey: Survey, to: str) -> None:
    """Refuse a stage that does not follow. Raises Refused."""
    if to not in rules.MOVES[survey.stage]:
        raise not_now(f"This survey is “{survey.stage_words}”. That cannot be done with it now.")
    if survey.stage == rules.CLOSED and can_be_read(survey):
        raise not_now(
            "What people answered can be read now, so this survey stays closed: the next answer "
            "could be told from what changes, and nobody could take theirs back whole. To ask "
            "again, make a new version."
        )


def can_be_read(survey: Survey) -> bool:
    """Tell whether what people sent themselves may be read now."""
    return queries.told(survey).filter(came__in=rules.BY_THEMSELVES).exists()


def check_answering(survey: Survey) -> None:
    """Refuse to take an answer while the survey is not open. Raises Refused."""
    if survey.stage != rules.OPEN:
        raise not_now(
            "This survey is closed now, so it takes no more answers. What you had kept so far was "
            "not counted. Thank you for your time."
        )
