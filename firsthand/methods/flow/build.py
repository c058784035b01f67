"""Between a diagram's counts and the names that the PRISMA2020 package for R has for them.

An earlier review, or another way of searching, whose counts are all missing or nought is taken
for a row the template came with: it is left out, and that is said. So a file chooses by its own
counts which of the four templates of PRISMA 2020 it is.
"""

from collections.abc import Mapping
from typing import Any

from firsthand.methods.flow.counts import (
    Count,
    Flow,
    FromDatabases,
    FromElsewhere,
    Included,
    Named,
    Reports,
)

Value = Count | tuple[Named, ...]


def flow_of(values: Mapping[str, Value]) -> tuple[Flow, tuple[str, ...]]:
    """The diagram's counts, and a sentence for each part of it that was left out."""
    got = _Values(values)
    flow = Flow(
        _databases(got),
        Included(got.count("new_studies"), got.count("new_reports")),
        _elsewhere(got),
        Included(got.count("previous_studies"), got.count("previous_reports")),
        Included(got.count("total_studies"), got.count("total_reports")),
    )
    return _without_leftovers(flow)


def values_of(flow: Flow) -> dict[str, Value]:
    """The same the other way round. A total beside reasons that have no counts cannot be kept."""
    way, other = flow.databases, flow.elsewhere or FromElsewhere()
    old, both = flow.previous or Included(), flow.total or Included()
    return {
        "previous_studies": old.studies, "previous_reports": old.reports,
        "database_results": way.databases, "database_specific_results": way.by_database,
        "register_results": way.registers, "register_specific_results": way.by_register,
        "joined_specific_results": way.joined,
        "website_results": other.websites, "organisation_results": other.organisations,
        "citations_results": other.citations,
        "duplicates": way.duplicates, "excluded_automatic": way.automation,
        "excluded_other": way.other_reasons,
        "records_screened": way.screened, "records_excluded": way.excluded,
        **_reports_out("dbr", way.reports), **_reports_out("other", other.reports),
        "new_studies": flow.included.studies, "new_reports": flow.included.reports,
        "total_studies": both.studies, "total_reports": both.reports,
    }  # fmt: skip


def _reports_out(way: str, reports: Reports) -> dict[str, Value]:
    return {
        f"{way}_sought_reports": reports.sought,
        f"{way}_notretrieved_reports": reports.not_retrieved,
        f"{way}_assessed": reports.assessed,
        f"{way}_excluded": reports.reasons or reports.excluded,
    }


class _Values:
    """Counts and lists by name; what is not there was not reported."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self.values = values

    def count(self, name: str) -> Count:
        found = self.values.get(name)
        return None if isinstance(found, tuple) else found

    def named(self, name: str) -> tuple[Named, ...]:
        found = self.values.get(name)
        return found if isinstance(found, tuple) else ()

    def reports(self, way: str) -> Reports:
        """`way` is dbr or other. Reports excluded may be one count or a list of reasons."""
        return Reports(
            self.count(f"{way}_sought_reports"),
            self.count(f"{way}_notretrieved_reports"),
            self.count(f"{way}_assessed"),
            self.count(f"{way}_excluded"),
            self.named(f"{way}_excluded"),
        )


def _databases(got: _Values) -> FromDatabases:
    return FromDatabases(
        got.count("database_results"),
        got.count("register_results"),
        got.named("database_specific_results"),
        got.named("register_specific_results"),
        got.named("joined_specific_results"),
        got.count("duplicates"),
        got.count("excluded_automatic"),
        got.count("excluded_other"),
        got.count("records_screened"),
        got.count("records_excluded"),
        got.reports("dbr"),
    )


def _elsewhere(got: _Values) -> FromElsewhere:
    return FromElsewhere(
        got.count("website_results"),
        got.count("organisation_results"),
        got.count("citations_results"),
        got.reports("other"),
    )


def _without_leftovers(flow: Flow) -> tuple[Flow, tuple[str, ...]]:
    parts: dict[str, Any] = {}
    said = []
    for name, words in _OPTIONAL.items():
        part = getattr(flow, name)
        counts = _counts(part)
        parts[name] = part if any(counts) else None
        if parts[name] is None and 0 in counts:
            said.append(f"{words} has nothing but noughts, so it is left out of the picture.")
    return Flow(flow.databases, flow.included, **parts), tuple(said)


_OPTIONAL = {
    "elsewhere": "Identification via other methods",
    "previous": "The previous version of the review",
    "total": "The total of previous and new studies",
}


def _counts(part: Included | FromElsewhere) -> list[Any]:
    if isinstance(part, Included):
        return [part.studies, part.reports]
    its = part.reports
    return [
        part.identified,
        its.sought,
        its.not_retrieved,
        its.assessed,
        its.excluded,
        *its.reasons,
    ]
