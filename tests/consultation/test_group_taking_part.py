"""Consent, names, needs, payment, coming, leaving: what members decide, and what follows."""

import logging
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from firsthand.access.doer import Doer
from firsthand.access.refused import Refused
from firsthand.consultation import group_queries, needs, rules
from firsthand.consultation.actions import commenting, groups, inviting, meetings, taking_part
from firsthand.consultation.models import (
    Coming,
    Comment,
    Consent,
    GroupMeeting,
    GroupMember,
    GroupTrail,
    Turn,
)
from firsthand.people import rules as roles
from firsthand.vault import items
from firsthand.vault.keyrings import Locked
from firsthand.vault.models import Item, Keyring
from tests.consultation.group_kit import SHEET, World, draft, sitting
from tests.repair.conftest import someone

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
SECRET = "I need the bluebell room"


@pytest.fixture
def world() -> World:
    return World.made(version=draft())


def test_each_thing_is_agreed_to_on_its_own_and_taken_back_on_its_own(world):
    river = world.join("River", ("part", "notes"))
    assert group_queries.agreed(river.row) == {"part", "notes"}
    world.post("River", "own_agree", agreed=["part", "quotes"])
    assert group_queries.agreed(river.row) == {"part", "quotes"}
    gone = Consent.objects.get(withdrawn_on__isnull=False)
    assert gone.statement.use == "notes"
    assert "version: 1" in world.get("Ada", "group_history")
    assert "Choose from these" in world.post("River", "own_agree", status=422, agreed=["x"])


def test_a_changed_sheet_asks_again_and_until_then_nothing_new_is_asked_of_a_member(world):
    river = world.join("River")
    assert groups.write_sheet(world.runs, SHEET, rules.USES).version == 1  # the same again
    groups.write_sheet(world.runs, "Now with cake.", {**rules.USES, "quotes": ""})
    assert "The information sheet was changed" in world.get("River", "own_group")
    assert "Asked again" in world.get("Ada", "group")
    sent = {"kind": "agree", "number": "1"}
    assert "Please read the information sheet first" in world.post(
        "River", "own_entry", "S1", status=422, **sent
    )
    shown = world.get("River", "own_agree")
    assert "Now with cake." in shown
    assert "checked" not in shown
    assert rules.USES["quotes"] not in shown
    world.post("River", "own_agree", agreed=["part"])
    assert group_queries.agreed(river.row) == {"part"}
    world.post("River", "own_entry", "S1", **sent)
    assert Comment.objects.count() == 1


def test_who_read_an_older_sheet_does_not_agree_to_a_newer_one(world):
    river = world.join("River")
    old = world.group.sheets.get()
    groups.write_sheet(world.runs, "New", rules.USES)
    with pytest.raises(Refused, match="changed just now"):
        taking_part.agree(river.row, old, ["part"])
    answer = world.post("River", "own_agree", sheet=str(old.id), agreed=["part"])
    assert answer == world.at("own_agree")
    assert river.row.sheet == old


def test_who_does_not_agree_to_take_part_may_read_and_leave_and_no_more(world):
    world.join("River", ())
    assert "You have not agreed to take part" in world.get("River", "own_group")
    sent = {"kind": "agree", "number": "1"}
    assert "not agreed to take part" in world.post("River", "own_entry", "S1", status=422, **sent)


def test_a_name_is_ones_own_in_the_group_and_sounds_like_nobody_elses(world):
    river = world.join("River")
    world.join("Bo")
    for taken in ("bo", "Facilitator", "Member 1"):
        shown = world.post("River", "own_name", status=422, name=taken)
        assert taken in shown
    world.post("River", "own_name", name="Brook")
    assert river.row.called == "Brook"
    assert "Member 1" not in world.get("Ada", "group")


# -- needs ------------------------------------------------------------------------------------


def test_needs_are_sealed_read_by_those_who_run_the_group_and_the_member_sees_who_read(world):
    river = world.join("River")
    assert world.get("River", "own_needs")
    world.post("River", "own_needs", needs=SECRET)
    assert "Nobody has read it yet" in world.get("River", "own_needs")
    assert SECRET in world.get("River", "own_needs")
    at = world.at("group_member", river.member.id)
    browser = world.people["Ada"].browser()
    assert SECRET not in browser.get(at).content.decode()
    assert SECRET in browser.get(at + "?needs=1").content.decode()
    assert "Ada, " in world.get("River", "own_needs")
    assert "Written" in world.get("Ada", "group")
    world.post("River", "own_needs", needs=SECRET + " and tea")
    assert needs.read(world.ada, river.row) == SECRET + " and tea"


def test_needs_stand_in_no_table_and_in_no_log(world, caplog):
    with caplog.at_level(logging.DEBUG):
        world.join("River")
        world.post("River", "own_needs", needs=SECRET)
        world.get("River", "own_needs")
    assert "bluebell" not in caplog.text
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "bluebell" not in str(cursor.fetchall()), table


def test_needs_taken_back_or_of_someone_who_left_are_destroyed(world):
    river = world.join("River")
    world.post("River", "own_needs", needs=SECRET)
    world.post("River", "own_needs", needs="  ")
    assert river.row.needs is None
    world.post("River", "own_needs", needs=SECRET)
    world.post("River", "own_leave", what=rules.KEEP)
    assert Item.objects.filter(erased=True).count() == 2
    assert not Item.objects.filter(erased=False).exists()


def test_who_begins_to_run_a_group_is_let_in_and_who_stops_is_shut_out(world):
    river = world.join("River")
    world.post("River", "own_needs", needs=SECRET)
    ben = someone(roles.COORDINATOR, "Ben")
    world.people["Ben"] = ben
    world.post("Ada", "group_people", who=str(ben.user.id))
    assert needs.read(ben.doer, river.row) == SECRET
    item, row = river.row.needs_id, world.group.facilitators.get(user=ben.user)
    groups.add_facilitator(world.runs, world.ada, ben.user)  # pressed twice
    world.post("Ada", "group_people_end", row.id)
    world.post("Ada", "group_people_end", row.id, status=404)
    with pytest.raises(Locked):
        items.unlock(item, ben.doer.keys)
    assert needs.read(world.ada, river.row) == SECRET
    assert needs.own(river.doer, river.row) == SECRET
    assert ben.browser().get(world.at("group")).status_code == 404
    world.post("Ada", "group_people", who=str(ben.user.id))
    assert needs.read(ben.doer, river.row) == SECRET
    alone = world.group.facilitators.get(user=world.people["Ada"].user)
    world.post("Ben", "group_people_end", alone.id)
    assert "A group needs someone" in world.post("Ben", "group_people_end", row.id, status=409)


def test_a_facilitator_whose_keys_are_closed_reads_no_needs_and_shuts_nobody_out(world):
    river = world.join("River")
    world.post("River", "own_needs", needs=SECRET)
    closed = Doer(world.people["Ada"].user, {})
    with pytest.raises(Refused, match="locked"):
        needs.read(closed, river.row)
    ben = groups.add_facilitator(world.runs, closed, someone(roles.COORDINATOR, "Ben").user)
    with pytest.raises(Refused, match="locked"):
        needs.read(Doer(ben.user, {}), river.row)
    groups.end_facilitator(world.runs, closed, ben)  # they never had a key
    ben = groups.add_facilitator(world.runs, world.ada, ben.user)
    with pytest.raises(Refused, match="locked"):
        groups.end_facilitator(world.runs, closed, ben)


# -- payment and meetings ---------------------------------------------------------------------


def test_payment_is_accepted_declined_and_noted_and_nobody_is_paid_who_declined(world):
    river, bo = world.join("River"), world.join("Bo")
    meeting = world.meet()
    world.post("River", "own_pay", pay="accepted")
    world.post("Bo", "own_pay", pay="declined")
    assert "Choose yes or no" in world.post("Bo", "own_pay", status=422, pay="x")
    both = [str(each.member.id) for each in (river, bo)]
    assert "does not want to be paid" in world.post(
        "Ada", "group_meeting", meeting.id, status=409, paid=both
    )
    world.post("Ada", "group_meeting", meeting.id, came=both, paid=[*both[:1], "nonsense"])
    day = Coming.objects.get(member=river.member).paid_on
    assert day == timezone.localdate()
    assert Coming.objects.get(member=bo.member).paid_on is None
    assert "Paid so far" in world.get("River", "own_pay")
    assert "Accepted, paid 1 time" in world.get("Ada", "group")
    assert "came, paid on" in world.get("Ada", "group_member", river.member.id)
    world.post("Ada", "group_meeting", meeting.id)
    assert Coming.objects.get(member=river.member).paid_on is None


def test_where_nothing_is_offered_nothing_is_accepted(world):
    groups.change(world.runs, {"pay": ""})
    world.join("River")
    assert "No payment is offered" in world.get("River", "own_pay")
    world.post("River", "own_pay", status=404, pay="accepted")


def test_a_member_says_whether_they_come_until_the_meeting_begins(world):
    river = world.join("River")
    meeting, over = world.meet(), world.meet(days=-1)
    assert "First meeting" in world.get("River", "own_group")
    for says in ("yes", "yes", "maybe"):
        world.post("River", "own_meeting", meeting.id, says=says)
    assert Coming.objects.get().says == "maybe"
    assert "Choose one" in world.post("River", "own_meeting", meeting.id, status=422)
    assert "over" in world.get("River", "own_meeting", over.id)
    assert "over" in world.post("River", "own_meeting", over.id, status=409, says="yes")
    meetings.cancel(world.runs, meeting)
    assert "does not take place" in world.post(
        "River", "own_meeting", meeting.id, status=409, says="no"
    )
    with pytest.raises(Refused):
        taking_part.say_coming(river.row, meeting, "not-said")
    groups.close(world.runs)
    with pytest.raises(Refused, match="over"):
        taking_part.say_coming(river.row, meeting, "yes")


def test_a_meeting_is_set_changed_called_off_and_set_again(world):
    wanted = {"title": "Second", "day": "27/3/2999", "time": "2.30pm", "how": "phone",
              "place": "0000", "agenda": "Tea"}  # fmt: skip
    bad = {**wanted, "day": "31/2/2999", "time": "late", "title": ""}
    shown = world.post("Ada", "group_meeting_new", status=422, **bad)
    for said in ("Write the day like this", "Write the time like this", "Give the meeting", "Tea"):
        assert said in shown
    world.post("Ada", "group_meeting_new", **wanted)
    row = GroupMeeting.objects.get()
    assert timezone.localtime(row.starts_at).strftime("%H:%M %d %m") == "14:30 27 03"
    assert 'value="27/3/2999"' in world.get("Ada", "group_meeting_change", row.id)
    world.post("Ada", "group_meeting_change", row.id, **{**wanted, "place": "1111"})
    world.post("Ada", "group_meeting_change", row.id, **{**wanted, "place": "1111"})
    assert GroupTrail.objects.filter(did="meeting changed").count() == 1
    for back in ("", "", "yes", "yes"):
        world.post("Ada", "group_meeting_cancel", row.id, back=back)
    assert GroupTrail.objects.filter(did__startswith="meeting ").count() == 4
    assert "0000" in world.get("Ada", "group_history")
    assert "1111" in world.get("Ada", "group_meeting", row.id)


# -- leaving ------------------------------------------------------------------------------------


def test_who_leaves_and_takes_out_what_they_said_leaves_no_word_and_comes_to_nothing(world):
    river, bo = world.join("River"), world.join("Bo")
    meeting = world.meet(days=-1)
    meetings.write_notes(world.runs, meeting, "notes", "River: bluebell\nBo: tea")
    commenting.say(river.row, "S1", "change", "bluebell too", "1")
    assert "Choose what shall happen" in world.post("River", "own_leave", status=422)
    assert world.post("River", "own_leave", what=rules.TAKE_OUT) == reverse(
        "consultation:own_groups"
    )
    for name in ("own_group", "own_agree", "own_draft", "own_needs", "own_leave"):
        world.get("River", name, status=404)
    world.post("River", "own_leave", status=404, what=rules.KEEP)  # pressed twice
    assert "bluebell" not in str([*Turn.objects.values(), *Comment.objects.values()])
    assert not Consent.objects.filter(member=river.member, withdrawn_on=None).exists()
    shown = world.get("Bo", "own_entry", "S1")
    assert "Taken back" in shown
    assert "River" not in shown + world.get("Ada", "group") + world.get("Ada", "group_comments")
    assert "taken out" in world.get("Ada", "group_meeting", meeting.id)
    assert bo.row.called == "Bo"


def test_who_leaves_and_lets_stay_what_they_said_is_out_all_the_same(world):
    river = world.join("River")
    commenting.say(river.row, "S1", "change", "Say it plainly", "1")
    world.post("River", "own_leave", what=rules.KEEP)
    world.get("River", "own_group", status=404)
    assert Comment.objects.get().text == "Say it plainly"
    assert GroupMember.objects.get().left_on is not None
    with pytest.raises(Refused):
        taking_part.leave(river.doer, river.member, rules.KEEP)


def test_a_member_can_leave_and_take_consent_back_when_the_group_is_over(world):
    river = world.join("River")
    world.post("Ada", "group_close")
    world.post("Ada", "group_close")
    assert "This group is over" in world.get("River", "own_group")
    world.post("River", "own_agree", agreed=["part"])
    assert group_queries.agreed(river.row) == {"part"}
    with pytest.raises(Refused):
        taking_part.leave(river.doer, river.row, "burn it")
    world.post("River", "own_leave", what=rules.TAKE_OUT)
    world.post("Ada", "group_close", back="yes")
    world.post("Ada", "group_close", back="yes")
    assert GroupTrail.objects.filter(did="group closed").count() == 1
    assert world.group.closed_on is None


def test_what_a_member_did_is_kept_to_the_day(world):
    world.join("River")
    rows = GroupTrail.objects.filter(member__isnull=False)
    assert rows.exists()
    assert {(each.at.hour, each.at.minute) for each in rows} == {(12, 0)}
    assert rows.exclude(by=None).count() == 0
    assert world.meet(days=3).starts_at > timezone.now() + timedelta(days=2)


# -- two at once ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_who_press_yes_with_one_code_at_once_are_one_member(world):
    invited, _ = world.invite()
    found = at_once(
        lambda: inviting.accept(Doer(), sitting(), invited, "one"),
        lambda: inviting.accept(Doer(), sitting(), invited, "other"),
    )
    assert sorted(type(each).__name__ for each in found) == ["GroupMember", "Spent"]
    assert GroupMember.objects.count() == 1
    assert Keyring.objects.filter(holder="receipt").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_editors_who_answer_at_once_are_not_lost_on_each_other(world):
    river = world.join("River")
    row = commenting.say(river.row, "S1", "change", "Plainer", "1")
    found = at_once(
        lambda: commenting.answer(world.runs, row, "accepted", "Yes", 0),
        lambda: commenting.answer(world.runs, row, "not-taken", "No", 0),
    )
    assert sorted(type(each).__name__ for each in found) == ["Refused", "Reply"]
    assert row.replies.count() == 1


def at_once(*doings):
    """Do things in threads of their own, begun together; return what came of each."""
    gate, found = threading.Barrier(len(doings)), []

    def run(doing) -> None:
        gate.wait()
        try:
            found.append(doing())
        except (Refused, inviting.Spent) as refused:
            found.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(each,)) for each in doings]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return found
