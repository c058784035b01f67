"""Telling those who run a group by e-mail that something waits. Never what, or from whom."""

import logging
import uuid
from smtplib import SMTPException

from django.core.mail import get_connection
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from firsthand.consultation.models import Facilitator, Group
from firsthand.people import notices, rules
from firsthand.vault.seal import Tampered

log = logging.getLogger(__name__)


def tell(group: Group) -> None:
    """Have those who run a group told at the next full hour; in the transaction of the reason."""
    Facilitator.objects.filter(group=group, left_on=None).update(notice=True)
    notices.on_the_hour(send_due)


@task()
def send_due() -> int:
    """Send what is due, one a person at most; return how many were told."""
    DBTaskResult.objects.finished().filter(task_path=send_due.module_path).delete()
    due = Facilitator.objects.filter(notice=True)
    users = list(due.order_by().values_list("user_id", flat=True).distinct())
    told = [user for user in users if _told(user)]
    if len(told) < len(users):
        notices.on_the_hour(send_due)
    return len(told)


def _told(user: uuid.UUID) -> bool:
    try:
        rows = list(Facilitator.objects.select_related("user").filter(user_id=user, notice=True))
        open_to = [each for each in rows if each.left_on is None and each.user.is_active]
        subject = rules.NOTICES[rules.WAITING]
        mails = [notices.message(subject, each.user.email) for each in open_to if each.user.email]
        get_connection().send_messages(mails[:1])
    except (OSError, SMTPException, Tampered) as error:
        log.warning("", extra={"event": "notice not sent", "why": type(error).__name__})
        return False
    Facilitator.objects.filter(user_id=user).update(notice=False)
    return True
