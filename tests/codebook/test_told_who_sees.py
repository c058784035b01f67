"""What is marked in a testimony tells what happened to someone: who sees it, and who does not.

And no word of it goes anywhere else: into no memo, no reason and no address.
"""

import pytest

from firsthand.access import log
from firsthand.access.refused import Refused
from firsthand.codebook import policies, queries, rules, settling
from firsthand.codebook.actions import double, masking, passages, sources, themes
from firsthand.codebook.actions.forgetting import GONE
from firsthand.codebook.models import Passage, Settlement, Trail, Working
from firsthand.people import actions as people
from firsthand.testimony import actions as telling
from tests.codebook import kit
from tests.codebook.test_told import World
from tests.repair.conftest import WORDS

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world() -> World:
    """Return a testimony that Ada of the team has coded whole; Ben is of no such team."""
    made = World()
    made.source = made.bring_in()
    passages.code(made.coder, made.source, 0, 8, [made.code], opened=WORDS)
    passages.finish(made.coder, made.source)
    return made


@pytest.mark.parametrize("do", ["read", "finish"])
def test_whoever_may_not_read_a_testimony_is_not_done_with_it_and_sees_no_code_on_it(world, do):
    theme = themes.add(world.coder, {"name": "A theme", "codes": [world.code]})
    browser = world.ben.browser()
    assert browser.post(world.at("work", world.source.id), {"do": do}).status_code == 404
    assert not Working.objects.filter(coder=world.other).exists()
    line = log.verify(world.row.item_id)[-1]
    assert (line.by, line.refused) == (world.ben.user, True)
    # Nor when they have been done with it by another way: on no page and in no file.
    (passages.read_only if do == "read" else passages.finish)(world.other, world.source)
    assert not queries.visible_passages(world.other).exists()
    assert queries.withdrawn(world.other) == {}
    for name, more in (("themes", ()), ("theme_passages", (theme.id,)), ("themes_csv", ()),
                       ("codes", ())):  # fmt: skip
        shown = browser.get(world.at(name, *more)).content.decode()
        assert "Words under seal" not in shown, name
        assert "What a person told" not in shown, name
        assert "1 passage" not in shown, name


def test_nobody_is_asked_or_drawn_to_code_what_would_not_open_for_them(world):
    shown = world.browser.post(world.at("source_ask", world.source.id), {"who": world.other.id})
    assert shown.status_code == 409
    assert "it would not open for them" in shown.content.decode()
    both = (world.coder, world.other)
    with pytest.raises(Refused, match="no source left"):
        double.draw(world.coder, 100, both)
    letter = sources.add(world.coder, kind=rules.DOCUMENT, title="Letter", text="Nobody asked.")
    assert settling.could_be_drawn(world.coder.project, both) == [letter]
    assert settling.could_be_drawn(world.coder.project, [world.coder]) == [world.source, letter]
    assert not Working.objects.filter(coder=world.other).exists()


def test_that_someone_else_only_reads_keeps_no_source_out_of_a_draw():
    made = kit.made()
    made.code(made.ada, "Nobody asked me", "Harm")
    passages.read_only(made.cai, made.plain)
    both = settling.could_be_drawn(made.ada.project, (made.ada, made.ben))
    assert both == [made.plain, made.talk]
    assert settling.could_be_drawn(made.ada.project, (made.ada, made.cai)) == [made.talk]


def test_whoever_leaves_the_team_sees_no_more_of_what_they_coded_of_its_testimonies(world):
    assert queries.visible_passages(world.coder).count() == 1
    people.leave(world.ada.user, world.team)
    assert not queries.visible_passages(world.coder).exists()
    assert queries.withdrawn(world.coder) == {}


# -- no word goes anywhere else -----------------------------------------------------------------

COPIED = "She says: planted the BLUEBELL order, without asking!"
THOUGHT = "An order was made; nobody had asked. Bluebell order?"


def test_words_in_a_row_are_copied_and_a_thought_about_them_is_not():
    assert rules.repeats(COPIED, WORDS)
    assert not rules.repeats(THOUGHT, WORDS)
    assert rules.repeats("it was: Not asked.", "Not asked")  # of a few words, all of them
    assert not rules.repeats("it was so", "Not asked")
    assert not rules.repeats("anything", "")
    assert not rules.repeats("", WORDS)


def test_no_memo_keeps_a_persons_own_words_and_nothing_typed_is_lost(world):
    passages.reopen(world.coder, world.source)
    row = Passage.objects.get()
    start, sent = world.at("source", world.source.id), {"first": 1, "codes": [str(world.code.id)]}
    for page, more in ((start, sent), (world.at("passage", row.id), {}),
                       (world.at("memo", world.source.id), {})):  # fmt: skip
        answer = world.browser.post(page, more | {"memo": COPIED})
        assert answer.status_code == 409, page
        assert "never copied" in answer.content.decode()
        assert "planted the BLUEBELL order, without asking!" in answer.content.decode()
        assert Passage.objects.count() == 1
        assert world.browser.post(page, more | {"memo": THOUGHT}).status_code == 302
        Passage.objects.exclude(id=row.id).delete()
    row.refresh_from_db()
    assert (row.memo, Working.objects.get().memo) == (THOUGHT, THOUGHT)


def test_no_reason_keeps_a_persons_own_words(world):
    passages.code(world.other, world.source, 0, 4, [world.code], opened=WORDS)
    passages.finish(world.other, world.source)
    (place,) = settling.compared(world.source)
    there = world.at("settle", world.source.id, world.code.id, place.passages[0].id)
    sent = {"choice": "all", "together": "on"}
    answer = world.browser.post(there, sent | {"reason": COPIED})
    assert answer.status_code == 409
    assert not Settlement.objects.exists()
    assert world.browser.post(there, sent | {"reason": THOUGHT}).status_code == 302


def test_words_looked_for_in_a_testimony_are_in_no_address(world):
    there = world.at("find", world.source.id)
    shown = world.browser.get(there, {"words": "bluebell"}).content.decode()
    assert "1 place found" not in shown
    assert 'class="filters" method="post"' in shown
    assert "1 place found" in world.browser.post(there, {"words": "bluebell"}).content.decode()
    assert world.ben.browser().post(there, {"words": "bluebell"}).status_code == 404


def test_what_coders_wrote_about_a_testimony_goes_when_it_is_withdrawn_and_counts_stay(world):
    Passage.objects.update(memo=THOUGHT)
    Working.objects.update(memo=THOUGHT)
    passages.code(world.other, world.source, 0, 4, [world.code], opened=WORDS)
    passages.finish(world.other, world.source)
    (place,) = settling.compared(world.source)
    ids = tuple(each.id for each in place.passages)
    said = settling.Wanted(ids, rules.ALL, THOUGHT, together=True)
    double.settle(world.coder, world.source, world.code, said, opened=WORDS)
    telling.withdraw(world.person.doer, world.row)
    assert set(Passage.objects.values_list("memo", "state")) == {("", rules.WITHDRAWN)}
    assert set(Working.objects.values_list("memo", flat=True)) == {""}
    assert Settlement.objects.get().reason == GONE
    assert queries.withdrawn(world.coder) == {world.source.id: 2}
    line = Trail.objects.filter(did="testimony withdrawn").get()
    assert (line.by, line.about) == (None, {"source": world.source.number})


def test_how_much_is_coded_in_testimonies_is_on_the_page_and_in_no_file(world):
    themes.add(world.coder, {"name": "A theme", "codes": [world.code]})
    shown = world.browser.get(world.at("themes")).content.decode()
    assert rules.KINDS[rules.TESTIMONY] in shown
    assert "in neither file" in shown
    table = world.browser.get(world.at("themes_csv")).content.decode()
    assert table.strip("\ufeff").splitlines() == ["theme,part_of,kind,study,passages,sources"]
    (told,) = world.browser.get(world.at("themes_json")).json()
    assert (told["passages"], told["sources"], told["by_kind_and_study"]) == (0, 0, [])


def test_of_other_texts_words_may_be_copied(world):
    world.source.kind = rules.DOCUMENT
    policies.check_not_copied(world.source, COPIED, WORDS)
    world.source.kind = rules.TESTIMONY
    with pytest.raises(Refused, match="never copied"):
        policies.check_not_copied(world.source, COPIED, WORDS)


def test_why_a_difference_was_settled_goes_with_the_words_that_a_speaker_takes_back():
    made = kit.made()
    start = made.talk.text.index("They read out my notes")
    for who, words in ((made.ada, "They read out my notes"), (made.ben, "They read out")):
        made.code(who, words, "Harm", source=made.talk)
        passages.finish(who, made.talk)
    (place,) = settling.compared(made.talk)
    said = settling.Wanted(
        tuple(each.id for each in place.passages), rules.ALL, "Rosa says notes.", together=True
    )
    double.settle(made.ada, made.talk, made.codes["Harm"], said)
    masking.mask(made.talk, [(0, 5)])  # what another said is taken back: the reason stays
    assert Settlement.objects.get().reason == "Rosa says notes."
    masking.mask(made.talk, [(start, start + 10)])
    assert Settlement.objects.get().reason == masking.GONE
    assert set(Passage.objects.values_list("quote", "state")) == {("", rules.WITHDRAWN)}
