"""Asking about surveys: who runs which, what came in, and answers by their code."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from django.conf import settings
from django.db.models import QuerySet

from firsthand.access.refused import Refused
from firsthand.consultation import survey_codes
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.models import Answer, Question, Survey, Surveyor
from firsthand.harms.models import Entry, ModelVersion
from firsthand.methods.ranking.design import design
from firsthand.people.models import User
from firsthand.people.rules import COORDINATOR, RESEARCHER


def surveys_of(user: User) -> QuerySet[Surveyor]:
    """Return the surveys that someone runs."""
    rows = Surveyor.objects.filter(user=user, left_on=None).select_related("survey")
    return rows.order_by("survey__title", "survey__version")


def by_link(link: str) -> Survey:
    """Return a survey that people may know of: open, or closed. Raises Refused."""
    rows = Survey.objects.exclude(stage=rules.DRAFT).select_related("keyring")
    found = rows.filter(link=link).first()
    if found is None:
        raise Refused
    return found


def answer_of(survey: Survey, code: str) -> Answer | None:
    """Return the answer that a code opens, None for no such."""
    rows = Answer.objects.filter(survey=survey).select_related("survey__keyring")
    return rows.filter(mark=survey_codes.mark("answer", code)).first() if code else None


def sent(survey: Survey) -> QuerySet[Answer]:
    """Return the answers that count, in the order of their random ids."""
    return Answer.objects.filter(survey=survey, stage=rules.SENT).order_by("id")


def threshold() -> int:
    """Return how many have to have answered themselves before their outcome is told."""
    return int(getattr(settings, "FIRSTHAND_FIGURES_THRESHOLD", 10))


def told(survey: Survey) -> QuerySet[Answer]:
    """Return the answers whose outcome may be told.

    What people sent themselves is told once the survey is closed, and only of enough people: two
    looks at an open survey, or at one with few answers, would tell what one person said. Answers
    from paper and from files are known already to those who run it.
    """
    alone = sent(survey).filter(came__in=rules.BY_THEMSELVES)
    if survey.stage == rules.CLOSED and alone.count() >= threshold():
        return sent(survey)
    return sent(survey).exclude(came__in=rules.BY_THEMSELVES)


def told_of(question: Question, answers: Iterable[Answer]) -> list[Answer]:
    """Return, of answers that may be told, those to one question: if enough answered it."""
    own = [each for each in answers if str(question.id) in each.chosen]
    alone = [each for each in own if each.came in rules.BY_THEMSELVES]
    if len(alone) >= threshold():
        return own
    return [each for each in own if each.came not in rules.BY_THEMSELVES]


def waiting(survey: Survey) -> int:
    """Return how many answers were sent whose outcome is not told, so far or for good."""
    return sent(survey).count() - told(survey).count()


def missing(survey: Survey) -> int:
    """Return how many more people have to answer before the outcome may be told."""
    alone = sent(survey).filter(came__in=rules.BY_THEMSELVES).count()
    return max(0, threshold() - alone)


def running(survey: Survey) -> QuerySet[Surveyor]:
    rows = Surveyor.objects.filter(survey=survey, left_on=None)
    return rows.select_related("user")


def could_join(survey: Survey) -> QuerySet[User]:
    """Return those who could run the survey too."""
    there = running(survey).values("user_id")
    rows = User.objects.filter(role__in=(RESEARCHER, COORDINATOR), is_active=True)
    return rows.exclude(id__in=there).exclude(keyring=None).order_by("name")


def sets_for(question: Question, answer: Answer | None) -> list[list[str]]:
    """Return the best-worst sets that one answer is shown, drawn by the survey's seed and its id.

    Without an answer: those of the paper form, the same for everyone who answers on paper.
    """
    size = min(question.size, len(question.items))
    if size < 2:
        return []
    own = answer.id.int if answer else 0
    seed = np.random.SeedSequence([question.survey.seed, question.position, own])
    drawn = _drawn(len(question.items), size, question.times, int(seed.generate_state(1)[0]))
    return [[question.keys[each] for each in one] for one in drawn]


@lru_cache(maxsize=1_000)
def _drawn(items: int, size: int, times: int, seed: int) -> tuple[tuple[int, ...], ...]:
    """Remember what was drawn: someone who goes set by set comes by here on each page."""
    return tuple(design(items, size, times, seed))


def lists(version: ModelVersion) -> dict[str, str]:
    """Return the lists that a version of the model has, by the key a form knows them by."""
    found = dict(_LISTS)
    sources = Entry.objects.filter(version=version, kind="source").order_by("position")
    return found | {f"experience:{row.code}": f"Experiences: {row.label}" for row in sources}


def items_of(version: ModelVersion, wanted: str) -> list[dict[str, str]]:
    """Return a list of the model as items; each knows the code of its entry."""
    kind, _, source = wanted.partition(":")
    rows: Iterable[Entry] = Entry.objects.filter(version=version, kind=kind).order_by("position")
    if source:
        rows = [row for row in rows if row.code.startswith(f"{source}.")]
    return [{"key": row.code.replace(".", "_"), "label": row.label, "entry": row.code}
            for row in rows]  # fmt: skip


_LISTS = {
    "source": "Sources of harm", "impact": "Impacts",
    "minimisation": "What would make harm less likely",
}  # fmt: skip


def versions_of(by: Surveyor) -> list[Survey]:
    """Return the other versions of a survey that the same person runs."""
    first = by.survey.first_id or by.survey_id
    rows = surveys_of(by.user).exclude(survey=by.survey)
    return [row.survey for row in rows if first in (row.survey_id, row.survey.first_id)]
