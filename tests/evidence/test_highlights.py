"""Words of blocks are marked while screening, escaped, named once, and hidden by whoever wants."""

import pytest

from firsthand.access.refused import Refused
from firsthand.evidence import rules
from firsthand.evidence.actions import highlights as actions
from firsthand.evidence.models import Block, Record, Trail
from firsthand.evidence.rules import ABSTRACT
from tests.evidence import kit
from tests.evidence.test_pages import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
BLOCK = {"name": "Concept", "words": "harm*, caf\xe9", "colour": "sea", "line": "double"}


@pytest.fixture
def world():
    return World()


def shown_of(world, who="Ben", **fields):
    record = kit.imported(world.ada, 1)[0]
    Record.objects.filter(id=record.id).update(**fields)
    return record, world.get(who, "screen_one", ABSTRACT, record.id)


def test_words_are_marked_in_title_and_abstract_and_the_legend_counts_them(world):
    world.post("Ada", "highlights", **BLOCK)
    _, shown = shown_of(
        world, title="Harms & <b>cafe\u0301s</b>", abstract="A CAFE.\n\nHarmful harm."
    )
    mark = '<mark class="hl c-sea l-double">'
    heard = '<span class="govuk-visually-hidden">(Concept) </span>'
    assert f"<h1>{mark}{heard}Harms</mark> &amp; &lt;b&gt;" in shown
    assert f"{mark}CAFE</mark>." in shown
    assert f"<p>{mark}Harmful</mark> {mark}harm</mark>.</p>" in shown
    assert shown.count("(Concept)") == 1  # a screen reader hears the name once
    assert "Concept</span> 4 times" in shown


def test_whoever_wants_hides_the_marks_for_themselves_alone(world):
    actions.add(world.ada, BLOCK)
    record, shown = shown_of(world, title="Harms")
    assert "Hide the marks" in shown
    at = world.post("Ben", "highlight_show", ABSTRACT, record.id, shown="no")
    assert at.endswith(f"/screen/abstract/{record.id}/")
    shown = world.get("Ben", "screen_one", ABSTRACT, record.id)
    assert "<mark" not in shown
    assert "Show the marks" in shown
    assert "<mark" in world.get("Ada", "screen_one", ABSTRACT, record.id)
    world.post("Ben", "highlight_show", ABSTRACT, record.id, shown="yes")
    assert "<mark" in world.get("Ben", "screen_one", ABSTRACT, record.id)


def test_a_block_is_changed_switched_off_and_on_and_the_trail_keeps_how_it_was(world):
    row = actions.add(world.ada, BLOCK)
    for _ in range(2):
        world.post("Ada", "highlight", row.id, **{**BLOCK, "words": "care\ncare\nneed*"})
    assert Block.objects.get().words == "care\nneed*"
    assert "care, need*" in world.get("Ada", "highlights")
    for _ in range(2):
        world.post("Ada", "highlight_use", row.id, used="no")
    record, shown = shown_of(world, title="Care")
    assert "<mark" not in shown
    assert "Words that are marked" not in shown
    world.post("Ada", "highlight_use", row.id, used="yes")
    assert "<mark" in world.get("Ben", "screen_one", ABSTRACT, record.id)
    assert "need*" in world.get("Ada", "highlight", row.id)
    did = [line.did for line in Trail.objects.filter(did__startswith="block")]
    assert did == [
        "block of words added", "block of words changed", "block of words off",
        "block of words on",
    ]  # fmt: skip
    assert (
        Trail.objects.get(did="block of words changed").about["before"]["words"] == BLOCK["words"]
    )


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"words": ""}, "Write at least one word."),
        ({"words": " ,, \n"}, "Write at least one word."),
        ({"words": "***"}, "has no letter in it"),
        ({"name": "concept"}, "a block of this name already"),
        ({"line": "wavy"}, "Choose a line."),
    ],
)
def test_a_block_that_cannot_be_says_why_and_loses_nothing(world, sent, said):
    actions.add(world.ada, BLOCK)
    shown = world.post("Ada", "highlights", status=422, **{**BLOCK, "name": "kept words", **sent})
    assert said in shown
    assert sent.get("name", "kept words") in shown


def test_a_review_has_so_many_blocks_at_most(world, monkeypatch):
    monkeypatch.setattr(rules, "MOST_BLOCKS", 1)
    row = actions.add(world.ada, BLOCK)
    with pytest.raises(Refused, match="at most"):
        actions.add(world.ada, {**BLOCK, "name": "more"})
    assert str(row) == "Concept"


def test_blocks_are_for_owners_and_never_for_strangers(world):
    row = actions.add(world.ada, BLOCK)
    record = kit.imported(world.ada, 1)[0]
    for who in ("Ben", "Eve"):
        window = world.browsers[who]
        for name, more in (("highlights", ()), ("highlight", (row.id,))):
            assert window.get(world.at(name, *more)).status_code == 404
            assert window.post(world.at(name, *more), BLOCK).status_code == 404
        assert window.post(world.at("highlight_use", row.id), {"used": "no"}).status_code == 404
    at = world.at("highlight_show", ABSTRACT, record.id)
    assert world.browsers["Eve"].post(at, {"shown": "no"}).status_code == 404
    assert Block.objects.get().used


def test_a_block_of_another_review_is_not_there(world):
    zed = kit.review("Zed", "Yan")[0]
    theirs = actions.add(zed, BLOCK)
    assert world.browsers["Ada"].get(world.at("highlight", theirs.id)).status_code == 404
    with pytest.raises(Refused):
        actions.change(world.ada, theirs, BLOCK)
    actions.use(world.ada, theirs, False)
    assert Block.objects.get().used
