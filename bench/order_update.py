"""What an import into a large review costs for its learned order.

    .venv/bin/python bench/order_update.py --old 50000 --new 1000

Fills a database of its own (a new SQLite file, or DATABASE_URL) with made-up records, a quarter of
the old ones settled and learned from. CPU time of this process, database and all: setting up with
the old records, the ranking after the new ones came, and the same from a fresh start, as a worker
does that was started anew. Both have to give the same top, with the same reasons.
"""

import argparse
import resource
import time

import review_screening as made_up

from firsthand.evidence import ranking, rules
from firsthand.evidence.actions import ordering
from firsthand.evidence.models import Ranked, Record, Review, Screening


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--old", type=int, default=50_000, help="records that are ranked already")
    parser.add_argument("--new", type=int, default=1_000, help="records that come")
    given = parser.parse_args()
    made_up.prepare()
    members = made_up.begin([made_up.worker(name) for name in ("Ada Made-up", "Ben Made-up")])
    made_up.fill(members, given.old + given.new)
    Screening.objects.filter(number__gt=given.old).delete()
    Review.objects.update(records_made=given.old)
    ordering.choose(members[0], rules.ABSTRACT, rules.LEARNED)
    print(f"{given.old:,} records: {spent():.1f} s of CPU")
    come(given.old)
    print(f"{given.new:,} more: {spent():.1f} s of CPU")
    grown = top()
    ranking.forget()
    ordering.ask(members[0].review_id)
    print(f"{given.old + given.new:,} records from a fresh start: {spent():.1f} s of CPU")
    print("the same top and reasons:", top() == grown)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory at most {most:.0f} MB, made-up records and all")


def come(old: int) -> None:
    """Let the new records stand, as an import leaves them, and ask for a ranking."""
    review = Review.objects.get()
    new = Record.objects.filter(number__gt=old)
    rows = [
        Screening(review=review, record=row, stage=rules.ABSTRACT, number=row.number, needed=2)
        for row in new
    ]
    Screening.objects.bulk_create(rows, 500)
    Review.objects.update(records_made=old + len(rows))
    ordering.ask(review.id)


def spent() -> float:
    """Do the worker's ranking; return its CPU seconds."""
    begun = time.process_time()
    made_up.rank()
    return time.process_time() - begun


def top() -> list[tuple[int, int, object]]:
    """Return the records that are ranked, each with its place and why it is there."""
    return list(Ranked.objects.order_by("rank").values_list("screening__number", "rank", "why"))


if __name__ == "__main__":
    main()
