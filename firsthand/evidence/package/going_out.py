"""A review on its way out: its people as numbers, its times as days.

Nobody's name is in a package. A reviewer has the number in which order they are met in its tables,
so the same review gives the same numbers, and so does the review that is made of the package.
"""

import re
import uuid
from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from firsthand.evidence import rules
from firsthand.evidence.models import Audit, Member, Ordering, Plan, Review, Screening

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

    def listed(self, said: str) -> str:
        """Return "Ada: 3" with a number instead of the name."""
        name, _, rest = said.rpartition(": ")
        known = self._by_name.get(name)
        return f"{CALLED.format(self.reviewer(known)) if known else 'Someone'}: {rest}"

    def in_order(self, members: Iterable[uuid.UUID]) -> list[uuid.UUID]:
        """Return people in an order that holds for the review made of the package, too.

        Those with a number come by it; of the others, who joined first, then by name: the stand-ins
        are called by the numbers that are given here.
        """
        return sorted(members, key=self._place)

    def _place(self, member: uuid.UUID) -> tuple[Any, ...]:
        who, number = self.members[member], self._numbers.get(member)
        words = re.split(r"(\d+)", who.user.name)
        name = [int(each) if at % 2 else each for at, each in enumerate(words)]
        return (0, number) if number else (1, who.since, name, str(member))

    def turn(self, row: Any) -> int | None:
        """Return where a row comes among all whose times are compared with one another."""
        return self._turns.get(row.id)

    @cached_property
    def _turns(self) -> dict[uuid.UUID, int]:
        settled = Screening.objects.filter(review=self.review, state__in=rules.SETTLED)
        settled = settled.exclude(settled_at=None)
        held: list[tuple[Any, ...]] = [(at, 0, *its, row) for row, at, *its in settled.values_list(
            "id", "settled_at", "stage", "number")]  # fmt: skip
        compared: tuple[type[Any], ...] = (Ordering, Plan, Audit)
        for kind, model in enumerate(compared, start=1):
            rows = model.objects.filter(review=self.review).order_by("stage", "at", "id")
            held += [(row.at, kind, row.stage, place, row.id) for place, row in enumerate(rows)]
        return {row[-1]: turn for turn, row in enumerate(sorted(held), start=1)}

    def met(self) -> Iterable[tuple[int, Member]]:
        """Return everyone met so far with their number."""
        return ((number, self.members[each]) for each, number in self._numbers.items())


def on(moment: datetime | None) -> date | None:
    """Return the day. When in the day someone worked is nobody else's business."""
    return timezone.localtime(moment).date() if moment else None
