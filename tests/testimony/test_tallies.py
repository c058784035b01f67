"""How suggestions fare is counted of those who let it be counted, once, and undone exactly."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client

from firsthand.harms.actions import load_published_models
from firsthand.testimony import suggesting, tallies
from firsthand.testimony.models import Tally, Testimony
from firsthand.testimony.views import fits
from tests.testimony.test_owning import keep, model, page, step  # noqa: F401 - a fixture
from tests.testimony.test_telling import number_in, tell

pytestmark = pytest.mark.django_db

OFFERED, PICKED = ["I10", "S3.8", "S1.1"], ["I10", "S2.1"]
ONCE = {"I10": (1, 0), "S3.8": (0, 1), "S1.1": (0, 1)}
NOTHING: dict[str, tuple[int, int]] = {}


@pytest.fixture(autouse=True)
def entries(db) -> None:
    """The model of 2022; what is offered is sent along as the page does it."""
    load_published_models()


def pick(client: Client, row: Testimony, codes: list[str], offered: list[str]) -> None:
    given = {"codes": codes, "offered": " ".join(offered)}
    assert client.post(page("fits", row), given).status_code == 302


def wish(client: Client, row: Testimony, *wishes: str) -> None:
    client.post(step(row, "wishes"), {"wishes": wishes})


def counted() -> dict[str, tuple[int, int]]:
    """Every tally that says anything: how often taken, how often left."""
    rows = Tally.objects.values_list("code", "taken", "left")
    return {code: (taken, left) for code, taken, left in rows if taken or left}


def told(client: Client, *wishes: str) -> Testimony:
    row = tell(client)
    pick(client, row, PICKED, OFFERED)
    wish(client, row, *wishes)
    return keep(client, row)


@pytest.mark.parametrize("wishes", [(), ("keep",), ("help", "answer")])
def test_of_someone_who_is_not_to_be_counted_no_code_is_ever_in_the_clear(client, wishes):
    row = told(client, *wishes)
    pick(client, row, ["S1.1"], OFFERED)
    assert not Tally.objects.exists()


def test_nothing_is_counted_before_it_is_kept(client):
    row = tell(client)
    pick(client, row, PICKED, OFFERED)
    wish(client, row, "count")
    pick(client, row, PICKED, OFFERED)
    assert not Tally.objects.exists()


def test_keeping_with_the_wish_counts_what_was_offered_taken_or_left(client):
    told(client, "count")
    assert counted() == ONCE, "what was picked without being offered is no suggestion's"
    assert str(Tally.objects.get(code="I10")) == "I10: 1 taken, 0 left"


def test_what_is_changed_or_pressed_again_is_not_counted_again(client):
    row = told(client, "count")
    keep(client, row)
    pick(client, row, ["S1.1"], [*OFFERED, "S4.1"])
    client.post(step(row, "happened"), {"happened": "Said otherwise."})
    wish(client, row, "count", "help")
    assert counted() == ONCE


def test_the_last_word_before_keeping_is_what_counts(client):
    row = tell(client)
    pick(client, row, ["S1.1"], OFFERED)
    pick(client, row, PICKED, OFFERED)
    wish(client, row, "count")
    keep(client, row)
    assert counted() == ONCE


def test_wishing_it_later_counts_then(client):
    row = told(client, "keep")
    wish(client, row, "keep", "count")
    assert counted() == ONCE


def test_taking_the_wish_back_undoes_it_exactly_and_wishing_again_counts_once(client):
    row = told(client, "count")
    pick(client, row, ["S1.1"], OFFERED)
    wish(client, row, "keep")
    assert counted() == NOTHING
    wish(client, row, "count")
    wish(client, row, "count")
    assert counted() == {"I10": (0, 1), "S3.8": (0, 1), "S1.1": (1, 0)}


def test_withdrawing_takes_out_ones_own_and_leaves_everyone_elses(client):
    row = told(client, "count")
    other = tallies.Fared("2022", ("I10",), ("S4.1",))
    tallies.add(other)
    client.post(page("withdraw", row))
    assert counted() == {"I10": (1, 0), "S4.1": (0, 1)}


def test_withdrawing_what_was_never_counted_takes_nothing_out(client):
    tallies.add(tallies.Fared("2022", tuple(OFFERED), ()))
    before, row = counted(), told(client, "keep")
    client.post(page("withdraw", row))
    assert counted() == before


def test_tallies_put_to_nought_by_someone_else_keep_nobody_from_withdrawing(client):
    row = told(client, "count")
    Tally.objects.update(taken=0, left=0)
    client.post(page("withdraw", row))
    row.refresh_from_db()
    assert row.stage == "withdrawn"
    assert counted() == NOTHING


def test_only_codes_of_the_model_are_taken_for_offered(client):
    row = tell(client)
    pick(client, row, [], ["nonsense", "I10"])
    wish(client, row, "count")
    keep(client, row)
    assert counted() == {"I10": (0, 1)}


def test_keeping_what_fits_works_no_suggestion_out_again(client, monkeypatch):
    monkeypatch.setattr(fits, "suggestions", None)
    monkeypatch.setattr(suggesting, "suggestions", None)
    told(client, "count")
    assert counted() == ONCE


def test_upgrading_clears_what_was_counted_without_asking():
    tallies.add(tallies.Fared("2022", ("I10",), ()))
    import_module("firsthand.testimony.migrations.0004_tallies_only_by_consent").begin_anew(apps, 0)
    assert not Tally.objects.exists()


@pytest.mark.slow
def test_what_the_page_offers_is_what_is_counted(client, model):  # noqa: F811
    said = "Staff ignored me. I lost all trust in them and I was scared."
    number = number_in(client.get("/tell/").content.decode())
    client.post("/tell/", {"happened": said, "number": number})
    row = Testimony.objects.get()
    shown = client.get(page("fits", row)).content.decode()
    offered = re.search(r'name="offered"[^>]*value="([^"]+)"', shown)[1].split()
    assert f'id="code-{offered[0]}"' in shown
    pick(client, row, offered[:1], offered)
    wish(client, row, "count")
    keep(client, row)
    assert counted() == {code: (1, 0) if code == offered[0] else (0, 1) for code in offered}
