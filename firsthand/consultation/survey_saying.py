"""An answer in words, for the page on which people check what they said."""

from collections.abc import Mapping
from typing import Any

from firsthand.consultation import survey_rules as rules
from firsthand.consultation.models import Question


def lines(question: Question, said: Mapping[str, Any], words: str) -> list[str]:
    """Return an answer line by line; nothing for no answer."""
    found = _SAID[question.kind](question, said) if question.kind in _SAID else []
    labels = question.labels
    away = [labels[key] for key in said.get("away", []) if key in labels]
    found += [f"Does not apply to me: {', '.join(away)}"] if away else []
    return [*found, *([f"In my own words: {words}"] if words.strip() else [])]


def _order(question: Question, said: Mapping[str, Any]) -> list[str]:
    places = sorted(said.get("places", {}).items(), key=lambda each: each[1])
    return [f"{at}. {question.labels[key]}" for key, at in places]


def _sets(question: Question, said: Mapping[str, Any]) -> list[str]:
    labels = question.labels
    return [
        f"Group {n}: most {labels.get(best, 'not said')}, least {labels.get(worst, 'not said')}"
        for n, (best, worst) in enumerate(said.get("picked", []), 1)
        if best or worst
    ]


def _rated(question: Question, said: Mapping[str, Any]) -> list[str]:
    ratings = said.get("ratings", {})
    return [f"{question.labels[key]}: {at} of {question.steps}" for key, at in ratings.items()]


def _about(question: Question, said: Mapping[str, Any]) -> list[str]:
    return [question.labels[said["one"]]] if said.get("one") else []


_SAID = {rules.ORDER: _order, rules.SETS: _sets, rules.RATE: _rated, rules.ABOUT: _about}
