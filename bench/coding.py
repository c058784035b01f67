"""How long it takes to open a long source with many passages, and to code one more: CPU seconds.

    PYTHONPATH=. .venv/bin/python bench/coding.py 150000 1000

A made-up text of so many characters and so many passages of 30 codes, in a database of its own;
pages are asked for through the whole site, as a browser does. Each figure is the mean of ten, after
two to warm up, with the worst beside it.
"""

import os
import random
import sys
import tempfile
import time

os.environ["FIRSTHAND_DATA"] = tempfile.mkdtemp()
os.environ["DJANGO_SETTINGS_MODULE"] = "firsthand.config.settings"
WORDS = (
    "they", "read", "my", "notes", "aloud", "and", "nobody", "asked", "what", "had", "happened",
    "before", "or", "after", "that", "day",
)  # fmt: skip


def text_of(size: int, dice: random.Random) -> str:
    """Sentences of 5 to 25 words, in paragraphs of six."""
    made: list[str] = []
    long = 0
    while long < size:
        words = dice.choices(WORDS, k=dice.randint(5, 25))
        made.append(" ".join(words).capitalize() + ("." if len(made) % 6 else ".\n\n"))
        long += len(made[-1]) + 1
    return " ".join(made)[:size]


def fill(size: int, many: int):
    """Return a browser, the source's page and its addresses, with so many passages in it."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.MIGRATION_MODULES = {each.label: None for each in apps.get_app_configs()}
    call_command("migrate", verbosity=0, run_syncdb=True)

    from firsthand.codebook import models as m
    from firsthand.codebook.actions import codes, passages, projects, sources
    from firsthand.people.models import User

    user = User.objects.create(username="mark", role="researcher", name="Ada")
    ada = projects.make(user, {"title": "Made up", "question": "?"})
    dice = random.Random(1)  # a made-up text
    text = text_of(size, dice)
    source = sources.add(ada, kind="document", title="Made up", text=text)
    book = [codes.add(ada, f"Code {number}") for number in range(30)]
    passages.code(ada, source, 0, 5, book[:1])
    m.Passage.objects.all().delete()
    places = {(at, at + dice.randint(20, 400)) for at in dice.sample(range(size - 400), many)}
    rows = m.Passage.objects.bulk_create(
        m.Passage(
            source=source, coder=ada, start=start, end=end, quote=text[start:end],
            digest=source.digest, codebook_version=1,
        )
        for start, end in sorted(places)
    )  # fmt: skip
    m.Coding.objects.bulk_create(m.Coding(passage=each, code=dice.choice(book)) for each in rows)
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(user)
    return browser, source, book


def timed(do, times: int = 10) -> str:
    """Return the mean and the worst of some times, in milliseconds of CPU."""
    took = []
    for number in range(times + 2):
        begun = time.process_time()
        do(number)
        took.append(time.process_time() - begun)
    kept = took[2:]
    return f"{1000 * sum(kept) / times:.0f} ms, at worst {1000 * max(kept):.0f} ms"


def main() -> None:
    """Print the figures."""
    import django

    django.setup()
    from allauth.mfa.models import Authenticator
    from django.urls import reverse

    size, many = (int(each) for each in (*sys.argv[1:3], "150000", "1000")[:2])
    browser, source, book = fill(size, many)
    Authenticator.objects.create(user_id=browser.session["_auth_user_id"], type="totp", data={})
    there = reverse("codebook:source", args=[source.project_id, source.id])

    def opened(number: int) -> None:
        answer = browser.get(f"{there}?page={number % 12 + 1}")
        assert answer.status_code == 200, answer.status_code

    def coded(number: int) -> None:
        sent = {"start": 1000 * number, "end": 1000 * number + 80, "codes": [str(book[3].id)]}
        answer = browser.post(there, sent)
        assert answer.status_code == 302, answer.content.decode()[:2000]

    print(f"{size:,} characters, {many:,} passages")
    print("a page of it opens in", timed(opened))
    print("a passage is coded in", timed(coded))
    print("the page is", f"{len(browser.get(there + '?page=5').content) / 1000:.0f} KB")


if __name__ == "__main__":
    main()
