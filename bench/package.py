"""What it costs to take a whole review out as a package, and to bring it in.

    .venv/bin/python bench/package.py --records 10000

Fills a database of its own (a new SQLite file, or DATABASE_URL) with made-up records, each decided
by two. Filling, taking out as the worker does, and bringing in are each a process of their own: CPU
time of each, and the highest memory it had, beside that of a process that has only begun.
"""

# ruff: noqa: E402 - Django is set up before what needs it is imported
import argparse
import io
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firsthand.config.settings")
PART = "FIRSTHAND_BENCH_PART"  # which part this process does; none: it has them done
if PART not in os.environ:
    os.environ["FIRSTHAND_DATA"] = tempfile.mkdtemp(prefix="firsthand-package-")

import django

django.setup()

from django.conf import settings
from django.core.management import call_command

from firsthand.evidence import packed, rules
from firsthand.evidence.actions import packages, packing, reviews
from firsthand.evidence.models import Decision, ImportFile, Member, Record, Review, Screening
from firsthand.people.actions.local import here

FILE = Path(settings.FIRSTHAND_DATA) / "review.zip"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000, help="records in the review")
    many = parser.parse_args().records
    if part := os.environ.get(PART):
        PARTS[part](many)
        return
    for part in PARTS:
        words = [sys.executable, __file__, "--records", str(many)]
        subprocess.run(words, env={**os.environ, PART: part}, check=True)


def filled(many: int) -> None:
    call_command("migrate", verbosity=0)
    ada = reviews.make(here("Ada Made-up"), {"title": "Made up", "question": "?", "each": 2})
    ben = reviews.add_member(ada, here("Ben Made-up"), rules.REVIEWER)
    fill(ada, ben, many)


def out(many: int) -> None:
    """Have it made, as the page and the worker do; give it a piece at a time."""
    row = packing.ask(Member.objects.get(role=rules.OWNER))
    tell("out, in the background", lambda: packing.make.call(str(row.id)))
    with FILE.open("wb") as held:
        tell("downloaded", lambda: held.writelines(packed.pieces(row)))
    print(f"{many:,} records: {FILE.stat().st_size / 1e6:.1f} MB")


def back_in(many: int) -> None:
    again = io.BytesIO()
    with FILE.open("rb") as held:
        owner = tell("in", lambda: packages.bring_in(here("Eve Made-up"), held))
    packages.take_out(owner, again)
    print("the same bytes again:", FILE.read_bytes() == again.getvalue())


PARTS = {"fill": filled, "out": out, "in": back_in}


def fill(ada, ben, many: int) -> None:
    run = ada.review.searches.create(
        number=1, source="database", database="Made up", ran_on="2026-03-02", string="x", by=ada
    )
    file = ImportFile.objects.create(
        run=run, review=ada.review, name="a.ris", fingerprint="0" * 64, size=1, by=ada,
        stage=rules.READ, records_read=many, passed=many,
    )  # fmt: skip
    dice = random.Random(2026)
    records = [
        Record(review=ada.review, file=file, number=at, title=f"Made-up title {at}", line=at,
               abstract=words, raw=[["TI", f"Made-up title {at}"], ["AB", words]])
        for at in range(1, many + 1)
        for words in [" ".join(f"w{dice.randrange(20_000)}" for _ in range(200))]
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
    begun, before = time.process_time(), top()
    made = do()
    spent = time.process_time() - begun
    print(f"{name}: {spent:.1f} s of CPU; memory at most {top():.0f} MB, {before:.0f} before")
    return made


def top() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
