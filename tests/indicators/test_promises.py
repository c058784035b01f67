"""A person's word on a promise moves the published figure at once, and only theirs does."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from firsthand.config import alarms
from firsthand.repair import actions, queries, rules
from firsthand.repair.models import Promise, PromiseEvent
from firsthand.repair.posting import Turn
from firsthand.repair.words import Pledge, Said
from firsthand.testimony import actions as telling
from firsthand.testimony.models import Counted
from tests.repair.conftest import Town, tell, town  # noqa: F401 a fixture

pytestmark = pytest.mark.django_db
ROWS = ("Kept", "Partly kept", "Broken", "Too soon to say", "All promises")


@pytest.fixture
def promised(town: Town) -> Town:  # noqa: F811
    """Twenty promises made to one person who is counted."""
    said = Said(heard="You were not asked.", responsible="We should have.", needed="A say.")
    pledges = [Pledge(f"Promise {n}", "Rae Sponder", timezone.localdate()) for n in range(20)]
    actions.note_opened(town.request, rules.TEAM)
    actions.answer(town.responder.doer, town.request, Turn("n", said, pledges=pledges))
    return town


def standing() -> dict[str, str]:
    """The column of all promises, as a stranger sees it."""
    markup = Client().get(reverse("indicators:figures")).content.decode()
    part = markup.split('<h2 id="promises">')[1].split("</table>")[0].split("<tbody>")[1]
    rows = (re.findall(r"<t[hd][^>]*>([^<]*)<", row) for row in part.split("</tr>")[:-1])
    return {name.strip(): first.strip() for name, first, *_ in rows}


def judge(town: Town, verdict: str, many: int) -> None:  # noqa: F811
    for n, promise in enumerate(Promise.objects.filter(verdict=rules.RUNNING)[:many]):
        actions.judge(town.person.doer, town.request, promise, verdict, f"{verdict}{n}")


def test_the_figure_moves_as_soon_as_the_person_says_a_promise_was_broken(promised, settings):
    settings.FIRSTHAND_FIGURES_THRESHOLD = 0
    assert standing() == dict(zip(ROWS, ["0", "0", "0", "20", "20"], strict=True))
    judge(promised, rules.BROKEN, 1)
    assert standing() == dict(zip(ROWS, ["0", "0", "1", "19", "20"], strict=True))


def test_small_numbers_of_promises_are_kept_back_and_so_is_what_would_give_them_away(promised):
    judge(promised, rules.BROKEN, 3)
    found = standing()
    assert found["All promises"] == "20"
    assert found["Broken"] == found["Kept"] == found["Too soon to say"] == "[c]"


def test_promises_to_people_who_are_not_counted_are_in_no_figure(promised):
    Counted.objects.all().delete()
    page = Client().get(reverse("indicators:figures")).content.decode()
    assert "There are no figures yet" in page


@pytest.mark.parametrize("forged", ["put in", "copied"])
def test_a_promise_is_not_drawn_into_the_figures_by_someone_elses_hand(promised, settings, forged):
    """Its person is not counted, and whoever can write to the database says that they are."""
    settings.FIRSTHAND_FIGURES_THRESHOLD = 0
    row = Counted.objects.get()
    other = tell(promised.other_person, [], ("count",))
    telling.save(promised.person.doer, promised.testimony, "wishes", {"wishes": ("answer",)})
    if forged == "copied":
        row = Counted.objects.get(testimony=other)
    row.testimony = promised.testimony
    row.save(force_insert=True)
    assert queries.promise_rows() == []


def test_a_promise_altered_in_the_database_is_not_published(promised, settings, tmp_path):
    settings.FIRSTHAND_DATA = tmp_path
    standing()
    Promise.objects.update(verdict=rules.KEPT)
    page = Client().get(reverse("indicators:figures")).content.decode()
    assert "We cannot show promises just now" in page
    assert 'id="promises"' not in page
    assert [alarm.page for alarm in alarms.alarms()] == ["indicators:figures"]


def test_a_word_put_back_to_an_earlier_one_is_not_published(promised, settings, tmp_path):
    """Kept first, broken later: the signature on "kept" is still good when "broken" is gone."""
    settings.FIRSTHAND_DATA = tmp_path
    settings.FIRSTHAND_FIGURES_THRESHOLD = 0
    promise = Promise.objects.first()
    for number, verdict in enumerate((rules.KEPT, rules.BROKEN)):
        actions.judge(promised.person.doer, promised.request, promise, verdict, str(number))
    assert standing()["Broken"] == "1"
    PromiseEvent.objects.filter(place=2).delete()
    Promise.objects.filter(id=promise.id).update(verdict=rules.KEPT)
    page = Client().get(reverse("indicators:figures")).content.decode()
    assert "We cannot show promises just now" in page
    assert 'id="promises"' not in page


def test_counting_promises_asks_as_much_of_the_database_for_one_as_for_twenty(promised):
    judge(promised, rules.KEPT, 3)
    with CaptureQueriesContext(connection) as for_twenty:
        assert len(queries.promise_rows()) == 20
    Promise.objects.filter(verdict=rules.RUNNING).delete()
    with CaptureQueriesContext(connection) as for_three:
        assert len(queries.promise_rows()) == 3
    assert len(for_three) == len(for_twenty) <= 4
