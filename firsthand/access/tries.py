"""Counts how often reading a file was begun: one that kills its reader is not read for ever.

A reader that is killed (out of memory, say) can say nothing any more. So each says that it begins
before it reads, and whoever would begin a fourth time gives the file up and says why.
"""

from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

MOST = 3
GIVEN_UP = (
    "This file stopped the program three times while it was read, so it was not tried again by "
    "itself. It may need more memory than this machine has. Try a smaller one, or the same in "
    "parts, or try again when the machine has less to do."
)


def begin(rows: QuerySet[Any]) -> bool:
    """Say that reading begins; False when it was begun as often as may be and never came to an end.

    `rows` is the one file. Its `tries` go back to 0 with every step forward.
    """
    begun = rows.filter(tries__lt=MOST)
    return bool(begun.update(tries=F("tries") + 1, moved_at=timezone.now()))
