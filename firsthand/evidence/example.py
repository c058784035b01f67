"""The scoping review of 2023, ready to be looked at: the site's worked example."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from firsthand.evidence.study_table import Attribute, Group, StudyTable
from firsthand.methods.flow.counts import Flow, FromDatabases, Included, Named, Reports

FILE = Path(__file__).with_name("data") / "review-2023.yaml"


@dataclass(frozen=True)
class Source:
    """Where it was published."""

    citation: str
    address: str


@dataclass(frozen=True)
class Search:
    """`blocks` were joined with AND. `searched` is a year and a month."""

    blocks: tuple[str, ...]
    databases: tuple[str, ...]
    searched: str
    from_year: int
    other_sources: tuple[str, ...]


@dataclass(frozen=True)
class Criteria:
    include: tuple[str, ...]
    leave_out: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Screening:
    """Reviewers by their initials, as printed."""

    reviewers: tuple[str, ...]
    calibration_rounds: int
    records_a_round: int
    seen_by_all: bool
    criteria_changed: bool
    afterwards: str
    full_text_reviewers: tuple[str, ...]

    def calibrated_share(self, screened: int) -> float:
        """Which share of all screened records the calibration rounds were, from 0 to 1."""
        return self.calibration_rounds * self.records_a_round / screened


@dataclass(frozen=True)
class Charting:
    extractors: tuple[str, ...]
    charted_twice_percent: int
    form: tuple[str, ...]


@dataclass(frozen=True)
class Coding:
    method: str
    coders: tuple[str, ...]
    coded_twice_percent: int
    merged_by: str
    revised_by: str


@dataclass(frozen=True)
class Consultation:
    advisory_group_members: int
    meetings: int


@dataclass(frozen=True)
class Review:
    """A whole review as it was reported."""

    title: str
    source: Source
    question: str
    framework: tuple[str, ...]
    stages: tuple[str, ...]
    search: Search
    criteria: Criteria
    flow: Flow
    reports_sharing_a_programme: int
    screening: Screening
    charting: Charting
    coding: Coding
    consultation: Consultation
    studies: StudyTable


@cache
def review_2023() -> Review:
    """The review as the file beside this one has it."""
    told = yaml.safe_load(FILE.read_text("utf-8"))
    return Review(
        told["title"],
        Source(**told["source"]),
        told["question"],
        tuple(told["framework"]),
        tuple(told["stages"]),
        Search(**_frozen(told["search"])),
        Criteria(**_frozen(told["criteria"])),
        _flow(told["flow"]),
        told["flow"]["reports_sharing_a_programme"],
        Screening(**_frozen(told["screening"])),
        Charting(**_frozen(told["charting"])),
        Coding(**_frozen(told["coding"])),
        Consultation(**told["consultation"]),
        _studies(told["studies"]),
    )


def _frozen(told: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(it) if isinstance(it, list) else it for key, it in told.items()}


def _flow(told: dict[str, Any]) -> Flow:
    way = FromDatabases(
        databases=told["databases"],
        joined=tuple(Named(name, count) for name, count in told["joined"].items()),
        duplicates=told["duplicates"],
        screened=told["screened"],
        excluded=told["excluded"],
        reports=Reports(assessed=told["assessed"], excluded=told["reports_excluded"]),
    )
    return Flow(way, Included(reports=told["included_reports"]))


def _studies(told: dict[str, Any]) -> StudyTable:
    groups = (
        Group(group["name"], tuple(Attribute(**_frozen(each)) for each in group["attributes"]))
        for group in told["groups"]
    )
    return StudyTable(told["count"], tuple(groups))
