"""Lists the reviews that someone takes part in, with their numbers and how far each is."""

import argparse

from firsthand.config.reviewing import acting

HELP = "List someone's reviews"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    acting.who_argument(parser)
    acting.json_argument(parser)


def run(args: argparse.Namespace) -> None:
    """List them."""
    from firsthand.config.reviewing import tables

    with acting.site():
        from firsthand.evidence import queries

        rows = [
            {"review": each.review_id, "title": each.review.title, "role": each.role,
             "records": each.review.records_made}
            for each in queries.reviews_of(acting.staff_called(args.who))
        ]  # fmt: skip
        lines = [
            f"{r['review']}  {r['title']} ({r['role']}, {r['records']:,} records)" for r in rows
        ]
        tables.tell(rows, lines or [f"{args.who} takes part in no review."], args.json)
