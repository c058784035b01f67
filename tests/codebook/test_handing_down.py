"""What was coded, put beneath the lines of a draft: counts alone, led along what became of lines."""

import pytest

from firsthand.codebook import to_the_model
from firsthand.codebook.actions import themes
from firsthand.codebook.models import Code, FindingPaper, Trail
from firsthand.harms import queries as harms
from firsthand.harms.models import Editor, Entry, Ground
from tests.codebook import kit
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
