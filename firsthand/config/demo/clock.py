"""The made-up town's own clock, so that its past comes about by the same actions as its present.

Rows are never dated by hand: signatures and the access log cover their dates, so a date put in
afterwards would be found out as tampering, and rightly.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def on(day: date) -> Iterator[None]:
    """Let it be the late morning of `day`, for this process alone and only while it fills."""
    moment = datetime.combine(day, time(10, 30), UTC)
    with patch.object(timezone, "now", lambda: moment):
        yield
