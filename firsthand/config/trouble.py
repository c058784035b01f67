"""When something goes wrong that is not the person's doing: a clear page, what was typed in it."""

import errno
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import resolve

from firsthand.access.limits import SlowDown
from firsthand.access.middleware import refusal_page
from firsthand.access.refused import Refused
from firsthand.config import alarms
from firsthand.repair.rules import NotAllowed
from firsthand.vault.items import Stale
from firsthand.vault.seal import Tampered
from firsthand.web import errors, lost_form

log = logging.getLogger(__name__)
FULL = (
    "There is no room left where we keep things, so this could not be kept. What was kept before "
    "is safe. What you typed is below: please copy it somewhere safe to you, or try again later."
)
CHANGED = (
    "Something here was changed by someone who should not have been able to. So we have not opened "
    "it, and nothing was kept just now. What you typed is below: please copy it somewhere safe to "
    "you. Whoever looks after this site has been told that this happened, but not what it says."
)
MOVED_ON = (
    "This was changed somewhere else at the same moment, so it could not be kept just now. "
    "What you typed is below. Please send it once more."
)
TRIED = (
    "There have been many tries in a short time, so we have slowed things down. Please wait "
    "{wait}, then try again. Nothing has been locked or lost."
)
BUSY = (
    "A lot has been sent from where you are in a short time, perhaps by other people on the same "
    "network. You did nothing wrong. Please wait {wait}, then send it again."
)
TYPED = " What you typed is below, but it has not been kept yet. You can leave this page open."
_SQLITE_FULL = 13  # https://www.sqlite.org/rescode.html#full
_OVERTAKEN = "40001"  # serialization_failure, PostgreSQL appendix A
_TRIES = 3
_POSTGRES_FULL = "53100"  # disk_full, PostgreSQL appendix A


class Trouble:
    """Answers a full disk, a database that is away, too many tries, and what was tampered with."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        if isinstance(error, Tampered | NotAllowed) and request.method in {"GET", "HEAD"}:
            return _once_more(request)
        return answer(request, error)


def _once_more(request: HttpRequest) -> HttpResponseBase | None:
    """Show the page again while nothing moves: people writing meanwhile look like tampering."""
    for _ in range(_TRIES):
        try:
            with at_rest():
                return _shown(request)
        except Exception as error:
            if not _was_overtaken(error):
                if page := answer(request, error):
                    return page
                raise
    return errors.moved_on(request)


def _shown(request: HttpRequest) -> HttpResponseBase:
    found = resolve(request.path_info)
    try:
        return cast(HttpResponseBase, found.func(request, *found.args, **found.kwargs))
    except Refused as refused:  # kept inside, so that its line in the log stays
        return refusal_page(request, refused)


def _was_overtaken(error: BaseException) -> bool:
    return any(getattr(each, "sqlstate", "") == _OVERTAKEN for each in _chain(error))


@contextmanager
def at_rest() -> Iterator[None]:
    """See the whole database as of one moment, whoever writes to it meanwhile."""
    begins_here = not connection.in_atomic_block
    with transaction.atomic():  # on SQLite nobody else writes now (see `transaction_mode`)
        if connection.vendor == "postgresql" and begins_here:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def answer(request: HttpRequest, error: BaseException) -> HttpResponse | None:
    """Return the page for `error`, or None when it is a mistake of ours."""
    if isinstance(error, SlowDown):
        return slow_down(request, error)
    if isinstance(error, Tampered | NotAllowed):  # rows that do not fit together were changed too
        alarms.raise_alarm(request)
        _without_a_changed_sign_in(request)
        return lost_form.offer(request, 500, CHANGED) or errors.changed(request)
    if isinstance(error, Stale):
        return lost_form.offer(request, 409, MOVED_ON) or errors.moved_on(request)
    if is_full(error):
        log.error("", extra={"event": "disk full"})
        return lost_form.offer(request, 507, FULL) or errors.unavailable(request)
    if isinstance(error, OperationalError | InterfaceError):
        log.error("", extra={"event": "database away"}, exc_info=error)
        return errors.unavailable(request)
    return None


def _without_a_changed_sign_in(request: HttpRequest) -> None:
    """See to it that the page can be made, even when it is the sign-in itself that was changed."""
    try:
        bool(getattr(request, "user", None))
    except Tampered:
        request.user = AnonymousUser()


def slow_down(request: HttpRequest, slow: SlowDown) -> HttpResponse:
    """Answer 429, saying how long to wait, with what was typed (secrets apart) given back."""
    sentence = (BUSY if slow.busy else TRIED).format(wait=slow.wait)
    page = lost_form.offer(request, 429, sentence + TYPED) or errors.too_many(request, sentence)
    page["Retry-After"] = str(slow.seconds)
    return page


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer what no view could catch, such as a sitting that could not be written."""
    error = sys.exception()
    return (answer(request, error) if error else None) or errors.server_error(request)


def is_full(error: BaseException) -> bool:
    """Whether `error` comes of a disk (or a quota) that is full."""
    return any(_is_full(each) for each in _chain(error))


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code == _SQLITE_FULL or getattr(error, "sqlstate", "") == _POSTGRES_FULL


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
