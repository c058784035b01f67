"""People who read and write the same thing at the same moment never meet the word "changed"."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from firsthand.access import log
from firsthand.config import alarms, sound
from firsthand.testimony.models import Testimony
from firsthand.vault.models import Sealed
from firsthand.web import errors
from tests.repair.conftest import Town

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TIMES = 12


@pytest.fixture(autouse=True)
def alarms_of_its_own(settings, tmp_path) -> None:
    settings.FIRSTHAND_DATA = tmp_path


def at_once(*works: Callable[[], int]) -> list[Counter[int]]:
    """Do each thing `TIMES` times, all of them at the same time; return the statuses of each."""
    seen = [Counter[int]() for _ in works]

    def go(work: Callable[[], int], counted: Counter[int]) -> None:
        for _ in range(TIMES):
            counted[work()] += 1
        connections.close_all()

    threads = [threading.Thread(target=go, args=pair) for pair in zip(works, seen, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def reader(browser: Client, town: Town) -> Callable[[], int]:
    page = reverse("repair:request", args=[town.request.id])
    browser.raise_request_exception = False
    return lambda: browser.get(page).status_code


def writer(browser: Client, row: Testimony) -> Callable[[], int]:
    page, words = reverse("testimony:step", args=[row.id, "happened"]), iter(range(TIMES))
    browser.raise_request_exception = False
    return lambda: browser.post(page, {"happened": f"words {next(words)}"}).status_code


def test_a_responder_reads_while_the_owner_goes_on_writing(town):
    wrote, read = at_once(
        writer(town.person.browser(), town.testimony), reader(town.responder.browser(), town)
    )
    assert (wrote, read) == (Counter({302: TIMES}), Counter({200: TIMES}))
    assert alarms.alarms() == []
    assert sound.all_that_is_wrong() == []


def test_two_colleagues_read_at_once_and_each_reading_is_in_the_log(town):
    one, other = at_once(
        reader(town.responder.browser(), town), reader(town.colleague.browser(), town)
    )
    assert (one, other) == (Counter({200: TIMES}), Counter({200: TIMES}))
    assert alarms.alarms() == []
    by = Counter(line.by_id for line in log.verify(town.testimony.item_id) if line.done == "read")
    assert min(by[each.user.id] for each in (town.responder, town.colleague)) >= TIMES


def test_what_was_changed_from_outside_is_still_said_at_the_second_look(town):
    Sealed.objects.filter(item_id=town.testimony.item_id, field="contents").update(body=b"x" * 300)
    browser = town.responder.browser()
    browser.raise_request_exception = False
    shown = browser.get(reverse("repair:request", args=[town.request.id]))
    assert shown.status_code == 500
    assert errors.CHANGED.title in shown.content.decode()
    assert len(alarms.alarms()) == 1
    assert sound.all_that_is_wrong() != []
