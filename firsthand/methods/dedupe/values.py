"""What goes into de-duplication and what comes out: plain frozen values.

The words follow PRISMA 2020 (Page et al., BMJ 2021;372:n71): a *report* is a paper or abstract that
supplies information about a study; a *duplicate* is a second record of the same report. Two
versions of one piece of work (a preprint and its article, an abstract and its article, a paper and
its correction) are two reports: they are linked, never merged.
"""

from dataclasses import dataclass
from typing import Literal

# preprint: a preprint and what was published of it. meeting: a meeting's abstract or paper and a
# later article. notice: a correction, retraction, comment or reply and what it is about.
# part: parts of one series. again: the same title in another year or another place.
LinkKind = Literal["preprint", "meeting", "notice", "part", "again"]


@dataclass(frozen=True, slots=True)
class Report:
    """One record as it was imported. Unknown texts are "", an unknown year is None.

    `id` is unique among all reports that are compared; authors stand in the paper's order, each
    in any usual form ("Okri, Ada B.", "Okri AB", "Ada B. Okri").
    """

    id: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    title: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    abstract: str = ""
    doi: str = ""
    pmid: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: the rule's name, and what spoke for and against it, in plain words."""

    rule: str
    evidence: tuple[str, ...]
    against: tuple[str, ...] = ()

    def sentence(self) -> str:
        """Both sides as one line: "same DOI, same first page; but: other year"."""
        line = ", ".join(self.evidence)
        return f"{line}; but: {', '.join(self.against)}" if self.against else line


@dataclass(frozen=True, slots=True)
class Merge:
    """Two reports that are one, and why."""

    first: str
    second: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one report, in the order they came; the merges hold them together."""

    ids: tuple[str, ...]
    merges: tuple[Merge, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports that a person should look at: too alike to pass over, not enough to merge."""

    first: str
    second: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Link:
    """Two reports that belong together and stay two."""

    first: str
    second: str
    kind: LinkKind
    reason: Reason


@dataclass(frozen=True, slots=True)
class Found:
    """The three outcomes. A report in none of them stands alone.

    At most one pair and one link join two groups, and none joins members of one group.
    """

    groups: tuple[Group, ...]
    pairs: tuple[Pair, ...]
    links: tuple[Link, ...]
