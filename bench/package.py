"""What it costs to take a whole review out as a package, and to bring it in.

    .venv/bin/python bench/package.py --records 10000

Fills a database of its own (a new SQLite file, or DATABASE_URL) with made-up records, each decided
by two. CPU time of this process; the highest memory it had so far.
"""

# ruff: noqa: E402 - Django is set up before what needs it is imported
import argparse
import io
import os
import resource
import tempfile
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firsthand.config.settings")
os.environ["FIRSTHAND_DATA"] = tempfile.mkdtemp(prefix="firsthand-package-")

import django

django.setup()

from django.core.management import call_command

from firsthand.evidence import rules
from firsthand.evidence.actions import packages, reviews
from firsthand.evidence.models import Decision, ImportFile, Record, Review, Screening
from firsthand.people.actions.local import here


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000, help="records in the review")
    many = parser.parse_args().records
    call_command("migrate", verbosity=0)
    ada = reviews.make(here("Ada Made-up"), {"title": "Made up", "question": "?", "each": 2})
    ben = reviews.add_member(ada, here("Ben Made-up"), rules.REVIEWER)
    fill(ada, ben, many)
    out, again = io.BytesIO(), io.BytesIO()
    tell("out", lambda: packages.take_out(ada, out))
    print(f"{many:,} records: {len(out.getvalue()) / 1e6:.1f} MB")
    owner = tell("in", lambda: packages.bring_in(here("Eve Made-up"), out))
    packages.take_out(owner, again)
    print("the same bytes again:", out.getvalue() == again.getvalue())


def fill(ada, ben, many: int) -> None:
    run = ada.review.searches.create(
        number=1, source="database", database="Made up", ran_on="2026-03-02", string="x", by=ada
    )
    file = ImportFile.objects.create(
        run=run, review=ada.review, name="a.ris", fingerprint="0" * 64, size=1, by=ada,
        stage=rules.READ, records_read=many, passed=many,
    )  # fmt: skip
    words = "What people said of made-up care and of what came of it. " * 20
    records = [
        Record(review=ada.review, file=file, number=at, title=f"Made-up title {at}", line=at,
               abstract=f"{at} {words}", raw=[["TI", f"Made-up title {at}"], ["AB", words]])
        for at in range(1, many + 1)
    ]  # fmt: skip
    Record.objects.bulk_create(records, 500)
    rows = [
        Screening(review=ada.review, record=each, stage=rules.ABSTRACT, number=each.number,
                  needed=2, state=rules.EXCLUDED)
        for each in records
    ]  # fmt: skip
    Screening.objects.bulk_create(rows, 500)
    Decision.objects.bulk_create(
        [Decision(screening=row, member=who, choice=rules.EXCLUDE, criteria_version=0)
         for row in rows for who in (ada, ben)], 500,
    )  # fmt: skip
    Review.objects.filter(id=ada.review_id).update(records_made=many, searches_made=1)


def tell(name: str, do):
    begun = time.process_time()
    made = do()
    spent = time.process_time() - begun
    top = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name}: {spent:.1f} s of CPU; memory at its highest so far {top:.0f} MB")
    return made


if __name__ == "__main__":
    main()
