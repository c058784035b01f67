"""The few stories that a newcomer is shown: each has its whole course in town.yaml."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from firsthand.config.demo import answering, telling, town
from firsthand.config.demo.people import Someone
from firsthand.config.demo.telling import Teams, Told

Staff = dict[str, Someone]


def unfold(teams: Teams, staff: Staff, people: dict[str, Someone]) -> list[dict[str, str]]:
    """Have every story of town.yaml happen; return the receipts, each with what it opens."""
    receipts = []
    for story in town.rows("stories"):
        owner = people[story["by"]].doer if "by" in story else None
        told = telling.tell(story, owner, teams, _before(story["days_ago"]))
        for course in story.get("course", []):
            _follow(told, course, teams, staff)
        if told.words:
            receipts.append({"opens": story["shown_as"], "words": told.words})
    return receipts


def _follow(told: Told, course: dict[str, Any], teams: Teams, staff: Staff) -> None:
    """What passes between the person and one team, in order of time."""
    team, by = teams[course["team"]], staff[course["by"]]
    if "asked" in course:
        answering.ask(told, team, course["asked"])
    if "read" in course:
        answering.read(told, team, by, _after(told, course["read"]))
    for each in course.get("messages", []):
        writer = by if each["from"] == "team" else None
        answering.write(told, team, writer, each["text"], _after(told, each["after"]))
    if "answer" in course:
        day = _after(told, course["answer"]["after"])
        promises = answering.answer(told, team, by, course["answer"], day)
        judged = _after(told, course.get("judged", 0))
        answering.judge(told, team, promises, course.get("verdicts", []), judged)
    if "thanks" in course:
        answering.write(told, team, None, course["thanks"], _after(told, course["judged"]))
    if "closed" in course:
        answering.close(told, team, _after(told, course["closed"]))


def _before(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def _after(told: Told, days: int) -> date:
    return min(told.day + timedelta(days=days), timezone.localdate())
