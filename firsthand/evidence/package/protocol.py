"""protocol.csv: what the review asks and how, and its counters, in one row."""

from collections.abc import Iterator

from firsthand.evidence import rules
from firsthand.evidence.models import Review
from firsthand.evidence.package.going_in import Into
from firsthand.evidence.package.going_out import Out
from firsthand.evidence.package.tables import Bad, Cells, Resource, text, whole

_COUNTERS = ("criteria_version", "criteria_made", "searches_made", "records_made", "compared")
FIELDS = (
    text("title", "The title of the review", required=True, most=300),
    text("question", "What it is to answer", required=True),
    text("population", "Whose experience or care it is about"),
    text("concept", "What of it is looked at"),
    text("context", "Where, and in which kind of services"),
    text("aims", "What the review is for"),
    text("databases", "Sources that were planned, one a line"),
    text("dates", "From when to when", most=200),
    text("languages", "In which languages", most=200),
    whole("each", "How many reviewers decide each record", required=True, least=1),
    whole("criteria_version", "How often the criteria were changed", required=True),
    whole("criteria_made", "The highest number a criterion was given", required=True),
    whole("searches_made", "The highest number a search was given", required=True),
    whole("records_made", "The highest number a record was given", required=True),
    whole("compared", "Records up to this one were looked through for duplicates", required=True),
)


def _rows(out: Out) -> Iterator[Cells]:
    yield {each.name: getattr(out.review, each.name) for each in FIELDS}


def protocol(rows: Iterator[Cells]) -> dict[str, object]:
    """Return the one row. Raises Bad."""
    found = list(rows)
    if len(found) != 1:
        raise Bad("There has to be one row.")
    if found[0]["each"] > rules.MOST_REVIEWERS:
        raise Bad(f"each is more than {rules.MOST_REVIEWERS}.")
    return dict(found[0])


def _load(into: Into, rows: Iterator[Cells]) -> None:
    said = protocol(rows)
    Review.objects.filter(id=into.review.id).update(**said)
    into.review.refresh_from_db()


RESOURCE = Resource("protocol", "The protocol", FIELDS, _rows, _load)
