"""E-mail to staff: that something waits on this site, and not a word more.

Notices go out on the hour, one a team at most: nobody who reads a mailbox, or the tables here,
learns at what minute someone told something. What is to be sent is written in the transaction
that gives the reason, so that neither a dead mail server nor a killed process loses a notice.
"""

import logging
import uuid
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from firsthand.people import rules
from firsthand.people.models import Team
from firsthand.people.queries import memberships_of
from firsthand.vault.seal import Tampered

log = logging.getLogger(__name__)


@transaction.atomic
def tell_team(team: Team, subject_key: str = rules.WAITING) -> None:
    """Have a team told, at the next full hour, that something waits (see rules.NOTICES)."""
    if subject_key not in rules.NOTICES:
        raise ValueError(f"There is no notice called {subject_key!r}.")
    Team.objects.filter(id=team.id).update(notice=subject_key)
    on_the_hour(send_due)


@task()
def send_due() -> int:
    """Send what is due; return how many teams were told. What fails is tried again in an hour."""
    DBTaskResult.objects.finished().filter(task_path=send_due.module_path).delete()
    due = list(Team.objects.exclude(notice="").values_list("id", flat=True))
    told = [team for team in due if _told(team)]
    if len(told) < len(due):
        on_the_hour(send_due)
    return len(told)


def _told(team: uuid.UUID) -> bool:
    try:
        get_connection().send_messages(_messages(Team.objects.get(id=team)))
    except (OSError, SMTPException, Tampered) as error:
        log.warning("", extra={"event": "notice not sent", "why": type(error).__name__})
        return False
    Team.objects.filter(id=team).update(notice="")
    return True


def _messages(team: Team) -> list[EmailMessage]:
    """One message to each member, so that no address is shown to others."""
    members = [each.user for each in memberships_of(team) if each.admitted and each.user.email]
    subject = rules.NOTICES[team.notice]
    return [message(subject, member.email) for member in members]


def message(subject: str, address: str) -> EmailMessage:
    """Return a notice to one address: where to sign in, and nothing else."""
    return EmailMessage(subject, _body(subject), to=[address])


def _body(subject: str) -> str:
    return (
        f"{subject} on {settings.FIRSTHAND_SITE_NAME}.\n\n"
        f"Sign in to see it: {settings.FIRSTHAND_PUBLIC_URL}{reverse('account_login')}\n\n"
        "This message says no more than that, on purpose.\n"
    )


def on_the_hour(job: Task[[], int]) -> None:
    """Have a job that sends notices done at the next full hour, once, whoever asks how often."""
    hour = _next_hour(timezone.now())
    ours = DBTaskResult.objects.filter(task_path=job.module_path)
    if not ours.filter(status=TaskResultStatus.READY).exists():
        asked = job.using(run_after=hour).enqueue()
        ours.filter(id=asked.id).update(enqueued_at=hour - timedelta(hours=1))


def _next_hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
