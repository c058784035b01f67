"""How fast screening goes from one record to the next in a large review.

    .venv/bin/python bench/review_screening.py --records 100000 --times 60 --order learned

Fills a database of its own (a new SQLite file, or DATABASE_URL) with made-up records. One reviewer
is half-way through, the other a quarter: then a decision is sent and the next page asked for, as
the browser does. CPU time of this process beside time on the clock. With `--order learned` the
records are of made-up words, some of which the included ones share; the worker's ranking is done
after every fifth decision, and timed apart.
"""

# ruff: noqa: E402 - Django is set up before what needs it is imported
import argparse
import os
import re
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import date

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firsthand.config.settings")
os.environ["FIRSTHAND_DATA"] = tempfile.mkdtemp(prefix="firsthand-screening-")

import django

django.setup()

import numpy as np
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firsthand.evidence import rules
from firsthand.evidence.actions import criteria, ordering, reviews, searches
from firsthand.evidence.models import (
    Decision,
    ImportFile,
    Member,
    Ordering,
    Record,
    Review,
    Screening,
)
from firsthand.people import actions as people
from firsthand.people import rules as roles
from firsthand.people.models import User
from firsthand.vault.sessions import SessionStore


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000, help="records in the review")
    parser.add_argument("--times", type=int, default=60, help="decisions made")
    parser.add_argument("--order", choices=list(rules.ORDERS), default=rules.IMPORTED)
    given = parser.parse_args()
    prepare()
    users = [worker(name) for name in ("Ada Made-up", "Ben Made-up")]
    members = begin(users)
    fill(members, given.records)
    print(f"{Record.objects.count():,} records on {connection.vendor}, order: {given.order}")
    put_in_order(members[0], given.order)
    for member, user in zip(members, users, strict=True):
        browser = signed_in(user)
        report(f"{member}: decide, and the next", given.times, lambda b=browser, m=member: go(b, m))
    if RANKINGS:
        each = np.array(RANKINGS) * 1000
        print(
            f"a new ranking, in the background: CPU median {np.median(each):.0f} ms, "
            f"95th {np.quantile(each, 0.95):.0f} ms, {len(each)} times"
        )
        RANKED_AFTER.clear()
    for name in ("review", "flow"):
        at = reverse(f"evidence:{name}", args=[members[0].review_id])
        report(name, 5, lambda b=browser, a=at: shown(b, a))


def put_in_order(owner: Member, order: str) -> None:
    """Choose an order; of a learned one, time setting up and then each ranking."""
    ordering.choose(owner, rules.ABSTRACT, order)
    if order == rules.LEARNED:
        report("setting up and the first ranking", 0, rank)
        RANKED_AFTER.append(5)


def rank() -> None:
    """Do the worker's ranking, if one waits."""
    for row in Ordering.objects.filter(ended_at=None, asked_at__isnull=False):
        ordering.rank.call(str(row.id))


def prepare() -> None:
    """Make the tables, and let the browser in this process be answered."""
    settings.ALLOWED_HOSTS = ["testserver"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    call_command("migrate", verbosity=0)


def worker(name: str) -> User:
    user = User.objects.create(username=uuid.uuid4().hex, role=roles.RESEARCHER, name=name)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return user


def signed_in(user: User) -> Client:
    keys, _ = people.give_keys(user, "a made-up passphrase")
    browser = Client()
    browser.force_login(user)
    SessionStore(browser.cookies["sitting"].value).hold(keys)
    return browser


def begin(users: list[User]) -> list[Member]:
    owner = reviews.make(users[0], {"title": "Made up", "question": "Made up?"})
    for number in range(1, 7):
        criteria.add(owner, rules.INCLUDE, f"Made-up criterion {number}")
    return [owner, reviews.add_member(owner, users[1], rules.REVIEWER)]


def fill(members: list[Member], count: int) -> None:
    """Half is decided by the first, a quarter by the second too."""
    review = Review.objects.get(id=members[0].review_id)
    said = {"source": "database", "database": "Made up", "ran_on": date(2026, 1, 1), "string": "x"}
    file = ImportFile.objects.create(
        run=searches.add(members[0], said), review=review, name="made-up.ris", size=1,
        fingerprint="made up", stage=rules.READ, by=members[0], records_read=count,
    )  # fmt: skip
    chosen = np.random.default_rng(2026).random((count, 2)) < 0.05
    abstracts = texts(chosen[:, 0])
    records = [
        Record(review=review, file=file, number=number, title=f"Made-up study {number}",
               abstract=abstracts[number - 1], authors=["Brook, A."], year=2020, line=number,
               raw=[])
        for number in range(1, count + 1)
    ]  # fmt: skip
    Record.objects.bulk_create(records, 500)
    rows = [stand(review, record, chosen[place], count) for place, record in enumerate(records)]
    Screening.objects.bulk_create(rows, 500)
    for member, part, column in zip(members, (2, 4), (0, 1), strict=True):
        Decision.objects.bulk_create(
            [
                Decision(screening=row, member=member, criteria_version=6,
                         choice=word(chosen[place][column]))
                for place, row in enumerate(rows[: count // part])
            ],
            500,
        )  # fmt: skip
    Review.objects.filter(id=review.id).update(records_made=count)


def texts(included: "np.ndarray") -> list[str]:
    """Abstracts of 150 made-up words, frequent and rare as in a language (Zipf's law).

    A tenth of an included one's words are of twenty that others seldom have.
    """
    dice = np.random.default_rng(2027)
    said = np.minimum(dice.zipf(1.3, (len(included), 150)), 200_000)
    own = (dice.random(said.shape) < 0.1) & included[:, None]
    said[own] = dice.integers(300_000, 300_020, int(own.sum()))
    return [" ".join(f"w{each}" for each in row) for row in said]


def word(included: bool) -> str:
    return rules.INCLUDE if included else rules.EXCLUDE


def stand(review: Review, record: Record, chosen: "np.ndarray", count: int) -> Screening:
    decided = (record.number <= count // 2) + (record.number <= count // 4)
    state = rules.stands([word(each) for each in chosen[:decided]], 2)
    return Screening(
        review=review, record=record, stage=rules.ABSTRACT, number=record.number, needed=2,
        state=state, settled_at=timezone.now() if state in rules.SETTLED else None,
    )  # fmt: skip


def go(browser: Client, member: Member) -> None:
    """Send a decision on the record last shown, and follow to the next."""
    if member not in LAST:
        first = reverse("evidence:screen", args=[member.review_id, rules.ABSTRACT])
        LAST[member] = browser.get(first).content.decode()
    found = re.search(r'action="(/reviews/[^"]+/screen/abstract/[0-9a-f-]{36}/)"', LAST[member])
    if found is None:
        raise SystemExit("there is no record to decide")
    answer = browser.post(found[1], {"choice": rules.EXCLUDE, "note": ""})
    LAST[member] = browser.get(answer["Location"]).content.decode()


def rank_now_and_then() -> None:
    """Ask for a ranking, as a settled record does, and time it apart."""
    ordering.ask(Review.objects.get().id, rules.ABSTRACT)
    begun = time.process_time()
    rank()
    RANKINGS.append(time.process_time() - begun)


LAST: dict[Member, str] = {}
RANKED_AFTER: list[int] = []
RANKINGS: list[float] = []


def shown(browser: Client, at: str) -> None:
    if browser.get(at).status_code != 200:
        raise SystemExit(f"{at} does not open")


def report(name: str, times: int, do: Callable[[], None]) -> None:
    """Print medians and 95th in 100 of CPU and clock."""
    begun = time.process_time()
    do()
    if not times:
        print(f"{name:40} CPU {time.process_time() - begun:5.1f} s")
        return
    spent = []
    for done in range(times):
        if RANKED_AFTER and done % RANKED_AFTER[0] == 0:
            rank_now_and_then()
        cpu, clock = time.process_time(), time.perf_counter()
        do()
        spent.append((time.process_time() - cpu, time.perf_counter() - clock))
    cpu, clock = (np.array(each) * 1000 for each in zip(*spent, strict=True))
    print(
        f"{name:32} CPU median {np.median(cpu):5.0f} ms, 95th {np.quantile(cpu, 0.95):5.0f} ms   "
        f"clock median {np.median(clock):5.0f} ms, 95th {np.quantile(clock, 0.95):5.0f} ms"
    )


if __name__ == "__main__":
    main()
