"""What people shared for research: opened in the coder's session, never copied, gone at once."""

import pytest
from django.core import serializers
from django.urls import reverse

from firsthand.access import door, log
from firsthand.access import rules as access
from firsthand.access.refused import Refused
from firsthand.codebook import models, queries, rules
from firsthand.codebook.actions import codes, projects
from firsthand.codebook.models import Passage, Source
from firsthand.people import rules as roles
from firsthand.repair.models import Request
from firsthand.testimony import actions as telling
from firsthand.testimony import queries as told
from firsthand.testimony import researching
from firsthand.testimony import rules as testimony
from tests.codebook import kit
from tests.repair.conftest import WORDS, someone, team, tell

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


class World:
    """A person who shared for research with a team; one of the team codes, with one who is not."""

    def __init__(self) -> None:
        self.person = someone(roles.PERSON)
        self.ada, self.ben = (someone(roles.RESEARCHER, name) for name in ("Ada", "Ben"))
        self.team = team("Study", roles.RESEARCH, self.ada)
        self.row = tell(self.person, [], wishes=(testimony.KEEP,))
        self.opened = door.look(self.person.doer, self.row.item_id)
        researching.share(self.person.doer, self.row, self.opened, self.team)
        self.coder = projects.make(self.ada.user, kit.WANTED)
        self.other = projects.add_coder(self.coder, self.ben.user, rules.CODER)
        self.code = codes.add(self.coder, "Order")
        self.browser = self.ada.browser()

    def at(self, name: str, *more: object) -> str:
        return reverse(f"codebook:{name}", args=[self.coder.project_id, *more])

    def bring_in(self) -> Source:
        for _ in range(2):  # pressed twice
            assert self.browser.post(self.at("told")).status_code == 302
        return Source.objects.get()


@pytest.fixture
def world() -> World:
    return World()


def test_no_word_is_kept_and_the_persons_log_tells_of_each_reading(world):
    assert b"shared for research (1)" in world.browser.get(world.at("sources")).content
    source = world.bring_in()
    assert (source.text, source.digest, source.item) == ("", "", world.row.id)
    shown = world.browser.get(world.at("source", source.id)).content.decode()
    assert WORDS in shown
    line = log.verify(world.row.item_id)[-1]
    assert (line.done, line.by, line.refused) == (access.READ, world.ada.user, False)
    start = WORDS.index("bluebell")
    sent = {"start": start, "end": start + 8, "codes": [str(world.code.id)]}
    assert world.browser.post(world.at("source", source.id), sent).status_code == 302
    row = Passage.objects.get()
    assert (row.quote, row.prefix, row.suffix) == ("", "", "")
    assert (row.start, row.end) == (start, start + 8)
    kept = [
        each for table in (models.Source, models.Passage, models.Trail, models.Code)
        for each in table.objects.all()
    ]  # fmt: skip
    assert "bluebell" not in serializers.serialize("json", kept)
    vivo = world.browser.post(world.at("source", source.id), {"first": 1, "vivo": "1"})
    assert vivo.status_code == 409
    assert not Request.objects.exists()  # nobody was asked for anything


def test_whoever_is_not_of_the_team_cannot_open_it_and_their_try_is_in_the_log(world):
    source = world.bring_in()
    answer = world.ben.browser().get(world.at("source", source.id))
    assert answer.status_code == 404
    assert b"bluebell" not in answer.content
    line = log.verify(world.row.item_id)[-1]
    assert (line.by, line.refused) == (world.ben.user, True)
    assert told.shared_for_research(world.ben.doer) == []
    with pytest.raises(Refused):
        told.research_text(world.ada.doer, world.coder.project_id)


@pytest.mark.parametrize("how", ["ends the sharing", "withdraws it"])
def test_passages_are_out_of_sight_at_once_and_their_count_says_withdrawn(world, how):
    source = world.bring_in()
    world.browser.post(world.at("source", source.id), {"first": 1, "codes": [str(world.code.id)]})
    assert queries.visible_passages(world.coder).count() == 1
    assert queries.withdrawn(world.coder) == {}
    if how == "withdraws it":
        telling.withdraw(world.person.doer, world.row)
    else:
        telling.stop_sharing(world.person.doer, world.row, world.team)
    assert not queries.visible_passages(world.coder).exists()
    assert queries.withdrawn(world.coder) == {source.id: 1}
    assert world.browser.get(world.at("source", source.id)).status_code == 404
    assert b"1 passage, withdrawn" in world.browser.get(world.at("sources")).content
    assert queries.counts(queries.visible_passages(world.coder)) == {}


def test_when_the_person_changes_their_words_nothing_lies_on_the_wrong_ones(world):
    source = world.bring_in()
    there = world.at("source", source.id)
    world.browser.post(there, {"first": 1, "codes": [str(world.code.id)]})
    telling.save(world.person.doer, world.row, "happened", {"happened": "Something else. Quite."})
    shown = world.browser.get(there).content.decode()
    assert "1 passage is of what stood there before" in shown
    assert "(passage 1" not in shown
    assert world.browser.get(world.at("next", source.id))["Location"].endswith("#s1")


def test_only_a_research_team_is_let_in_for_research(world):
    service = team("Service", roles.PROVIDER, someone(roles.RESPONDER, "Rae"))
    with pytest.raises(Refused, match="research organisation"):
        researching.share(world.person.doer, world.row, world.opened, service)
