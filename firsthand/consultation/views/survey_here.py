"""The answer in a sitting's hands, and how whoever gives it wants to be asked.

The code stands in the sitting, which is sealed and ends after some quiet minutes, or on Exit.
"""

from dataclasses import dataclass

from django.http import HttpRequest

from firsthand.consultation import survey_queries as queries
from firsthand.consultation import survey_rules as rules
from firsthand.consultation import survey_words
from firsthand.consultation.models import Answer, Question, Survey


@dataclass(frozen=True)
class Here:
    """Someone with an answer in hand. `one_by_one`: best-worst sets come one a page."""

    survey: Survey
    code: str
    answer: Answer
    one_by_one: bool

    @property
    def draft(self) -> survey_words.Draft:
        return survey_words.draft_of(self.code, self.answer)

    def sets(self, question: Question) -> int:
        """Return how many pages of sets a question has; 0 where it is one page."""
        if question.kind != rules.SETS or not self.one_by_one:
            return 0
        many = len(queries.sets_for(question, self.answer))
        return many if many > 1 else 0


def here_of(request: HttpRequest, survey: Survey) -> Here | None:
    """Return the answer in this sitting's hands; None where there is none."""
    code = str(request.session.get(place(survey), ""))
    answer = queries.answer_of(survey, code)
    return Here(survey, code, answer, _one_by_one(request, survey)) if answer else None


def place(survey: Survey) -> str:
    """Return where in the sitting the code stands."""
    return f"survey:{survey.id}"


def choose(request: HttpRequest, survey: Survey, way: str) -> bool:
    """Note how sets are to be shown from now on; tell whether anything known was chosen."""
    if way not in rules.SETS_WAYS:
        return False
    request.session[_ways(survey)] = way
    return True


def _one_by_one(request: HttpRequest, survey: Survey) -> bool:
    start = rules.ONE_SET if survey.is_easy else rules.ALL_SETS
    return bool(request.session.get(_ways(survey), start) == rules.ONE_SET)


def _ways(survey: Survey) -> str:
    return f"survey-sets:{survey.id}"
