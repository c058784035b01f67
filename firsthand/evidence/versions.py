"""Which part of a review belongs to which of its versions: the first, and each update of it.

A living review is searched again, and each version has a flow diagram of its own, in which what
was included before stands as one box (PRISMA 2020, template for updated reviews).
"""

from dataclasses import dataclass

from firsthand.access.refused import Refused
from firsthand.evidence.models import Review, Update


@dataclass(frozen=True)
class Version:
    """One version: its records have numbers above `after`, up to `upto` (None: to the last).

    `number` is 0 for the first; `searches` are those above `searched`, up to `searched_upto`.
    """

    number: int = 0
    after: int = 0
    upto: int | None = None
    searched: int = 0
    searched_upto: int | None = None
    begun: Update | None = None

    def records(self, path: str = "number") -> dict[str, int]:
        """Return the look-up that finds its records, by the path to their number."""
        known = {f"{path}__gt": self.after, f"{path}__lte": self.upto}
        return {name: each for name, each in known.items() if each}

    def before(self, path: str = "number") -> dict[str, int]:
        """Return the look-up that finds the records of all versions before it."""
        return {f"{path}__lte": self.after}

    def so_far(self, path: str = "number") -> dict[str, int]:
        """Return the look-up that finds its records and those of all versions before it."""
        return {f"{path}__lte": self.upto} if self.upto else {}

    def has_searched(self, run: int) -> bool:
        """Say whether a search run was written down for this version."""
        return run > self.searched and (self.searched_upto is None or run <= self.searched_upto)


def versions(review: Review) -> tuple[Version, ...]:
    """Return every version, the first one first."""
    rows = list(review.updates.select_related("by__user"))
    begins: list[Update | None] = [None, *rows]
    return tuple(_version(begun, end) for begun, end in zip(begins, [*rows, None], strict=True))


def version(review: Review, number: int | None = None) -> Version:
    """Return one version by its number; without, the newest. Raises Refused."""
    known = versions(review)
    if number is None:
        return known[-1]
    if not 0 <= number < len(known):
        raise Refused
    return known[number]


def _version(begun: Update | None, end: Update | None) -> Version:
    return Version(
        begun.number if begun else 0,
        begun.after if begun else 0,
        end.after if end else None,
        begun.searches if begun else 0,
        end.searches if end else None,
        begun,
    )
