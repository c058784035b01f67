"""The many: enough made-up accounts over several quarters for the figures page to show some.

Who tells what is drawn by dice that fall the same way each time.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from firsthand.config.demo import answering, telling, town
from firsthand.config.demo.people import Someone
from firsthand.config.demo.telling import Teams, Told
from firsthand.config.talk import step
from firsthand.methods.quarters import Quarter, quarter_of, quarters
from firsthand.testimony.rules import ANSWER, COUNT

DICE = 2022
ANSWERED_AFTER, JUDGED_AFTER = 14, 45  # days
VERDICTS = {"kept": 9, "partly": 4, "broken": 4, "running": 3}


def gather(teams: Teams, staff: dict[str, Someone], owners: list[Someone]) -> None:
    """Have everyone tell, one quarter after the other, and every fifth of them be answered."""
    dice = random.Random(DICE)  # noqa: S311  (not a secret: who says what in a made-up town)
    for quarter, many in sizes():
        with step(f"People tell, {quarter.label}"):
            for place in range(many):
                owner = owners[place % len(owners)]
                _one(place, quarter, dice, teams, staff, owner)


def sizes() -> Iterator[tuple[Quarter, int]]:
    """Yield each quarter and how many tell in it; the running one holds its share so far."""
    today = timezone.localdate()
    now = quarter_of(today)
    first = now
    for _ in town.town()["crowd_sizes"][1:]:
        first = first.previous
    for quarter, many in zip(quarters(first, now), town.town()["crowd_sizes"], strict=True):
        passed = min((today - quarter.first_day).days + 1, 91)
        yield quarter, many * passed // 91 if quarter == now else many


def _one(
    place: int, quarter: Quarter, dice: random.Random, teams: Teams,
    staff: dict[str, Someone], owner: Someone,
) -> None:  # fmt: skip
    stories = town.rows("crowd")
    story = dict(dice.choices(stories, weights=[each["often"] for each in stories])[0])
    service = dice.choice(town.rows("answering"))
    story |= {"at": service["team"], "kind": service["kind"], "wishes": [COUNT]}
    day = _day_in(quarter, dice)
    if place % 5:
        telling.tell(story, owner.doer, teams, day)
        return
    story |= {"wishes": [COUNT, ANSWER], "teams": [service["team"]]}
    told = telling.tell(story, owner.doer, teams, day)
    _answered(told, service, dice, teams, staff)


def _answered(
    told: Told, service: dict[str, str], dice: random.Random, teams: Teams,
    staff: dict[str, Someone],
) -> None:  # fmt: skip
    today = timezone.localdate()
    team, by = teams[service["team"]], staff[service["by"]]
    answered = told.day + timedelta(days=ANSWERED_AFTER)
    if answered > today:
        return
    answering.read(told, team, by, answered)
    said = {**town.town()["crowd_answer"], "promises": dice.sample(town.rows("pledges"), 2)}
    promises = answering.answer(told, team, by, said, answered)
    judged = told.day + timedelta(days=JUDGED_AFTER)
    verdicts = dice.choices(list(VERDICTS), weights=list(VERDICTS.values()), k=2)
    if judged <= today:
        answering.judge(told, team, promises, verdicts, judged)


def _day_in(quarter: Quarter, dice: random.Random) -> date:
    last = min(quarter.last_day, timezone.localdate())
    return quarter.first_day + timedelta(days=dice.randint(0, (last - quarter.first_day).days))
