"""Leaves a line for everything that is done with a survey, in the transaction of the doing."""

from typing import Any

from firsthand.consultation.models import Surveyor, SurveyTrail


def leave(by: Surveyor, did: str, /, **about: Any) -> None:
    """Note what someone who runs a survey did."""
    SurveyTrail.objects.create(survey=by.survey, by=by.user, did=did, about=about)
