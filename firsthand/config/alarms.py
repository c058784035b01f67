"""Alarms: that a page met something which was changed from outside. Never what it said.

Kept in a file beside the database, not in it: whoever can write to the database cannot take an
alarm back. Each line is a page's name, the day, and the random id in its address, if it had one.
"""

import json
import logging
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from firsthand.access import signals

log = logging.getLogger(__name__)
NAME = "alarms.jsonl"
MOST = 1_000_000  # bytes: someone who asks for the same page for ever cannot fill the disk
_NAMED = ("testimony", "conversation", "team", "user", "organisation")


@dataclass(frozen=True)
class Alarm:
    """What is known of one: the day, the page's name, the id of what it is about."""

    on: date
    page: str
    about: str


def raise_alarm(request: HttpRequest) -> None:
    """Note that `request` met something that was changed, once a day for each page and thing."""
    match = request.resolver_match
    named = match.kwargs if match else {}
    about = next((str(named[name]) for name in _NAMED if name in named), "")
    alarm = Alarm(timezone.localdate(), match.view_name if match else "none", about)
    log.error("", extra={"event": "changed from outside", "page": alarm.page})
    try:
        _keep(alarm)
    except OSError:  # the page must come all the same; the log has said it
        log.exception("", extra={"event": "alarm not kept"})


@receiver(signals.changed_outside)
def went_on_without(request: HttpRequest, **kwargs: Any) -> None:
    """A page left out what was changed, and came all the same: the steward hears of it too."""
    raise_alarm(request)


def alarms() -> list[Alarm]:
    """Return every alarm there was, the oldest first. What cannot be read is passed over."""
    if not _path().exists():
        return []
    found = map(_read, _path().read_text("utf-8", "replace").splitlines())
    return [alarm for alarm in found if alarm]


def _keep(alarm: Alarm) -> None:
    if alarm in alarms() or (_path().exists() and _path().stat().st_size > MOST):
        return
    line = json.dumps([alarm.on.isoformat(), alarm.page, alarm.about]) + "\n"
    handle = os.open(_path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "ab") as file:
        file.write(line.encode())


def _read(line: str) -> Alarm | None:
    try:
        on, page, about = json.loads(line)
        return Alarm(date.fromisoformat(on), str(page), str(about))
    except (ValueError, TypeError):
        return None


def _path() -> Path:
    return Path(settings.FIRSTHAND_DATA) / NAME
