"""A review on its way out: its people as numbers, its times as days.

Nobody's name is in a package. A reviewer has the number in which order they are met in its tables,
so the same review gives the same numbers, and so does the review that is made of the package.
"""

import re
import uuid
from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from firsthand.evidence.models import Member, Review

CALLED = "Reviewer {}"
_SAID = (
    r"(?= looked at both\.| undid it\.| undid an answer\.)"  # who answered a pair, in its reason
)


class Out:
    """A review that is being written, and the numbers its people were given so far."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self.members = {each.id: each for each in review.members.select_related("user")}
        self._by_user = {each.user_id: each.id for each in self.members.values()}
        self._by_name = {each.user.name: each.id for each in self.members.values()}
        self._numbers: dict[uuid.UUID, int] = {}
        names = sorted(map(re.escape, self._by_name), key=len, reverse=True)
        self._names = re.compile(rf"(?<!\w)(?:{'|'.join(names)}){_SAID}")

    def reviewer(self, member: uuid.UUID | None) -> int | None:
        """Return someone's number; None for nobody, which is the site itself."""
        if member is None:
            return None
        return self._numbers.setdefault(member, len(self._numbers) + 1)

    def by_user(self, user: uuid.UUID | None) -> int | None:
        return self.reviewer(self._by_user[user]) if user in self._by_user else None

    def called(self, member: Member) -> str:
        return CALLED.format(self.reviewer(member.id))

    def nameless(self, reason: str) -> str:
        """Return why two records are one report with numbers instead of names."""
        return self._names.sub(
            lambda found: CALLED.format(self.reviewer(self._by_name[found[0]])), reason
        )

    def met(self) -> Iterable[tuple[int, Member]]:
        """Return everyone met so far with their number."""
        return ((number, self.members[each]) for each, number in self._numbers.items())


def on(moment: datetime | None) -> date | None:
    """Return the day. When in the day someone worked is nobody else's business."""
    return timezone.localtime(moment).date() if moment else None
