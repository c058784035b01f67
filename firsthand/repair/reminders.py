"""Reminding a team by e-mail: a week and a day before something is due, and the day after.

The message is the one that `people.notices` sends: not a word of what is due, or to whom. Which
reminder was given last is kept in the same transaction that has it sent, so that a worker which is
killed, or two at once, remind nobody twice.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from firsthand.people import notices
from firsthand.people import rules as people
from firsthand.people.models import Team
from firsthand.repair import rules
from firsthand.repair.models import Promise, Request

_MORNING = 8  # o'clock: nobody is written to in the night


def give_due() -> int:
    """Give every reminder that is due; return how many."""
    now = timezone.localtime()
    if now.hour < _MORNING:
        return 0
    today = now.date()
    answers = [_give_answer(row, today) for row in _answers(today)]
    promises = [_give_promise(row, today) for row in _promises(today)]
    return sum(answers) + sum(promises)


def _answers(today: date) -> QuerySet[Request]:
    """Return the requests that wait for an answer about now, and that the team may open."""
    rows = Request.objects.filter(stage__in=rules.WAITING, answer_due__range=_near(today))
    return rows.filter(_open("", today)).select_related("team")


def _promises(today: date) -> QuerySet[Promise]:
    """Return the promises nobody has judged that are due about now, in requests that stand."""
    rows = Promise.objects.filter(verdict=rules.RUNNING, due__range=_near(today))
    rows = rows.filter(_open("request__", today), request__stage__in=rules.STANDING)
    return rows.select_related("request__team")


def _near(today: date) -> tuple[date, date]:
    furthest = max(rules.REMINDERS.values()) + rules.REMIND_LATE
    first = min(rules.REMINDERS.values())
    return today - timedelta(days=furthest), today - timedelta(days=first)


def _open(prefix: str, today: date) -> Q:
    return Q(**{f"{prefix}until": None}) | Q(**{f"{prefix}until__gte": today})


def _give_answer(row: Request, today: date) -> bool:
    name = rules.reminder(row.answer_due, row.made_on, today, row.reminded)
    still = Request.objects.filter(id=row.id, reminded=row.reminded, stage__in=rules.WAITING)
    return _give(still, row.team, name)


def _give_promise(row: Promise, today: date) -> bool:
    name = rules.reminder(row.due, row.made_on, today, row.reminded)
    still = Promise.objects.filter(id=row.id, reminded=row.reminded, verdict=rules.RUNNING)
    return _give(still.filter(request__stage__in=rules.STANDING), row.request.team, name)


@transaction.atomic
def _give(still: QuerySet[Request] | QuerySet[Promise], team: Team, name: str) -> bool:
    """Have the team told, if what it is told of is `still` as it was when it was looked up."""
    if not name or not still.update(reminded=name):
        return False
    notices.tell_team(team, people.DUE)
    return True
