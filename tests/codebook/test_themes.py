"""Themes and findings: what stands beneath them, the list checked again, and the themes of 2023."""

import json

import pytest
import yaml
from django.urls import reverse

from firsthand.access.refused import Refused
from firsthand.codebook import example_themes, rules, theming
from firsthand.codebook.actions import passages, sources, themes
from firsthand.codebook.models import Finding, Theme, ThemeEntry, Trail
from firsthand.harms import actions as harms
from firsthand.harms.models import Entry
from tests.codebook import kit
from tests.codebook.test_double import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world():
    return World()


def did(name):
    return [each.about for each in Trail.objects.filter(did=name)]


# -- the themes of 2023 --------------------------------------------------------------------------


def test_the_file_of_2023_has_the_facts_of_the_review(shared_dir):
    told = example_themes.themes_2023()
    facts = yaml.safe_load((shared_dir / "reference/review-2023.yaml").read_text())["themes"]
    assert [each.name for each in told.themes] == [each["name"] for each in facts]
    for ours, theirs in zip(told.themes, facts, strict=True):
        papers = [list(each.papers) for each in ours.findings]
        assert papers == [each["papers"] for each in theirs["findings"]]


def test_the_themes_of_2023_are_six_with_48_findings_of_22_papers_mapped_to_all_seven_sources():
    told = example_themes.themes_2023()
    assert len(told.themes) == 6
    assert sum(len(each.findings) for each in told.themes) == 48
    assert len({paper for each in told.themes for paper in each.papers}) == 22
    mapped = {it.entry for each in told.themes for it in each.mapped_to}
    assert mapped == {f"S{number}" for number in range(1, 8)}
    assert told.says_who == "Firsthand's editors, by reading both"
    assert all(it.why for each in told.themes for it in each.mapped_to)


def test_a_project_begins_with_the_themes_of_2023_once(world):
    harms.load_published_models(by="a test")
    assert "Begin with the themes of 2023" in world.get("Ben", "themes")
    world.post("Ben", "themes_begin")
    assert (Theme.objects.count(), Finding.objects.count()) == (6, 48)
    assert set(ThemeEntry.objects.values_list("says_who", flat=True)) == {
        "Firsthand's editors, by reading both"
    }
    assert set(ThemeEntry.objects.values_list("entry__code", flat=True)) == {
        f"S{number}" for number in range(1, 8)
    }
    assert did("themes of 2023 taken") == [{"themes": 6}]
    shown = world.get("Ada", "themes")
    assert "Every finding is in a theme" in shown
    assert "Begin with the themes" not in shown
    world.post("Ada", "themes_begin", status=409)


def test_the_example_page_says_findings_papers_and_who_maps_them(world):
    at = reverse("codebook:example_themes")
    shown = world.browsers["Eve"].get(at).content.decode()
    for words in (
        "Inflexible, bureaucratic systems", "Breached confidentiality", "Kroese 2013",
        "Says who: Firsthand&#39;s editors, by reading both", "10.1093/bjsw/bcac209",
    ):  # fmt: skip
        assert words in shown, words
    assert at in world.browsers["Eve"].get(reverse("codebook:projects")).content.decode()
    harms.load_published_models(by="a test")
    shown = world.browsers["Eve"].get(at).content.decode()
    assert reverse("harms:entry", args=["2022", "S7"]) in shown


# -- what stands beneath --------------------------------------------------------------------------


def themed(made):
    """Two themes, one below the other, and passages of two sources beneath them."""
    talk = sources.add(
        made.ada, kind=rules.TRANSCRIPT, title="Talk", text="=Told later.", study="Study B"
    )
    made.code(made.ada, "Nobody asked me", "Not asked")
    made.code(made.ada, "told later", "Not asked", "Looked past")
    made.code(made.ada, "=Told later", "Looked past", source=talk)
    made.code(made.ben, "I felt", "Looked past")
    above = themes.add(made.ada, {"name": "=Power", "codes": [made.codes["Not asked"]]})
    below = themes.add(
        made.ada, {"name": "Passed over", "parent": above, "codes": [made.codes["Looked past"]]}
    )
    return above, below


def test_a_theme_counts_each_passage_once_its_sub_themes_too_and_only_what_one_may_see():
    made = kit.made()
    above, below = themed(made)
    lines, cells = theming.table(made.ada)
    assert [(each.depth, each.theme, each.passages, each.sources) for each in lines] == [
        (0, above, 3, 2), (1, below, 2, 2),
    ]  # fmt: skip
    assert [(each.theme, each.kind, each.study, each.passages) for each in cells] == [
        (above, "document", "", 2), (above, "transcript", "Study B", 1),
        (below, "document", "", 1), (below, "transcript", "Study B", 1),
    ]  # fmt: skip
    assert [each.passages for each in theming.table(made.ben)[0]] == [1, 1]
    assert [each.passages for each in theming.table(made.cai)[0]] == [0, 0]
    for each in (made.ada, made.ben):
        passages.finish(each, made.plain)
    assert theming.table(made.ada)[0][0].passages == 4


def test_every_count_opens_to_its_passages(world):
    above, _ = themed(world.made)
    shown = world.get("Ada", "themes")
    at = world.at("theme_passages", above.id)
    assert f'href="{at}"' in shown
    assert f'href="{at}?kind=transcript&amp;study=Study+B"' in shown
    all_of = world.get("Ada", "theme_passages", above.id)
    assert "3 passages" in all_of
    browser = world.browsers["Ada"]
    one = browser.get(at, {"kind": "transcript", "study": "Study B"}).content.decode()
    assert "1 passage: Transcript, Study B" in " ".join(one.split())
    none = browser.get(at, {"kind": "survey"}).content.decode()
    assert "There is no passage here that you may see" in none
    assert browser.get(at, {"kind": "no such"}).status_code == 404
    assert "Nobody asked" not in world.get("Cai", "theme_passages", above.id)


def test_the_table_is_downloaded_as_csv_and_json_and_no_cell_is_a_formula(world):
    harms.load_published_models(by="a test")
    above, _ = themed(world.made)
    entry = Entry.objects.get(code="S5", version__slug="2022")
    themes.map_to(world.made.ada, above, entry, "Ada", "It is about power.")
    themes.add_finding(
        world.made.ada,
        {"text": "People were not asked", "papers": ["Carr 2019"], "themes": [above]},
    )
    table = world.get("Ada", "themes_csv")
    assert "'=Power,,Transcript,Study B,1,1" in table
    assert "Passed over,'=Power,Document,,1,1" in table
    told = json.loads(world.get("Ada", "themes_json"))
    assert told[0]["mapped_to"] == [
        {"entry": "S5", "name": entry.name, "says_who": "Ada", "why": "It is about power."}
    ]
    assert told[0]["findings"] == [{"finding": "People were not asked", "papers": ["Carr 2019"]}]
    assert told[1]["within"] == "=Power"
    assert told[0]["by_kind_and_study"][1] == {
        "kind": "transcript", "study": "Study B", "passages": 1, "sources": 1,
    }  # fmt: skip


# -- the pages ------------------------------------------------------------------------------------


def test_a_theme_is_made_changed_taken_away_and_put_back(world):
    made = world.made
    assert "Give the theme a name" in world.post("Ben", "theme_add", description="x", status=422)
    world.post("Ben", "theme_add", name="Power", codes=[str(made.codes["Harm"].id)])
    row = Theme.objects.get()
    world.post("Ben", "theme_add", name="Fear", parent=str(row.id))
    below = Theme.objects.get(name="Fear")
    assert "Fear" in world.get("Ada", "theme", below.id)
    shown = world.post("Ada", "theme", row.id, name="", description="Kept typed", status=422)
    assert "Kept typed" in shown
    world.post("Ada", "theme", row.id, name="Power over", codes=[str(made.codes["Feeling"].id)])
    assert did("theme changed")[0]["before"] == {
        "name": "Power", "description": "", "parent": None, "codes": ["Harm"],
    }  # fmt: skip
    assert "Is it part of another theme?" not in world.get("Ada", "theme", row.id)  # none is left
    with pytest.raises(Refused, match="below itself"):
        themes.change(made.ada, row, {"name": "Power", "parent": below})
    world.post("Ada", "theme_away", row.id, status=409)  # one is below it
    world.post("Ada", "theme_away", below.id)
    assert "Put it back" in world.get("Ben", "theme", below.id)
    assert "Taken away" in world.get("Ben", "themes")
    world.post("Ben", "theme_back", below.id)
    assert "Taken away" not in world.get("Ben", "themes")
    assert (len(did("theme taken away")), len(did("theme put back"))) == (1, 1)


def test_a_theme_is_mapped_with_who_says_so_and_the_trail_keeps_what_is_taken_away(world):
    row = themes.add(world.made.ada, {"name": "Power"})
    assert "No version of the model" in world.get("Ada", "theme_map", row.id)
    harms.load_published_models(by="a test")
    entry = Entry.objects.get(code="S5", version__slug="2022")
    assert 'value="Ben"' in world.get("Ben", "theme_map", row.id)
    told = world.post("Ben", "theme_map", row.id, entry=str(entry.id), says_who="", status=422)
    assert "Say who says so" in told
    sent = {"entry": str(entry.id), "says_who": "The advisory group", "why": "Power."}
    world.post("Ben", "theme_map", row.id, **sent)
    world.post("Ben", "theme_map", row.id, **sent)  # pressed twice
    assert "Says who: The advisory group" in world.get("Ada", "theme", row.id)
    assert len(did("theme mapped")) == 1
    world.post("Ada", "theme_unmap", row.id, ThemeEntry.objects.get().id)
    assert did("theme unmapped") == [
        {"theme": 1, "entry": "S5", "says_who": "The advisory group", "why": "Power."}
    ]
    assert "mapped to no line" in world.get("Ada", "theme", row.id)
    world.made.ada.project.version = entry.version
    assert {each.version_id for each in theming.entries(world.made.ada.project)} == {
        entry.version_id
    }


def test_the_list_says_which_findings_are_in_a_theme_set_aside_or_open(world):
    row = themes.add(world.made.ada, {"name": "Power"})
    assert "There is no finding yet" in world.get("Ben", "findings")
    told = world.post("Ben", "finding_add", text="", papers="x" * 201, status=422)
    assert "Write what was found" in told
    assert "200 characters at most" in told
    sent = {"text": "Not asked", "papers": "Carr 2019\n\nCarr 2019\nBacha 2020"}
    world.post("Ben", "finding_add", **sent)
    found = Finding.objects.get()
    assert [each.name for each in found.papers.all()] == ["Bacha 2020", "Carr 2019"]
    assert "1 finding is in no theme yet" in world.get("Ada", "findings")
    assert "1 finding is in no theme yet" in world.get("Ada", "themes")
    both = {**sent, "themes": [str(row.id)], "set_aside": "It is about wards."}
    assert "Choose one or the other" in world.post("Ada", "finding", found.id, **both, status=422)
    world.post("Ada", "finding", found.id, **{**both, "themes": []})
    assert "Set aside: It is about wards." in world.get("Ada", "findings")
    assert "All 1 finding" in world.get("Ada", "findings")
    world.post("Ada", "finding", found.id, **{**both, "set_aside": ""})
    assert [stands for _, stands, _ in theming.findings(world.made.ada.project)] == ["represented"]
    assert "Not asked" in world.get("Ada", "theme", row.id)
    themes.take_away(world.made.ada, row)
    assert [stands for _, stands, _ in theming.findings(world.made.ada.project)] == ["open"]
    assert did("finding changed")[-1]["before"]["set_aside"] == "It is about wards."
    assert "Carr 2019" in world.get("Ada", "finding", found.id)
    world.post("Ada", "finding_away", found.id)
    assert "Off the list" in world.get("Ben", "findings")
    world.post("Ben", "finding_back", found.id)
    assert "Off the list" not in world.get("Ben", "findings")


def test_reports_that_the_review_included_and_no_finding_names_are_listed(world):
    from firsthand.evidence.actions import reviews
    from firsthand.evidence.models import Screening
    from firsthand.evidence.rules import FULL_TEXT, INCLUDED
    from tests.evidence import kit as papers

    project = world.made.ada.project
    owner = reviews.make(world.made.ada.user, papers.PROTOCOL)
    record, other = papers.imported(owner, 2, "Paper")
    for each in (record, other):
        Screening.objects.create(
            review=owner.review, record=each, stage=FULL_TEXT, number=each.number, needed=1,
            state=INCLUDED, stands=each == record,
        )  # fmt: skip
    project.review = owner.review
    project.save()
    assert "Paper 1" in world.get("Ada", "findings")
    assert "Paper 2" not in world.get("Ada", "findings")  # set aside as a duplicate
    world.post("Ada", "finding_add", text="Found", records=[str(record.id)])
    assert "Included reports that no finding names" not in world.get("Ada", "findings")
    row = Finding.objects.get()
    assert str(record.id) in world.get("Ada", "finding", row.id)
    # Ben codes, and takes no part in the review: its records are not his to see, nor to take off.
    Finding.objects.update(removed_on="2026-01-01")
    assert "Paper 1" not in world.get("Ben", "findings")
    Finding.objects.update(removed_on=None)
    assert str(record.id) not in world.get("Ben", "finding", row.id)
    assert str(record.id) not in world.get("Ben", "finding_add")
    called = row.papers.get().name
    world.post("Ben", "finding", row.id, text="Found by two", papers=f"{called}\nX 2020")
    row.refresh_from_db()
    assert row.text == "Found by two"
    assert {(each.name, each.record) for each in row.papers.all()} == {
        (called, record), ("X 2020", None),
    }  # fmt: skip
    world.post("Ada", "finding", row.id, text="Found", papers="")
    assert not row.papers.exists()


def test_to_a_stranger_no_theme_and_no_finding_is_there(world):
    made = world.made
    row = themes.add(made.ada, {"name": "Power"})
    found = themes.add_finding(made.ada, {"text": "Found"})
    for name, more in [
        ("themes", ()), ("theme_add", ()), ("themes_csv", ()), ("themes_json", ()),
        ("theme", (row.id,)), ("theme_map", (row.id,)), ("theme_passages", (row.id,)),
        ("findings", ()), ("finding_add", ()), ("finding", (found.id,)),
    ]:  # fmt: skip
        world.get("Eve", name, *more, status=404)
    for name, more in [
        ("themes_begin", ()), ("theme_away", (row.id,)), ("theme_back", (row.id,)),
        ("finding_away", (found.id,)), ("finding_back", (found.id,)),
        ("theme_unmap", (row.id, row.id)),
    ]:  # fmt: skip
        world.post("Eve", name, *more, status=404)
    other = kit.made("Xia", "Yan", "Zoe")
    theirs = themes.add(other.ada, {"name": "Theirs"})
    world.get("Ada", "theme", theirs.id, status=404)
    world.get("Ada", "finding", theirs.id, status=404)
    world.post("Ada", "theme_unmap", row.id, theirs.id, status=404)
