"""A text changed after coding: passages move with their words, lost ones wait for their coder."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand.access.refused import Refused
from firsthand.codebook import arrivals, policies, queries, rules
from firsthand.codebook.actions import editing, masking, passages, sources
from firsthand.codebook.models import Edit, Passage, Source, Trail
from tests.codebook import kit
from tests.codebook.test_bringing import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def made():
    return kit.made()


def fresh(row):
    return type(row).objects.get(id=row.id)


def test_passages_move_with_their_words_and_lost_ones_are_told_to_their_coder_alone(made):
    stays = made.code(made.ada, "Nobody asked me", "Not asked")
    moves = made.code(made.ben, "cafe\u0301 closed", "Harm")
    gone = made.code(made.ada, "I felt like a file", "Like a thing", memo="mine")
    text = kit.PLAIN.replace("I felt like a file", "Words of others here altogether, 1 2 3")
    edit = editing.edit(made.ada, made.plain, text.replace("\n", "\r\n"), "A name was in it")
    row = fresh(made.plain)
    assert (row.text, row.length, row.digest) == (text, len(text), sources.digest_of(text))
    for each in (stays, moves):
        now = fresh(each)
        assert row.text[now.start : now.end] == now.quote == each.quote
        assert (now.state, now.digest) == (rules.STANDS, row.digest)
    assert fresh(moves).start == moves.start + 20
    assert edit.counts == {"same": 1, "moved": 1, "lost": 1}
    lost = fresh(gone)
    assert (lost.state, lost.quote, lost.memo) == (rules.LOST, "I felt like a file", "mine")
    assert arrivals.lost(made.ada, row) == [gone]
    assert arrivals.lost(made.ben, row) == []
    assert gone not in queries.visible_passages(made.ada, row)
    trail = Trail.objects.filter(did="text changed").get()
    assert trail.about == {"source": made.plain.number, "why": "A name was in it"}


def test_a_change_taken_back_puts_everything_where_it_stood_and_keeps_what_came_since(made):
    gone = made.code(made.ada, "I felt like a file", "Like a thing")
    stays = made.code(made.ada, "Nobody asked me", "Not asked")
    text = "New. " + kit.PLAIN.replace("I felt like a file", "Words of others, 1 2 3")
    editing.edit(made.ada, made.plain, text)
    row = fresh(made.plain)
    since = passages.code(made.ada, row, 0, 4, [made.codes["Harm"]])
    on = passages.code(made.ben, row, 5, 20, [made.codes["Harm"]])
    editing.undo(made.ada, row)
    row = fresh(row)
    assert (row.text, fresh(gone).state) == (kit.PLAIN, rules.STANDS)
    assert (fresh(gone).start, fresh(stays).start) == (gone.start, stays.start)
    assert (fresh(since).state, fresh(on).start) == (rules.LOST, 0)
    assert fresh(on).quote == "Nobody asked me"
    with pytest.raises(Refused, match="no change"):
        editing.undo(made.ada, row)


def test_who_speaks_is_told_again_and_pages_and_headings_move(made):
    editing.edit(made.ada, made.talk, f"Ada: Hi.\nRosa: Oh.\n{kit.TALK}\nAda: Bye.")
    assert [each.speaker for each in made.talk.turns.all()] == [
        "Ada", "Rosa", "Interviewer", "Rosa", "Interviewer", "Rosa", "Ada",
    ]  # fmt: skip
    turns = [rules.TurnOf(0, 3, "One", rules.HEADING), rules.TurnOf(0, 9, "1", rules.PAGE)]
    row = sources.add(made.ada, kind=rules.DOCUMENT, title="x", text="One\nwords", turns=turns)
    editing.edit(made.ada, row, "Before.\nOne\nwords")
    assert [(each.start, each.end, each.kind) for each in row.turns.all()] == [
        (8, 11, rules.HEADING), (8, 17, rules.PAGE),
    ]  # fmt: skip
    editing.edit(made.ada, fresh(row), "Nothing of it.")
    assert not row.turns.exists()


def test_two_passages_of_one_coder_never_come_to_stand_on_one_place(made):
    text = "First we were told to wait outside. Then we were told to wait outside!"
    row = sources.add(made.ada, kind=rules.DOCUMENT, title="x", text=text)
    one = passages.code(made.ada, row, 6, 34, [made.codes["Harm"]])
    two = passages.code(made.ada, row, 41, 69, [made.codes["Harm"]])
    editing.edit(made.ada, row, "we were told to wait outside")
    standing = [each for each in (fresh(one), fresh(two)) if each.state == rules.STANDS]
    assert len(standing) <= 1
    assert len(arrivals.lost(made.ada, row)) == 2 - len(standing)


@pytest.mark.parametrize(("text", "why"), [
    ("", "no text"), (" \n", "no text"), (kit.PLAIN, "as it is already"),
    ("x" * (rules.MOST_TEXT + 1), "add it in parts"),
])  # fmt: skip
def test_what_cannot_be_a_text_is_refused_and_nothing_is_changed(made, text, why):
    with pytest.raises(Refused, match=why):
        editing.edit(made.ada, made.plain, text)
    assert fresh(made.plain).text == kit.PLAIN
    assert not Edit.objects.exists()


def test_a_text_that_someone_else_changed_meanwhile_is_not_overwritten(made):
    before = made.plain.digest
    editing.edit(made.ada, made.plain, "New.", digest=before)
    with pytest.raises(Refused, match="while you wrote"):
        editing.edit(made.ada, made.plain, "Other.", digest=before)
    assert fresh(made.plain).text == "New."


def test_what_a_person_told_us_is_changed_by_nobody(made):
    row = sources.add(made.ada, kind=rules.TESTIMONY, title="told", item=made.ada.id)
    with pytest.raises(Refused, match="nobody changes it here"):
        editing.edit(made.ada, row, "New.")


def test_a_text_whose_words_people_can_take_back_elsewhere_is_not_changed_here(made):
    origin = {"from": "notes of a meeting"}
    row = sources.add(made.ada, kind=rules.TRANSCRIPT, title="x", text="Ours.", origin=origin)
    with pytest.raises(Refused, match="take their words back there"):
        editing.edit(made.ada, row, "New.")


def test_words_that_are_taken_back_are_in_no_text_that_was_before_either(made):
    editing.edit(made.ada, made.plain, kit.PLAIN.replace("later", "soon"))
    masking.mask(fresh(made.plain), [(0, 6)])
    assert not Edit.objects.exists()
    assert fresh(made.plain).text.startswith("\u00b7" * 6)


def lost_one(made, *names):
    row = made.code(made.ada, "I felt like a file", *(names or ("Like a thing",)))
    editing.edit(made.ada, made.plain, kit.PLAIN.replace("I felt like a file", "1 2 3 4 5"))
    return fresh(row)


def test_a_lost_passage_is_placed_on_words_that_stand_there_once(made):
    row = lost_one(made)
    for words, why in (("not there", "not in the text"), ("e", "more than once"), ("", "not in")):
        with pytest.raises(Refused, match=why):
            editing.place(made.ada, row, words)
    editing.place(made.ada, row, " They decided in a meeting ")
    now = fresh(row)
    assert (now.state, now.quote) == (rules.STANDS, "They decided in a meeting")
    assert now.digest == fresh(made.plain).digest
    assert [each.code.name for each in now.codings.all()] == ["Like a thing"]
    with pytest.raises(Refused):
        editing.place(made.ada, now, "They decided in a meeting")


def test_placed_where_one_of_theirs_stands_already_its_codes_come_to_that_one(made):
    there = made.code(made.ada, "Nobody asked me", "Not asked")
    row = lost_one(made, "Like a thing", "Not asked")
    assert editing.place(made.ada, row, "Nobody asked me") == there
    assert {each.code.name for each in there.codings.all()} == {"Not asked", "Like a thing"}
    assert Passage.objects.filter(removed_on=None).count() == 1


def test_a_dropped_one_can_be_had_back_and_others_cannot_touch_it(made):
    row = lost_one(made)
    for act in (editing.drop, editing.take_back):
        with pytest.raises(Refused):
            act(made.ben, row)
    editing.drop(made.ada, row)
    assert arrivals.lost(made.ada, made.plain) == []
    assert arrivals.dropped(made.ada, made.plain) == [row]
    editing.take_back(made.ada, row)
    assert arrivals.lost(made.ada) == [row]
    assert list(Trail.objects.values_list("did", flat=True))[-2:] == [
        "lost passage dropped", "lost passage taken back",
    ]  # fmt: skip


@given(st.text("abc \n", min_size=1, max_size=12), st.integers(0, 40), st.integers(0, 20))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_changed_every_passage_that_stands_says_what_it_is_on(made, new, at, cut):
    row = fresh(made.plain)
    if not row.passages.exists():
        for words in ("asked", "They decided", "a meeting, and I", "told later", "cafe\u0301"):
            made.code(made.ada, words, "Harm")
    text = row.text[:at] + new + row.text[at + cut :]
    if text == row.text or not text.strip():
        return
    editing.edit(made.ada, row, text)
    for each in queries.visible_passages(made.ada, row):
        assert text[each.start : each.end] == each.quote
        assert (each.quote, each.prefix, each.suffix) == rules.around(text, each.start, each.end)
    editing.undo(made.ada, row)
    assert fresh(row).text == row.text
    assert not arrivals.lost(made.ada, row)


# -- the pages ------------------------------------------------------------------------------------


@pytest.fixture
def world():
    return World()


def coded(world):
    row = sources.add(world.ada, kind=rules.DOCUMENT, title="A letter", text=kit.PLAIN)
    from firsthand.codebook.actions import codes

    harm = codes.add(world.ada, "Harm")
    for who, words in ((world.ada, "I felt like a file"), (world.ben, "They decided in a meeting")):
        start = kit.PLAIN.index(words)
        passages.code(who, row, start, start + len(words), [harm])
    return row


def test_an_owner_changes_a_text_sees_what_became_of_it_and_takes_it_back(world):
    row = coded(world)
    page = world.get("Ada", "edit", row.id)
    assert row.digest in page
    text = kit.PLAIN.replace("like a file", "like a thing").replace("a meeting", "one meeting")
    text = text.replace("Nobody asked me.", "1 2 3")
    page = world.post("Ada", "edit", row.id, text=text, digest=row.digest, why="<b>", status=200)
    assert "Passages of yours found again: 1, 1 of them with changed words. Lost: 0." in page
    assert "I felt like a thing" in page
    assert "They decided in" not in page
    page = world.get("Ben", "text", row.id)
    assert "Ada changed this text" in page
    assert "&lt;b&gt;" in page
    world.post("Ada", "edit_undo", row.id)
    assert Source.objects.get(id=row.id).text == kit.PLAIN


def test_what_was_written_is_not_lost_when_it_cannot_be_kept(world):
    row = coded(world)
    page = world.post("Ada", "edit", row.id, text="Mine &c.", digest="0" * 64, status=422)
    assert "while you wrote" in page
    assert "Mine &amp;c." in page
    assert "Without a text" in world.post("Ada", "edit", row.id, text="", status=422)


def test_a_coder_places_a_lost_passage_on_the_page(world):
    row = coded(world)
    page = world.post("Ada", "edit", row.id, text="Quite another text altogether.", status=200)
    assert "Lost: 1." in page
    assert "I felt like a file" in page
    assert "They decided" not in page
    mine = arrivals.lost(world.ben)[0]
    assert "1 passage of yours" in world.get("Ben", "text", row.id)
    page = world.post("Ben", "lost", row.id, passage=mine.id, words="nowhere", status=422)
    assert "not in the text" in page
    assert "nowhere</textarea>" in page
    assert "Copy the words" in world.post(
        "Ben", "lost", row.id, passage=mine.id, words="", status=422
    )
    assert "Have it back" in world.post("Ben", "lost_drop", row.id, passage=mine.id, status=200)
    assert "is back among" in world.post("Ben", "lost_drop", row.id, passage=mine.id, status=200)
    page = world.post("Ben", "lost", row.id, passage=mine.id, words="another text", status=200)
    assert "in its new place" in page
    for who, which in (("Ada", mine.id), ("Ben", mine.id), ("Ben", "x")):
        for name in ("lost", "lost_drop"):
            page = world.post(who, name, row.id, passage=which, words="another", status=200)
            assert "not among your lost ones" in page
    world.post("Eve", "lost_drop", row.id, passage=mine.id, status=404)
    assert fresh(mine).quote == "another text"


def test_nothing_coded_yet_is_said(world):
    row = sources.add(world.ada, kind=rules.DOCUMENT, title="A letter", text=kit.PLAIN)
    page = world.post("Ada", "edit", row.id, text="New.", status=200)
    assert "You had coded nothing on it" in page


def test_what_a_person_told_us_is_on_none_of_these_pages(world):
    row = sources.add(world.ada, kind=rules.TESTIMONY, title="told", item=world.ada.id)
    for name in ("text", "edit", "lost"):
        world.get("Ada", name, row.id, status=404)
    assert policies.check_owner(world.ada.user, world.ada.project_id)
