"""Ballots of one question from a CSV file: all of them, or a refusal that says which lines."""

from typing import Any

from firsthand.access.refused import not_now
from firsthand.consultation.models import Question
from firsthand.methods.ranking import csvfile

_SHOWN = 5


def read(question: Question, content: bytes) -> list[dict[str, Any]]:
    """Return answers, {question: answer} each. Raises Refused, saying what is wrong where."""
    keys = {label: key for key, label in question.labels.items()}
    try:
        found = csvfile.read(content.decode("utf-8-sig"), list(keys), whole=True)
    except UnicodeDecodeError as wrong:
        raise not_now("This file is not in UTF-8. Save it as CSV UTF-8 first.") from wrong
    except ValueError as wrong:
        raise not_now(str(wrong)) from wrong
    problems = [*found.problems, *_too_many(question, found)]
    if problems:
        more = f" And {len(problems) - _SHOWN:,} more." if len(problems) > _SHOWN else ""
        raise not_now("Nothing was brought in. " + " ".join(problems[:_SHOWN]) + more)
    if not found.ballots:
        raise not_now("There are no ballots in this file, only headings.")
    return [{str(question.id): _answer(each, keys)} for each in found.ballots]


def _too_many(question: Question, found: csvfile.Read) -> list[str]:
    return [f"Ballot {n}: {len(each.places)} in order, where {question.most} are asked for."
            for n, each in enumerate(found.ballots, 1)
            if len(each.places) > question.most]  # fmt: skip


def _answer(line: csvfile.Line, keys: dict[str, str]) -> dict[str, Any]:
    return {
        "places": {keys[label]: at for label, at in line.places.items()},
        "away": [keys[label] for label in line.away],
    }
