"""Handing the ranks of a closed survey down to a draft, each with its interval."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse

from firsthand.access.refused import Refused, not_now
from firsthand.consultation import survey_outcomes, survey_trail
from firsthand.consultation import survey_queries as queries
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.models import Question, Survey, Surveyor
from firsthand.harms import handing
from firsthand.harms import policies as editing
from firsthand.harms.handing import Found, Leading, NotPlaced, Plan
from firsthand.harms.models import Editor, Ground, ModelVersion
from firsthand.harms.rules import SURVEYED

NO_LINE = "It is no line of the model."
NOT_PLACED = "Nobody gave it a place, so it has no rank."


@transaction.atomic
def survey_down(by: Surveyor, question: Question, draft: ModelVersion) -> list[Ground]:
    """Put beneath each line of a draft what rank a survey gave it, and how sure that is.

    Return all of it. Raises Refused: not of this survey, no editor of the draft, published
    already, the survey is open, or the question ranks no lines of the model.
    """
    editor = check(by, question, draft)
    what = planned(by, question, editor)
    rows, changed = handing.carry_out(editor, what)
    if changed:
        survey_trail.leave(by, "put beneath a draft", draft=draft.slug, question=question.text,
                           grounds=len(rows), taken_away=len(what.gone),
                           not_placed=len(what.not_placed))  # fmt: skip
    return rows


@transaction.atomic
def preview(by: Surveyor, question: Question, draft: ModelVersion) -> Plan:
    """Say what `survey_down` would put there. Raises Refused as it does."""
    return planned(by, question, check(by, question, draft))


def check(by: Surveyor, question: Question, draft: ModelVersion) -> Editor:
    """Return the surveyor's place among the editors of an open draft. Raises Refused."""
    if question.survey_id != by.survey_id or by.left_on is not None:
        raise Refused
    editor = editing.check_editor(by.user, draft.pk)
    editing.check_open(draft)
    check_question(question)
    return editor


def check_question(question: Question) -> None:
    """Refuse a question whose ranks cannot stand beneath lines. Raises Refused."""
    survey = Survey.objects.get(id=question.survey_id)  # as it is now, not when it was fetched
    if question.kind != rules.ORDER:
        raise not_now("Only a question that puts things in order has ranks to be put there.")
    if survey.model_id is None or not any(item.get("entry") for item in question.items):
        raise not_now(
            "Nothing in this question is known to be a line of the model. Make its list from a "
            "list of the model, in a new version of the survey."
        )
    if survey.stage != rules.CLOSED:
        raise not_now("Close the survey first: ranks can still change while people answer.")


def planned(by: Surveyor, question: Question, editor: Editor) -> Plan:
    """Work out what there is to be put."""
    led = Leading(editor)
    placed, simulated = _counts(question)
    ranked = {row["key"]: row for row in _ranks(question) if row["rank"] is not None}
    led_to: list[tuple[str, Mapping[str, str]]] = []
    aside: list[NotPlaced] = []
    for item in question.items:
        code, why = _led(
            led, question, item.get("entry", ""), item["key"] in ranked and placed[item["key"]]
        )
        if code:
            led_to.append((code, item))
        else:
            aside.append(NotPlaced(item["label"], why))
    mates = Counter(code for code, _ in led_to)
    found = [
        _found(question, code, ranked[item["key"]], placed[item["key"]], simulated,
               item["entry"] if mates[code] > 1 else "")
        for code, item in led_to
    ]  # fmt: skip
    return handing.plan(editor.version, _at(question), (SURVEYED,), found, aside)


def _led(led: Leading, question: Question, entry: str, placed: int) -> tuple[str, str]:
    model = question.survey.model
    if not entry or model is None:
        return "", NO_LINE
    return led.to(model, entry) if placed else ("", NOT_PLACED)


def _at(question: Question) -> str:
    return reverse("consultation:survey_results", args=[question.survey_id]) + f"#{question.id}"


def _ranks(question: Question) -> tuple[Mapping[str, Any], ...]:
    rows = survey_outcomes.results(question.survey)
    return next((found.rows for row, found in rows if row == question and found), ())


def _counts(question: Question) -> tuple[Counter[str], int]:
    """Count, of those who answered, who placed each item, and which answers are simulated."""
    placed: Counter[str] = Counter()
    simulated = 0
    for row in queries.told_of(question, queries.told(question.survey)):
        places = row.chosen[str(question.id)].get("places", {})
        placed.update(places.keys())
        simulated += bool(row.simulated and places)
    return placed, simulated


def _found(
    question: Question, code: str, row: Mapping[str, Any], placed: int, simulated: int, was: str
) -> Found:
    """Say one rank. Two lines that are one in the draft keep a rank each: theirs is not its."""
    survey = question.survey
    said = f" ({simulated:,} simulated answers)" if simulated else ""
    own = f", as {was}" if was else ""
    title = f"{survey.title[:120]}, version {survey.version}: {question.text[:100]}{own}{said}"
    detail = {"rank": row["rank"]}
    detail |= {} if row["top3"] is None else {"first_three": row["top3"]}
    return Found(
        code, SURVEYED, title, placed, _at(question), row["rank_low"], row["rank_high"],
        detail | ({"simulated": simulated} if simulated else {}),
    )  # fmt: skip
