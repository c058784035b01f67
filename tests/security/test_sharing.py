"""What a person unticks is out at once; another last day is the last day; parts follow."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from firsthand.access import grants
from firsthand.access.models import Grant
from firsthand.config.demo import clock
from firsthand.people.queries import keyrings_of
from firsthand.repair.models import Request
from firsthand.testimony import attaching
from firsthand.testimony.files import CleanFile
from firsthand.vault.models import Wrap
from tests.repair.conftest import Town, town  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


def choose(town: Town, *teams: object, until: str = "") -> None:  # noqa: F811
    address = reverse("testimony:step", args=[town.testimony.id, "readers"])
    given = {"teams": [str(team.id) for team in teams], "until": until}
    assert town.person.browser().post(address, given).status_code == 302


def team_page(town: Town) -> int:  # noqa: F811
    return (
        town.responder.browser().get(reverse("repair:request", args=[town.request.id])).status_code
    )


def test_a_team_that_is_unticked_is_out_at_the_next_request(town):  # noqa: F811
    assert team_page(town) == 200
    choose(town, town.helpers)
    assert team_page(town) == 404
    assert town.request.stage == "stopped"
    assert [grant.team for grant in grants.standing(town.testimony.item_id)] == [town.helpers]
    assert not Wrap.objects.filter(keyring_id__in=keyrings_of(town.service.id)).exists()


def test_a_file_added_after_stopping_is_sealed_for_those_who_are_left_only(town):  # noqa: F811
    choose(town, town.helpers)
    clean = CleanFile("a.txt", "text", "text/plain", b"later")
    added = attaching.add(town.person.doer, town.testimony, clean)
    readers = set(Wrap.objects.filter(item_id=added.item_id).values_list("keyring_id", flat=True))
    assert readers & keyrings_of(town.helpers.id)
    assert not readers & keyrings_of(town.service.id)


def test_another_last_day_holds_for_who_is_in_already(town):  # noqa: F811
    today = timezone.localdate()
    choose(town, town.helpers, town.service, until=f"{today:%d/%m/%Y}")
    assert team_page(town) == 200
    assert {grant.until for grant in Grant.objects.all()} == {today}
    assert {row.until for row in Request.objects.all()} == {today}
    assert Request.objects.count() == 2, "no second conversation was begun"


def test_sharing_again_after_the_last_day_begins_anew(town):  # noqa: F811
    today = timezone.localdate()
    choose(town, town.helpers, town.service, until=f"{today:%d/%m/%Y}")
    with clock.on(today + timedelta(days=2)):
        assert team_page(town) == 404
        grants.end_expired()
        assert not Wrap.objects.filter(keyring_id__in=keyrings_of(town.service.id)).exists()
        choose(town, town.helpers, town.service)
        fresh = Request.objects.get(team=town.service, stage="asked")
        browser = town.responder.browser()
        assert browser.get(reverse("repair:request", args=[fresh.id])).status_code == 200


def test_a_last_day_that_has_passed_is_refused_and_what_was_typed_stays(town):  # noqa: F811
    address = reverse("testimony:step", args=[town.testimony.id, "readers"])
    given = {"teams": [str(town.helpers.id)], "until": "1/1/2020"}
    shown = town.person.browser().post(address, given)
    assert shown.status_code == 422
    assert "This day has passed" in shown.content.decode()
    assert 'value="1/1/2020"' in shown.content.decode()
    assert {grant.team for grant in grants.standing(town.testimony.item_id)} == {
        town.helpers,
        town.service,
    }


def test_a_last_day_that_is_over_is_not_offered_again(town):  # noqa: F811
    today = timezone.localdate()
    choose(town, town.helpers, until=f"{today:%d/%m/%Y}")
    address = reverse("testimony:step", args=[town.testimony.id, "readers"])
    with clock.on(today + timedelta(days=2)):
        shown = town.person.browser().get(address).content.decode()
    assert "This day has passed" not in shown
    assert today.isoformat() not in shown
