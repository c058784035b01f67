"""Surveys for tests: made by the site's own actions, with answers as people send them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from firsthand.consultation import survey_queries
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.actions import answering, surveys
from firsthand.consultation.models import Answer, Question, Survey, Surveyor
from firsthand.people.models import User
from firsthand.vault import keyrings
from firsthand.vault.keys import Keys

WANTED = {"title": "What matters most (made up)", "about": "We ask to learn.",
          "ways_in": rules.LINK, "layout": rules.PLAIN}  # fmt: skip
FRUIT = ("Apples", "Bread", "Carrots", "Dates", "Eggs")


def question(kind: str = rules.ORDER, **more: Any) -> dict[str, Any]:
    """Return what is asked: one of five things, whatever the kind."""
    items = rules.keyed(FRUIT) if kind in rules.WITH_ITEMS else []
    wanted = {"kind": kind, "text": f"Which matters most? ({kind})", "items": items, "times": 2}
    return wanted | {"reason": "To see who we miss." if kind == rules.ABOUT else ""} | more


def survey(owner: User, *kinds: str, opened: bool = True, **more: Any) -> Surveyor:
    """Return who runs a new survey that asks a question of each kind."""
    by = surveys.make(owner, WANTED | more)
    for kind in kinds or (rules.ORDER,):
        surveys.ask(by, question(kind, additions=kind == rules.ORDER))
    if opened:
        surveys.put(by, rules.OPEN)
    return fresh(by)


def fresh(by: Surveyor) -> Surveyor:
    return Surveyor.objects.select_related("survey__keyring", "user").get(id=by.id)


def keys_of(by: Surveyor, own: Keys) -> Keys:
    """Return the survey's keys, as whoever holds `own` has them."""
    return next(each for each in keyrings.through([own]) if each.id == by.survey.keyring_id)


def asked(by: Surveyor, kind: str = rules.ORDER) -> Question:
    return Question.objects.get(survey=by.survey, kind=kind)


def answered(
    by: Surveyor, places: dict[str, int], words: str = "", about: str = "", number: str = ""
) -> Answer:
    """Return an answer that was sent: places, own words, and what was said about oneself."""
    code = answering.begin(by.survey, number or f"n{Answer.objects.count()}")
    row = survey_queries.answer_of(by.survey, code)
    assert row
    said = {"places": places, "away": []}
    answering.keep(code, row, str(asked(by).id), said, words)
    if about:
        answering.keep(code, row, str(asked(by, rules.ABOUT).id), {"one": about}, "")
    answering.send(code, row)
    return Answer.objects.get(id=row.id)


def closed_with_enough(by: Surveyor) -> None:
    """Let so many answer that the outcome may be told, and close the survey."""
    while survey_queries.sent(by.survey).count() < survey_queries.threshold():
        answered(by, {"i2": 1})
    surveys.put(by, rules.CLOSED)


@dataclass
class Surveyed:
    """A survey with something of everything in it, and what its addresses name."""

    survey: Survey
    question: UUID
    surveyor: UUID

    @classmethod
    def filled(cls, owner: User, own: Keys, gone: User) -> "Surveyed":
        """Let one run it, and one who is gone; have one answer with words in it."""
        by = survey(owner, rules.ORDER)
        surveys.end(by, surveys.admit(by, gone, keys_of(by, own)))
        answered(by, {"i1": 1, "i2": 2}, "yarrow is missing")
        ballot = {str(asked(by).id): {"places": {"i1": 1, "i2": 2}, "away": []}}
        answering.bring_in(by, [ballot] * 12, simulated=True)  # so that there is a chart
        return cls(by.survey, asked(by).id, by.id)

    @property
    def addresses(self) -> dict[str, Any]:
        return {"survey": self.survey.id, "question": self.question, "surveyor": self.surveyor,
                "link": self.survey.link}  # fmt: skip
