"""Taking a whole review out as a package, and bringing one in: all of it or nothing."""

from collections import defaultdict
from typing import IO, Any

from django.db import DataError, IntegrityError, transaction

from firsthand.access.refused import not_now
from firsthand.evidence import rules, trail
from firsthand.evidence.actions import ordering, studies
from firsthand.evidence.actions.screening import reveal_all
from firsthand.evidence.models import (
    Decision,
    ImportFile,
    Member,
    Reopening,
    Resolution,
    Retrieval,
    Review,
    Screening,
)
from firsthand.evidence.package.going_in import Into
from firsthand.evidence.package.reading import Package
from firsthand.evidence.package.resources import LOADED
from firsthand.evidence.package.tables import Bad, Resource
from firsthand.evidence.package.trail import BROUGHT, TAKEN
from firsthand.evidence.package.writing import Step, write
from firsthand.people.models import User


@transaction.atomic
def take_out(by: Member, to: IO[bytes], step: Step = lambda done: None) -> None:
    """Write a review's package. Whoever takes it is shown what others decided. Raises Refused."""
    review = Review.objects.select_for_update().get(id=by.review_id)
    check_read(review)
    reveal_all(by)
    studies.follow(review)
    write(review, to, step)
    trail.leave(by, TAKEN)


def check_read(review: Review) -> None:
    """Refuse to take a review out while a file of it is being read. Raises Refused."""
    files = ImportFile.objects.filter(review=review)
    if files.filter(stage__in=rules.UNFINISHED).exists():
        raise not_now("A file is being read. Take the review with you once that is done.")
    if files.filter(stage=rules.COLUMNS).exists():
        raise not_now(
            "A file waits for someone to say what is in its columns. Take the review with you once "
            "that is done."
        )


def bring_in(by: User, file: IO[bytes], step: Step = lambda done: None) -> Member:
    """Make a review of a package; `by` owns it. Raises Bad, and then nothing of it is kept."""
    package = Package(file)
    try:
        with transaction.atomic():
            return _bring_in(by, package, step)
    except (IntegrityError, DataError) as why:
        raise Bad(f"The tables of this package do not fit together ({_said(why)}).") from why


def _bring_in(by: User, package: Package, step: Step) -> Member:
    review = Review.objects.create(title="…", question="…")
    owner = Member.objects.create(review=review, user=by, role=rules.OWNER)
    into = Into(owner)
    for done, each in enumerate(LOADED, start=1):
        _load(each, package, into)
        step(done)
    _check_states(review)
    ordering.ask(review.id)
    trail.leave(owner, BROUGHT)
    owner.review.refresh_from_db()
    return owner


def _load(resource: Resource, package: Package, into: Into) -> None:
    """Keep one table. A row that names what is not there is told with its table."""
    rows = package.rows(resource)
    try:
        if resource.load:
            resource.load(into, rows)
    except Bad as why:
        said = str(why)
        raise Bad(said if said.startswith(resource.path) else f"{resource.path}: {said}") from None


def _check_states(review: Review) -> None:
    """How a record stands has to follow from what was decided. Raises Bad."""
    choices: dict[Any, list[str]] = defaultdict(list)
    for row, choice in _said_of(Decision, review):
        choices[row].append(choice)
    settled = dict(_said_of(Resolution, review))
    opened = set(
        Reopening.objects.filter(screening__review=review).values_list("screening", flat=True)
    )
    given_up = Retrieval.objects.filter(record__review=review, status=rules.GIVEN_UP)
    missing = set(given_up.values_list("record", flat=True))
    rows = Screening.objects.filter(review=review)
    for row in rows.only("id", "record", "number", "stage", "state", "needed").iterator(500):
        if row.state == rules.PARTLY and not choices[row.id]:
            continue  # what its first reviewers decided is not told
        gone = row.stage == rules.FULL_TEXT and row.record_id in missing
        said = rules.stands(
            choices[row.id], row.needed, settled.get(row.id, ""),
            reopened=row.id in opened, missing=gone,
        )  # fmt: skip
        if said != row.state:
            raise Bad(
                f"screenings.csv says of record {row.number} ({row.stage}) that it is {row.state}, "
                "and its decisions say otherwise."
            )


def _said_of(kind: type[Any], review: Review) -> Any:
    return kind.objects.filter(screening__review=review).values_list("screening_id", "choice")


def _said(why: Exception) -> str:
    if isinstance(why, DataError):
        return "a value is not one that can be kept"
    return "something is there twice, or contradicts something else"
