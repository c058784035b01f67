"""A quarter that is over stands: one person's late yes or change of mind does not show in it."""

import importlib
from datetime import date, timedelta

import pytest
from django.apps import apps

from firsthand.config.demo import clock
from firsthand.harms.actions import load_published_models
from firsthand.indicators import queries as indicators
from firsthand.methods.quarters import Quarter
from firsthand.people.models import Team
from firsthand.testimony import actions, attaching, counting, queries
from firsthand.testimony.files import CleanFile
from firsthand.testimony.models import Counted, Testimony
from tests.repair.conftest import Someone, someone, team, tell

pytestmark = pytest.mark.django_db

SPRING = Quarter(2026, 2)  # when everything here is told
TOLD = SPRING.first_day + timedelta(days=40)
SUMMER, AUTUMN = SPRING.next.first_day, SPRING.next.next.first_day
COUNT, KEEP = {"wishes": ("count",)}, {"wishes": ("keep",)}


@pytest.fixture(autouse=True)
def model(settings):
    settings.FIRSTHAND_FIGURES_THRESHOLD = 1
    return load_published_models()[0]


@pytest.fixture
def person() -> Someone:
    return someone("person")


def told(person: Someone, wishes: tuple[str, ...] = ("count",)) -> Testimony:
    with clock.on(TOLD):
        row = tell(person, [], wishes)
        change(person, row, TOLD, "fits", codes("S1.1"))
    return row


def codes(*picked: str) -> dict[str, object]:
    return {"model_version": "2022", "codes": picked, "offered": ()}


def change(person: Someone, row: Testimony, day: date, step: str, given: dict) -> None:
    with clock.on(day):
        actions.save(person.doer, row, step, given)


def published(day: date) -> list[list[tuple[str, ...]]]:
    """Every table of accounts as a stranger who keeps copies has it from `day`."""
    return [section.cells for section in indicators.figures(day).sections]


def counted(day: date) -> list[tuple[str, ...]]:
    return sorted(row.codes for row in queries.counted(day).rows)


def test_a_yes_that_comes_late_counts_in_the_month_it_is_said(person):
    told(person)
    late = told(person, ("keep",))
    before = published(SUMMER)
    change(person, late, SUMMER, "wishes", COUNT)
    assert published(SUMMER) == before
    assert Counted.objects.get(testimony=late).month == SUMMER
    new = published(AUTUMN)
    assert [row[1] for row in new[0]] == ["1", "1"]  # one account in each quarter


def test_a_change_in_a_quarter_that_is_over_waits_until_the_next_is_published(person):
    row = told(person)
    before = published(SUMMER)
    change(person, row, SUMMER, "fits", codes("S2.1", "I3"))
    change(
        person, row, SUMMER, "where", {"organisation": "", "service": "", "service_kind": "crisis"}
    )
    last_day = AUTUMN - timedelta(days=1)
    assert published(SUMMER) == published(last_day) == before
    assert counted(last_day) == [("S1.1",)]
    assert counted(AUTUMN) == [("S2.1", "I3")]
    assert published(AUTUMN) != before


def test_all_that_changed_since_is_let_in_on_one_day(person):
    rows = [told(person) for _ in range(3)]
    for days, row in enumerate(rows):
        change(person, row, SUMMER + timedelta(days=days * 20), "fits", codes("I3"))
    assert {row.later_from for row in Counted.objects.all()} == {AUTUMN}
    assert counted(AUTUMN) == [("I3",)] * 3


def test_a_change_in_a_quarter_still_running_holds_at_once(person):
    row = told(person)
    change(person, row, TOLD + timedelta(days=3), "fits", codes("I3"))
    assert counted(TOLD) == [("I3",)]
    assert Counted.objects.get().later is None


def test_a_change_taken_back_leaves_nothing_waiting(person):
    row = told(person)
    change(person, row, SUMMER, "fits", codes("I3"))
    change(person, row, SUMMER, "fits", codes("S1.1"))
    assert (Counted.objects.get().later, counted(AUTUMN)) == (None, [("S1.1",)])


def test_other_words_change_nothing_that_is_counted(person):
    row = told(person)
    change(person, row, SUMMER, "happened", {"happened": "Said better."})
    assert (Counted.objects.get().later, counted(AUTUMN)) == (None, [("S1.1",)])


def test_a_second_change_a_quarter_later_keeps_the_first_in_the_figures(person):
    row = told(person)
    change(person, row, SUMMER, "fits", codes("I3"))
    change(person, row, AUTUMN, "fits", codes("I4"))
    assert counted(AUTUMN) == [("I3",)]
    assert counted(SPRING.next.next.next.first_day) == [("I4",)]


@pytest.mark.parametrize("how", ["no longer wished", "withdrawn"])
def test_being_taken_out_is_done_at_once_and_takes_what_waits_along(person, how):
    row = told(person)
    change(person, row, SUMMER, "fits", codes("I3"))
    with clock.on(SUMMER):
        if how == "withdrawn":
            actions.withdraw(person.doer, Testimony.objects.get(id=row.id))
        else:
            actions.save(person.doer, row, "wishes", KEEP)
    assert counted(SUMMER) == counted(AUTUMN) == []
    assert not Counted.objects.exists()


def test_what_was_counted_before_is_forgotten_once_the_change_holds(person):
    row = told(person)
    change(person, row, SUMMER, "fits", codes("I3"))
    assert counting.settle(AUTUMN - timedelta(days=1)) == 0
    before = counted(AUTUMN)
    assert counting.settle(AUTUMN) == 1
    kept = Counted.objects.get()
    assert (kept.codes, kept.later, kept.later_from) == (["I3"], None, None)
    assert counted(AUTUMN) == before
    assert counting.settle(AUTUMN) == 0


# -- under the server's mark ------------------------------------------------------------------

FORGED = {
    "codes": ["S9"], "month": date(2026, 1, 1), "service_kind": "carers", "place": "Elsewhere",
    "model_version": "x", "later": {"codes": []}, "later_from": date(2026, 1, 1), "proof": b"",
    "revision": 99,
}  # fmt: skip


@pytest.mark.parametrize("column", FORGED)
def test_a_row_in_which_anything_was_changed_is_counted_no_more(person, column):
    forged, left = told(person), told(person)
    rows = Counted.objects.filter(testimony=forged)
    change(person, left, SUMMER, "fits", codes("I3"))
    change(person, forged, SUMMER, "fits", codes("I3"))
    rows.update(**{column: FORGED[column]})
    found = queries.counted(AUTUMN)
    assert (len(found.rows), found.left_out) == (1, 1)
    assert queries.checked_ids() == {left.id}
    assert queries.counted_changed() == [forged.item_id]


def test_a_row_that_was_not_changed_is_no_alarm(person):
    told(person)
    assert queries.counted(SUMMER).left_out == 0
    assert queries.counted_changed() == []


@pytest.mark.parametrize("after", ["no longer wished", "changed", "withdrawn"])
def test_an_old_row_put_back_counts_for_nothing(person, after):
    row = told(person)
    old = Counted.objects.get()
    if after == "withdrawn":
        actions.withdraw(person.doer, Testimony.objects.get(id=row.id))
    else:
        step, given = ("wishes", KEEP) if after == "no longer wished" else ("fits", codes("I3"))
        change(person, row, TOLD, step, given)
    Counted.objects.all().delete()
    old.save(force_insert=True)
    assert (queries.counted(SUMMER).rows, queries.counted(SUMMER).left_out) == ([], 1)
    assert queries.counted_changed() == [row.item_id]


def test_whatever_an_owner_does_leaves_their_row_sound(person):
    one, other = asked_team("Helpers"), asked_team("Others")
    row, doer = told(person), person.doer
    actions.choose_readers(doer, row, {"teams": [str(one.id), str(other.id)], "until": ""}, [one])
    attaching.add(doer, row, CleanFile("a.txt", "text", "text/plain", b"words"))
    attaching.remove(doer, row.attachments.get())
    actions.choose_readers(doer, row, {"teams": [str(other.id)], "until": ""}, [one, other])
    actions.stop_sharing(doer, row, other)
    actions.save(doer, row, "more", {"more": {"since": "It went on."}})
    assert (len(queries.counted(SUMMER).rows), queries.counted_changed()) == (1, [])


def asked_team(name: str) -> Team:
    return team(name, "advocacy", someone("advocate", f"{name} One"))


def test_a_good_row_moved_to_another_telling_counts_for_none(person):
    row, other = told(person), told(person, ("keep",))
    Counted.objects.filter(testimony=row).update(testimony=other)
    assert queries.counted(SUMMER).rows == []


def test_changing_what_one_told_never_makes_a_forged_row_good(person):
    row = told(person)
    Counted.objects.update(month=date(2026, 1, 1))
    change(person, row, SUMMER, "happened", {"happened": "Said better."})
    (counted,) = queries.counted(SUMMER).rows
    assert (counted.codes, counted.month) == (("S1.1",), SUMMER)


def test_a_forged_row_is_not_settled_and_so_made_good(person):
    row = told(person)
    change(person, row, SUMMER, "fits", codes("I3"))
    Counted.objects.update(later={"codes": ["S9"]})
    assert counting.settle(AUTUMN) == 0
    assert queries.counted(AUTUMN).left_out == 1


def test_what_stands_there_when_a_site_is_upgraded_is_put_under_the_mark(person):
    told(person)
    Counted.objects.update(proof=b"")
    assert queries.counted(SUMMER).rows == []
    upgrade = importlib.import_module("firsthand.testimony.migrations.0006_counted_marks")
    upgrade.forwards(apps, None)
    assert counted(SUMMER) == [("S1.1",)]
