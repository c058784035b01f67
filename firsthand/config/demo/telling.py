"""Made-up people tell what happened, step by step, with the same actions as the pages."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from firsthand.access.doer import Doer
from firsthand.config.demo import clock
from firsthand.config.demo.town import made_up
from firsthand.people.models import Team
from firsthand.testimony import actions, attaching, files, researching, rules
from firsthand.testimony.fitting import current_slug
from firsthand.testimony.models import Testimony
from firsthand.vault.sessions import SessionStore

Teams = dict[str, Team]


@dataclass(frozen=True)
class Told:
    """A testimony, its owner's keys, and the receipt's words where there is no sign-in."""

    row: Testimony
    doer: Doer
    day: date
    words: str = ""


def tell(story: dict[str, Any], owner: Doer | None, teams: Teams, day: date) -> Told:
    """Tell one story on `day`; without an owner it is told with a receipt."""
    with clock.on(day):
        told = _begun(story, owner, day)
        _answer(told, story, teams)
        if not story.get("draft"):
            actions.finish(told.doer, told.row)
            told.row.refresh_from_db()
        if learners := [teams[key] for key in story.get("research", [])]:
            researching.let_in(told.doer, told.row, learners, None)
    if story.get("withdrawn"):
        with clock.on(day + timedelta(days=2)):
            actions.withdraw(told.doer, told.row)
    return told


def _begun(story: dict[str, Any], owner: Doer | None, day: date) -> Told:
    sitting = SessionStore()
    sitting["begun"] = True  # as a page leaves it: a sitting with nothing in it holds no keys
    doer = owner or Doer()
    found = actions.begin(doer, sitting, secrets.token_urlsafe(16), made_up(story["text"]))
    words = ""
    if owner is None:
        keys = sitting.in_hand()[0]
        doer, words = Doer(None, {keys.id: keys}), keys.words
        sitting.delete()
    return Told(Testimony.objects.get(id=found), doer, day, words)


def _answer(told: Told, story: dict[str, Any], teams: Teams) -> None:
    """Keep the answers of every step the story has something for."""
    for step, given in _given(story, teams).items():
        actions.save(told.doer, told.row, step, given)
    if "file" in story:
        name, text = story["file"]["name"], made_up(story["file"]["text"])
        attaching.add(told.doer, told.row, files.checked(name, text.encode()))


def _given(story: dict[str, Any], teams: Teams) -> dict[str, dict[str, Any]]:
    wishes = story.get("wishes", [rules.COUNT])
    chosen = [teams[key] for key in story.get("teams", [])]
    where = {"service_kind": story.get("kind", "not-said"), "service": "", "organisation": ""}
    if "at" in story:
        where["organisation"] = str(teams[story["at"]].organisation_id)
    given: dict[str, dict[str, Any]] = {
        "where": where,
        "fits": {"model_version": current_slug(), "codes": story.get("codes", [])},
        "wishes": {"wishes": wishes},
    }
    if "more" in story:
        given["more"] = {"more": {key: made_up(text) for key, text in story["more"].items()}}
    if "when" in story:
        given["when"] = {"when": story["when"]}
    if chosen:
        given["readers"] = {"teams": [str(team.id) for team in chosen], "until": ""}
    return given
