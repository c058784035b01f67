"""What each page of telling asks, and how its form and its answers turn into each other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from firsthand.methods import fuzzy_dates
from firsthand.testimony import queries, rules
from firsthand.testimony.answers import PROMPTS, Answers
from firsthand.testimony.forms import HappenedForm, MoreForm, WhenForm, WhereForm
from firsthand.testimony.forms import WishesForm as Wishes
from firsthand.testimony.sharing_forms import ReadersForm

Given = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """One page: its title, its form, and the way to and from the answers it keeps.

    `in_words` says those answers as a person reads them: no ids, no codes.
    """

    title: str
    form: Callable[..., forms.Form]
    shown: Callable[[Answers], dict[str, Any]]
    kept: Callable[[Given], dict[str, Any]]
    in_words: Callable[[Answers], list[str]]
    template: str = "testimony/step.html"


def _when(given: Given) -> dict[str, Any]:
    text = given["when"].strip()
    found = fuzzy_dates.read(text, timezone.localdate()) if text else None
    return {
        "when": text,
        "when_earliest": found.earliest.isoformat() if found else "",
        "when_latest": found.latest.isoformat() if found else "",
    }


def _where(given: Given) -> dict[str, Any]:
    names = ("organisation", "service", "service_kind")
    return {name: given[name].strip() for name in names}


def _readers(given: Given) -> dict[str, Any]:
    until = given.get("until")
    return {"teams": given["teams"], "until": until.isoformat() if until else ""}


def _readers_in_words(said: Answers) -> list[str]:
    named = [str(team) for team in queries.teams_named(said.teams)]
    until = date.fromisoformat(said.until) if named and said.until else None
    return [*named, f"Until {until.day} {until:%B %Y}"] if until else named or ["Nobody but you"]


STEPS: dict[str, Step] = {
    "happened": Step(
        "What happened?",
        HappenedForm,
        lambda said: {"happened": said.happened},
        lambda given: {"happened": given["happened"]},
        lambda said: [said.happened],
        "testimony/happened.html",
    ),
    "more": Step(
        "Is there anything you would like to add?",
        MoreForm,
        lambda said: dict(said.more),
        lambda given: {"more": {key: given[key] for key in PROMPTS}},
        lambda said: list(said.more.values()),
        "testimony/more.html",
    ),
    "when": Step(
        "When did it happen?",
        WhenForm,
        lambda said: {"when": said.when},
        _when,
        lambda said: [said.when],
        "testimony/when.html",
    ),
    "where": Step(
        "Where did it happen?",
        WhereForm,
        lambda said: {
            "organisation": said.organisation,
            "service": said.service,
            "service_kind": said.service_kind,
        },
        _where,
        lambda said: [queries.where_in_words(said)],
    ),
    "wishes": Step(
        "What would you like to happen?",
        Wishes,
        lambda said: {"wishes": said.wishes},
        lambda given: {"wishes": given["wishes"]},
        lambda said: [rules.WISHES[wish] for wish in said.wishes],
        "testimony/wishes.html",
    ),
    "readers": Step(
        "Who may read what you told us?",
        ReadersForm,
        lambda said: {"teams": said.teams, "until": said.until},
        _readers,
        _readers_in_words,
        "testimony/readers.html",
    ),
}
