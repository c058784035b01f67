"""Asking, answering, judging and closing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core import serializers
from django.db import connection
from django.utils import timezone

from firsthand.access import door, log
from firsthand.access.refused import Refused
from firsthand.people.models import Team
from firsthand.repair import actions, policies, queries, rules
from firsthand.repair.models import Message, Promise, PromiseEvent, Request
from firsthand.repair.posting import Overtaken, Turn
from firsthand.repair.words import Asked, Pledge, Said
from firsthand.testimony import actions as telling
from firsthand.testimony.files import CleanFile
from firsthand.vault.models import Chunk, Item, Sealed
from firsthand.vault.seal import Tampered
from tests.repair.conftest import lapsed


def pledge(text="Change the locks back", days=10):
    return Pledge(text, "Rae Sponder", timezone.localdate() + timedelta(days=days))


def answer_turn(number="a1", pledges=1):
    said = Said(heard="You were not asked.", responsible="We should have.", needed="A say.")
    return Turn(number, said, pledges=[pledge(f"Promise {n}", 10 + n) for n in range(pledges)])


def answered(town, pledges=1, request=None):
    request = actions.note_opened(request or town.request, rules.TEAM)
    actions.answer(town.responder.doer, request, answer_turn(pledges=pledges))
    request.refresh_from_db()
    return request


def test_sharing_asks_each_team_that_was_let_in(town):
    assert {row.kind for row in Request.objects.all()} == {"help", "answer"}
    assert town.request.stage == rules.ASKED
    assert town.request.unread_by_team


def test_an_answer_is_due_by_the_setting_in_working_days(town, settings):
    days = town.request.answer_due - town.request.made_on
    assert days >= timedelta(days=settings.FIRSTHAND_ANSWER_WORKING_DAYS)


def test_sharing_again_does_not_ask_again(town):
    row, doer = town.testimony, town.person.doer
    telling.share(doer, row, door.look(doer, row.item_id), town.service, None)
    assert Request.objects.count() == 2


def test_both_sides_read_what_the_other_wrote(town):
    answered(town, pledges=2)
    turn = Turn("p1", Said(text="Thank you, that is not enough."))
    actions.write(town.person.doer, town.request, rules.PERSON, turn)
    for doer in (town.person.doer, town.colleague.doer):
        first, second = queries.conversation(doer, town.request).turns
        assert first.said.heard == "You were not asked."
        assert [line.text for line in first.promises] == ["Promise 0", "Promise 1"]
        assert second.said.text == "Thank you, that is not enough."
        assert second.from_person
        assert not first.from_person


def test_files_travel_with_a_message(town):
    clean = CleanFile("letter.txt", "text", "text/plain", b"page one")
    turn = Turn("p1", Said(text="See this."), files=[clean])
    message = actions.write(town.person.doer, town.request, rules.PERSON, turn)
    file = message.files.get()
    line = queries.conversation(town.responder.doer, town.request).turns[0].said.files[0]
    assert (line.name, line.size, line.id) == ("letter.txt", 8, str(file.id))


def test_the_same_form_sent_twice_is_one_turn(town):
    actions.note_opened(town.request, rules.TEAM)
    for _ in range(2):
        actions.answer(town.responder.doer, town.request, answer_turn(), seen=0)
    assert (Message.objects.count(), Promise.objects.count()) == (1, 1)
    assert town.request.turns == 1


def test_two_who_answer_at_once_hear_of_each_other(town):
    actions.note_opened(town.request, rules.TEAM)
    actions.answer(town.responder.doer, town.request, answer_turn("one"), seen=0)
    with pytest.raises(Overtaken):
        actions.answer(town.colleague.doer, town.request, answer_turn("two"), seen=0)
    assert Message.objects.count() == 1


def test_a_team_that_was_not_asked_reads_nothing_and_the_owner_hears_of_the_try(town):
    for doer in (town.stranger.doer, town.advocate.doer):
        with pytest.raises(Refused):
            queries.conversation(doer, town.request)
    refused = [line for line in log.verify(town.testimony.item_id) if line.refused]
    assert [line.by_id for line in refused] == [town.stranger.user.id, town.advocate.user.id]


def test_stopping_to_share_ends_a_teams_access_and_keeps_the_owners(town):
    answered(town)
    telling.stop_sharing(town.person.doer, town.testimony, town.service)
    assert town.request.stage == rules.STOPPED
    with pytest.raises(Refused):
        queries.conversation(town.responder.doer, town.request)
    with pytest.raises(Refused):
        actions.answer(town.responder.doer, town.request, answer_turn("later"))
    assert queries.conversation(town.person.doer, town.request).turns[0].said.heard


def test_sharing_after_stopping_begins_a_new_conversation(town):
    answered(town)
    doer = town.person.doer
    telling.stop_sharing(doer, town.testimony, town.service)
    opened = door.look(doer, town.testimony.item_id)
    telling.share(doer, town.testimony, opened, town.service, None)
    old, new = Request.objects.filter(team=town.service).order_by("turns")[::-1]
    assert (old.stage, new.stage, new.turns) == (rules.STOPPED, rules.ASKED, 0)
    with pytest.raises(Refused):
        queries.conversation(town.responder.doer, old)


def test_withdrawing_leaves_only_that_there_was_a_request(town):
    answered(town)
    telling.withdraw(town.person.doer, town.testimony)
    assert set(Request.objects.values_list("stage", flat=True)) == {rules.WITHDRAWN}
    assert not Message.objects.exists()
    assert not Promise.objects.exists()
    assert not PromiseEvent.objects.exists()


def test_the_person_says_how_a_promise_went_and_may_change_their_mind(town):
    request = answered(town)
    promise = Promise.objects.get()
    for number, verdict in enumerate((rules.BROKEN, rules.PARTLY, rules.RUNNING, rules.KEPT)):
        actions.judge(town.person.doer, request, promise, verdict, str(number))
    _, line = queries.promise(town.responder.doer, town.request, promise.id)
    assert [verdict for verdict, _ in line.history] == ["broken", "partly", "running", "kept"]
    assert (line.verdict, town.request.stage) == ("kept", rules.ANSWERED)


def test_a_verdict_sent_twice_is_said_once(town):
    request = answered(town)
    promise = Promise.objects.get()
    for verdict in (rules.KEPT, rules.BROKEN):
        actions.judge(town.person.doer, request, promise, verdict, "same form")
    assert PromiseEvent.objects.count() == 1


def test_nobody_but_the_person_judges_closes_or_reopens(town):
    request = answered(town)
    promise = Promise.objects.get()
    for someone in (town.responder, town.advocate, town.stranger, town.steward, town.other_person):
        with pytest.raises(Refused):
            actions.judge(someone.doer, request, promise, rules.KEPT, "n")
        with pytest.raises(Refused):
            actions.close(someone.doer, request)
    actions.close(town.person.doer, request)
    with pytest.raises(Refused):
        actions.reopen(town.responder.doer, request)
    assert town.request.stage == rules.CLOSED


def test_nothing_is_written_in_a_closed_conversation_until_it_is_opened_again(town):
    request = answered(town)
    actions.close(town.person.doer, request)
    with pytest.raises(Refused) as refused:
        actions.answer(town.responder.doer, request, answer_turn("late"))
    assert not refused.value.hidden
    actions.reopen(town.person.doer, request)
    assert town.request.stage == rules.PROMISED
    actions.answer(town.responder.doer, request, answer_turn("late"))


def test_a_forged_verdict_is_noticed(town):
    request = answered(town)
    promise = Promise.objects.get()
    actions.judge(town.person.doer, request, promise, rules.BROKEN, "n")
    Promise.objects.update(verdict=rules.KEPT)
    with pytest.raises(Tampered):
        queries.conversation(town.person.doer, request)
    PromiseEvent.objects.update(verdict=rules.KEPT)
    with pytest.raises(Tampered):
        queries.promise_rows()


def test_a_verdict_taken_out_is_noticed(town):
    request = answered(town)
    actions.judge(town.person.doer, request, Promise.objects.get(), rules.BROKEN, "n")
    PromiseEvent.objects.all().delete()
    Promise.objects.update(verdict=rules.RUNNING)
    with pytest.raises(Tampered):
        queries.conversation(town.person.doer, request)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        (Promise, {"due": date(2999, 1, 1)}),
        (Message, {"by": None, "team": None, "at": None, "kind": "message"}),
        (Message, {"on": date(2001, 1, 1)}),
        (Request, {"answer_due": date(2999, 1, 1)}),
        (Request, {"kind": "help"}),
    ],
)
def test_nothing_about_a_turn_is_changed_unnoticed(town, table, change):
    request = answered(town)
    table.objects.filter(**({"id": request.id} if table is Request else {})).update(**change)
    request.refresh_from_db()
    with pytest.raises(Tampered):
        queries.conversation(town.person.doer, request)


@pytest.mark.parametrize("thorough", [False, True])
def test_a_turn_taken_out_is_noticed(town, thorough):
    request = answered(town)
    turn = Turn("p", Said(text="Inconvenient."))
    message = actions.write(town.person.doer, request, rules.PERSON, turn)
    message.delete()
    if thorough:
        Item.objects.filter(id=message.item_id).delete()
    with pytest.raises(Tampered):
        queries.conversation(town.person.doer, request)


def test_what_falls_due_next_follows_the_conversation(town):
    assert town.request.next_due == town.request.answer_due
    request = answered(town, pledges=2)
    first, second = Promise.objects.all()
    assert town.request.next_due == first.due
    actions.judge(town.person.doer, request, first, rules.KEPT, "1")
    assert town.request.next_due == second.due
    actions.judge(town.person.doer, request, second, rules.BROKEN, "2")
    assert town.request.next_due is None


def test_only_those_who_let_themselves_be_counted_are(town):
    answered(town)
    rows = queries.promise_rows()
    assert [(row.verdict, row.service_kind) for row in rows] == [("running", "supported-housing")]
    assert rows[0].month.day == 1
    telling.save(town.person.doer, town.testimony, "wishes", {"wishes": ("answer",)})
    assert queries.promise_rows() == []


def test_no_word_of_a_conversation_is_in_the_database_in_the_clear(town):
    answered(town)
    clean = CleanFile("q.txt", "text", "text/plain", b"Quince")
    turn = Turn("p1", Said(text="Thistledown."), files=[clean])
    actions.write(town.person.doer, town.request, rules.PERSON, turn)
    raw = b"".join(bytes(row.body) for row in Sealed.objects.all())
    raw += b"".join(bytes(row.body) for row in Chunk.objects.all())
    rows = serializers.serialize(
        "json", [*Request.objects.all(), *Message.objects.all(), *Promise.objects.all()]
    ).encode()
    for word in (b"Thistledown", b"Quince", b"q.txt", b"Promise 0", b"not asked"):
        assert word not in raw + rows


def test_what_the_person_asks_for_is_there_for_the_team_and_can_change(town):
    actions.note_opened(town.request, rules.TEAM)
    for asks in (("apology",), ("heard", "correction")):
        actions.say_asked(town.person.doer, town.request, Asked(asks, "Please write, do not call."))
    found = queries.conversation(town.responder.doer, town.request).asked
    assert (found.asks, found.text) == (("heard", "correction"), "Please write, do not call.")
    assert town.request.unread_by_team
    with pytest.raises(Refused):
        actions.say_asked(town.responder.doer, town.request, Asked(("heard",)))


def test_opening_a_conversation_is_one_line_in_the_owners_log(town):
    answered(town, pledges=3)
    before = len(log.verify(town.testimony.item_id))
    queries.conversation(town.colleague.doer, town.request)
    after = log.verify(town.testimony.item_id)
    assert len(after) == before + 1
    assert after[-1].by == town.colleague.user


def test_when_the_time_shared_for_is_over_nothing_more_is_written(town):
    request = lapsed(town)
    with pytest.raises(Refused) as refused:
        actions.write(town.other_person.doer, request, rules.PERSON, Turn("n", Said(text="a")))
    assert not refused.value.hidden
    with pytest.raises(Refused):
        policies.check_team(town.responder.doer, request)


def test_asking_again_after_that_begins_a_new_conversation(town):
    old, doer = lapsed(town), town.other_person.doer
    opened = door.look(doer, old.testimony.item_id)
    new = actions.ask(doer, old.testimony_id, opened, town.service, old.kind, None)
    old.refresh_from_db()
    assert (old.stage, new.stage, new.until) == (rules.STOPPED, rules.ASKED, None)


def test_teams_are_told_by_mail_that_something_waits_and_nothing_else(town):
    Team.objects.update(notice="")
    actions.note_opened(town.request, rules.TEAM)
    assert not Team.objects.get(id=town.service.id).notice
    actions.write(town.person.doer, town.request, rules.PERSON, Turn("n", Said(text="a")))
    assert Team.objects.get(id=town.service.id).notice
    assert not Team.objects.get(id=town.helpers.id).notice


@pytest.mark.django_db(transaction=True)
def test_many_presses_at_the_same_moment_are_one_answer(town):
    actions.note_opened(town.request, rules.TEAM)
    doer, request = town.responder.doer, town.request

    def press(_):
        try:
            return actions.answer(doer, request, answer_turn(), seen=0).id
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(press, range(16)))) == 1
    assert (Message.objects.count(), Promise.objects.count()) == (1, 1)


def test_the_last_day_of_sharing_may_move_and_all_stays_readable(town):
    request = answered(town)
    doer, until = town.person.doer, timezone.localdate() + timedelta(days=40)
    opened = door.look(doer, town.testimony.item_id)
    moved = actions.ask(doer, town.testimony.id, opened, town.service, request.kind, until)
    assert (moved.id, moved.until) == (request.id, until)
    assert queries.conversation(town.responder.doer, town.request).turns
