"""What a review counted on its way from records found to studies included.

The boxes are those of all four official templates of PRISMA 2020 (new and updated reviews, with
and without other methods of searching): M. J. Page et al., "The PRISMA 2020 statement", BMJ 372
(2021), n71, figure 1. A count that nobody reported is None, which is not the same as nought.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields

Count = int | None


class _Counted:
    """Refuses what cannot be a count, by the name of its field."""

    def __post_init__(self) -> None:
        for name in (each.name for each in fields(self)):  # type: ignore[arg-type]
            value = getattr(self, name)
            strange = isinstance(value, bool | float) or (isinstance(value, int) and value < 0)
            if strange:
                said = name.replace("_", " ")
                raise ValueError(f"{said}: a count is a whole number from 0 up, not {value}.")


@dataclass(frozen=True)
class Named(_Counted):
    """A database, a register or a reason, and how many; None when only the name is known."""

    name: str
    count: Count = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.name.strip():
            raise ValueError("A count stands there without the name of what was counted.")


@dataclass(frozen=True)
class Reports(_Counted):
    """Reports from being asked for to being read in full and left out, and why.

    `waiting` are those of a review under way that are still to be assessed; the template has no
    line for them.
    """

    sought: Count = None
    not_retrieved: Count = None
    assessed: Count = None
    excluded: Count = None
    reasons: tuple[Named, ...] = ()
    waiting: Count = None

    @property
    def left_out(self) -> Count:
        return told(self.excluded, self.reasons)


@dataclass(frozen=True)
class FromDatabases(_Counted):
    """The way from databases and registers.

    `joined` are records from elsewhere (experts, say) that went through the same removal of
    duplicates and the same screening, as many scoping reviews do; the template has no line for it,
    nor for records `waiting` to be screened while a review is under way.
    """

    databases: Count = None
    registers: Count = None
    by_database: tuple[Named, ...] = ()
    by_register: tuple[Named, ...] = ()
    joined: tuple[Named, ...] = ()
    duplicates: Count = None
    automation: Count = None
    other_reasons: Count = None
    screened: Count = None
    excluded: Count = None
    reports: Reports = field(default_factory=Reports)
    waiting: Count = None

    @property
    def identified(self) -> Count:
        """All records found this way."""
        return total(
            told(self.databases, self.by_database),
            told(self.registers, self.by_register),
            *(each.count for each in self.joined),
        )

    @property
    def removed(self) -> Count:
        """All records removed before screening."""
        return total(self.duplicates, self.automation, self.other_reasons)


@dataclass(frozen=True)
class FromElsewhere(_Counted):
    """The way from other methods: their reports are sought without a screening of records."""

    websites: Count = None
    organisations: Count = None
    citations: Count = None
    reports: Reports = field(default_factory=Reports)

    @property
    def identified(self) -> Count:
        return total(self.websites, self.organisations, self.citations)


@dataclass(frozen=True)
class Included(_Counted):
    """Studies, and the reports that tell of them."""

    studies: Count = None
    reports: Count = None


@dataclass(frozen=True)
class Flow:
    """A whole diagram. `previous` and `total` belong to a review that updates an earlier one."""

    databases: FromDatabases
    included: Included
    elsewhere: FromElsewhere | None = None
    previous: Included | None = None
    total: Included | None = None

    @property
    def ways(self) -> Iterator[Reports]:
        """The reports of each way of searching."""
        yield self.databases.reports
        if self.elsewhere:
            yield self.elsewhere.reports


def total(*counts: Count) -> Count:
    """The sum of what is known; None when nothing is."""
    known = [each for each in counts if each is not None]
    return sum(known) if known else None


def told(whole: Count, parts: tuple[Named, ...]) -> Count:
    """The whole as it was said, or else the sum of its parts if each of them has a count."""
    if whole is not None or not parts or any(each.count is None for each in parts):
        return whole
    return total(*(each.count for each in parts))
