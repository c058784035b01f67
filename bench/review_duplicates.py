"""What it costs to look for duplicates when a new search is added to a review.

    python bench/review_duplicates.py --old 50000 --new 1000

Fills a database of its own (a new SQLite file, or DATABASE_URL) with made-up records, one in ten of
them twice, and looks through all of them once, as after a first import. Then it adds a new search
and looks again, as the worker does. CPU seconds of this process, the steps apart.
"""

# ruff: noqa: E402 - Django is set up before what needs it is imported
import argparse
import os
import resource
import tempfile
import time
from datetime import date

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firsthand.config.settings")
os.environ["FIRSTHAND_DATA"] = tempfile.mkdtemp(prefix="firsthand-duplicates-")

import django

django.setup()

import numpy as np
from django.core.management import call_command

from firsthand.evidence import comparing, rules
from firsthand.evidence.actions import reviews, searches
from firsthand.evidence.models import ImportFile, Look, Member, Record, Review, Screening
from firsthand.people import rules as roles
from firsthand.people.models import User

# As many words as titles of a field have: a few common ones, and thousands that are made up.
_PARTS = ("ca", "re", "har", "mo", "li", "sten", "vi", "do", "pla", "nu", "tra", "se", "bo", "ki")
_WORDS = [a + b + c for a in _PARTS for b in _PARTS for c in _PARTS]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--old", type=int, default=50_000, help="records there before")
    parser.add_argument("--new", type=int, default=1000, help="records that are added")
    args = parser.parse_args()
    call_command("migrate", verbosity=0)
    user = User.objects.create(username="made up", role=roles.RESEARCHER, name="Made-up")
    owner = reviews.make(user, {"title": "Made up", "question": "Made up?"})
    dice = np.random.default_rng(1)
    add(owner, args.old, dice)
    whole = look(owner, f"all {args.old:,} records, as after a first import")
    add(owner, args.new, dice)
    more = look(owner, f"{args.new:,} added to {args.old:,}")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"adding takes {100 * more / whole:.1f} % of a full run; memory at most {most:.0f} MB")


def add(owner: Member, count: int, dice: np.random.Generator) -> None:
    """Add a search with so many records; one in ten is there already, written a bit otherwise."""
    review = Review.objects.get(id=owner.review_id)
    said = {"source": "database", "database": "Made up", "ran_on": date(2026, 1, 1), "string": "x"}
    run = searches.add(owner, said)
    file = ImportFile.objects.create(
        run=run, review=review, name="made-up.ris", size=1, fingerprint=f"{run.id}",
        stage=rules.READ, by=owner, records_read=count,
    )  # fmt: skip
    begin = review.records_made
    rows = [one(review, file, begin + at, dice) for at in range(1, count + 1)]
    Record.objects.bulk_create(rows, batch_size=2000)
    stage = [
        Screening(review=review, record=each, stage=rules.ABSTRACT, number=each.number, needed=2)
        for each in rows
    ]
    Screening.objects.bulk_create(stage, batch_size=2000)
    Review.objects.filter(id=review.id).update(records_made=begin + count)


def one(review: Review, file: ImportFile, number: int, dice: np.random.Generator) -> Record:
    """Make a record up; the same `about` gives the same report."""
    about = int(dice.integers(1, number)) if number > 1 and dice.random() < 0.1 else number
    mine = np.random.default_rng([7, about])
    words = [_WORDS[each] for each in mine.integers(0, len(_WORDS), 11)]
    title = " ".join(words).capitalize() + ("." if about != number else "")
    text = " ".join(_WORDS[each] for each in mine.integers(0, len(_WORDS), 120))
    first = int(mine.integers(1, 900))
    return Record(
        review=review, file=file, number=number, title=title, abstract=text, kind="article-journal",
        authors=[f"Beck{about % 9973}, I.", f"Fell{about % 7919}, S."], year=1990 + about % 35,
        container="Journal of Made-up Stories", volume=str(about % 60), issue=str(about % 12),
        pages=f"{first}-{first + 9}", doi=f"10.9999/made.{about}" if about % 3 else "",
        line=number, raw=[],
    )  # fmt: skip


def look(owner: Member, what: str) -> float:
    """Look through what is new, as the worker does; print and return the CPU seconds."""
    review = Review.objects.get(id=owner.review_id)
    row = Look.objects.create(review=review)
    begun = time.process_time()
    compared = comparing.compare(review)
    found = time.process_time()
    comparing.carry_out(row, compared)
    done = time.process_time()
    row.refresh_from_db()
    print(
        f"{what}: compared in {found - begun:.1f} s of CPU, carried out in {done - found:.1f} s; "
        f"{row.merged:,} merged, {row.asked} put to a person, {row.linked} linked",
        flush=True,
    )
    return done - begun


if __name__ == "__main__":
    main()
