"""Making a survey, what it asks, who runs it, opening and closing it, its next version."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from firsthand.access.refused import Refused, not_now
from firsthand.consultation import survey_codes, survey_policies
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.actions import working_out
from firsthand.consultation.models import InvitationCode, Question, Survey, Surveyor
from firsthand.consultation.survey_trail import leave
from firsthand.people.models import User
from firsthand.vault import keyrings
from firsthand.vault.keys import Keys
from firsthand.vault.rules import TEAM

MOST_CODES = 2_000


@transaction.atomic
def make(by: User, wanted: Mapping[str, Any]) -> Surveyor:
    """Begin a survey; whoever does runs it. Its keys are made and given to them."""
    own, keys = _own_keyring(by), Keys.fresh()
    survey = Survey.objects.create(**_drawn(keys), **wanted)
    surveyor = Surveyor.objects.create(survey=survey, user=by)
    keyrings.admit(keys, own)
    leave(surveyor, "survey made", title=survey.title)
    return surveyor


@transaction.atomic
def change(by: Surveyor, wanted: Mapping[str, Any]) -> None:
    """Change title, words and ways in. Raises Refused once people can answer."""
    survey = _draft(by)
    before = {name: str(getattr(survey, name)) for name in wanted}
    Survey.objects.filter(id=survey.id).update(**wanted)
    leave(by, "survey changed", before=before)


@transaction.atomic
def ask(by: Surveyor, wanted: Mapping[str, Any]) -> Question:
    """Add a question at the end. Raises Refused once people can answer."""
    survey = _draft(by)
    last = survey.questions.aggregate(last=Max("position"))["last"] or 0
    if survey.questions.count() >= rules.MOST_QUESTIONS:
        raise not_now(f"A survey has {rules.MOST_QUESTIONS} questions at most. Fewer tire less.")
    row = Question.objects.create(survey=survey, position=last + 1, **wanted)
    leave(by, "question added", text=row.text)
    return row


@transaction.atomic
def reword(by: Surveyor, question: Question, wanted: Mapping[str, Any]) -> None:
    """Change a question. Raises Refused once people can answer."""
    _draft(by)
    Question.objects.filter(id=question.id).update(**wanted)
    leave(by, "question changed", before=question.text, text=wanted["text"])


@transaction.atomic
def drop(by: Surveyor, question: Question) -> None:
    """Take a question out. Raises Refused once people can answer."""
    _draft(by)
    if Question.objects.filter(id=question.id).delete()[0]:
        leave(by, "question taken out", text=question.text, kind=question.kind)


@transaction.atomic
def move(by: Surveyor, question: Question, to: str) -> None:
    """Move a question up or down by one ("up", "down"). Raises Refused once people can answer."""
    survey = _draft(by)
    rows = list(survey.questions.all())
    at = rows.index(question)
    other = at - 1 if to == "up" else at + 1
    if not 0 <= other < len(rows):
        return
    one, two = rows[at].position, rows[other].position
    for row, position in ((rows[at], 30_000), (rows[other], one), (rows[at], two)):
        Question.objects.filter(id=row.id).update(position=position)  # each place only once
    leave(by, f"question moved {to}", text=question.text)


@transaction.atomic
def put(by: Surveyor, stage: str) -> None:
    """Open or close a survey. Raises Refused for one that asks nothing, or a wrong step."""
    survey = _locked(by)
    survey_policies.check_move(survey, stage)
    if stage == rules.OPEN and not survey.questions.exists():
        raise not_now("This survey asks nothing yet. Add a question first.")
    Survey.objects.filter(id=survey.id).update(stage=stage)
    leave(by, {rules.OPEN: "survey opened", rules.CLOSED: "survey closed"}[stage])
    survey.stage = stage
    working_out.ask(survey)


@transaction.atomic
def next_version(by: Surveyor) -> Surveyor:
    """Make the next version: the same questions, to be changed, run by the same people."""
    old = _locked(by)
    first = old.first or old
    versions = Survey.objects.filter(first=first).aggregate(last=Max("version"))["last"] or 1
    kept = {name: getattr(old, name) for name in ("title", "about", "ways_in", "layout", "model")}
    keys = Keys.fresh()
    new = Survey.objects.create(**_drawn(keys), **kept, first=first, version=versions + 1)
    for row in old.questions.all():
        row.pk, row.survey, row._state.adding = Question().pk, new, True
        row.save()
    made = [_carried(new, keys, each) for each in _running(old)]
    mine = next(each for each in made if each.user_id == by.user_id)
    leave(by, "new version made", version=new.version)
    leave(mine, "made as a new version", of=old.version)
    return mine


@transaction.atomic
def admit(by: Surveyor, user: User, keys: Keys) -> Surveyor:
    """Let someone run the survey too, with its keys; again if they had left. Raises Refused."""
    own = _own_keyring(user)
    row, fresh = Surveyor.objects.get_or_create(survey=by.survey, user=user)
    if not fresh and row.left_on is None:
        raise not_now(f"{user.name} runs this survey already.")
    row.left_on = None
    row.save()
    keyrings.admit(keys, own)
    leave(by, "someone runs it too", who=user.name)
    return row


@transaction.atomic
def end(by: Surveyor, surveyor: Surveyor) -> None:
    """Take someone out; the survey's keys go from them. Raises Refused for the last one."""
    _locked(by)
    if surveyor.left_on:
        return
    if len(_running(by.survey)) < 2:
        raise not_now("Someone has to run this survey. Let another person in first.")
    Surveyor.objects.filter(id=surveyor.id).update(left_on=timezone.localdate())
    if surveyor.user.keyring_id:
        keyrings.expel(by.survey.keyring_id, surveyor.user.keyring_id)
    leave(by, "someone runs it no longer", who=surveyor.user.name)


@transaction.atomic
def make_codes(by: Surveyor, many: int) -> list[str]:
    """Return fresh invitation codes. They are shown once: only their marks are kept."""
    survey = _locked(by)
    if survey.codes.count() + many > MOST_CODES:
        raise not_now(f"A survey has {MOST_CODES:,} codes at most.")
    codes = [survey_codes.draw() for _ in range(many)]
    rows = [InvitationCode(survey=survey, mark=survey_codes.mark("invitation", each))
            for each in codes]  # fmt: skip
    InvitationCode.objects.bulk_create(rows)
    leave(by, "codes made", many=many)
    return codes


# -- the parts ----------------------------------------------------------------------------------


def _own_keyring(user: User) -> Any:
    if user.keyring is None:
        raise not_now(f"{user.name} has no keys yet, so people's own words could not be opened.")
    return user.keyring


def _drawn(keys: Keys) -> dict[str, Any]:
    """What every version has of its own: an address, a seed, keys."""
    row = keyrings.make(TEAM, keys)
    link = "".join(secrets.choice("23456789bcdfghjkmnpqrstvwxz") for _ in range(12))
    return {"keyring": row, "seed": secrets.randbelow(2**31), "link": link}


def _carried(new: Survey, keys: Keys, surveyor: Surveyor) -> Surveyor:
    if surveyor.user.keyring:
        keyrings.admit(keys, surveyor.user.keyring)
    return Surveyor.objects.create(survey=new, user=surveyor.user)


def _running(survey: Survey) -> list[Surveyor]:
    rows = Surveyor.objects.filter(survey=survey, left_on=None)
    return list(rows.select_related("user__keyring"))


def _locked(by: Surveyor) -> Survey:
    return Survey.objects.select_for_update().get(id=by.survey_id)


def _draft(by: Surveyor) -> Survey:
    survey = _locked(by)
    survey_policies.check_may_change(survey)
    return survey


def question(by: Surveyor, number: Any) -> Question:
    """Return a question of the survey. Raises Refused."""
    row = Question.objects.filter(survey=by.survey, id=number).first()
    if row is None:
        raise Refused
    return row
