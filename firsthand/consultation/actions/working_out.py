"""Having the outcome of a large survey worked out in the background, once its answers changed."""

import logging
import uuid
from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django_tasks import task

from firsthand.consultation import survey_outcomes, survey_results
from firsthand.consultation.models import Outcome, Survey

log = logging.getLogger(__name__)
STUCK = timedelta(minutes=10)  # longer than it takes: whoever worked is gone
_BROKEN = "Something went wrong on this site while these results were worked out."


def ask(survey: Survey) -> None:
    """Have it worked out, if it is large and does not wait for that already."""
    if not survey_outcomes.is_for_later(survey):
        return
    row, _ = Outcome.objects.get_or_create(survey=survey)
    if Outcome.objects.filter(id=row.id, asked_at=None).update(asked_at=timezone.now(), done=0):
        work_out.enqueue(str(row.id))


@task()
def work_out(outcome: str) -> None:
    """Work out what is asked for, and once more if answers came meanwhile."""
    row = Outcome.objects.select_related("survey").filter(id=uuid.UUID(outcome)).first()
    if row is None or row.asked_at is None:
        return
    try:
        found = _worked_out(row)
    except Exception as error:  # whatever it is, the page says so
        log.warning("", extra={"event": "results failed", "why": type(error).__name__})
        found = {"trouble": _BROKEN}
    Outcome.objects.filter(id=row.id).update(asked_at=None, **found)
    survey = Survey.objects.get(id=row.survey_id)
    if "of" in found and survey_outcomes.look(survey).late:
        ask(survey)


def _worked_out(row: Outcome) -> dict[str, object]:
    """Return the columns of an outcome; say after each question how far it has come."""
    answers = survey_results.counted(row.survey)
    seen = survey_results.fingerprint((each.id, each.simulated) for each in answers)
    questions = list(row.survey.questions.all())
    Outcome.objects.filter(id=row.id).update(done=0)
    found = []
    for each in questions:
        found.append(survey_results.shown(each, questions, answers, row.survey.seed))
        Outcome.objects.filter(id=row.id).update(done=F("done") + 1)
    return {"of": seen, "many": len(answers), "found": survey_outcomes.written(found),
            "worked_at": timezone.now(), "trouble": ""}  # fmt: skip


def pick_up() -> None:
    """Have outcomes worked out whose worker was killed. A chore."""
    late = timezone.now() - STUCK
    for number in list(Outcome.objects.filter(asked_at__lte=late).values_list("id", flat=True)):
        Outcome.objects.filter(id=number).update(asked_at=timezone.now())
        work_out.enqueue(str(number))
