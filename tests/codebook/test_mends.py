"""What a hostile reading of the coding pages found, each with the way it went wrong."""

import pytest
from django.urls import reverse

from firsthand.access.refused import Refused
from firsthand.codebook import queries, rules
from firsthand.codebook.actions import passages
from firsthand.codebook.models import Passage, Working
from tests.codebook import kit
from tests.codebook.test_double import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world() -> World:
    return World()


def test_whoever_chose_to_read_only_cannot_code_even_when_all_go_on_coding(world):
    made = world.made
    passages.finish(made.ada, made.plain)
    passages.read_only(made.ben, made.plain)
    passages.reopen(made.ada, made.plain)
    for do in ("reopen", "finish"):
        world.browsers["Ben"].post(world.at("work", made.plain.id), {"do": do})
    with pytest.raises(Refused, match="You chose to read"):
        passages.reopen(made.ben, made.plain)
    with pytest.raises(Refused, match="You chose to read"):
        made.code(made.ben, "told later", "Harm")
    assert queries.working(made.ben, made.plain).stands == rules.READS
