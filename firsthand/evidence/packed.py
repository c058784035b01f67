"""The package of a review that is ready, and whether it still tells of all that was done."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from firsthand.evidence import rules
from firsthand.evidence.models import Look, Packing, PackingPiece, Review
from firsthand.evidence.package.trail import ABOUT_PACKAGES, WITHDRAWN

KEPT_FOR = timedelta(days=1)


def made_of(review: Review) -> str:
    """Return what grows with every change of what a package tells.

    Everything that is done leaves a line in the trail, but for a look for duplicates that failed.
    """
    done = review.trail.exclude(did__in=ABOUT_PACKAGES).count()
    looks = Look.objects.filter(review=review).exclude(stage=rules.LOOK_WAITING).count()
    return f"{done} done, {looks} looks"


def withdrawn(review: Review) -> int:
    """Return how often somebody took something back that a package would still tell."""
    return review.trail.filter(did__in=WITHDRAWN).count()


def newest(review: Review) -> Packing | None:
    """Return the package that was asked for last; None when a day has passed since."""
    rows = Packing.objects.filter(review=review, at__gt=timezone.now() - KEPT_FOR)
    return rows.select_related("by__user").first()


def ready(review: Review) -> Packing | None:
    """Return the last package that may be downloaded.

    One that tells what someone took back since, before the others saw it, is given to nobody.
    """
    rows = Packing.objects.filter(review=review, at__gt=timezone.now() - KEPT_FOR)
    row = rows.filter(stage=rules.PACK_READY).first()
    return row if row and row.withdrawn == withdrawn(review) else None


def pieces(row: Packing) -> Iterator[bytes]:
    """Return a package, a piece at a time."""
    place, rows = 0, PackingPiece.objects.filter(packing=row)
    while found := rows.filter(place=place).first():
        yield bytes(found.content)
        place += 1
