"""A sitting that ended while someone wrote: every word stays on the page and can still be sent."""

import logging
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from firsthand.people import actions as people
from firsthand.people import rules as roles
from firsthand.repair import queries, rules
from firsthand.repair.models import Message, Promise, Request
from firsthand.vault.models import Item, Sealed, Sitting
from tests.people import kit
from tests.repair.conftest import WORDS, Someone, tell
from tests.repair.test_pages import answer_form, page, text_of
from tests.web.sending import form_on, sent_from

pytestmark = pytest.mark.urls("firsthand.config.urls")

TYPED = {
    "heard": "You were <not> asked & nobody said why.\r\nNot once.",
    "responsible": "sorry",
    "needed": "A say, by 2027",
    "cannot": "We cannot undo it.",
    "will-0-text": "Ask you first",
    "will-0-who": "manager",
}
_CHANGING = re.compile(r'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"')


def fifteen_quiet_minutes():
    Sitting.objects.update(quiet_at=timezone.now())


def sign_in(browser, someone):
    """Sign in, in another tab of the same browser: its cookies change, pages that are open do not.

    By a spare code, as an app's code works once in half a minute.
    """
    browser.handler.enforce_csrf_checks = False
    given = {"login": someone.sign_in_name, "password": someone.passphrase}
    sent = browser.post("/sign-in/", given)
    if someone.spare:
        code, *someone.spare = someone.spare
        sent = browser.post(sent["Location"], {"code": code})
    assert sent.status_code == 302
    browser.handler.enforce_csrf_checks = True


def signed_in(someone) -> Client:
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, someone)
    return browser


def plan():
    return SimpleUploadedFile("plan.txt", b"what we plan")


@pytest.fixture
def robin(town):
    """Someone in the team that was asked, who signs in through the pages."""
    found = kit.staff(roles.RESPONDER, town.service, name="Robin Made-Up")
    people.let_in(town.responder.doer.keys, found.user, town.service)
    return found


@pytest.fixture
def at(town):
    return page("answer", town.request.id)


@pytest.fixture
def typing(town, robin, at):
    """Their browser, and an answer typed in it."""
    browser = signed_in(robin)
    form = answer_form(browser, town.request, **TYPED)
    return browser, {**form, **sent_from(browser.get(at), **form)}


# -- a member of staff ------------------------------------------------------------------------


def test_every_word_of_an_answer_is_on_the_page_and_nothing_is_kept(town, typing, at):
    browser, form = typing
    fifteen_quiet_minutes()
    before = Sealed.objects.count(), Item.objects.count(), Sitting.objects.count()
    shown = browser.post(at, form)
    assert shown.status_code == 403
    boxes = form_on(shown).boxes
    typed = {**TYPED, "will-0-due": form["will-0-due"]}
    assert boxes == {name: words.replace("\r\n", "\n") for name, words in typed.items()}
    assert "Your sitting has ended" in text_of(shown)
    assert 'href="/sign-in/"' in text_of(shown)
    assert WORDS not in text_of(shown)
    assert (Sealed.objects.count(), Item.objects.count(), Sitting.objects.count()) == before
    assert not Message.objects.exists()


def test_the_boxes_are_called_what_they_were_called(typing, at):
    browser, form = typing
    fifteen_quiet_minutes()
    labels = form_on(browser.post(at, form)).labels
    for called in ("What we heard", "Promise 1: We will", "Promise 1: By when?"):
        assert called in labels


@pytest.mark.parametrize("how", ["quiet", "exit"])
def test_after_signing_in_in_another_tab_the_answer_is_sent_once(town, robin, typing, at, how):
    browser, form = typing
    if how == "quiet":
        fifteen_quiet_minutes()
    else:  # Exit clears the browser's cookies, the one behind the token among them
        browser.get("/exit")
        browser.cookies.clear()
    shown = browser.post(at, form)
    assert "Your sitting has ended" in text_of(shown)
    sign_in(browser, robin)
    once_more = browser.post(at, sent_from(shown))  # signing in has made its token old
    assert once_more.status_code == 403
    assert "send it once more" in text_of(once_more)
    for _ in range(2):
        sent = browser.post(at, sent_from(once_more))
        assert (sent.status_code, sent["Location"]) == (302, page("request", town.request.id))
    said = queries.conversation(town.person.doer, town.request).turns[0].said
    assert said.heard == TYPED["heard"].replace("\r\n", "\n")
    assert (Message.objects.count(), Promise.objects.count()) == (1, 1)
    assert town.request.stage == rules.PROMISED


def test_a_form_sent_only_after_signing_in_elsewhere_loses_nothing(robin, typing, at):
    browser, form = typing
    fifteen_quiet_minutes()
    sign_in(browser, robin)
    shown = browser.post(at, form)
    assert shown.status_code == 403
    assert form_on(shown).boxes["responsible"] == "sorry"
    assert browser.post(at, sent_from(shown)).status_code == 302
    assert Message.objects.count() == 1


def test_a_message_with_a_file_asks_for_the_file_again_on_every_page(town, robin):
    browser, address = signed_in(robin), page("request", town.request.id)
    form = sent_from(browser.get(address), text="We are on it.", files=plan())
    fifteen_quiet_minutes()
    shown = browser.post(address, form)
    assert form_on(shown).boxes == {"text": "We are on it."}
    assert form_on(shown).files == ["files"]
    sign_in(browser, robin)
    once_more = browser.post(address, sent_from(shown))
    assert form_on(once_more).files == ["files"]
    assert browser.post(address, sent_from(once_more, files=plan())).status_code == 302
    assert Message.objects.get().files.count() == 1


def test_a_file_alone_is_asked_for_again(town):
    shown = Client().post(page("request", town.request.id), {"text": "", "files": plan()})
    assert shown.status_code == 403
    assert form_on(shown).files == ["files"]


def test_another_promise_asked_for_after_the_end_is_there_after_signing_in(robin, typing, at):
    browser, form = typing
    fifteen_quiet_minutes()
    shown = browser.post(at, form | {"more": "1"})
    sign_in(browser, robin)
    offered = browser.post(at, sent_from(browser.post(at, sent_from(shown))))
    assert offered.status_code == 200
    assert form_on(offered).boxes["cannot"] == TYPED["cannot"]
    assert "will-1-text" in form_on(offered).boxes
    assert not Message.objects.exists()


def test_whoever_is_signed_out_gets_the_same_page_whether_or_not_there_is_something(town):
    for name in ("answer", "request"):
        shown = [
            Client().post(page(name, each), {"heard": "x y", "text": "x y"})
            for each in (town.request.id, uuid.uuid4())
        ]
        assert [each.status_code for each in shown] == [403, 403]
        assert len({_CHANGING.sub("", text_of(each)) for each in shown}) == 1
    assert town.request.stage == rules.ASKED


def test_a_page_asked_for_or_a_form_with_nothing_typed_leads_to_signing_in(at):
    for sent in (Client().get(at), Client().post(at, {"number": "ab-12", "seen": "0"})):
        assert (sent.status_code, sent["Location"][:9]) == (302, "/sign-in/")


def test_what_another_site_made_a_browser_send_is_not_given_back(at):
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    sent = Client().post(at, {"heard": "Words put in a mouth"}, headers=elsewhere)
    assert sent.status_code == 302
    assert "Words put in a mouth" not in text_of(sent)


def test_the_wrong_role_still_hears_that_nothing_is_there(town, at):
    for someone in (town.person, town.steward):
        assert someone.browser().post(at, {"heard": "x y"}).status_code == 404


def test_other_forms_of_staff_are_given_back_too_and_secrets_are_not(db):
    shown = Client().post("/steward/organisations/add/", {"name": "Speaking Up"})
    assert shown.status_code == 403
    assert form_on(shown).boxes == {"name": "Speaking Up"}
    secret = Client().post("/you/passphrase/", {"old": "", "passphrase1": kit.PASSPHRASE})
    assert (secret.status_code, secret["Location"][:9]) == (302, "/sign-in/")


def test_what_was_typed_is_in_no_log_and_not_kept_by_the_browser(town, caplog):
    with caplog.at_level(logging.DEBUG):
        shown = Client().post(page("request", town.request.id), {"text": "Bluebells again"})
    assert "Bluebells" in text_of(shown)
    assert "Bluebells" not in caplog.text
    assert shown["Cache-Control"] == "no-store, private"


# -- a person ---------------------------------------------------------------------------------


@pytest.fixture
def quinn(db):
    """Someone with a sign-in, who signs in through the pages."""
    return kit.person("quinn made up")


@pytest.fixture
def asked(town, quinn):
    """What they asked the service."""
    row = tell(Someone(quinn.user, quinn.keys), [town.service])
    return Request.objects.get(testimony=row)


@pytest.mark.parametrize("name", ["conversation", "asks"])
def test_after_signing_in_in_another_tab_a_persons_words_are_sent_once(asked, quinn, name):
    browser, address = signed_in(quinn), page(name, asked.id)
    form = sent_from(browser.get(address), text="Please\r\nwrite to me.", asks="apology")
    fifteen_quiet_minutes()
    shown = browser.post(address, form)
    assert shown.status_code == 404
    assert form_on(shown).boxes["text"] == "Please\nwrite to me."
    assert form_on(shown).unseen["asks"] == "apology"
    sign_in(browser, quinn)
    once_more = browser.post(address, sent_from(shown))
    assert once_more.status_code == 403
    assert "type this again" not in text_of(once_more)
    assert browser.post(address, sent_from(once_more)).status_code == 302
    found = queries.conversation(Someone(quinn.user, quinn.keys).doer, asked)
    said = found.turns[0].said if name == "conversation" else found.asked
    assert said.text == "Please\nwrite to me."
    assert Message.objects.count() == (name == "conversation")


def test_a_persons_files_are_asked_for_again(asked):
    shown = Client().post(page("conversation", asked.id), {"text": "Look", "files": plan()})
    assert form_on(shown).boxes["text"] == "Look"
    assert form_on(shown).files == ["files"]
    assert 'enctype="multipart/form-data"' in text_of(shown)
    assert "begin again" not in text_of(shown)


def test_a_stranger_learns_nothing_from_a_persons_pages(town, asked):
    browser = town.stranger.browser()
    for name in ("conversation", "asks"):
        shown = [
            browser.post(page(name, each), {"text": "Let me in"})
            for each in (asked.id, uuid.uuid4())
        ]
        assert [each.status_code for each in shown] == [404, 404]
        assert len({_CHANGING.sub("", text_of(each)) for each in shown}) == 1
    assert not Message.objects.exists()
