"""Notes of meetings: kept and coded only as far as their speakers agreed, gone when they go."""

import pytest

from firsthand.access.refused import Refused
from firsthand.codebook.actions import passages, sources
from firsthand.codebook.models import Passage, Source
from firsthand.codebook.models import Trail as CodingTrail
from firsthand.codebook.rules import WITHDRAWN
from firsthand.consultation import from_coding, group_queries, rules
from firsthand.consultation.actions import meetings, taking_part
from firsthand.consultation.models import GroupMeeting, GroupTrail, Turn
from tests.codebook import kit as coding
from tests.consultation.group_kit import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
NOTES = (
    "Tea first\nRiver: I waited a year \N{WAVING WHITE FLAG}\nFacilitator: And then?\n"
    "Bo: bluebell\nand more\nMrs Smith: hello"
)


@pytest.fixture
def world() -> World:
    made = World.made()
    made.join("River")
    made.join("Bo")
    return made


@pytest.fixture
def meeting(world) -> GroupMeeting:
    row = world.meet(days=-1)
    meetings.write_notes(world.runs, row, "transcript", NOTES)
    return row


@pytest.fixture
def coder(world):
    return coding.projects.make(world.people["Ada"].user, coding.WANTED)


def test_what_was_said_by_someone_who_did_not_agree_to_notes_is_never_kept(world):
    world.join("Ivy", ("part",))
    row = world.meet(days=-1)
    text = "Ivy: bluebell\nRiver: hello\nMrs Smith: x"
    assert "Write or paste" in world.post("Ada", "group_notes", row.id, status=422, kind="notes")
    seen = group_queries.notes_mark(row)
    sent = {"kind": "notes", "text": text, "seen": seen, "asked": "Mrs Smith"}
    world.post("Ada", "group_notes", row.id, **sent)
    world.post("Ada", "group_notes", row.id, **sent)  # pressed twice
    assert GroupTrail.objects.filter(did="notes written").count() == 1
    assert "bluebell" not in str(list(Turn.objects.values()))
    shown = world.get("Ada", "group_meeting", row.id)
    assert '<strong>Ivy:</strong> <span class="quiet">taken out</span>' in shown
    assert "hello" in world.get("Ada", "group_notes", row.id)
    strangers = meetings.write_notes(world.runs, row, "notes", text)
    assert strangers == ["Mrs Smith"]


def test_a_member_reads_what_the_notes_say_of_them_and_of_nobody_else(world, meeting):
    shown = world.get("River", "own_meeting", meeting.id)
    assert "I waited a year" in shown
    assert "bluebell" not in shown


def test_notes_go_to_coding_with_numbers_for_names(world, meeting, coder):
    assert "Hand the notes on" in world.get("Ada", "group_meeting", meeting.id)
    assert "Choose a project" in world.post("Ada", "group_notes_coding", meeting.id, status=422)
    for _ in range(2):
        world.post("Ada", "group_notes_coding", meeting.id, project=str(coder.id))
    source = Source.objects.get()
    turns = [(each.speaker, source.text[each.start : each.end]) for each in source.turns.all()]
    assert turns == [
        ("Nobody in particular", "Tea first"),
        ("Speaker 1", "I waited a year \N{WAVING WHITE FLAG}"),
        ("Facilitator", "And then?"),
        ("Speaker 2", "bluebell\nand more"),
        ("Nobody in particular", "Mrs Smith: hello"),
    ]
    said = str([*Source.objects.values(), *source.turns.values(), *CodingTrail.objects.values()])
    assert "River" not in said
    assert "Lantern" not in said
    assert "In coding" in world.get("Ada", "group_meeting", meeting.id)
    with pytest.raises(Refused, match="being coded"):
        meetings.write_notes(world.runs, meeting, "notes", "New")


def test_only_turns_of_those_who_agreed_go_and_what_nobody_said_only_if_all_did(
    world, meeting, coder
):
    world.post("Bo", "own_agree", agreed=["part", "notes"])
    assert "2 turns can go" in world.get("Ada", "group_notes_coding", meeting.id)
    from_coding.send(world.runs, coder, meeting)
    text = Source.objects.get().text
    assert "bluebell" not in text
    assert "Tea" not in text
    assert "I waited" in text


def test_where_nobody_agreed_nothing_goes(world, meeting, coder):
    for who in ("River", "Bo"):
        world.post(who, "own_agree", agreed=["part", "notes"])
    with pytest.raises(Refused, match="nothing to hand on"):
        from_coding.send(world.runs, coder, meeting)


def test_who_takes_consent_back_is_out_of_coding_at_once_and_the_rest_stays_in_place(
    world, meeting, coder
):
    source = from_coding.send(world.runs, coder, meeting)
    code = coding.codes.add(coder, "Waiting")
    before = {word: source.text.index(word) for word in ("I waited", "bluebell")}
    for word, at in before.items():
        passages.code(coder, source, at, at + len(word), [code], memo=f"memo of {word}")
    world.post("Bo", "own_agree", agreed=["part", "notes"])
    source.refresh_from_db()
    assert "bluebell" not in source.text
    assert source.text.index("I waited") == before["I waited"]
    assert source.digest == sources.digest_of(source.text)
    kept = Passage.objects.get(start=before["I waited"])
    gone = Passage.objects.get(start=before["bluebell"])
    assert (kept.quote, kept.memo) == ("I waited", "memo of I waited")
    assert (gone.state, gone.quote, gone.prefix, gone.memo) == (WITHDRAWN, "", "", "")
    assert kept.digest == source.digest
    assert "bluebell" not in str(list(Passage.objects.values()))
    assert "bluebell" in world.get("Ada", "group_meeting", meeting.id)  # agreed to notes still
    assert CodingTrail.objects.filter(did="words withdrawn").count() == 1


def test_words_are_gone_from_a_source_that_was_taken_away_too(world, meeting, coder):
    source = from_coding.send(world.runs, coder, meeting)
    sources.take_away(coder, source)
    bo = world.members["Bo"]
    taking_part.leave(bo.doer, bo.row, rules.TAKE_OUT)
    sources.put_back(coder, source)
    source.refresh_from_db()
    assert "bluebell" not in source.text
    assert "I waited" in source.text


def test_notes_taken_out_of_coding_can_be_changed_and_handed_on_again(world, meeting, coder):
    source = from_coding.send(world.runs, coder, meeting)
    for _ in range(2):
        world.post("Ada", "group_notes_coding", meeting.id, back="yes")
    source.refresh_from_db()
    assert source.removed_on is not None
    assert "waited" not in source.text
    meetings.write_notes(world.runs, GroupMeeting.objects.get(), "notes", "River: Again")
    again = from_coding.send(world.runs, coder, GroupMeeting.objects.get())
    assert again.text == "Again\n"


def test_who_takes_notes_back_is_out_of_them_and_of_coding(world, meeting, coder):
    from_coding.send(world.runs, coder, meeting)
    world.post("Bo", "own_agree", agreed=["part"])
    assert "bluebell" not in str([*Source.objects.values(), *Turn.objects.values()])
