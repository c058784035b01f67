"""The pages of both sides: who comes to which, and what becomes of what they type."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firsthand.access.doer import Doer
from firsthand.config.demo import clock
from firsthand.people import actions as people
from firsthand.people import rules as roles
from firsthand.repair import actions, rules
from firsthand.repair.models import Message, Promise, Request
from firsthand.repair.posting import Turn
from firsthand.repair.words import Said
from firsthand.testimony import actions as telling
from firsthand.testimony.files import sent
from firsthand.testimony.models import Testimony
from firsthand.vault.models import Wrap
from firsthand.vault.sessions import SessionStore
from tests.repair.conftest import WORDS, asked_long_ago, lapsed, someone, tell
from tests.repair.test_actions import answer_turn, answered

pytestmark = pytest.mark.urls("firsthand.config.urls")


def page(name, *args):
    return reverse(f"repair:{name}", args=args)


def text_of(response):
    return response.content.decode()


def hidden(response, name):
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', text_of(response))
    assert found
    return found[1]


def answer_form(browser, request, **more):
    shown = browser.get(page("answer", request.id))
    due = timezone.localdate() + timedelta(days=30)
    return {
        "number": hidden(shown, "number"),
        "seen": hidden(shown, "seen"),
        "rows": "1",
        "heard": "You were not asked.",
        "responsible": "We should have.",
        "needed": "A say.",
        "will-0-text": "Ask you first",
        "will-0-who": "Rae",
        "will-0-due": f"{due:%d/%m/%Y}",
        **more,
    }


def word_pages(town):
    """Every page that shows words, and who alone may see it."""
    request = answered(town)
    clean = SimpleUploadedFile("a.txt", b"hello there")
    browser = town.person.browser()
    browser.post(page("conversation", request.id), {"text": "mine", "files": clean})
    file = Message.objects.get(team=None).files.get()
    promise = Promise.objects.get()
    staff = [
        page("request", request.id),
        page("answer", request.id),
        page("request_file", request.id, file.id),
    ]
    own = [
        page("answers", town.testimony.id),
        page("conversation", request.id),
        page("judge", request.id, promise.id),
        page("close", request.id),
        page("conversation_file", request.id, file.id),
    ]
    return staff, own


def test_each_page_opens_to_those_it_is_for_and_to_nobody_else(town):
    staff, own = word_pages(town)
    team = [town.responder.browser(), town.colleague.browser()]
    person = town.person.browser()
    others = [
        town.stranger.browser(),
        town.advocate.browser(),
        town.steward.browser(),
        town.other_person.browser(),
    ]
    for address in staff:
        assert [each.get(address).status_code for each in team] == [200, 200], address
        assert [each.get(address).status_code for each in [*others, person]] == [404] * 5, address
        assert Client().get(address).status_code == 302
    for address in own:
        assert person.get(address).status_code == 200, address
        assert [each.get(address).status_code for each in [*others, *team]] == [404] * 6, address
        assert Client().get(address).status_code == 404


def test_a_refusal_looks_the_same_whether_or_not_there_is_something(town):
    stranger = town.stranger.browser()
    there = stranger.get(page("request", town.request.id))
    nothing = stranger.get(page("request", town.testimony.id))
    assert there.status_code == nothing.status_code == 404
    assert text_of(there).replace(str(town.request.id), "") == text_of(nothing).replace(
        str(town.testimony.id), ""
    )


def test_stopping_to_share_ends_access_at_the_very_next_request(town):
    staff, _ = word_pages(town)
    browser = town.responder.browser()
    form = answer_form(browser, town.request)
    telling.stop_sharing(town.person.doer, town.testimony, town.service)
    assert [browser.get(address).status_code for address in staff] == [404] * 3
    for name in ("answer", "request"):
        refused = browser.post(page(name, town.request.id), form)
        assert refused.status_code == 404
        assert "bluebell" not in text_of(refused)
        assert "You were not asked" not in text_of(refused)
    assert town.request.reference not in text_of(browser.get(page("inbox")))


def test_leaving_the_team_ends_access_at_the_very_next_request(town):
    from firsthand.people import actions as people

    browser = town.colleague.browser()
    assert browser.get(page("request", town.request.id)).status_code == 200
    people.leave(town.colleague.user, town.service)
    assert browser.get(page("request", town.request.id)).status_code == 404


def test_a_grant_that_has_run_out_lets_nobody_in(town):
    request, browser = lapsed(town), town.responder.browser()
    assert browser.get(page("request", request.id)).status_code == 404
    assert request.reference not in text_of(browser.get(page("inbox")))


def test_the_inbox_shows_no_words_and_only_ones_own_teams(town):
    shown = text_of(town.responder.browser().get(page("inbox")))
    assert town.request.reference in shown
    assert town.help_request.reference not in shown
    assert "bluebell" not in shown
    assert "1 unread" in shown


def test_opening_a_request_reads_what_was_told_and_marks_it_opened(town):
    browser = town.responder.browser()
    assert WORDS in text_of(browser.get(page("request", town.request.id)))
    assert (town.request.stage, town.request.unread_by_team) == (rules.READ, False)


def test_an_answer_with_its_promises_reaches_the_person(town):
    browser = town.responder.browser()
    answer = browser.post(page("answer", town.request.id), answer_form(browser, town.request))
    assert answer.status_code == 302
    assert town.request.stage == rules.PROMISED
    assert town.request.unread_by_person
    shown = text_of(town.person.browser().get(page("conversation", town.request.id)))
    for words in ("You were not asked.", "We should have.", "A say.", "Ask you first", "Rae"):
        assert words in shown
    assert not town.request.unread_by_person


def test_asking_for_another_promise_keeps_all_that_was_typed_and_posts_nothing(town):
    browser = town.responder.browser()
    form = answer_form(browser, town.request, more="1", heard="Half a thought")
    shown = browser.post(page("answer", town.request.id), form)
    assert shown.status_code == 200
    for words in ("Half a thought", "Ask you first", "will-1-text"):
        assert words in text_of(shown)
    assert not Message.objects.exists()
    assert hidden(shown, "number") == form["number"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"heard": "  "}, "Say what you heard"),
        ({"will-0-due": "soon"}, "Write the day as in"),
        ({"will-0-due": "1/1/2001"}, "This day has passed"),
        ({"will-0-due": "1/1/2999"}, "more than ten years"),
        ({"will-0-who": ""}, "Say who will see to it"),
        ({"will-0-text": "", "will-0-who": "", "will-0-due": ""}, "Say what you will do."),
        ({"files": SimpleUploadedFile("x.png", b"<svg onload=alert(1)>")}, "x.png"),
        ({"heard": "x" * 1_000_001}, "The most we can keep"),
    ],
)
def test_a_mistake_in_an_answer_loses_nothing(town, wrong, sentence):
    browser = town.responder.browser()
    shown = browser.post(
        page("answer", town.request.id), {**answer_form(browser, town.request), **wrong}
    )
    assert shown.status_code == 422
    for words in (sentence, "We should have.", "A say.", "Error: "):
        assert words in text_of(shown)
    assert not Message.objects.exists()


def test_an_answer_that_promises_nothing_says_why(town):
    browser = town.responder.browser()
    nothing = {"will-0-text": "", "will-0-who": "", "will-0-due": "", "cannot": "The law ties us."}
    browser.post(page("answer", town.request.id), answer_form(browser, town.request, **nothing))
    assert town.request.stage == rules.ANSWERED


def test_sent_twice_it_is_there_once(town):
    browser = town.responder.browser()
    form = answer_form(browser, town.request)
    codes = [browser.post(page("answer", town.request.id), form).status_code for _ in range(3)]
    assert codes == [302, 302, 302]
    assert (Message.objects.count(), Promise.objects.count()) == (1, 1)


def test_two_answering_at_once_see_each_other_and_lose_nothing(town):
    first, second = town.responder.browser(), town.colleague.browser()
    one, two = answer_form(first, town.request), answer_form(second, town.request)
    two["heard"] = "The second draft"
    first.post(page("answer", town.request.id), one)
    held = second.post(page("answer", town.request.id), two)
    assert held.status_code == 409
    for words in ("Something new was written here", "The second draft", "You were not asked."):
        assert words in text_of(held)
    two["seen"] = hidden(held, "seen")
    assert second.post(page("answer", town.request.id), two).status_code == 302
    assert Message.objects.count() == 2


def test_the_person_writes_back_with_a_file(town):
    browser = town.person.browser()
    upload = SimpleUploadedFile("note.txt", b"what they wrote")
    browser.post(page("conversation", town.request.id), {"text": "Look", "files": upload})
    file = Message.objects.get().files.get()
    given = town.responder.browser().get(page("request_file", town.request.id, file.id))
    assert b"".join(given.streaming_content) == b"what they wrote"
    assert "attachment" in given["Content-Disposition"]
    assert town.request.unread_by_team


def test_an_empty_message_is_not_sent(town):
    shown = town.person.browser().post(page("conversation", town.request.id), {"text": " "})
    assert shown.status_code == 422
    assert "Write something" in text_of(shown)


def test_a_sitting_that_ended_gives_the_message_back(town):
    shown = Client().post(page("conversation", town.request.id), {"text": "Do not lose this " * 9})
    assert shown.status_code == 404
    assert "Do not lose this" in text_of(shown)
    assert not Message.objects.exists()


def test_the_person_judges_a_promise_and_sees_the_history(town):
    request = answered(town)
    browser, promise = town.person.browser(), Promise.objects.get()
    address = page("judge", request.id, promise.id)
    assert browser.post(address, {}).status_code == 422
    for verdict in ("kept", "broken"):
        assert browser.post(address, {"verdict": verdict}).status_code == 302
    shown = text_of(browser.get(page("conversation", request.id)))
    assert shown.index(": broken") > shown.index(": kept")
    staff = text_of(town.responder.browser().get(page("request", request.id)))
    assert "What they said about it" in staff
    assert "Say how it went" not in staff


def test_an_overdue_promise_is_shown_plainly_to_both(town):
    request = asked_long_ago(town)
    with clock.on(timezone.localdate() - timedelta(days=29)):
        answered(town, request=request)
    for who, name in ((town.other_person, "conversation"), (town.responder, "request")):
        shown = who.browser().get(page(name, request.id))
        assert "A promise was due" in text_of(shown)
    assert "Overdue" in text_of(town.responder.browser().get(page("inbox")))


def test_the_person_closes_and_opens_again(town):
    request = answered(town)
    browser = town.person.browser()
    assert "Close it" in text_of(browser.get(page("close", request.id)))
    for _ in range(2):
        assert browser.post(page("close", request.id)).status_code == 302
    assert town.request.stage == rules.CLOSED
    staff = town.responder.browser()
    assert "The person closed this" in text_of(staff.get(page("request", request.id)))
    assert staff.get(page("answer", request.id)).status_code == 409
    for _ in range(2):
        browser.post(page("reopen", request.id))
    assert town.request.stage == rules.PROMISED


def test_staff_are_offered_no_way_to_close_or_judge(town):
    request = answered(town)
    staff = town.responder.browser()
    shown = text_of(staff.get(page("request", request.id)))
    for name, args in (("close", ()), ("reopen", ()), ("judge", (Promise.objects.get().id,))):
        address = page(name, request.id, *args)
        assert address not in shown
        assert staff.post(address, {"verdict": "kept"}).status_code == 404


def test_an_advocate_is_not_asked_to_take_responsibility(town):
    shown = text_of(town.advocate.browser().get(page("answer", town.help_request.id)))
    assert "What we take responsibility for" not in shown


def test_the_inbox_filters_sorts_and_finds(town):
    told = tell(town.other_person, [town.service])
    other = Request.objects.get(team=town.service, testimony=told)
    actions.note_opened(other, rules.TEAM)
    browser, inbox = town.responder.browser(), page("inbox")
    mine = town.request.reference
    for query, found in {
        "?only=unread": {mine},
        "?stage=read": {other.reference},
        "?stage=closed": set(),
        "?kind=answer": {mine, other.reference},
        "?kind=help": set(),
        "?only=overdue": set(),
        f"?reference={mine}": {mine},
        "?reference=zz": {mine, other.reference},
        "?stage=nonsense&sort=nonsense&page=nonsense": {mine, other.reference},
        "?sort=new": {mine, other.reference},
        "?sort=old": {mine, other.reference},
        "?sort=unread": {mine, other.reference},
        "?stage=every": {mine, other.reference},
    }.items():
        shown = text_of(browser.get(inbox + query))
        assert {each for each in (mine, other.reference) if f">{each}<" in shown} == found, query


def test_a_long_inbox_has_pages(town):
    from firsthand.repair import inbox

    rows = inbox.listed([town.service], inbox.Wanted(), timezone.localdate())
    assert inbox.page(rows, "99").number == 1


def test_those_who_asked_nobody_are_told_how(town):
    alone = tell(town.other_person, [], ("keep",))
    shown = text_of(town.other_person.browser().get(page("answers", alone.id)))
    assert "You have not asked anyone yet" in shown


@pytest.mark.parametrize(
    "text", ["\x00a\x1b[31m", "\u202eevil", "👩‍🦽 ok", "<script>alert(1)</script>"]
)
def test_odd_characters_are_kept_or_dropped_but_never_run(town, text):
    browser = town.person.browser()
    browser.post(page("conversation", town.request.id), {"text": text + " words"})
    shown = text_of(browser.get(page("conversation", town.request.id)))
    assert "<script>alert" not in shown
    assert "\x00" not in shown
    assert "words" in shown


def test_a_turn_from_the_person_is_kept_to_the_day(town):
    turn = Turn("n", Said(text="hello"))
    message = actions.write(town.person.doer, town.request, rules.PERSON, turn)
    assert (message.at, message.by, message.team) == (None, None, None)


def test_the_person_says_what_they_would_like_and_the_team_reads_it(town):
    browser, address = town.person.browser(), page("asks", town.request.id)
    browser.post(address, {"asks": ["apology"], "text": "In writing"})
    shown = text_of(town.responder.browser().get(page("request", town.request.id)))
    assert "An apology" in shown
    assert "In writing" in shown
    assert "checked" in text_of(browser.get(address))
    assert browser.post(address, {"asks": ["nonsense"], "text": "Kept"}).status_code == 422
    assert town.responder.browser().get(address).status_code == 404


def test_the_person_sees_that_the_time_they_shared_for_is_over(town):
    browser, address = town.other_person.browser(), page("conversation", lapsed(town).id)
    assert "You shared this until" in text_of(browser.get(address))
    assert browser.post(address, {"text": "hello"}).status_code == 409


def test_a_team_sends_a_short_message(town):
    browser, address = town.responder.browser(), page("request", town.request.id)
    shown = browser.get(address)
    form = {"number": hidden(shown, "number"), "seen": "0", "text": "We are on it."}
    assert browser.post(address, {**form, "text": ""}).status_code == 422
    assert browser.post(address, form).status_code == 302
    held = browser.post(address, {**form, "number": "other", "text": "A second thought"})
    assert held.status_code == 409
    assert "A second thought" in text_of(held)
    assert "We are on it." in text_of(
        town.person.browser().get(page("conversation", town.request.id))
    )


def test_a_message_without_a_number_is_still_taken(town):
    browser = town.person.browser()
    assert browser.post(page("conversation", town.request.id), {"text": "x"}).status_code == 302


def test_too_many_files_at_once_are_said_to_be(town, settings):
    settings.FIRSTHAND_MOST_FILES = 1
    files = [SimpleUploadedFile(f"{n}.txt", b"words") for n in range(2)]
    form = {"text": "Kept", "files": files}
    shown = town.person.browser().post(page("conversation", town.request.id), form)
    assert shown.status_code == 422
    assert "more than 1 files" in text_of(shown)
    assert "Kept" in text_of(shown)


@pytest.mark.parametrize("many", [21, 60])
def test_one_file_more_than_we_take_never_costs_the_message(town, many):
    files = [SimpleUploadedFile(f"{n}.txt", b"words") for n in range(many)]
    form = {"text": "All that I typed", "files": files}
    shown = town.person.browser().post(page("conversation", town.request.id), form)
    assert shown.status_code == 422
    assert "You chose more than 20 files" in text_of(shown)
    assert "All that I typed" in text_of(shown)
    assert not Message.objects.exists()


def test_files_too_large_together_never_cost_the_message(town, settings):
    settings.FIRSTHAND_LARGEST_TOGETHER = 2 * 1024 * 1024
    for each, name in ((town.person, "conversation"), (town.responder, "request")):
        files = [SimpleUploadedFile(f"{n}.txt", b"w" * 1_100_000) for n in range(2)]
        form = {"text": "All that I typed", "files": files}
        browser, address = each.browser(), page(name, town.request.id)
        browser.get(address)
        shown = browser.post(address, form)
        assert shown.status_code == 422
        assert "more than 2 MB together" in text_of(shown)
        assert "All that I typed" in text_of(shown)
    assert not Message.objects.exists()


def test_files_that_there_is_no_time_for_are_named_and_never_cost_the_message(town, monkeypatch):
    monkeypatch.setattr(sent, "ALTOGETHER", 0)
    form = {"text": "All that I typed", "files": SimpleUploadedFile("letter.txt", b"words")}
    shown = town.person.browser().post(page("conversation", town.request.id), form)
    assert shown.status_code == 422
    assert "letter.txt: There was no time left" in text_of(shown)
    assert "All that I typed" in text_of(shown)


def test_the_page_says_how_many_files_and_how_much_before_they_are_chosen(town):
    shown = text_of(town.person.browser().get(page("conversation", town.request.id)))
    assert "Up to 20 files, 20 MB each and 60 MB together." in shown


def test_a_file_or_promise_of_another_conversation_is_not_found(town):
    request = answered(town)
    browser = town.person.browser()
    upload = SimpleUploadedFile("note.txt", b"what they wrote")
    browser.post(page("conversation", request.id), {"text": "Look", "files": upload})
    file = Message.objects.get(team=None).files.get()
    other = town.help_request.id
    assert browser.get(page("conversation_file", other, file.id)).status_code == 404
    assert browser.get(page("judge", other, Promise.objects.get().id)).status_code == 409
    actions.note_opened(town.help_request, rules.TEAM)
    actions.answer(town.advocate.doer, town.help_request, answer_turn("h"))
    promise = Promise.objects.get(request=request)
    assert browser.get(page("judge", other, promise.id)).status_code == 404


def test_without_the_key_of_a_part_nothing_is_shown(town):
    request = answered(town)
    Wrap.objects.filter(item=Message.objects.get().item, keyring__holder="team").delete()
    assert town.responder.browser().get(page("request", request.id)).status_code == 404


def test_the_owner_can_still_judge_what_they_stopped_sharing(town):
    request = answered(town)
    telling.stop_sharing(town.person.doer, town.testimony, town.service)
    browser, promise = town.person.browser(), Promise.objects.get()
    shown = text_of(browser.get(page("conversation", request.id)))
    assert "You stopped sharing" in shown
    browser.post(page("judge", request.id, promise.id), {"verdict": "broken"})
    assert Promise.objects.get().verdict == "broken"


def test_someone_in_two_teams_sees_both_and_can_choose(town):
    from firsthand.people import actions as people

    people.join(town.responder.user, town.helpers)
    people.let_in(town.advocate.doer.keys, town.responder.user, town.helpers)
    browser, both = town.responder.browser(), (town.request, town.help_request)
    shown = text_of(browser.get(page("inbox")))
    assert all(f">{each.reference}<" in shown for each in both)
    chosen = text_of(browser.get(page("inbox") + f"?team={town.helpers.id}"))
    assert [f">{each.reference}<" in chosen for each in both] == [False, True]
    assert "2 requests" in text_of(browser.get(page("inbox") + "?team=nonsense"))


def test_staff_without_a_team_are_told_why_their_inbox_is_empty(db):
    alone = someone(roles.RESPONDER, "Lone Some")
    assert "You are not in a team yet" in text_of(alone.browser().get(page("inbox")))


def test_the_receipt_brings_back_a_sitting_that_ended_and_the_message_goes_out(town):
    sitting = SessionStore()
    sitting["begun"] = True
    sitting.save()
    told = telling.begin(Doer(), sitting, "a form's number", WORDS)
    keys = sitting.in_hand()[0]
    owner = Doer(None, {keys.id: keys})
    row = Testimony.objects.get(id=told)
    telling.save(owner, row, "wishes", {"wishes": ("answer",)})
    telling.save(owner, row, "readers", {"teams": [str(town.service.id)], "until": ""})
    telling.finish(owner, row)
    request, browser = Request.objects.get(testimony_id=told), Client()
    address = page("conversation", request.id)
    form = {"text": "Typed while nobody was looking", "number": "n"}
    assert "Typed while nobody" in text_of(browser.post(address, form))
    assert browser.post(address, {**form, "receipt": keys.words}).status_code == 302
    assert Message.objects.count() == 1
    assert "Typed while nobody" in text_of(browser.get(address))
    close = page("close", request.id)
    assert Client().post(close).status_code == 404
    assert Request.objects.get(id=request.id).stage == rules.ASKED


def test_keys_that_began_anew_open_nothing_and_say_so_until_the_person_chooses_the_team_again(town):
    people.close(town.advocate.user)
    other = someone(roles.ADVOCATE, "New Advocate")
    people.join(other.user, town.helpers)
    page = reverse("repair:request", args=[town.help_request.id])
    shown = other.browser().get(page)
    assert shown.status_code == 409
    assert "choose your team once more" in shown.content.decode()
    assert (town.help_request.stage, town.help_request.opened) == ("asked", False)
    chosen = {"teams": [str(town.helpers.id), str(town.service.id)], "until": ""}
    readers = reverse("testimony:step", args=[town.testimony.id, "readers"])
    assert town.person.browser().post(readers, chosen).status_code == 302
    assert other.browser().get(page).status_code == 200
    assert town.help_request.opened
    service_page = reverse("repair:request", args=[town.request.id])
    assert other.browser().get(service_page).status_code == 404
