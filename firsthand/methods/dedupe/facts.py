"""One report made ready for comparing: worked out once, compared many times."""

from typing import NamedTuple

from firsthand.methods.dedupe import containers, identifiers, numbers
from firsthand.methods.dedupe.folding import fold
from firsthand.methods.dedupe.names import Names, names
from firsthand.methods.dedupe.titles import Title, title
from firsthand.methods.dedupe.values import Report

_ENOUGH = 600  # letters of an abstract that are compared
_HEADINGS = ("abstract", "background", "objective", "objectives", "purpose", "aim", "aims",
             "introduction", "summary", "context", "importance", "highlights")  # fmt: skip


class Facts(NamedTuple):
    """What is compared. Empty texts and None are unknown and speak neither for nor against."""

    report: Report
    title: Title
    names: Names
    year: int | None
    container: str
    volume: str
    issue: str
    first: str
    last: str
    doi: str
    pmid: str
    preprint: bool
    meeting: bool


def facts(report: Report) -> Facts:
    """The comparable form of one report."""
    volume, issue, (first, last) = _place(report)
    doi = identifiers.doi(report.doi) if report.doi else ""
    place, kind = report.container, report.kind.lower()
    return Facts(
        report, title(report.title), names(report.authors), report.year, place,
        volume, issue, first, last, doi,
        identifiers.pmid(report.pmid) if report.pmid else "",
        identifiers.is_preprint(doi) or "preprint" in kind or containers.is_server(place),
        "conf" in kind or "proceeding" in kind or containers.is_meeting(place),
    )  # fmt: skip


def _place(report: Report) -> tuple[str, str, numbers.Pages]:
    """Volume, issue and pages, each where it belongs.

    Exports of papers without pages put "17 (10) (no pagination)" for the volume and the article's
    number for the issue. A volume that is only the year, or an issue above 366, is a filler.
    """
    issue, pages = report.issue, report.pages
    if "no pagination" in report.volume or (not pages and issue[:1] in ("e", "E")):
        issue, pages = "", pages or issue
    volume = numbers.volume(report.volume) if report.volume else ""
    number = numbers.volume(issue) if issue else ""
    if volume == str(report.year):
        volume = ""
    if len(number) > 3 or (len(number) == 3 and number > "366"):
        number = ""
    return volume, number, numbers.pages(pages) if pages else ("", "")


def abstract(text: str) -> str:
    """The first 600 letters of an abstract, without the word "Abstract" or a first heading."""
    words = fold(text[: 2 * _ENOUGH]).split()
    while words and words[0] in _HEADINGS:
        words = words[1:]
    return "".join(words)[:_ENOUGH]
