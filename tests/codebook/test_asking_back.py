"""Asking is taken back while whoever was asked has done nothing; asking again undoes it."""

import pytest

from firsthand.access.refused import Refused
from firsthand.codebook import agreeing, queries
from firsthand.codebook.actions import double, passages
from firsthand.codebook.models import Doubled, Trail, Working
from tests.codebook import kit
from tests.codebook.test_double import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


def test_the_owner_takes_the_asking_back_and_asks_again_and_nobody_else_can():
    world = World()
    made = world.made
    sent = {"who": str(made.ben.id)}
    world.post("Ada", "source_ask", made.plain.id, **sent)
    assert "Do not ask Ben any more" in world.get("Ada", "sources")
    assert "any more" not in world.get("Cai", "sources")
    for name in ("Ben", "Eve"):
        world.post(name, "source_ask", made.plain.id, status=404, back="1", **sent)
    world.post("Ada", "source_ask", made.plain.id, back="1", **sent)
    assert queries.working(made.ben, made.plain) is None
    line = Trail.objects.get(did="asking taken back")
    assert (line.by, line.about) == (made.ada.user, {"source": 1, "name": "Ben"})
    assert "You can ask again" in world.get("Ada", "sources")
    world.post("Ada", "source_ask", made.plain.id, back="1", **sent)  # pressed twice
    assert Trail.objects.filter(did="asking taken back").count() == 1
    world.post("Ada", "source_ask", made.plain.id, **sent)
    assert queries.working(made.ben, made.plain) is not None


@pytest.mark.parametrize("how", ["coded", "wrote a memo", "finished"])
def test_what_someone_began_is_theirs_and_stays(how):
    made = kit.made()
    passages.ask(made.ada, made.plain, made.ben)
    if how == "coded":
        made.code(made.ben, "Nobody", "Harm")
    elif how == "finished":
        passages.finish(made.ben, made.plain)
    else:
        passages.write_source_memo(made.ben, made.plain, "A thought.")
    with pytest.raises(Refused, match="They have begun"):
        passages.take_asking_back(made.ada, made.plain, made.ben)
    assert Working.objects.filter(coder=made.ben).count() == 1
    assert not Trail.objects.filter(did="asking taken back").exists()


def test_what_was_coded_and_taken_off_again_is_nothing_and_a_stranger_is_refused():
    made = kit.made()
    passages.uncode(made.ben, made.code(made.ben, "Nobody", "Harm"))
    assert passages.take_asking_back(made.ada, made.plain, made.ben)
    (eve,) = kit.coders("Eve")
    with pytest.raises(Refused):
        passages.take_asking_back(made.ada, made.plain, eve)


def test_who_was_drawn_and_is_asked_no_more_holds_nobody_up_and_the_draw_still_says_it():
    world = World()
    made = world.made
    double.draw(made.ada, 1, [made.ada, made.ben], seed=1)
    drawn = Doubled.objects.get()
    for each in (made.ada, made.ben):
        passages.finish(each, drawn.source)
    passages.ask(made.ada, drawn.source, made.cai)
    assert not agreeing.finished_by(made.ada.project)
    passages.take_asking_back(made.ada, drawn.source, made.cai)
    assert list(agreeing.finished_by(made.ada.project)) == [drawn.source_id]
    Working.objects.filter(source=drawn.source, coder=made.ben).update(finished_at=None)
    passages.take_asking_back(made.ada, drawn.source, made.ben)
    assert "Ben: asked no more" in world.get("Ada", "twice")
    assert Doubled.objects.get() == drawn
