"""Teams are reminded before something is due and once it was missed: each time once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from firsthand.config import chores
from firsthand.config.demo import clock
from firsthand.people import notices
from firsthand.people import rules as people
from firsthand.people.models import Team
from firsthand.repair import actions, letting_in, reminders, rules
from firsthand.repair.models import Promise, Request
from firsthand.repair.posting import Turn
from firsthand.repair.words import Pledge, Said
from firsthand.testimony import actions as telling
from tests.repair.conftest import asked_long_ago, tell

WEEK, DAY = timedelta(days=7), timedelta(days=1)
DUE = date(2026, 3, 20)


def told_on(town, first: date, last: date, times: int = 3) -> list[date]:
    """The days on which the service is sent something; each day the worker starts anew."""
    found, day = [], first
    while day <= last:
        Team.objects.update(notice="")
        with clock.on(day):
            given = sum(reminders.give_due() for _ in range(times))
        if Team.objects.get(id=town.service.id).notice:
            assert Team.objects.get(id=town.service.id).notice == people.DUE
            found += [day] * given
        day += DAY
    return found


@pytest.fixture
def request_(town) -> Request:
    """One request to the service alone."""
    told = tell(town.other_person, [town.service])
    telling.withdraw(town.person.doer, town.testimony)
    return Request.objects.get(testimony=told)


@pytest.fixture
def promise(town, request_) -> Promise:
    """One promise of the service's, due in thirty days."""
    due = timezone.localdate() + timedelta(days=30)
    actions.note_opened(request_, rules.TEAM)
    said = Said(heard="We heard.", responsible="We are.", needed="A say.")
    turn = Turn("n", said, pledges=[Pledge("Ask first", "Rae", due)])
    actions.answer(town.responder.doer, request_, turn)
    return Promise.objects.get()


# -- when -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "given", "name"),
    [
        (-8, "", ""),
        (-7, "", "soon"),
        (-3, "", "soon"),
        (-3, "soon", ""),
        (-1, "soon", "tomorrow"),
        (-1, "", "tomorrow"),
        (0, "soon", "tomorrow"),
        (0, "tomorrow", ""),
        (1, "tomorrow", "missed"),
        (1, "missed", ""),
        (8, "", "missed"),
        (9, "", ""),
    ],
)
def test_the_newest_reminder_whose_day_has_come_is_given_once(days, given, name):
    assert rules.reminder(DUE, date(2026, 1, 1), DUE + timedelta(days=days), given) == name


def test_nobody_is_reminded_of_a_day_on_which_the_thing_was_not_there_yet():
    made_on = DUE - timedelta(days=3)
    assert rules.reminder(DUE, made_on, made_on, "") == ""
    assert rules.reminder(DUE, made_on, DUE - DAY, "") == "tomorrow"
    assert rules.reminder(DUE, DUE, DUE, "") == ""
    assert rules.reminder(DUE, DUE, DUE + DAY, "") == "missed"


def test_an_answer_is_reminded_of_a_week_before_a_day_before_and_the_day_after(town, request_):
    due = request_.answer_due
    days = told_on(town, request_.made_on, due + timedelta(days=40))
    assert days == [due - WEEK, due - DAY, due + DAY]


def test_a_promise_is_reminded_of_a_week_before_a_day_before_and_the_day_after(town, promise):
    due = promise.due
    days = told_on(town, promise.made_on, due + timedelta(days=40))
    assert days == [due - WEEK, due - DAY, due + DAY]


def test_a_worker_that_was_away_gives_the_newest_only(town, promise):
    assert told_on(town, promise.due, promise.due) == [promise.due]
    assert told_on(town, promise.due, promise.due + DAY) == [promise.due + DAY]


def test_what_was_overdue_long_ago_is_left_to_the_inbox(town):
    request = asked_long_ago(town)
    telling.withdraw(town.person.doer, town.testimony)
    assert rules.is_overdue(request.answer_due, timezone.localdate() + timedelta(days=30))
    later = request.answer_due + timedelta(days=9)
    assert told_on(town, later, later + timedelta(days=9)) == []


def test_nobody_is_written_to_in_the_night(town, request_, monkeypatch):
    due = request_.answer_due
    night = datetime(due.year, due.month, due.day, 5, tzinfo=UTC)
    with monkeypatch.context() as patched:
        patched.setattr(timezone, "now", lambda: night)
        assert reminders.give_due() == 0
    assert told_on(town, due, due) == [due]


# -- never ------------------------------------------------------------------------------------


def close(town, request):
    actions.close(town.other_person.doer, request)


def stop(town, request):
    telling.stop_sharing(town.other_person.doer, request.testimony, town.service)


def withdraw(town, request):
    telling.withdraw(town.other_person.doer, request.testimony)


def lapse(town, request):
    doer, until = town.other_person.doer, timezone.localdate() + DAY
    telling.save(doer, request.testimony, "readers", {"teams": [], "until": ""})
    chosen = {"teams": [str(town.service.id)], "until": until.isoformat()}
    telling.choose_readers(doer, request.testimony, chosen, [town.service])


@pytest.mark.parametrize("end", [close, stop, withdraw, lapse])
def test_never_of_an_answer_once_it_is_closed_withdrawn_or_no_longer_shared(town, request_, end):
    end(town, request_)
    assert told_on(town, request_.made_on, request_.answer_due + 2 * WEEK) == []


@pytest.mark.parametrize("end", [close, stop, withdraw, lapse])
def test_never_of_a_promise_once_it_is_closed_withdrawn_or_no_longer_shared(town, promise, end):
    end(town, promise.request)
    assert told_on(town, promise.made_on, promise.due + 2 * WEEK) == []


def test_never_of_an_answer_that_was_given_nor_of_a_promise_that_was_judged(town, promise):
    actions.judge(town.other_person.doer, promise.request, promise, rules.KEPT, "n")
    last = max(promise.due, promise.request.answer_due)
    assert told_on(town, promise.made_on, last + 2 * WEEK) == []


def test_opened_again_it_is_reminded_of_what_is_still_to_come(town, promise):
    assert told_on(town, promise.due - WEEK, promise.due - WEEK)
    close(town, promise.request)
    assert told_on(town, promise.due - 3 * DAY, promise.due - DAY) == []
    actions.reopen(town.other_person.doer, promise.request)
    assert told_on(town, promise.due, promise.due) == [promise.due]


def test_nobody_but_the_team_concerned_is_reminded(town):
    letting_in.let_in(town.person.doer, town.request, town.helpers, earlier=False)
    actions.close(town.person.doer, town.help_request)
    Team.objects.update(notice="")
    with clock.on(town.request.answer_due):
        assert reminders.give_due() == 1
    assert [row.id for row in Team.objects.exclude(notice="")] == [town.service.id]


# -- how --------------------------------------------------------------------------------------


def test_killed_before_it_is_kept_it_is_given_the_next_time(town, request_, monkeypatch):
    with monkeypatch.context() as patched, clock.on(request_.answer_due):
        patched.setattr(notices, "tell_team", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            reminders.give_due()
    request_.refresh_from_db()
    assert request_.reminded == ""
    assert told_on(town, request_.answer_due, request_.answer_due) == [request_.answer_due]


def test_two_workers_at_once_remind_once(town, request_):
    with clock.on(request_.answer_due):
        today = timezone.localdate()
        first, second = (list(reminders._answers(today)) for _ in range(2))
        given = [reminders._give_answer(row, today) for row in (*first, *second)]
    assert given == [True, False]


def test_what_happens_in_between_keeps_it_from_being_given(town, request_):
    with clock.on(request_.answer_due):
        today = timezone.localdate()
        rows = list(reminders._answers(today))
        close(town, request_)
        assert [reminders._give_answer(row, today) for row in rows] == [False]


def test_the_message_says_nothing_of_what_is_due_to_whom_or_when(town, promise):
    Team.objects.update(notice="")
    mail.outbox.clear()
    with clock.on(promise.due - DAY):
        reminders.give_due()
    notices.send_due.call()
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        [town.responder.user.email, town.colleague.user.email]
    )
    said = mail.outbox[0].subject + mail.outbox[0].body
    assert "Something needs you soon" in said
    for word in (
        promise.request.reference, str(promise.id), "promise", "answer", "Ask first",
        f"{promise.due.day} ", town.service.name,
    ):  # fmt: skip
        assert word not in said, word


def test_reminders_are_among_the_chores():
    assert reminders.give_due in [chore for chore, _ in chores.CHORES]
