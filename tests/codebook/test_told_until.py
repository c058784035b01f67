"""What coders see once a person lets them learn on the person's own pages, stops, or a day ends."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from firsthand.access import grants
from firsthand.codebook import queries
from firsthand.codebook.models import Source
from firsthand.config.demo import clock
from firsthand.repair.models import Request
from firsthand.testimony import researching
from firsthand.testimony.queries import shared_for_research
from tests.codebook.test_told import World
from tests.repair.conftest import WORDS

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world() -> World:
    return World()


def coded(world: World) -> Source:
    source = world.bring_in()
    world.browser.post(world.at("source", source.id), {"first": 1, "codes": [str(world.code.id)]})
    assert queries.visible_passages(world.coder).count() == 1
    return source


def own(world: World, name: str, *more: object) -> str:
    return reverse(f"testimony:{name}", args=[world.row.id, *more])


def test_what_is_let_in_on_the_page_is_read_logged_and_gone_after_one_press(world):
    researching.stop(world.person.doer, world.row, world.team)
    assert b"shared for research (" not in world.browser.get(world.at("sources")).content
    person = world.person.browser()
    assert person.post(own(world, "research"), {"teams": [world.team.id]}).status_code == 302
    assert b"shared for research (1)" in world.browser.get(world.at("sources")).content
    source = coded(world)
    assert WORDS in world.browser.get(world.at("source", source.id)).content.decode()
    log = person.get(own(world, "who_read")).content.decode()
    assert "<strong>Ada, Study, Study organisation</strong> opened it, for research" in log
    person.post(own(world, "research_stop", world.team.id))
    assert world.browser.get(world.at("source", source.id)).status_code == 404
    shown = world.browser.get(world.at("sources")).content
    assert b"1 passage, withdrawn" in shown
    assert b"shared for research (" not in shown
    log = person.get(own(world, "who_read")).content.decode()
    assert "tried to open this and was refused" in log
    assert not Request.objects.exists()


def test_on_the_last_day_it_still_opens_and_the_day_after_it_is_out_of_sight(world):
    today = timezone.localdate()
    researching.let_in(world.person.doer, world.row, [world.team], today)
    source = coded(world)
    with clock.on(today + timedelta(days=1)):
        browser = world.ada.browser()
        assert not queries.visible_passages(world.coder).exists()
        assert queries.withdrawn(world.coder) == {source.id: 1}
        assert b"1 passage, withdrawn" in browser.get(world.at("sources")).content
        assert browser.get(world.at("source", source.id)).status_code == 404
        assert shared_for_research(world.ada.doer) == []
        assert grants.end_expired() == 1
        assert queries.withdrawn(world.coder) == {source.id: 1}


def test_let_in_again_what_was_marked_is_back_in_sight(world):
    source = coded(world)
    researching.stop(world.person.doer, world.row, world.team)
    researching.let_in(world.person.doer, world.row, [world.team], None)
    assert queries.visible_passages(world.coder).count() == 1
    assert queries.withdrawn(world.coder) == {}
    assert world.browser.get(world.at("source", source.id)).status_code == 200
