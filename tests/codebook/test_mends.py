"""What a hostile reading of the coding pages found, each with the way it went wrong."""

import pytest

from firsthand.access.refused import Refused
from firsthand.codebook import agreeing, queries, rules, settling
from firsthand.codebook.actions import codes, double, editing, passages, sources, themes
from firsthand.codebook.forms.codes import parts_of
from firsthand.codebook.models import Settlement
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


def test_a_passage_put_back_after_the_text_was_changed_is_lost_and_lies_on_no_wrong_words(world):
    made = world.made
    row = made.code(made.ada, "told later", "Harm")
    taken = passages.uncode(made.ada, row)
    editing.edit(made.ada, made.plain, "Short now.")
    sent = {"code": [str(each.id) for each in taken]}
    answer = world.browsers["Ada"].post(world.at("recode", row.id), sent)
    assert answer["Location"] == world.at("lost", made.plain.id)
    row.refresh_from_db()
    assert (row.state, row.removed_on) == (rules.LOST, None)
    assert not queries.visible_passages(made.ada).exists()
    assert "told later" in world.get("Ada", "lost", made.plain.id)
    assert [each.name for each in (it.code for it in row.codings.all())] == ["Harm"]
    for each in (made.ada, made.ben):
        passages.finish(each, made.plain)
    assert agreeing.agreed(made.ada).sources  # and its figures can be worked out


def test_a_passage_that_was_lost_before_is_put_back_among_the_lost(world):
    made = world.made
    row = made.code(made.ada, "told later", "Harm")
    editing.edit(made.ada, made.plain, "Short now, and quite another text than before it was.")
    row.refresh_from_db()
    taken = passages.uncode(made.ada, row)
    editing.undo(made.ada, made.plain)
    again = made.code(made.ada, "told later", "Feeling")
    assert passages.put_back(made.ada, row, taken) == row
    row.refresh_from_db()
    assert (row.state, row.removed_on) == (rules.LOST, None)
    assert [each.code.name for each in again.codings.all()] == ["Feeling"]


def test_a_split_recodes_nothing_in_a_source_that_one_is_finished_with(world):
    made = world.made
    done = made.code(made.ada, "told later", "Harm")
    passages.finish(made.ada, made.plain)
    still = made.code(made.ada, "my notes", "Harm", source=made.talk)
    harm = made.codes["Harm"]
    shown = world.post("Ada", "code_split", harm.id, parts="Told\nShown", status=200)
    assert f"part-{still.id}" in shown
    assert f"part-{done.id}" not in shown
    codes.split(made.ada, harm, ["Told", "Shown"], {done.id: 0, still.id: 1})
    kept = {each.id: [it.code.name for it in each.codings.all()] for each in (done, still)}
    assert kept == {done.id: ["Harm"], still.id: ["Shown"]}


def test_words_over_a_line_end_are_as_long_as_they_stand_in_the_text(world):
    made = world.made
    made.code(made.ada, "I was told later.\n\nI felt", "Harm")
    for each in (made.ada, made.ben):
        passages.finish(each, made.plain)
    (place,) = settling.compared(made.plain)
    where = (made.plain.id, place.code.id, place.passages[0].id)
    words = "told later.\r\n\r\nI felt"  # as a browser sends it
    world.post("Ada", "settle", *where, choice="new", words=words, reason="Why", together="on")
    row = Settlement.objects.get()
    assert made.plain.text[row.start : row.end] == "told later.\n\nI felt"


def test_rubbish_in_a_form_or_an_address_is_no_fault_of_the_site(world):
    made = world.made
    harm, plain = made.codes["Harm"], made.plain.id
    row = made.code(made.ada, "told later", "Harm")
    told = world.post("Ada", "code_move", harm.id, place="1" + "0" * 30, status=422)
    assert "places at most" in told
    for rubbish in ("9" * 5_000, "-1", "\u0661"):
        assert parts_of({f"part-{row.id}": rubbish}, [row.id], 2) == {}
    assert parts_of({f"part-{row.id}": "2"}, [row.id], 2) == {row.id: 1}
    theme = themes.add(made.ada, {"name": "A theme", "codes": [harm]})
    browser = world.browsers["Ada"]
    shown = browser.get(world.at("theme_passages", theme.id), {"study": "\0"}).content.decode()
    assert "told later" in shown  # as for the texts of no study
    talk = [rules.TurnOf(0, 11, "Rosa")]
    source = sources.add(
        made.ada, kind=rules.TRANSCRIPT, title="T", text="Rosa: Hello.", turns=talk
    )
    shown = browser.get(world.at("find", source.id), {"speaker": "\0Rosa"}).content.decode()
    assert "Rosa: Hello" in shown
    assert browser.get(world.at("find", plain), {"words": "\0", "code": "\0"}).status_code == 200


def test_what_was_settled_stays_settled_when_its_code_is_merged(world):
    made = world.made
    made.code(made.ada, "told later", "Looked past", "Feeling")
    for each in (made.ada, made.ben):
        passages.finish(each, made.plain)
    chosen = {"Looked past": rules.NEITHER, "Feeling": rules.ALL}
    for place in settling.compared(made.plain):
        ids = tuple(each.id for each in place.passages)
        said = settling.Wanted(ids, chosen[place.code.name], "We read it again.", together=True)
        double.settle(made.ada, made.plain, place.code, said)
    codes.merge(made.ada, [made.codes["Looked past"]], made.codes["Not asked"])
    codes.merge(made.ada, [made.codes["Not asked"]], made.codes["Harm"])
    found = {each.code.name: each for each in settling.compared(made.plain)}
    assert {name: each.is_open for name, each in found.items()} == {"Harm": False, "Feeling": False}
    assert found["Harm"].settled.choice == rules.NEITHER
    codes.merge(made.ada, [made.codes["Harm"]], made.codes["Feeling"])
    (both,) = settling.compared(made.plain)
    assert both.settled.choice == rules.ALL  # what was settled of the code that stands
