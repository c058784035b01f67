"""Answering: beginning, keeping, sending, taking back; paper answers and ballots from files.

Nothing here names a doer: whoever answers is nobody to this site. No line is left of it but the
answer itself, with the day.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from firsthand.access.refused import Refused, not_now
from firsthand.consultation import survey_codes, survey_policies, survey_words
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.actions import working_out
from firsthand.consultation.models import Answer, InvitationCode, Survey, Surveyor
from firsthand.consultation.survey_trail import leave
from firsthand.vault import derive

MOST_SHEETS, _LOOKED = 100_000, 100
NO_CODE = (
    "We do not know this code. Look whether every letter and number is right. A code lets one "
    "person in, once: if you began with it before, come back with the code you were given then."
)


@transaction.atomic
def begin(survey: Survey, number: str, invitation: str = "") -> str:
    """Begin an answer and return the code that opens it. Raises Refused.

    `number` is the form's own: pressed twice, it is one answer, as long as nothing is in it.
    """
    survey_policies.check_answering(_now(survey))
    code = _code_for(survey, number)
    row = _row(code)
    if row and row.stage == rules.BEGUN and not row.draft:
        return code
    if row:
        code = survey_codes.draw()
    try:
        with transaction.atomic():
            _begin(survey, code, invitation)
    except (IntegrityError, Refused):  # the other half of a double press was quicker
        row = _row(code)
        if row is None or row.stage != rules.BEGUN or row.draft:
            raise
    return code


def _row(code: str) -> Answer | None:
    return Answer.objects.filter(mark=survey_codes.mark("answer", code)).first()


def _begin(survey: Survey, code: str, invitation: str) -> None:
    if survey.ways_in == rules.INVITED:
        _use(survey, invitation)
    Answer.objects.create(
        survey=survey, mark=survey_codes.mark("answer", code), came=survey.ways_in,
        begun_on=timezone.localdate(),
    )  # fmt: skip


def _code_for(survey: Survey, number: str) -> str:
    """The code that a form's number gives: the same for both halves of a double press."""
    raw = int.from_bytes(derive.mark("survey begun", survey.id, number)[:13], "big")
    return survey_codes.of_number(raw)


def _use(survey: Survey, typed: str) -> None:
    """Use an invitation's code up. Of two at once, one gets in."""
    mark = survey_codes.mark("invitation", survey_codes.read(typed))
    rows = InvitationCode.objects.filter(survey=survey, mark=mark, used=False)
    if not rows.update(used=True):
        raise not_now(NO_CODE)


@transaction.atomic
def keep(code: str, answer: Answer, question: str, said: rules.Said, words: str) -> None:
    """Keep the answer to one question; others stay. Raises Refused when it is too late."""
    row, draft = _to_change(code, answer)
    draft["chosen"][question] = dict(said)
    draft["words"][question] = words
    _seal(code, row, draft)


@transaction.atomic
def keep_set(
    code: str, answer: Answer, question: str, sets: Sequence[Sequence[str]], at: int,
    said: rules.Said, words: str | None,
) -> None:  # fmt: skip
    """Keep the answer to one set of a question, counted from 0; its other sets stay.

    `said` is of that set alone. `words` None: they were not asked for. Raises Refused when it is
    too late.
    """
    row, draft = _to_change(code, answer)
    before = draft["chosen"].get(question, {})
    draft["chosen"][question] = rules.with_set(before, sets, at, said["picked"][0])
    if words is not None:
        draft["words"][question] = words
    _seal(code, row, draft)


def _to_change(code: str, answer: Answer) -> tuple[Answer, survey_words.Draft]:
    """Lock an answer that may still change, and open what was kept. Raises Refused."""
    row = Answer.objects.select_for_update().get(id=answer.id)
    _check_open(row)
    return row, survey_words.draft_of(code, row)


def _seal(code: str, row: Answer, draft: survey_words.Draft) -> None:
    sealed = survey_words.sealed_draft(code, row.id, draft)
    Answer.objects.filter(id=row.id).update(draft=sealed)


def _check_open(row: Answer) -> None:
    if row.stage == rules.SENT:
        raise not_now("You have sent this answer already. It is counted as you sent it.")
    survey_policies.check_answering(_now(row.survey))


@transaction.atomic
def send(code: str, answer: Answer) -> None:
    """Send an answer: it counts from now on. Pressed twice, it is sent once. Raises Refused."""
    row = Answer.objects.select_for_update().select_related("survey__keyring").get(id=answer.id)
    if row.stage == rules.SENT:
        return
    _check_open(row)
    draft = survey_words.draft_of(code, row)
    _fill(row, draft["chosen"], draft["words"])
    row.save()


def _fill(row: Answer, chosen: Mapping[str, Any], words: Mapping[str, str]) -> None:
    row.stage, row.sent_on, row.draft = rules.SENT, timezone.localdate(), b""
    row.chosen = {key: rules.whole(said) for key, said in chosen.items()
                  if not rules.is_empty(said)}  # fmt: skip
    written = {key: text for key, text in words.items() if text.strip()}
    for name, value in survey_words.sealed_words(row.survey, row.id, written).items():
        setattr(row, name, value)


@transaction.atomic
def take_back(answer: Answer) -> None:
    """Delete an answer, whole. Raises Refused once the survey is closed."""
    if _now(answer.survey).stage != rules.OPEN:
        raise not_now("This survey is closed, and its answers are counted. It is too late now.")
    Answer.objects.filter(id=answer.id).delete()


@transaction.atomic
def enter(
    by: Surveyor, number: str, chosen: Mapping[str, Any], words: Mapping[str, str], sheet: int = 0
) -> Answer:
    """Enter an answer that came on paper. The form's `number` twice is one answer.

    `sheet`: the number on the paper, 0 for none. It is kept nowhere, but entered a second time it
    is noticed. Raises Refused.
    """
    survey_policies.check_answering(_now(by.survey))
    key = _sheet(by.survey, sheet) if sheet else derive.id_for("survey paper", by.survey_id, number)
    press = derive.mark("survey paper", by.survey_id, number)
    if found := _entered(key):
        return _same_press(found, press, sheet)
    row = _added(by.survey, "paper", chosen, words, key=key)
    row.mark = press  # no code: nobody comes back to it
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # the other half of a double press was quicker
        if found := _entered(key):
            return _same_press(found, press, sheet)
        raise
    leave(by, "paper answer entered")
    working_out.ask(by.survey)
    return row


def _sheet(survey: Survey, sheet: int) -> uuid.UUID:
    """The id of a sheet's answer: from the number, by the server's key alone."""
    return derive.id_for("survey sheet", survey.id, sheet)


def _entered(key: uuid.UUID) -> Answer | None:
    return Answer.objects.filter(id=key).first()


def _same_press(found: Answer, press: bytes, sheet: int) -> Answer:
    if bytes(found.mark) != press:
        raise not_now(
            f"Sheet {sheet} is entered already. Look whether the number is right: another sheet "
            "needs another number. If this is sheet "
            f"{sheet} again, go on with the next one, or take it out and enter it anew."
        )
    return found


def next_sheet(survey: Survey, after: int = 0) -> int:
    """Return the first sheet number after another that is not entered yet."""
    for first in range(after + 1, after + MOST_SHEETS, _LOOKED):
        keys = {n: _sheet(survey, n) for n in range(first, first + _LOOKED)}
        there = set(Answer.objects.filter(id__in=keys.values()).values_list("id", flat=True))
        if free := [n for n, key in keys.items() if key not in there]:
            return free[0]
    return 0


@transaction.atomic
def take_out(by: Surveyor, sheet: int) -> None:
    """Take the answer of a sheet out again. Raises Refused once the survey is closed."""
    survey_policies.check_answering(_now(by.survey))
    if not Answer.objects.filter(id=_sheet(by.survey, sheet), came="paper").delete()[0]:
        raise not_now(f"Sheet {sheet} is not entered.")
    leave(by, "paper answer taken out")
    working_out.ask(by.survey)


@transaction.atomic
def bring_in(by: Surveyor, ballots: Iterable[Mapping[str, Any]], *, simulated: bool) -> int:
    """Bring answers in, {question: answer} each; return how many. Raises Refused.

    The same answers in the same order are the same file: brought in twice, it counts once, and
    the second time none came.
    """
    survey = Survey.objects.select_for_update().get(id=by.survey_id)
    if survey.stage == rules.DRAFT:
        raise not_now("Open the survey first: from then on, what it asks stays as it is.")
    said = list(ballots)
    file = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    keys = [derive.id_for("survey file", survey.id, file, n) for n in range(len(said))]
    if Answer.objects.filter(id__in=keys[:1]).exists():
        return 0
    rows = [_added(by.survey, "file", each, {}, key=key, simulated=simulated)
            for key, each in zip(keys, said, strict=True)]  # fmt: skip
    Answer.objects.bulk_create(rows, batch_size=500)
    leave(by, "answers brought in", many=len(rows), simulated=simulated)
    working_out.ask(survey)
    return len(rows)


def brought(many: int) -> str:
    """Say how many answers came."""
    if not many:
        return "These answers are here already. Nothing was brought in a second time."
    return f"{many:,} answers were brought in."


def _added(
    survey: Survey, came: str, chosen: Mapping[str, Any], words: Mapping[str, str],
    *, key: uuid.UUID | None = None, simulated: bool = False,
) -> Answer:  # fmt: skip
    mark = survey_codes.mark("answer", survey_codes.draw())  # nobody holds this code
    row = Answer(id=key or uuid.uuid4(), survey=survey, mark=mark, came=came,
                 begun_on=timezone.localdate(), simulated=simulated)  # fmt: skip
    _fill(row, chosen, words)
    return row


def _now(survey: Survey) -> Survey:
    """The survey as it stands in this transaction: it may have been closed meanwhile."""
    return Survey.objects.get(id=survey.id)
