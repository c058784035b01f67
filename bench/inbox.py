"""How fast a team's inbox is with 10,000 requests in it.

    .venv/bin/python bench/inbox.py --rows 10000 --times 20

Fills a database of its own (a new SQLite file, or DATABASE_URL) with made-up rows and asks for the
page as a signed-in member of the team would, filters, orders and last page included.
"""

# ruff: noqa: E402 - Django is set up before what needs it is imported
import argparse
import os
import random
import re
import statistics
import tempfile
import time
import uuid
from datetime import timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firsthand.config.settings")
os.environ["FIRSTHAND_DATA"] = tempfile.mkdtemp(prefix="firsthand-inbox-")

import django

django.setup()

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from firsthand.people import actions as people
from firsthand.people import rules as roles
from firsthand.people.models import Organisation, Team, User
from firsthand.repair import rules
from firsthand.repair.models import Request
from firsthand.testimony.models import Testimony
from firsthand.vault.models import Item
from firsthand.vault.sessions import SessionStore

ASKED = {
    "all that is open": "",
    "unread": "?only=unread",
    "overdue": "?only=overdue",
    "newest first": "?sort=new",
    "unread first": "?sort=unread",
    "promises to keep": "?stage=promised",
    "open and closed, last page": "?stage=every&page=9999",
    "one reference": "?stage=every&reference={reference}",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000, help="requests in the inbox")
    parser.add_argument("--times", type=int, default=20, help="how often each page is asked for")
    given = parser.parse_args()
    prepare()
    team, browser = member()
    fill(team, given.rows)
    print(f"{Request.objects.count():,} requests on {connection.vendor}")
    reference = Request.objects.order_by("id")[given.rows // 2].reference
    for name, query in ASKED.items():
        report(name, browser, f"/inbox/{query.format(reference=reference)}", given.times)


def prepare() -> None:
    """Make the tables, and let the browser in this process be answered."""
    settings.ALLOWED_HOSTS = ["testserver"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    call_command("migrate", verbosity=0)


def member() -> tuple[Team, Client]:
    """Make a team and one member of it, signed in with their keys in hand."""
    organisation = Organisation.objects.create(name="A made-up service", kind=roles.PROVIDER)
    team = Team.objects.create(organisation=organisation, name="Answers")
    user = User.objects.create(username=uuid.uuid4().hex, role=roles.RESPONDER, name="Made Up")
    keys, _ = people.give_keys(user, "a made-up passphrase")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    people.join(user, team)
    browser = Client()
    browser.force_login(user)
    SessionStore(browser.cookies["sitting"].value).hold(keys)
    return team, browser


def fill(team: Team, count: int) -> None:
    """Put `count` made-up requests into the team's inbox."""
    dice = random.Random(2022)
    owner = team.epochs.get().keyring
    tellings = Item.objects.bulk_create([Item(owner=owner) for _ in range(count)], 1000)
    asked = Item.objects.bulk_create([Item(owner=owner, under=one) for one in tellings], 1000)
    today = timezone.localdate()
    told = [Testimony(item=one, stage="kept", begun_on=today, told_on=today) for one in tellings]
    Testimony.objects.bulk_create(told, 1000)
    rows = [row(dice, team, *pair) for pair in zip(told, asked, strict=True)]
    Request.objects.bulk_create(rows, 1000)


def row(dice: random.Random, team: Team, told: Testimony, item: Item) -> Request:
    """Make one request somewhere on its way."""
    made = timezone.localdate() - timedelta(days=dice.randrange(400))
    stage = dice.choices(rules.SEEN_BY_TEAM, (2, 2, 2, 3, 1))[0]
    answered = stage not in rules.WAITING
    running = dice.randrange(1, 4) if stage == rules.PROMISED else 0
    due = made + timedelta(days=dice.randrange(28, 400))
    return Request(
        testimony=told, item=item, team=team, kind="answer", stage=stage, made_on=made,
        answer_due=made + timedelta(days=28), turns=dice.randrange(9), promised=running,
        next_due=due if stage in (*rules.WAITING, rules.PROMISED) else None, running=running,
        opened=stage != rules.ASKED, answered=answered, unread_by_team=dice.random() < 0.3,
    )  # fmt: skip


def report(name: str, browser: Client, address: str, times: int) -> None:
    """Print how long one page took, how many rows it showed and what it asked the database."""
    with CaptureQueriesContext(connection) as asked:
        shown = page(browser, address)
        queries = len(asked)
    spent = [timed(browser, address) for _ in range(times)]
    rows = len(re.findall(r'<th scope="row">', shown))
    print(
        f"{name:28} median {statistics.median(spent):6.0f} ms   slowest {max(spent):6.0f} ms   "
        f"{rows:3} rows shown   {queries:2} queries   {len(shown) / 1000:.0f} kB"
    )


def timed(browser: Client, address: str) -> float:
    """Return how many milliseconds a page took."""
    start = time.perf_counter()
    page(browser, address)
    return (time.perf_counter() - start) * 1000


def page(browser: Client, address: str) -> str:
    """Return a page that must be there."""
    response: Any = browser.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")
    return str(response.content.decode())


if __name__ == "__main__":
    main()
