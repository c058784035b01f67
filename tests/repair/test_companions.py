"""An advocate beside the person: let in, reading, writing, taken out; and everyone else."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firsthand.access import door, grants, log
from firsthand.access.models import Grant, LogLine
from firsthand.access.refused import Refused
from firsthand.access.story import story
from firsthand.config import sound
from firsthand.people import rules as roles
from firsthand.people.models import Team
from firsthand.people.queries import keyrings_of
from firsthand.repair import actions, companions, letting_in, queries, rules
from firsthand.repair.models import Companion, Message, Request
from firsthand.repair.posting import Turn
from firsthand.repair.words import Asked, Said
from firsthand.testimony import actions as telling
from firsthand.testimony.files import CleanFile
from firsthand.vault import items
from firsthand.vault.keyrings import Locked
from firsthand.vault.models import Item, Wrap
from firsthand.vault.seal import Tampered
from tests.repair.conftest import someone, team, tell
from tests.repair.test_actions import answer_turn, answered
from tests.repair.test_pages import hidden, page, text_of

pytestmark = pytest.mark.urls("firsthand.config.urls")


def say(town, text, party=rules.PERSON, by=None, files=()):
    turn = Turn(text, Said(text=text), files=files)
    return actions.write((by or town.person).doer, town.request, party, turn)


def let_in(town, *, earlier=False):
    letting_in.let_in(town.person.doer, town.request, town.helpers, earlier=earlier)


def read_by_advocate(town):
    unopened = companions.unopened_to(town.request, town.helpers)
    return queries.conversation(town.advocate.doer, town.request, unopened)


def texts(said):
    return [turn.said.text or turn.said.heard for turn in said.turns]


def opens(town, item):
    """Whether the advocate's keys open an item, whatever the pages say."""
    try:
        return bool(items.unlock(item, town.advocate.doer.keys))
    except Locked:
        return False


def what_the_log_says(town):
    lines = story(log.verify(town.testimony.item_id))
    return [f"{line.who} {line.what}" for line in lines]


# -- letting in -------------------------------------------------------------------------------


def test_who_is_let_in_reads_what_is_written_from_then_on_and_nothing_before(town):
    answered(town, pledges=2)
    before = list(Item.objects.filter(under=town.request.item).values_list("id", flat=True))
    let_in(town)
    say(town, "From now on")
    said = read_by_advocate(town)
    assert (texts(said), said.unopened) == (["From now on"], 1)
    assert not any(opens(town, item) for item in before)


def test_what_was_written_before_opens_when_the_owner_says_so(town):
    answered(town, pledges=2)
    say(town, "Before", files=[CleanFile("a.txt", "text", "text/plain", b"page one")])
    let_in(town)
    letting_in.open_earlier(town.person.doer, town.request, town.helpers)
    said = read_by_advocate(town)
    assert (texts(said), said.unopened) == (["You were not asked.", "Before"], 0)
    assert len(said.turns[0].promises) == 2
    assert all(opens(town, item) for item in items.family(town.request.item_id))


def test_it_can_be_opened_with_the_letting_in(town):
    answered(town)
    let_in(town, earlier=True)
    assert texts(read_by_advocate(town)) == ["You were not asked."]


def test_all_three_write_and_all_three_read_it_under_their_names(town):
    actions.note_opened(town.request, rules.TEAM)
    let_in(town)
    say(town, "I am here with her", rules.COMPANION, town.advocate)
    actions.answer(town.responder.doer, town.request, answer_turn())
    say(town, "Thank you")
    whose = [rules.COMPANION, rules.TEAM, rules.PERSON]
    for who in (town.person, town.responder, town.advocate):
        said = queries.conversation(who.doer, town.request)
        assert [turn.party for turn in said.turns] == whose
        assert said.turns[0].name.startswith("Ada Vocate, Helpers")


def test_what_a_companion_writes_is_new_to_the_others_and_opens_nothing_for_them(town):
    let_in(town)
    Team.objects.update(notice="")
    Request.objects.update(unread_by_team=False, unread_by_person=False)
    say(town, "Hello", rules.COMPANION, town.advocate)
    request = town.request
    assert (request.stage, request.opened, request.answered) == (rules.ASKED, False, False)
    assert request.unread_by_team
    assert request.unread_by_person
    assert Team.objects.get(id=town.service.id).notice
    assert not Team.objects.get(id=town.helpers.id).notice


def test_a_companion_hears_by_mail_that_something_waits_and_so_does_nobody_else(town):
    actions.note_opened(town.request, rules.TEAM)
    for act in (let_in, answered):
        Team.objects.update(notice="")
        act(town)
        assert Team.objects.get(id=town.helpers.id).notice
        assert not Team.objects.get(id=town.service.id).notice
        assert Companion.objects.get().unread


def test_only_an_advocacy_team_that_reads_what_was_told_can_be_let_in(town):
    apart = team("Apart", roles.ADVOCACY, someone(roles.ADVOCATE, "Other Vocate"))
    answering = team("Answering", roles.PROVIDER, someone(roles.RESPONDER, "Answer Ing"))
    doer, row = town.person.doer, town.testimony
    telling.share(doer, row, door.look(doer, row.item_id), answering, None)
    for each in (apart, answering, town.service):
        with pytest.raises(Refused):
            letting_in.let_in(doer, town.request, each, earlier=True)
    assert [grant.team for grant in companions.possible(town.request)] == [town.helpers]


def test_nobody_but_the_person_lets_in_opens_more_or_takes_out(town):
    for who in (town.advocate, town.responder, town.stranger, town.steward, town.other_person):
        for act in (letting_in.open_earlier, letting_in.take_out):
            with pytest.raises(Refused):
                act(who.doer, town.request, town.helpers)
        with pytest.raises(Refused):
            letting_in.let_in(who.doer, town.request, town.helpers, earlier=True)
    assert not Companion.objects.exists()


def test_letting_in_twice_is_once(town):
    for _ in range(2):
        let_in(town)
    assert Companion.objects.count() == 1
    assert Grant.objects.filter(item=town.request.item, team=town.helpers).count() == 1
    assert LogLine.objects.filter(done="let in").count() == 1


# -- taking out -------------------------------------------------------------------------------


def test_taken_out_they_open_nothing_of_it_from_the_next_request_on(town):
    answered(town)
    let_in(town, earlier=True)
    say(town, "Mine", rules.COMPANION, town.advocate)
    letting_in.take_out(town.person.doer, town.request, town.helpers)
    with pytest.raises(Refused):
        queries.conversation(town.advocate.doer, town.request)
    with pytest.raises(Refused):
        say(town, "Later", rules.COMPANION, town.advocate)
    family = items.family(town.request.item_id)
    theirs = Wrap.objects.filter(item_id__in=family, keyring_id__in=keyrings_of(town.helpers))
    assert not theirs.exists()
    assert {row.key_version for row in Item.objects.filter(id__in=family)} == {2}


def test_the_others_and_the_rest_of_what_was_shared_stay_as_they_were(town):
    answered(town)
    let_in(town, earlier=True)
    letting_in.take_out(town.person.doer, town.request, town.helpers)
    for who in (town.person, town.responder):
        assert texts(queries.conversation(who.doer, town.request)) == ["You were not asked."]
    assert grants.live(town.testimony.item_id, town.helpers)
    assert queries.conversation(town.advocate.doer, town.help_request)
    assert sound.all_that_is_wrong() == []


def test_let_in_again_they_begin_again_with_nothing_of_before(town):
    let_in(town)
    say(town, "The first time")
    letting_in.take_out(town.person.doer, town.request, town.helpers)
    let_in(town)
    say(town, "The second time")
    said = read_by_advocate(town)
    assert (texts(said), said.unopened) == (["The second time"], 1)


def test_the_team_that_was_asked_is_not_taken_out_this_way(town):
    with pytest.raises(Refused):
        letting_in.take_out(town.person.doer, town.request, town.service)
    assert grants.live(town.request.item_id, town.service)


def test_who_is_no_longer_shared_with_is_out_of_every_conversation(town):
    answered(town)
    let_in(town, earlier=True)
    telling.stop_sharing(town.person.doer, town.testimony, town.helpers)
    assert not Companion.objects.exists()
    with pytest.raises(Refused):
        queries.conversation(town.advocate.doer, town.request)
    assert not any(opens(town, item) for item in items.family(town.testimony.item_id))


def test_the_last_day_of_sharing_is_the_last_day_beside_them_and_moves_with_it(town):
    let_in(town)
    doer, row = town.person.doer, town.testimony
    for days in (40, -1):
        until = timezone.localdate() + timedelta(days=days)
        telling.share(doer, row, door.look(doer, row.item_id), town.helpers, until)
        found = {each.until for each in Grant.objects.filter(team=town.helpers, revoked_on=None)}
        assert found == {until}
    say(town, "After the last day")
    assert not opens(town, Message.objects.get().item_id)
    with pytest.raises(Refused):
        queries.conversation(town.advocate.doer, town.request)
    assert not companions.beside(town.helpers).exists()
    grants.end_expired()
    assert not any(opens(town, item) for item in items.family(row.item_id))


def test_withdrawing_takes_everything(town):
    let_in(town)
    say(town, "Words")
    telling.withdraw(town.person.doer, town.testimony)
    assert not Companion.objects.exists()
    with pytest.raises(Refused):
        queries.conversation(town.advocate.doer, town.request)
    assert sound.all_that_is_wrong() == []


# -- the trail --------------------------------------------------------------------------------


def test_the_log_says_in_plain_words_who_was_let_in_where_and_who_read(town):
    answered(town)
    let_in(town)
    letting_in.open_earlier(town.person.doer, town.request, town.helpers)
    for _ in range(2):
        letting_in.open_earlier(town.person.doer, town.request, town.helpers)
    read_by_advocate(town)
    letting_in.take_out(town.person.doer, town.request, town.helpers)
    helpers, talk = str(town.helpers), f"your conversation with {town.service}"
    said = what_the_log_says(town)
    for line in (
        f"You let {helpers} into {talk}",
        f"You opened what was written before in {talk} to {helpers}",
        f"Ada Vocate, {helpers} opened a part of it",
        f"You took {helpers} out of {talk}",
    ):
        assert said.count(line) == 1, line
    assert LogLine.objects.filter(done="earlier").count() == 1


def test_a_companions_grant_put_back_or_made_up_is_noticed(town):
    let_in(town)
    letting_in.take_out(town.person.doer, town.request, town.helpers)
    Grant.objects.filter(item=town.request.item, team=town.helpers).update(revoked_on=None)
    with pytest.raises(Tampered):
        grants.live(town.request.item_id, town.helpers)
    assert sound.grants_forged()


def test_a_key_taken_from_a_companion_is_not_taken_for_something_closed_to_them(town):
    let_in(town)
    message = say(town, "For them as well")
    Wrap.objects.filter(item=message.item, keyring_id__in=keyrings_of(town.helpers)).delete()
    with pytest.raises(Refused):
        read_by_advocate(town)


# -- the pages --------------------------------------------------------------------------------


def test_the_person_lets_someone_in_reads_who_is_in_and_takes_them_out(town):
    answered(town)
    browser, talk = town.person.browser(), page("conversation", town.request.id)
    assert "Let an advocate into this conversation" in text_of(browser.get(talk))
    address = page("let_in", town.request.id)
    shown = browser.get(address)
    assert str(town.helpers) in text_of(shown)
    assert "checked" not in text_of(shown)
    assert browser.post(address, {}).status_code == 422
    assert browser.post(address, {"who": str(town.service.id)}).status_code == 422
    for _ in range(2):
        assert browser.post(address, {"who": str(town.helpers.id)}).status_code == 302
    assert "There is nobody else to choose" in text_of(browser.get(address))
    shown = text_of(browser.get(talk))
    assert "Who can read this" in shown
    assert "They read what was written since" in shown
    companion = page("companion", town.request.id, town.helpers.id)
    assert "closed to them" in text_of(browser.get(companion))
    browser.post(companion, {"earlier": "1"})
    assert "They can read all of your conversation" in text_of(browser.get(companion))
    browser.post(companion, {"out": "1"})
    assert browser.get(companion).status_code == 404
    assert str(town.helpers) not in text_of(browser.get(talk)).partition("Who can read this")[2]


def test_both_teams_read_on_the_page_who_else_reads(town):
    let_in(town)
    for who, name in ((town.responder, "request"), (town.advocate, "beside")):
        shown = text_of(who.browser().get(page(name, town.request.id)))
        aside = shown.partition("Who can read this")[2]
        assert str(town.helpers) in aside
        assert str(town.service) in aside


def test_a_companion_finds_the_conversation_reads_it_and_writes(town):
    actions.say_asked(town.person.doer, town.request, Asked(("apology",), "In writing"))
    say(town, "Before")
    let_in(town)
    browser, address = town.advocate.browser(), page("beside", town.request.id)
    for place in (page("inbox"), page("request", town.help_request.id)):
        shown = text_of(browser.get(place))
        assert address in shown
        assert "New" in shown.partition(address)[2][:200]
    shown = browser.get(address)
    assert "In writing" in text_of(shown)
    assert "1 message was written before you were let in" in text_of(shown)
    assert "Nothing has been written since" in text_of(shown)
    assert not Companion.objects.get().unread
    form = {"number": hidden(shown, "number"), "seen": hidden(shown, "seen"), "text": "With her"}
    assert browser.post(address, {**form, "text": " "}).status_code == 422
    assert browser.post(address, form).status_code == 302
    held = browser.post(address, {**form, "number": "other", "text": "A second thought"})
    assert held.status_code == 409
    assert "A second thought" in text_of(held)
    assert "With her" in text_of(town.person.browser().get(page("conversation", town.request.id)))


def test_files_open_to_a_companion_as_their_messages_do(town):
    browser, talk = town.person.browser(), page("conversation", town.request.id)
    for place, name in enumerate(("before.txt", "after.txt")):
        upload = SimpleUploadedFile(name, b"what they wrote")
        browser.post(talk, {"text": name, "files": upload})
        if not place:
            let_in(town)
    before, after = (message.files.get() for message in Message.objects.order_by("place"))
    advocate = town.advocate.browser()
    given = advocate.get(page("beside_file", town.request.id, after.id))
    assert b"".join(given.streaming_content) == b"what they wrote"
    assert advocate.get(page("beside_file", town.request.id, before.id)).status_code == 404
    assert "before.txt" not in text_of(advocate.get(page("beside", town.request.id)))


def test_nobody_else_comes_to_a_companions_pages_and_each_try_is_logged(town):
    apart = someone(roles.ADVOCATE, "Other Vocate")
    team("Apart", roles.ADVOCACY, apart)
    let_in(town)
    file = say(town, "x", files=[CleanFile("a.txt", "text", "text/plain", b"x")]).files.get()
    others = (apart, town.responder, town.stranger, town.steward, town.other_person, town.person)
    for address in (
        page("beside", town.request.id),
        page("beside_file", town.request.id, file.id),
    ):
        assert town.advocate.browser().get(address).status_code == 200
        assert [each.browser().get(address).status_code for each in others] == [404] * 6
        assert Client().get(address).status_code == 302
    refused = [line.by for line in log.verify(town.testimony.item_id) if line.refused]
    assert apart.user in refused
    assert town.person.user not in refused


def test_a_companion_comes_to_nothing_that_is_the_asked_teams_or_the_persons(town):
    answered(town)
    let_in(town, earlier=True)
    browser = town.advocate.browser()
    for name in ("request", "answer", "conversation", "let_in", "close", "asks"):
        address = page(name, town.request.id)
        assert [browser.get(address).status_code, browser.post(address).status_code] == [404, 404]
    assert Request.objects.get(id=town.request.id).stage == rules.PROMISED


def test_others_pages_of_letting_in_are_not_there(town):
    let_in(town)
    for who in (town.advocate, town.responder, town.stranger, town.steward, town.other_person):
        for address in (
            page("let_in", town.request.id),
            page("companion", town.request.id, town.helpers.id),
        ):
            browser = who.browser()
            assert browser.get(address).status_code == 404
            assert browser.post(address, {"out": "1"}).status_code == 404
    assert Companion.objects.exists()


def test_whoever_shared_with_no_advocate_is_told_what_to_do_first(town):
    told = tell(town.other_person, [town.service], ("answer",))
    request = Request.objects.get(testimony=told)
    shown = text_of(town.other_person.browser().get(page("let_in", request.id)))
    assert "There is nobody to choose yet" in shown
    assert reverse("testimony:step", args=[told.id, "wishes"]) in shown


def test_after_sharing_with_the_service_has_stopped_the_companion_still_reads(town):
    answered(town)
    let_in(town, earlier=True)
    telling.stop_sharing(town.person.doer, town.testimony, town.service)
    advocate, person = town.advocate.browser(), town.person.browser()
    shown = text_of(advocate.get(page("beside", town.request.id)))
    assert "You were not asked." in shown
    assert "Nothing more can be written here" in shown
    assert person.get(page("let_in", town.request.id)).status_code == 409
    person.post(page("companion", town.request.id, town.helpers.id), {"out": "1"})
    assert advocate.get(page("beside", town.request.id)).status_code == 404


def test_in_a_closed_conversation_a_companion_reads_and_does_not_write(town):
    let_in(town)
    actions.close(town.person.doer, town.request)
    browser, address = town.advocate.browser(), page("beside", town.request.id)
    assert "the person closed it" in text_of(browser.get(address))
    assert browser.post(address, {"text": "x"}).status_code == 409
