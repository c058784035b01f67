"""A draft of the next version: every change keeps its reason and can be undone."""

import pytest

from firsthand.access.refused import Refused
from firsthand.harms import actions as models
from firsthand.harms import queries, state
from firsthand.harms.actions import drafting, grounds
from firsthand.harms.models import Change, Entry, Ground, ModelVersion, Trail
from tests.harms import drafting_kit as kit

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return kit.draft()


def _said(by):
    """What a draft says, without the ids of its rows."""
    told = state.read(by.version)
    plain = {c: {k: v for k, v in line.items() if k != "id"} for c, line in told.lines.items()}
    return plain, told.orders


def test_a_draft_begins_as_a_copy_with_the_same_codes_and_ids_of_its_own(ada):
    old = queries.version("2022")
    assert kit.codes(ada) == [one.code for one in queries.entries(old)]
    ids = set(Entry.objects.filter(version=ada.version).values_list("id", flat=True))
    assert not ids & {one.id for one in queries.entries(old)}
    assert kit.entry(ada, "S6.1").links.count() == queries.entry(old, "S6.1").links.count()
    assert queries.version("2027") is None
    assert [one.version.slug for one in queries.open_drafts(ada.user)] == ["2027"]
    assert Trail.objects.get().did == "draft begun"


def test_a_name_that_cannot_be_an_address_or_is_taken_is_refused(ada):
    for slug in ("", "drafts", "in-use", "2022", "2027", "Next", "a" * 21, "-x", "x y"):
        with pytest.raises(Refused):
            drafting.begin(ada.user, slug)
    assert ModelVersion.objects.count() == 2


def test_every_kind_of_change_leaves_the_lines_it_says(ada):
    done = kit.all_changes(ada)
    assert done["added"].code == "S1.14"
    assert kit.entry(ada, "S1.1").label == "Fixed rules"
    assert kit.entry(ada, "S2.1") is None
    assert (kit.entry(ada, "S3.11").parent.code, done["moved"].results) == ("S3", ["S3.11"])
    assert kit.entry(ada, "S4.2") is None
    assert kit.entry(ada, "S4.1").label == "Both of these"
    assert (done["split"].results, kit.entry(ada, "S5.2")) == (["S5.19", "S5.20"], None)
    assert kit.entry(ada, "S7.3") is None
    ranks = {one.code: one.rank for one in queries.entries(ada.version, "minimisation")}
    assert (ranks["M2"], ranks["M1"], ranks["M3"], ranks["M4"]) == ("1", "2A", "2B", "3")
    assert [each.number for each in queries.changes(ada.version)] == list(range(1, 8))
    assert all(each.reason and each.by == ada.user for each in Change.objects.all())


def test_places_count_up_without_a_gap_after_every_change(ada):
    kit.all_changes(ada)
    rows = list(queries.entries(ada.version))
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    inner = [row.rank for row in rows if row.parent and row.parent.code == "S7"]
    assert inner == [str(i) for i in range(1, 16)]
    split = [row.code for row in rows if row.parent and row.parent.code == "S5"]
    assert split[1:3] == ["S5.19", "S5.20"]


def test_undoing_everything_from_the_last_leaves_what_it_began_with(ada):
    before = _said(ada)
    done = list(kit.all_changes(ada).values())
    for change in reversed(done):
        drafting.undo(ada, change.id)
    assert _said(ada) == before
    assert queries.changes(ada.version) == []
    assert len(drafting.history(ada.version)) == 7


def test_what_was_changed_on_top_has_to_be_undone_first(ada):
    first = drafting.reword(ada, "S1.1", kit.words(), "Plainer")
    drafting.reword(ada, "S1.1", kit.words(label="Again"), "Plainer still")
    with pytest.raises(Refused, match="Undo that first"):
        drafting.undo(ada, first.id)
    assert kit.entry(ada, "S1.1").label == "Again"


def test_nothing_is_undone_twice_and_no_strangers_change_is_undone(ada):
    change = drafting.remove(ada, "I3", "Nobody chose it")
    drafting.undo(ada, change.id)
    with pytest.raises(Refused, match="undone already"):
        drafting.undo(ada, change.id)
    other = kit.draft(kit.user("Ben"), "2028")
    with pytest.raises(Refused, match="nothing here"):
        drafting.undo(other, change.id)


def test_a_code_never_gets_another_meaning(ada):
    gone = drafting.add(ada, "impact", None, kit.words(), "A group named it")
    assert gone.code == "I14"
    drafting.remove(ada, "I14", "It is I3 in other words")
    again = drafting.add(ada, "impact", None, kit.words(), "Something else")
    assert again.code == "I15"
    assert drafting.add(ada, "minimisation", None, kit.words(label="More"), "New").code == "M9"
    assert drafting.add(ada, "source", None, kit.words(label="Most"), "New").code == "S8"


REFUSED = [
    (lambda by: drafting.reword(by, "S1.1", kit.words(), " "), "Say why"),
    (lambda by: drafting.reword(by, "S1.1", kit.words(label=""), "x"), "plain words"),
    (lambda by: drafting.reword(by, "S1.1", kit.words(label="a" * 121), "x"), "120"),
    (lambda by: drafting.reword(by, "S9.9", kit.words(), "x"), "no such line"),
    (lambda by: drafting.reword(by, "S1.1", kit.words(), "x", seen="old"), "while you were"),
    (lambda by: drafting.move(by, "S1.1", "S1", "x"), "already"),
    (lambda by: drafting.move(by, "S1", "S2", "x"), "no such line"),
    (lambda by: drafting.move(by, "S1.1", "I1", "x"), "no such line"),
    (lambda by: drafting.merge(by, ["S1.1"], kit.words(), "x"), "two lines or more"),
    (lambda by: drafting.merge(by, ["S1.1", "S1.1"], kit.words(), "x"), "two lines"),
    (lambda by: drafting.merge(by, ["S1.1", "I1"], kit.words(), "x"), "of one kind"),
    (lambda by: drafting.merge(by, ["S1", "S2"], kit.words(), "x"), "still has experiences"),
    (lambda by: drafting.split(by, "S1.1", [kit.words()], "x"), "two new lines"),
    (lambda by: drafting.split(by, "S1", [kit.words()] * 2, "x"), "still has experiences"),
    (lambda by: drafting.remove(by, "S1", "x"), "still has experiences"),
    (lambda by: drafting.add(by, "experience", None, kit.words(), "x"), "belongs to a source"),
    (lambda by: drafting.add(by, "impact", "S1", kit.words(), "x"), "belongs to a source"),
    (lambda by: drafting.add(by, "rumour", None, kit.words(), "x"), "belongs to a source"),
    (lambda by: drafting.rank(by, "S9", [], "x"), "no such list"),
    (lambda by: drafting.rank(by, "S2", [["S2.1"]], "x"), "every line of the list"),
    (lambda by: drafting.rank(by, "S2", _all_of("S2", 5), "x", "whim"), "where the order"),
    (lambda by: drafting.rank(by, "S2", _all_of("S2", 5), "x", seen="old"), "while you were"),
]  # fmt: skip


def test_what_cannot_be_done_is_refused_in_a_sentence_and_nothing_changes(ada):
    before = _said(ada)
    for change, why in REFUSED:
        with pytest.raises(Refused, match=why) as refused:
            change(ada)
        assert not refused.value.hidden
    assert _said(ada) == before
    assert not Change.objects.exists()


def _all_of(source, many):
    return [[f"{source}.{at}"] for at in range(1, many + 1)]


def test_saving_the_same_words_again_is_no_change(ada):
    one = kit.entry(ada, "S1.1")
    same = {name: getattr(one, name) for name in state.TEXTS}
    with pytest.raises(Refused, match="already"):
        drafting.reword(ada, "S1.1", same, "No reason")


# -- what stands beneath --------------------------------------------------------------------------


def test_what_stands_beneath_goes_along_when_a_line_moves_or_is_merged_and_comes_back(ada):
    for code in ("S2.1", "S4.1", "S4.2"):
        grounds.put(ada.version, code, "paper", "Brook 2020", 1, by=ada.user)
    moved = drafting.move(ada, "S2.1", "S3", "It is about choice")
    merged = drafting.merge(ada, ["S4.1", "S4.2"], kit.words(), "One thing")
    assert [row.title for row in queries.grounds(ada.version, "S3.11")] == ["Brook 2020"]
    both = [row.title for row in queries.grounds(ada.version, "S4.1")]
    assert both == ["Brook 2020", "Brook 2020 (from S4.2)"]
    drafting.undo(ada, merged.id)
    drafting.undo(ada, moved.id)
    told = set(Ground.objects.values_list("code", "title"))
    assert told == {(code, "Brook 2020") for code in ("S2.1", "S4.1", "S4.2")}


def test_what_stood_beneath_a_split_line_waits_to_be_placed(ada):
    row = grounds.put(ada.version, "S5.2", "passage", "Coding of the groups", 14, by=ada.user)
    drafting.split(ada, "S5.2", [kit.words(), kit.words(label="Other")], "Two things")
    assert queries.grounds(ada.version, "S5.2") == [row]
    grounds.place(ada, row.id, "S5.19")
    assert queries.grounds(ada.version, "S5.19") == [row]


def test_the_same_title_again_replaces_the_count(ada):
    for count in (12, 15):
        grounds.put(ada.version, "S1", "survey", "Survey", count, 1, 2, by=ada.user)
    assert [(row.count, row.low) for row in queries.grounds(ada.version)] == [(15, 1.0)]


def test_a_small_count_of_accounts_is_never_kept(ada):
    row = grounds.put(ada.version, "S1", "testimony", "Accounts", 3, by=ada.user)
    row.refresh_from_db()
    assert (row.count, row.detail) == (None, {"held_back": True})
    assert "3" not in str(Trail.objects.filter(did="ground put").values_list("about"))


def test_what_cannot_stand_beneath_a_line_is_refused(ada):
    for given, why in (
        ({"kind": "rumour"}, "nothing that a line can stand on"),
        ({"title": " "}, "title"),
        ({"entry_code": "S9"}, "no line S9"),
        ({"at": "javascript:alert(1)"}, "https"),
        ({"at": "//elsewhere"}, "https"),
        ({"count": -1}, "whole number"),
        ({"low": 3, "high": 1}, "lower"),
        ({"low": 3}, "lower"),
    ):
        told = {"entry_code": "S1", "kind": "paper", "title": "Brook 2020"} | given
        with pytest.raises(Refused, match=why):
            grounds.put(ada.version, **told, by=ada.user)
    assert not Ground.objects.exists()


def test_nobody_but_an_editor_puts_anything(ada):
    with pytest.raises(Refused, match="nothing here"):
        grounds.put(ada.version, "S1", "paper", "Brook 2020", 1, by=kit.user("Eve"))


def test_what_is_said_of_the_whole_has_to_be_whole(ada):
    for given, why in (
        ({"title": ""}, "title"), ({"title": "a" * 201}, "200"), ({"note": 7}, "words"),
        ({"authors": "Brook"}, "family"), ({"authors": [{"given": "Ada"}]}, "family"),
    ):  # fmt: skip
        told = {"title": "Next", "made_by": "people", "authors": [], "note": ""} | given
        with pytest.raises(Refused, match=why):
            drafting.describe(ada, told)


# -- who edits ------------------------------------------------------------------------------------


def test_editors_come_and_go_and_the_last_one_stays(ada):
    ben = drafting.add_editor(ada, kit.user("Ben"))
    drafting.end_editor(ada, ada)
    drafting.end_editor(ben, ada)
    with pytest.raises(Refused, match="Nobody else"):
        drafting.end_editor(ben, ben)
    assert drafting.add_editor(ben, ada.user).left_on is None
    assert [each.did for each in Trail.objects.filter(did__startswith="editor")] == [
        "editor added", "editor ended", "editor added",
    ]  # fmt: skip


def test_a_draft_thrown_away_leaves_nothing(ada):
    kit.all_changes(ada)
    grounds.put(ada.version, "S1", "paper", "Brook 2020", 1, by=ada.user)
    drafting.drop(ada)
    assert [one.slug for one in ModelVersion.objects.all()] == ["2022"]
    assert Entry.objects.count() == 113


def test_a_file_that_ships_later_under_a_drafts_name_leaves_the_draft_and_the_site_starts(
    ada, write, monkeypatch
):
    path = write(slug="2027")
    monkeypatch.setattr(models.loading, "OURS", path.parent)
    assert models.load_published_models() == []
    assert queries.version("2027") is None
    assert kit.entry(ada, "S1.1") is not None
