"""Sent twice, a message or an answer is there once; something else sent from the same page is not
lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from firsthand.access import log
from firsthand.repair import actions, queries, rules
from firsthand.repair.models import Message, MessageFile, Promise
from firsthand.repair.posting import Overtaken, Turn
from firsthand.repair.words import Said
from firsthand.testimony.files import CleanFile
from firsthand.vault.models import Chunk
from tests.repair.test_actions import answer_turn, pledge
from tests.repair.test_pages import answer_form, page, text_of
from tests.web.sending import at_once, sent_from

pytestmark = pytest.mark.urls("firsthand.config.urls")


def presses(browser: Client, address: str, form: dict):
    """A button that sends `form` from the same browser each time it is pressed."""

    def press() -> int:
        again = Client()
        again.cookies = browser.cookies
        file = SimpleUploadedFile("plan.txt", b"what we plan")
        return again.post(address, {**form, "files": file}).status_code

    return press


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["person", "responder"])
def test_a_message_sent_twice_at_the_same_moment_is_one(town, who):
    name = "conversation" if who == "person" else "request"
    browser, address = getattr(town, who).browser(), page(name, town.request.id)
    form = sent_from(browser.get(address), text="Only once, please.")
    before = len(log.verify(town.testimony.item_id))
    assert at_once(presses(browser, address, form)) == [302, 302]
    assert (Message.objects.count(), MessageFile.objects.count()) == (1, 1)
    assert town.request.turns == 1
    assert len(log.verify(town.testimony.item_id)) == before + 2  # the message and its file


@pytest.mark.django_db(transaction=True)
def test_an_answer_sent_twice_at_the_same_moment_is_one(town):
    browser, address = town.responder.browser(), page("answer", town.request.id)
    form = answer_form(browser, town.request)
    assert at_once(presses(browser, address, form)) == [302, 302]
    assert (Message.objects.count(), Promise.objects.count()) == (1, 1)
    assert MessageFile.objects.count() == Chunk.objects.values("item").distinct().count() == 1
    assert town.request.stage == rules.PROMISED


def test_what_is_written_after_going_back_to_the_same_page_is_sent_too(town):
    browser, address = town.person.browser(), page("conversation", town.request.id)
    form = sent_from(browser.get(address))
    for words in ("The first thing.", "The second thing.", "The first thing."):
        assert browser.post(address, {**form, "text": words}).status_code == 302
    turns = queries.conversation(town.person.doer, town.request).turns
    assert [turn.said.text for turn in turns] == ["The first thing.", "The second thing."]


def test_a_second_answer_from_the_same_page_is_held_back_with_its_words(town):
    browser, address = town.responder.browser(), page("answer", town.request.id)
    form = answer_form(browser, town.request)
    browser.post(address, form)
    held = browser.post(address, {**form, "heard": "What I should have said."})
    assert held.status_code == 409
    assert "What I should have said." in text_of(held)
    assert Message.objects.count() == 1


def text_file(name="a.txt", content=b"words"):
    return CleanFile(name, "text", "text/plain", content)


@pytest.mark.parametrize(
    "other",
    [
        Turn("n", Said(text="b"), [text_file()]),
        Turn("n", Said(text="a")),
        Turn("n", Said(text="a"), [text_file("b.txt")]),
        Turn("n", Said(text="a"), [text_file(content=b"other")]),
        Turn("n", Said(text="a"), [text_file(), text_file()]),
        Turn("m", Said(text="a"), [text_file()]),
        Turn("n", Said(text="\ud800"), [text_file()]),
    ],
)
def test_only_the_same_form_with_the_same_words_and_files_is_the_same_turn(town, other):
    turn = Turn("n", Said(text="a"), [text_file()])
    for each in (turn, other, turn, other):
        actions.write(town.person.doer, town.request, rules.PERSON, each)
    assert Message.objects.count() == 2


@pytest.mark.parametrize("pledges", [[], [pledge("b")], [pledge("a", 11)], [pledge("a")] * 2])
def test_another_promise_makes_it_another_answer(town, pledges):
    actions.note_opened(town.request, rules.TEAM)
    said = answer_turn().said
    actions.answer(town.responder.doer, town.request, Turn("n", said, (), [pledge("a")]), seen=0)
    with pytest.raises(Overtaken):
        actions.answer(town.responder.doer, town.request, Turn("n", said, (), pledges), seen=0)
    assert Promise.objects.count() == 1
