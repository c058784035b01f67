"""Coming to the pages of studies: what follows from screening is brought up to date first."""

import uuid

from django.http import HttpRequest

from firsthand.evidence import policies
from firsthand.evidence.actions.screening import reveal_all
from firsthand.evidence.actions.studies import follow
from firsthand.evidence.models import Member


def enter(request: HttpRequest, review: uuid.UUID) -> Member:
    """Return who is here. Which reports are studies tells how others decided: that is noted.

    Raises Refused.
    """
    member = policies.check_member(request.user, review)
    reveal_all(member)
    follow(member.review)
    return member
