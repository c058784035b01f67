"""Notes that are written again: nothing that was taken out comes back, nothing becomes nobody's."""

import pytest

from firsthand.access.refused import Refused
from firsthand.codebook.models import Source
from firsthand.consultation import from_coding, group_queries, rules
from firsthand.consultation.actions import meetings, taking_part
from firsthand.consultation.forms.meetings import NotesForm
from firsthand.consultation.models import GroupMeeting, Turn
from tests.codebook import kit as coding
from tests.consultation.group_kit import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world() -> World:
    made = World.made()
    made.join("Bo")
    return made


def leave(world: World, name: str, what: str) -> None:
    own = world.members[name]
    taking_part.leave(own.doer, own.row, what)


def noted(world: World, text: str) -> GroupMeeting:
    row = world.meet(days=-1)
    meetings.write_notes(world.runs, row, "notes", text)
    return row


def test_what_someone_said_who_left_since_stays_theirs_and_goes_no_further_than_they_agreed(world):
    world.join("River", ("part", "notes"))
    row = noted(world, "River: bluebell\nBo: tae")
    leave(world, "River", rules.KEEP)
    mark = group_queries.notes_mark(row)
    sent = {"kind": "notes", "text": "River: bluebell\nBo: tea", "seen": mark}
    world.post("Ada", "group_notes", row.id, **sent)
    first = Turn.objects.order_by("position")[0]
    assert (first.member, first.text) == (world.members["River"].member, "bluebell")
    coder = coding.projects.make(world.people["Ada"].user, coding.WANTED)
    assert from_coding.send(world.runs, coder, row).text == "tea\n"


def test_what_nobody_said_stays_out_of_coding_when_one_who_was_there_did_not_agree(world):
    world.join("River", ("part", "notes"))
    row = noted(world, "Tea first\nBo: tea")
    leave(world, "River", rules.KEEP)
    assert [each.text for each in from_coding.may_go(row)] == ["tea"]


def test_words_taken_out_while_notes_were_open_do_not_come_back_and_nothing_typed_is_lost(world):
    world.join("River")
    row = noted(world, "River: bluebell\nBo: tae")
    mark = group_queries.notes_mark(row)
    assert f'value="{mark}"' in world.get("Ada", "group_notes", row.id)
    leave(world, "River", rules.TAKE_OUT)
    sent = {"kind": "notes", "text": "River: bluebell\nBo: tea", "seen": mark, "asked": "River"}
    shown = world.post("Ada", "group_notes", row.id, status=422, **sent)
    assert "took words out" in shown
    assert "Bo: tea</textarea>" in shown
    assert f'value="{group_queries.notes_mark(row)}"' in shown
    assert "bluebell" not in str(list(Turn.objects.values()))
    world.post("Ada", "group_notes", row.id, kind="notes", text="Bo: tea",
               seen=group_queries.notes_mark(row))  # fmt: skip
    assert Turn.objects.get().text == "tea"


def test_notes_that_were_seen_by_nobody_are_not_written_over(world):
    row = noted(world, "Bo: tea")
    world.post("Ada", "group_notes", row.id, status=422, kind="notes", text="Bo: cake")
    assert Turn.objects.get().text == "tea"


def test_names_that_nobody_has_are_settled_before_anything_is_kept(world):
    row = world.meet(days=-1)
    mark = group_queries.notes_mark(row)
    text = "Bo: This.\nMy view: listen\nMrs Smith: No"
    shown = world.post("Ada", "group_notes", row.id, status=422, kind="notes", text=text, seen=mark)
    assert "Which of these are not a name?" in shown
    assert 'value="My view|Mrs Smith"' in shown
    assert not Turn.objects.exists()
    sent = {"kind": "notes", "text": text, "seen": mark, "asked": "My view|Mrs Smith"}
    world.post("Ada", "group_notes", row.id, no_names=["My view", "not there any more"], **sent)
    assert list(Turn.objects.values_list("member__name", "text")) == [
        ("Bo", "This.\nMy view: listen"), (None, "Mrs Smith: No"),
    ]  # fmt: skip


def test_a_look_at_names_does_not_pass_for_a_look_at_what_changed_meanwhile(world):
    world.join("River")
    row = noted(world, "River: bluebell")
    mark = group_queries.notes_mark(row)
    leave(world, "River", rules.TAKE_OUT)
    sent = {"kind": "notes", "text": "River: bluebell", "seen": mark}
    shown = world.post("Ada", "group_notes", row.id, status=422, **sent)
    assert f'value="{mark}"' in shown
    shown = world.post("Ada", "group_notes", row.id, status=422, asked="River", **sent)
    assert "took words out" in shown


def test_what_went_to_coding_by_everybodys_yes_is_out_of_it_when_one_takes_theirs_back(world):
    world.join("River")
    row = noted(world, "Tea first\nBo: tea\nFacilitator: And then?")
    coder = coding.projects.make(world.people["Ada"].user, coding.WANTED)
    from_coding.send(world.runs, coder, row)
    world.post("River", "own_agree", agreed=["part", "notes"])
    text = Source.objects.get().text
    assert "Tea first" not in text
    assert "tea\nAnd then?" in text
    assert not Turn.objects.filter(member=None, facilitator=False, start__isnull=False).exists()


def test_notes_handed_to_coding_meanwhile_are_refused_on_their_page_with_all_that_was_typed(world):
    row = noted(world, "Bo: tea")
    coder = coding.projects.make(world.people["Ada"].user, coding.WANTED)
    from_coding.send(world.runs, coder, row)
    sent = {"kind": "notes", "text": "Bo: marigold", "seen": group_queries.notes_mark(row)}
    shown = world.post("Ada", "group_notes", row.id, status=422, **sent)
    assert "being coded" in shown
    assert "Bo: marigold</textarea>" in shown
    with pytest.raises(Refused, match="being coded"):
        meetings.write_notes(world.runs, row, "notes", "Bo: marigold")


@pytest.mark.parametrize(
    ("text", "wrong"), [("Bo: \0", "Null"), ("x" * 1_000_001, "1,000,000"), ("x" * 1_000_000, "")]
)
def test_notes_are_long_but_not_endless_and_hold_nothing_that_cannot_be_kept(text, wrong):
    form = NotesForm({"kind": "notes", "text": text}, names=["Bo"])
    assert wrong in str(form.errors)
    assert form.is_valid() is (wrong == "")
