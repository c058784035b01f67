"""Asking about a review's built search: its versions, and how each platform writes it."""

from typing import Any

from firsthand.access.refused import Refused
from firsthand.evidence.models import Review, Strategy
from firsthand.methods.searching import plan, render
from firsthand.methods.searching.advice import Advice, advice
from firsthand.methods.searching.blocks import Search
from firsthand.methods.searching.keeping import as_typed
from firsthand.methods.searching.platforms import PLATFORMS
from firsthand.methods.searching.typed import Typed, TypedBlock

# How a search run names the platforms that a search is written for: database, platform.
NAMES = {
    "ovid": ("APA PsycINFO", "Ovid"),
    "proquest": ("ASSIA", "ProQuest"),
    "ebsco": ("", "EBSCOhost"),
    "wos": ("Social Sciences Citation Index", "Web of Science"),
    "pubmed": ("PubMed", "PubMed"),
    "scopus": ("Scopus", "Scopus"),
}
PCC = ("Population", "Concept", "Context")


def last(review: Review) -> Strategy | None:
    """Return the version that holds."""
    return review.strategies.select_related("by__user").last()


def version(review: Review, number: int) -> Strategy:
    """Return one version. Raises Refused."""
    row = review.strategies.select_related("by__user").filter(number=number).first()
    if row is None:
        raise Refused
    return row


def versions(review: Review) -> list[Strategy]:
    """Return every version with its runs, the newest first."""
    rows = review.strategies.select_related("by__user").prefetch_related("runs")
    return list(rows.order_by("-number"))


def search(strategy: Strategy) -> Search:
    return plan.search(strategy.content)


def begin(review: Review) -> Typed:
    """Return the boxes as they are to be filled in: the last version, or PCC's three, empty."""
    held = last(review)
    if held is not None:
        return as_typed(search(held))
    return Typed(tuple(TypedBlock(name) for name in PCC))


def written(made: Search) -> tuple[render.Query, ...]:
    """Return a search as each platform writes it."""
    return render.queries(made)


def advised(made: Search) -> dict[int | None, list[Advice]]:
    """Return what a librarian would say, by block; None: of the whole search."""
    found: dict[int | None, list[Advice]] = {}
    for each in advice(made):
        found.setdefault(each.block, []).append(each)
    return found


def known(platform: str) -> str:
    """Return the name of a platform. Raises Refused for one that is not known."""
    if platform not in PLATFORMS:
        raise Refused
    return platform


def run_of(strategy: Strategy, platform: str) -> dict[str, Any]:
    """Return what a search run made of a version says to begin with."""
    database, where = NAMES[known(platform)]
    made = search(strategy)
    (query,) = render.queries(made, [platform])
    return {
        "database": database, "platform": where, "string": query.text, "limits": limits(made),
    }  # fmt: skip


def limits(made: Search) -> str:
    """Return the limits that are set on a platform's own page, in words."""
    years = (made.from_year, made.to_year)
    said = [f"Years: {years[0] or 'the beginning'} to {years[1] or 'today'}"] if any(years) else []
    if made.languages:
        said.append(f"Languages: {', '.join(made.languages)}")
    return "\n".join(said)


def as_text(strategy: Strategy, platform: str) -> str:
    """Return a platform's query with what a person must see to, as a text file has it."""
    (query,) = render.queries(search(strategy), [platform])
    notes = "".join(f"- {each}\n" for each in query.adapt)
    heading = f"{query.platform.name}, version {strategy.number} of the search"
    return f"{heading}\n\n{query.text}\n\nBefore you run it:\n{notes}"
