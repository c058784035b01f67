"""How long the public figures take, for a number of accounts told over three years.

    .venv/bin/python bench/figures.py --accounts 10000 --times 10

Works in a data directory of its own, made and thrown away here. Prints the first page of a fresh
process (every period is protected anew), the pages after it, and what page and charts weigh.
"""

import argparse
import os
import random
import re
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]


def made_up(accounts: int) -> None:
    """Rows that may be counted, and no words: sources and impacts unevenly, as in life."""
    from firsthand.harms import actions as harms
    from firsthand.people.rules import SERVICE_KINDS
    from firsthand.testimony.coded import marked
    from firsthand.testimony.models import Counted, Testimony
    from firsthand.vault.models import Item, Keyring

    dice = random.Random(2022)
    model = harms.load_published_models(by="a benchmark")[0]
    codes = [each.code for each in model.entries.all() if each.kind in ("experience", "impact")]
    weights = [1 / (1 + place % 17) for place in range(len(codes))]
    kinds = list(SERVICE_KINDS)
    months = [date(year, month, 1) for year in (2023, 2024, 2025) for month in range(1, 13)]
    ring = Keyring.objects.create(
        holder="person", seal_public=os.urandom(32), sign_public=os.urandom(32), proof=b"p" * 32
    )
    items = Item.objects.bulk_create(Item(id=uuid.uuid4(), owner=ring) for _ in range(accounts))
    told = Testimony.objects.bulk_create(
        Testimony(item=item, stage="kept", begun_on=months[0], told_on=months[0]) for item in items
    )
    Counted.objects.bulk_create(
        marked(Counted(
            testimony=one, model_version=model.slug, month=dice.choice(months),
            codes=sorted(set(dice.choices(codes, weights, k=dice.randint(1, 6)))),
            service_kind=dice.choices(kinds, range(len(kinds), 0, -1))[0],
        ))
        for one in told
    )  # fmt: skip


def timed(what: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds on the clock and of this process's own work."""
    clock, work = time.perf_counter(), time.process_time()
    what()
    return (time.perf_counter() - clock) * 1000, (time.process_time() - work) * 1000


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--accounts", type=int, default=10_000)
    asked.add_argument("--times", type=int, default=10)
    given = asked.parse_args()

    import django
    from django.core.management import call_command

    django.setup()
    from django.conf import settings
    from django.test import Client

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}  # nothing is collected here

    call_command("migrate", verbosity=0)
    made_up(given.accounts)
    client = Client(headers={"accept-encoding": "gzip"}, HTTP_HOST="localhost")
    first = timed(lambda: client.get("/figures/"))
    after = [timed(lambda: client.get("/figures/")) for _ in range(given.times)]
    page = client.get("/figures/").content.decode()
    charts = re.findall(r'src="(/figures/[^"]+\.svg)"', page)
    drawn = [timed(lambda address=address: client.get(address)) for address in charts]
    weight = sum(len(client.get(address).content) for address in charts)
    print(f"{given.accounts:,} accounts, {len(charts)} tables")
    print(f"first page of a process   {first[0]:7.0f} ms   {first[1]:7.0f} ms CPU")
    print(f"page after it, median     {median(a for a, _ in after):7.0f} ms   "
          f"{median(b for _, b in after):7.0f} ms CPU")  # fmt: skip
    others = median(a for a, _ in drawn[1:])
    print(f"first chart, then others  {drawn[0][0]:7.0f} ms   {others:7.0f} ms")
    print(f"page {len(page.encode()):,} bytes, its charts {weight:,} bytes as sent")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firsthand.config.settings")
    with tempfile.TemporaryDirectory(prefix="firsthand-bench-") as place:
        os.environ["FIRSTHAND_DATA"] = place
        main()
