"""The record of the searches of a review: what PRISMA-S asks to be reported, item by item.

M. L. Rethlefsen et al., "PRISMA-S: an extension to the PRISMA statement for reporting literature
searches in systematic reviews", Systematic Reviews 10 (2021), 39: 16 items.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

NOT_REPORTED = "not reported"


@dataclass(frozen=True)
class SearchRun:
    """One search of one database on one day. `hits` is None when nobody noted them.

    Raises ValueError where a database, its string or a count makes no sense.
    """

    database: str
    platform: str
    searched_on: date
    string: str
    hits: int | None = None
    limits: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    segments: str = ""

    def __post_init__(self) -> None:
        for name in ("database", "platform", "string"):
            if not getattr(self, name).strip():
                raise ValueError(f"A search run needs its {name}.")
        if self.hits is not None and (isinstance(self.hits, bool) or self.hits < 0):
            raise ValueError(f"Hits are a number from 0 up, not {self.hits}.")


@dataclass(frozen=True)
class Item:
    """One item of PRISMA-S: its number, its name, and what was reported ("" when nothing was)."""

    number: int
    name: str
    said: str

    @property
    def text(self) -> str:
        return self.said or NOT_REPORTED


@dataclass(frozen=True)
class SearchRecord:
    """All searches of a review, and what belongs to none of them alone.

    Say "none" where something was not done: an empty text means that nobody said.
    """

    runs: tuple[SearchRun, ...]
    registries: str = ""
    browsing: str = ""
    citation_searching: str = ""
    contacts: str = ""
    other_methods: str = ""
    prior_work: str = ""
    updates: str = ""
    peer_review: str = ""
    deduplication: str = ""

    @property
    def hits(self) -> int | None:
        """Records of all runs; None when one of them was not noted."""
        noted = [each.hits for each in self.runs if each.hits is not None]
        return sum(noted) if self.runs and len(noted) == len(self.runs) else None

    def items(self) -> tuple[Item, ...]:
        """The 16 items in their order."""
        return tuple(
            Item(number, name, said)
            for number, (name, said) in enumerate(zip(_ITEMS, self._said(), strict=True), 1)
        )

    def missing(self) -> tuple[str, ...]:
        """The names of the items that nothing is said of."""
        return tuple(f"{each.number}. {each.name}" for each in self.items() if not each.said)

    def _said(self) -> tuple[str, ...]:
        runs = self.runs
        return (
            _listed(f"{each.database} via {each.platform}{_in(each.segments)}" for each in runs),
            _together(runs),
            self.registries,
            self.browsing,
            self.citation_searching,
            self.contacts,
            self.other_methods,
            _listed(f"{each.database}: {each.string}" for each in runs),
            _listed(f"{each.database}: {', '.join(each.limits) or 'none'}" for each in runs),
            _listed(f"{each.database}: {', '.join(each.filters) or 'none'}" for each in runs),
            self.prior_work,
            self.updates,
            _listed(f"{each.database}: {each.searched_on.isoformat()}" for each in runs),
            self.peer_review,
            _listed(_hits(each) for each in runs) if self.hits is not None else "",
            self.deduplication,
        )


_ITEMS = (
    "Database name",
    "Multi-database searching",
    "Study registries",
    "Online resources and browsing",
    "Citation searching",
    "Contacts",
    "Other methods",
    "Full search strategies",
    "Limits and restrictions",
    "Search filters",
    "Prior work",
    "Updates",
    "Dates of searches",
    "Peer review",
    "Total records",
    "Deduplication",
)


def _listed(each: Iterable[str]) -> str:
    return "; ".join(each)


def _in(segments: str) -> str:
    return f" ({segments})" if segments else ""


def _hits(run: SearchRun) -> str:
    return f"{run.database}: {run.hits:,}"


def _together(runs: tuple[SearchRun, ...]) -> str:
    """Databases that were searched at one time with one string on one platform."""
    at_once: dict[tuple[str, date, str], list[str]] = {}
    for each in runs:
        at_once.setdefault((each.platform, each.searched_on, each.string), []).append(each.database)
    shared = [f"{key[0]}: {', '.join(names)}" for key, names in at_once.items() if len(names) > 1]
    return _listed(shared) or ("none" if runs else "")
