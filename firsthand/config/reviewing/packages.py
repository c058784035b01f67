"""A whole review out to a file, and in again."""

import argparse

from firsthand.config.reviewing import acting, beginning, tables
from firsthand.config.talk import Progress, Stop


def export(args: argparse.Namespace) -> None:
    """Write the package beside its place first."""
    place = args.file
    beside = place.with_name(place.name + ".part")
    with acting.acting(args) as by:
        from firsthand.evidence.actions import packages
        from firsthand.evidence.package.resources import ALL

        shown = Progress(f"Writing {place.name}", len(ALL))
        try:
            with beside.open("w+b") as out:
                packages.take_out(by, out, shown.to)
            beside.replace(place)
        except OSError as why:
            raise Stop(f"{place} cannot be written: {why.strerror}.") from None
        finally:
            beside.unlink(missing_ok=True)
            shown.end()
        size = place.stat().st_size
        told = {"review": by.review_id, "written": str(place), "bytes": size}
        tables.tell(told, [f"Written: {place} ({size / 1_000_000:.1f} MB)"], args.json)


def bring_in(args: argparse.Namespace) -> None:
    """Make a review of the package."""
    with acting.site():
        from firsthand.evidence.actions import packages
        from firsthand.evidence.package.resources import LOADED
        from firsthand.evidence.package.tables import Bad

        shown = Progress(f"Reading {args.file.name}", len(LOADED))
        try:
            with args.file.open("rb") as file:
                member = packages.bring_in(beginning.researcher(args), file, shown.to)
        except OSError as why:
            raise Stop(f"{args.file.name} cannot be read: {why.strerror}.") from None
        except Bad as why:
            raise Stop(f"{why} Nothing of it was kept.") from None
        finally:
            shown.end()
        review = member.review
        told = {"review": review.id, "title": review.title, "records": review.records_made}
        tables.tell(told, [f"Brought in: {review.title}", f"Its number is {review.id}."], args.json)
