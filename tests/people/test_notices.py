"""Staff are told that something waits; the message says nothing else and is never lost."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from firsthand.people import actions, notices
from firsthand.people.models import Team
from firsthand.vault import keyrings
from tests.people import kit

pytestmark = pytest.mark.django_db(transaction=True)


def an_hour_later() -> None:
    """Run the worker as if the next full hour had come."""
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))
    Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id="test",
        excluded_queue_names=[],
    ).run()


@pytest.fixture
def team() -> Team:
    return kit.team()


@pytest.fixture(autouse=True)
def ada(team) -> kit.Someone:
    return kit.staff(team=team)


def test_each_member_is_told_apart_that_something_waits_and_nothing_more(team, ada):
    late = kit.staff(name="Bo Field", team=team)
    actions.let_in(keyrings.through([ada.keys]), late.user, team)
    notices.tell_team(team)
    an_hour_later()
    assert [message.to for message in mail.outbox] == [["staff@example.org"]] * 2
    text = mail.outbox[0].subject + mail.outbox[0].body
    assert "Something is waiting for you" in text
    assert "/sign-in/" in text
    for word in (team.name, ada.user.name, team.organisation.name, str(team.id)):
        assert word not in text


def test_many_reasons_in_one_hour_make_one_message(team):
    for _ in range(5):
        notices.tell_team(team)
    an_hour_later()
    assert len(mail.outbox) == 1
    assert not Team.objects.exclude(notice="").exists()


def test_nothing_is_sent_before_the_full_hour(team):
    notices.tell_team(team)
    due = DBTaskResult.objects.get()
    assert due.run_after > timezone.now()
    assert (due.run_after.minute, due.run_after.second, due.run_after.microsecond) == (0, 0, 0)
    assert (due.enqueued_at.minute, due.enqueued_at.second) == (0, 0)
    assert due.args_kwargs == {"args": [], "kwargs": {}}


def test_what_is_rolled_back_tells_nobody(team):
    with transaction.atomic():
        notices.tell_team(team)
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()
    assert not Team.objects.exclude(notice="").exists()


def test_a_dead_mail_server_loses_nothing(team, settings):
    notices.tell_team(team)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    an_hour_later()
    assert Team.objects.exclude(notice="").exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    an_hour_later()
    assert len(mail.outbox) == 1


def test_who_has_not_been_let_in_or_whose_sign_in_is_closed_is_told_nothing(team, ada):
    kit.staff(name="Bo Field", team=team)
    actions.close(ada.user)
    notices.tell_team(team)
    an_hour_later()
    assert mail.outbox == []


def test_a_notice_nobody_thought_of_is_a_mistake(team):
    with pytest.raises(ValueError, match="no notice"):
        notices.tell_team(team, "your client wrote about her landlord")
