"""The search builder's pages: nothing typed is lost, versions stay, runs keep their version."""

import re

import pytest
import yaml

from firsthand.evidence.models import SearchRun, Strategy, Trail
from tests.evidence.test_pages import SEARCH, World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
BOXES = {
    "blocks": "2", "base": "0",
    "b0-name": "People", "b0-terms": "service user*\nlived experience",
    "b0-fields_": ["title", "abstract", "keywords"],
    "b1-name": "Harm", "b1-terms": "harm*", "b1-fields_": ["title"],
    "b1-headings": "Client Attitudes (APA)", "b1-near": "patient* NEAR/3 view*, voice*",
    "from_year": "2008", "to_year": "", "languages": "English, German",
}  # fmt: skip


@pytest.fixture
def world() -> World:
    return World()


def save(world, by="Ada", **more):
    world.post(by, "build", **{**BOXES, **more, "do": "save"})
    return Strategy.objects.order_by("number").last()


def boxes(page: str) -> dict[str, str]:
    """Return what stands in the text boxes of a page, by name."""
    found = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    lines = re.findall(r'<input[^>]*name="([^"]+)" type="text" value="([^"]*)"', page)
    return {name: said.replace("&#10;", "\n").strip() for name, said in [*found, *lines]}


def test_the_builder_begins_with_population_concept_and_context(world):
    page = world.get("Ada", "build")
    for words in ("Population", "Concept", "Context", "Nothing is saved yet"):
        assert words in page
    assert "Build the search" in world.get("Ben", "searches")


def test_what_is_typed_is_shown_as_six_platforms_write_it_and_nothing_is_kept(world):
    page = world.post("Ada", "build", status=200, **{**BOXES, "do": "show"})
    for words in (
        "Ovid (APA PsycInfo)", "ProQuest (ASSIA)", "EBSCOhost", "Web of Science (SSCI)", "PubMed",
        "Scopus", "(service user* OR lived experience).ti,ab,id.", "TITLE-ABS-KEY(",
        "exp Client Attitudes/", "What you have to see to yourself",
        "There is no subject heading", "Cochrane Handbook",
        "Set the years on the platform&#39;s page: from 2008 to today.",
    ):  # fmt: skip
        assert words in page, words
    assert not Strategy.objects.exists()


def test_a_search_is_saved_as_a_version_and_the_trail_says_so(world):
    row = save(world, note="First go")
    assert (row.number, row.by, row.note) == (1, world.ada, "First go")
    page = world.get("Ben", "strategy", 1)
    for words in ("Saved by Ada", "First go", "People", "service user*", "Years: 2008 to today"):
        assert words in page
    line = Trail.objects.get(did="search built")
    assert line.about == {"version": 1, "blocks": ["People", "Harm"], "note": "First go"}
    assert "search built" in world.get("Ben", "history")


def test_what_was_saved_stands_in_the_boxes_again(world):
    save(world)
    held = boxes(world.get("Ben", "build"))
    for name in ("b0-name", "b0-terms", "b1-headings", "b1-near", "from_year", "languages"):
        assert held[name].split() == BOXES[name].split()


@pytest.mark.parametrize(
    ("do", "names"),
    [
        ("add", ["People", "Harm", ""]),
        ("down-0", ["Harm", "People"]),
        ("up-1", ["Harm", "People"]),
        ("up-0", ["People", "Harm"]),
        ("down-7", ["People", "Harm"]),
        ("remove-0", ["Harm"]),
        ("nonsense", ["People", "Harm"]),
    ],
)
def test_blocks_are_added_moved_and_taken_out_and_all_that_is_typed_stays(world, do, names):
    sent = {**BOXES, "do": do, "note": "half a thought", "b0-terms": 'a "broken\nharm*'}
    page = world.post("Ada", "build", status=200, **sent)
    held = boxes(page)
    assert [held[f"b{at}-name"] for at in range(len(names))] == names
    if "People" in names:
        at = names.index("People")
        assert held[f"b{at}-terms"] == "a &quot;broken\nharm*"
    assert held["note"] == "half a thought"
    assert "one quotation mark" not in page  # no scolding while someone only moves a block


def test_the_last_block_taken_out_leaves_an_empty_one(world):
    page = world.post("Ada", "build", status=200, **{**BOXES, "blocks": "1", "do": "remove-0"})
    assert boxes(page)["b0-terms"] == ""


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"b0-terms": 'a "broken phrase'}, "one quotation mark too few or too many"),
        ({"b0-terms": "harm *"}, "a * stands alone"),
        ({"b0-terms": "h*"}, "would find nearly every word"),
        ({"b0-terms": "harm AND hurt"}, "without AND, OR or NOT"),
        ({"b0-fields_": []}, "Choose at least one place to look in"),
        ({"b1-near": "patient near view"}, "write it as in"),
        ({"b1-headings": "Client Attitudes"}, "say in brackets whose heading it is"),
        ({"from_year": "08"}, "four digits"),
        ({"to_year": "1990"}, "before it begins"),
        ({"b0-terms": "", "b1-terms": "", "b1-headings": "", "b1-near": ""}, "at least one syn"),
        ({"b0-name": "x" * 201}, "Use 200 characters at most"),
    ],
)
def test_what_is_wrong_is_said_at_its_block_nothing_is_saved_and_nothing_typed_is_lost(
    world, wrong, said
):
    page = world.post("Ada", "build", status=422, **{**BOXES, **wrong, "do": "save"})
    assert said in page.replace("&#39;", "'")
    assert "Something needs another look" in page
    assert "English, German" in page
    assert not Strategy.objects.exists()


def test_the_same_search_saved_again_makes_no_version(world):
    save(world)
    save(world, base="1")
    assert Strategy.objects.count() == 1


def test_whoever_saves_over_anothers_version_is_told_and_may_save_again(world):
    save(world)
    save(world, "Ben", **{"base": "1", "b1-terms": "hurt*"})
    sent = {**BOXES, "base": "1", "b1-terms": "injur*", "do": "save"}
    page = world.post("Ada", "build", status=409, **sent)
    assert "Ben saved version 2 meanwhile" in page
    assert "injur*" in page
    assert 'name="base" value="2"' in page
    world.post("Ada", "build", **{**sent, "base": "2"})
    assert Strategy.objects.count() == 3


def test_moving_a_block_does_not_hide_that_another_saved_meanwhile(world):
    save(world)
    save(world, "Ben", **{"base": "1", "b1-terms": "hurt*"})
    page = world.post("Ada", "build", status=200, **{**BOXES, "base": "1", "do": "up-1"})
    assert 'name="base" value="1"' in page


def test_going_back_makes_a_new_version_and_keeps_the_others(world):
    save(world)
    save(world, **{"base": "1", "b1-terms": "hurt*"})
    assert world.post("Ben", "strategy_back", 1).endswith("/build/3/")
    third = Strategy.objects.get(number=3)
    assert third.content == Strategy.objects.get(number=1).content
    assert third.note == "Back to version 1"
    assert "stands already" in world.post("Ben", "strategy_back", 1, status=409)
    listed = world.get("Ada", "strategies")
    for words in ("Version 1", "Version 2", "Version 3", "Back to version 1", "Not yet"):
        assert words in listed


def test_a_query_can_be_downloaded_as_text_and_the_blocks_as_the_commands_file(world):
    save(world)
    browser = world.browsers["Ben"]
    answer = browser.get(world.at("strategy_text", 1, "pubmed"))
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    said = answer.content.decode()
    assert '"service user*"[tiab]' in said
    assert "Before you run it:" in said
    told = yaml.safe_load(browser.get(world.at("strategy_plan", 1)).content)
    assert told == Strategy.objects.get().content
    assert browser.get(world.at("strategy_text", 1, "altavista")).status_code == 404
    assert browser.get(world.at("strategy", 9)).status_code == 404


def test_a_run_made_from_a_version_is_filled_in_and_keeps_its_version(world):
    save(world)
    at = world.at("search_add") + "?version=1&platform=proquest"
    page = world.browsers["Ada"].get(at).content.decode()
    for words in ("ASSIA", "ProQuest", "TI,AB,IF(", "Years: 2008 to today", "from version 1"):
        assert words in page
    answer = world.browsers["Ada"].post(at, {**SEARCH, "hits": "41"})
    run = SearchRun.objects.get()
    assert answer.status_code == 302
    assert (run.strategy.number, run.hits, run.string) == (1, 41, SEARCH["string"])
    assert "version 1 of the search" in world.get("Ben", "search", run.id)
    assert "Search 1: PsycINFO" in world.get("Ben", "strategy", 1)
    assert "search 1</a>" in world.get("Ben", "strategies")
    world.post("Ada", "search_change", run.id, **{**SEARCH, "hits": "42"})
    assert SearchRun.objects.get().strategy_id == run.strategy_id
    for more in ("?version=7&platform=ovid", "?version=1&platform=altavista"):
        assert world.browsers["Ada"].get(world.at("search_add") + more).status_code == 404


def test_a_stranger_finds_no_builder_and_no_version(world):
    save(world)
    eve = world.browsers["Eve"]
    for name, more in (
        ("build", ()), ("strategies", ()), ("strategy", (1,)), ("strategy_plan", (1,)),
        ("strategy_text", (1, "ovid")),
    ):  # fmt: skip
        answer = eve.get(world.at(name, *more))
        assert answer.status_code == 404
        assert "service user" not in answer.content.decode()
    for name, more in (("build", ()), ("strategy_back", (1,))):
        assert eve.post(world.at(name, *more), {**BOXES, "do": "save"}).status_code == 404
    assert Strategy.objects.count() == 1


def test_as_many_blocks_as_anyone_needs_and_no_more(world):
    page = world.post("Ada", "build", status=200, blocks="999", do="add")
    assert page.count('aria-label="Block ') == 20
    assert "Add a block" not in page
    for rubbish in ("-", "9" * 5000):
        page = world.post("Ada", "build", status=200, blocks=rubbish, do="add")
        assert page.count('="Block ') == 2
