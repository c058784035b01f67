"""What was coded, put beneath the lines of a draft: counts alone, wherever a line has gone."""

from uuid import UUID

import pytest

from firsthand.access.refused import Refused
from firsthand.codebook import rules, to_the_model
from firsthand.codebook.actions import passages, projects, themes
from firsthand.codebook.models import Code, FindingPaper, Source, Trail
from firsthand.harms import queries as harms
from firsthand.harms.actions import drafting, grounds
from firsthand.harms.models import Editor, Entry, Ground
from firsthand.testimony import actions as telling
from tests.codebook import kit
from tests.codebook import test_double as double
from tests.codebook import test_told as told
from tests.harms import drafting_kit

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def made() -> kit.Made:
    """Return a project, and a draft that Ada edits."""
    return kit.made()


@pytest.fixture
def editor(made) -> Editor:
    return drafting_kit.draft(made.ada.user)


def line(editor: Editor, code: str) -> Entry:
    return Entry.objects.get(version=editor.drafting.based_on, code=code)


def lead(made: kit.Made, editor: Editor, **names: str) -> None:
    """Let codes of the project be lines of the version of 2022."""
    for name, code in names.items():
        row = made.codes[name.replace("_", " ")]
        Code.objects.filter(id=row.id).update(entry=line(editor, code))


def beneath(editor: Editor) -> dict[tuple[str, str, str], int | None]:
    rows = harms.grounds(editor.version)
    return {(row.code, row.kind, row.title.partition(": ")[2]): row.count for row in rows}


def test_passages_findings_and_papers_are_counted_beneath_their_line_and_only_once(made, editor):
    lead(made, editor, Harm="S1", Not_asked="S1", Feeling="I1")
    made.code(made.ada, "Nobody asked me", "Harm", "Not asked")  # one passage, twice of one line
    made.code(made.ada, "They decided", "Harm")
    made.code(made.ada, "read out my notes", "Harm", source=made.talk)
    made.code(made.ada, "I felt", "Looked past")  # a code with no line
    top = themes.add(made.ada, {"name": "A theme", "codes": []})
    below = themes.add(made.ada, {"name": "Below", "codes": [], "parent": top})
    themes.map_to(made.ada, top, line(editor, "S1"), "us")
    one = themes.add_finding(made.ada, {"text": "One", "themes": [top]})
    two = themes.add_finding(made.ada, {"text": "Two", "themes": [below]})
    for finding, name in ((one, "Brook 2020"), (two, "Brook 2020"), (two, "Fen 2021")):
        FindingPaper.objects.create(finding=finding, name=name)
    rows = to_the_model.hand_down(made.ada, editor.version)
    assert beneath(editor) == {
        ("S1", "passage", "documents"): 2,
        ("S1", "passage", "transcripts"): 1,
        ("S1", "finding", "findings"): 2,
        ("S1", "paper", "papers of the findings"): 2,
    }
    assert {row.id for row in rows} == set(Ground.objects.values_list("id", flat=True))
    said = Trail.objects.filter(did="put beneath a draft")
    assert said.get().about == {
        "draft": "2027", "grounds": 4, "taken_away": 0, "not_placed": 0,
    }  # fmt: skip
    trail = harms.trail(editor.version).count()
    to_the_model.hand_down(made.ada, editor.version)  # pressed again: nothing is different
    assert (said.count(), harms.trail(editor.version).count()) == (1, trail)


def test_of_what_two_coded_only_what_is_agreed_counts_and_what_is_open_is_said(made, editor):
    lead(made, editor, Harm="S1")
    for coder in (made.ada, made.ben):
        made.code(coder, "Nobody asked me", "Harm")
    made.code(made.ada, "They decided", "Harm")  # Ben did not
    made.code(made.cai, "read out my notes", "Harm", source=made.talk)
    assert to_the_model.preview(made.ada, editor.version).found[0].count == 2  # her own, so far
    for coder in (made.ada, made.ben):
        passages.finish(coder, made.plain)
    plan = to_the_model.preview(made.ada, editor.version)
    assert [(each.title.partition(": ")[2], each.count) for each in plan.found] == [
        ("documents", 1)
    ]
    assert [each.what for each in plan.not_placed] == ["1 place that two people coded differently"]


def test_what_became_of_a_line_is_followed_and_where_it_became_several_nothing_is_guessed(
    made, editor
):
    lead(made, editor, Harm="S4.1", Not_asked="S4.2", Looked_past="S5.2", Feeling="S2.1",
         Like_a_thing="S7.3")  # fmt: skip
    for words, name in (("Nobody", "Harm"), ("asked", "Not asked"), ("They", "Looked past"),
                        ("decided", "Feeling"), ("meeting", "Like a thing")):  # fmt: skip
        made.code(made.ada, words, name)
    to_the_model.hand_down(made.ada, editor.version)
    assert {code for code, _, _ in beneath(editor)} == {"S4.1", "S4.2", "S5.2", "S2.1", "S7.3"}
    changes = drafting_kit.all_changes(editor)
    rows = to_the_model.hand_down(made.ada, editor.version)
    merged, moved = changes["merged"].results[0], changes["moved"].results[0]
    assert {row.code: row.count for row in rows} == {merged: 2, moved: 1}
    assert len(beneath(editor)) == 2  # what stood beneath lines that are no more is gone
    plan = to_the_model.preview(made.ada, editor.version)
    why = {each.what.split("\u201c")[1].split("\u201d")[0]: each.why for each in plan.not_placed}
    assert set(why) == {"Looked past", "Like a thing"}
    assert "several lines" in why["Looked past"]
    assert "no such line any more" in why["Like a thing"]


def test_what_stands_there_from_elsewhere_is_left_alone(made, editor):
    lead(made, editor, Harm="S1")
    made.code(made.ada, "Nobody asked me", "Harm")
    title = f"{made.ada.project.title}: documents"
    other = grounds.put(editor.version, "S1", "passage", title, 34, by=made.ada.user)
    to_the_model.hand_down(made.ada, editor.version)
    other.refresh_from_db()
    assert other.count == 34
    assert Ground.objects.count() == 2
    Code.objects.update(entry=None)
    assert to_the_model.hand_down(made.ada, editor.version) == []
    assert list(Ground.objects.all()) == [other]


def test_only_a_coder_who_edits_the_open_draft_puts_anything_there(made, editor):
    lead(made, editor, Harm="S1")
    with pytest.raises(Refused):
        to_the_model.hand_down(made.ben, editor.version)  # codes, and edits nothing
    drafting.add_editor(editor, made.ben.user)
    to_the_model.hand_down(made.ben, editor.version)
    projects.end_coder(made.ada, made.ben)
    with pytest.raises(Refused):
        to_the_model.hand_down(made.ben, editor.version)
    drafting_kit.published(editor)
    with pytest.raises(Refused, match="published"):
        to_the_model.hand_down(made.ada, editor.version)


def test_passages_of_what_people_told_are_counted_from_ten_people_on_and_in_whole_tens(made):
    people = [Source(id=UUID(int=number), kind=rules.TESTIMONY) for number in range(10)]
    held = [
        to_the_model._Marked((each.id, place), each, made.codes["Harm"])
        for each in people for place in range(3)
    ]  # fmt: skip
    assert not to_the_model._enough(held[:27])  # 27 passages, of nine people
    assert to_the_model._enough(held)
    for many, said in ((28, 20), (29, 20), (30, 30)):
        row = to_the_model._counted(made.ada, "S1", rules.TESTIMONY, held[:many])
        assert (row.count, row.detail) == (said, {"at_least": True})


def test_of_what_a_person_told_only_a_count_goes_and_it_goes_when_they_end_the_sharing(settings):
    world = told.World()
    editor = drafting_kit.draft(world.ada.user)
    Code.objects.filter(id=world.code.id).update(entry=line(editor, "S1"))
    source = world.bring_in()
    sent = {"start": 0, "end": 4, "codes": [str(world.code.id)]}
    world.browser.post(world.at("source", source.id), sent)
    assert to_the_model.hand_down(world.coder, editor.version) == []  # one person alone
    (aside,) = to_the_model.preview(world.coder, editor.version).not_placed
    assert (aside.what, aside.why) == ("What people told us of line S1", to_the_model.TOO_FEW)
    settings.FIRSTHAND_FIGURES_THRESHOLD = 0  # where a site lets single ones be shown
    (row,) = to_the_model.hand_down(world.coder, editor.version)
    assert (row.kind, row.count, row.detail) == ("passage", 1, {})
    assert row.at == world.at("sources")
    telling.stop_sharing(world.person.doer, world.row, world.team)
    assert to_the_model.hand_down(world.coder, editor.version) == []
    assert not Ground.objects.exists()


def test_on_the_page_one_looks_first_then_puts_it_and_others_find_no_draft():
    world = double.World()
    assert "You edit no draft" in world.get("Ada", "beneath")
    editor = drafting_kit.draft(world.made.ada.user)
    Code.objects.update(entry=line(editor, "S1"))
    at = world.at("beneath")
    world.made.code(world.made.ada, "Nobody asked me", "Harm")
    browser, ben = world.browsers["Ada"], world.browsers["Ben"]
    assert browser.post(at).status_code == 422
    shown = browser.get(at, {"draft": editor.version.pk}).content.decode()
    assert "1 passage" in shown
    assert not Ground.objects.exists()
    assert browser.post(at, {"draft": editor.version.pk}).status_code == 302
    assert Ground.objects.get().count == 1
    assert ben.get(at, {"draft": editor.version.pk}).status_code == 404
    assert ben.post(at, {"draft": editor.version.pk}).status_code == 404
