"""Whatever is typed or sent, nothing is lost, nothing breaks, and the page says what to do."""

import html
import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as runs
from hypothesis import strategies as st

from firsthand.testimony.files import sent as sent_files
from firsthand.testimony.models import Testimony
from firsthand.testimony.steps import STEPS
from firsthand.testimony.views.receipts import WRONG
from firsthand.vault import words
from firsthand.vault.models import Unlocker
from tests.testimony import documents
from tests.testimony.test_telling import number_in, receipt_of, tell
from tests.web.sending import form_on, sent_from

pytestmark = pytest.mark.django_db

START = "/tell/"
SAID = "Nobody rang me back. I waited all day."
MIXED = (
    "مرحبا، لم يتصل بي أحد. \u202bשלם\u202c\n\n  two spaces, a tab\there, "
    '👩🏽\u200d🦽 🏳️\u200d🌈 e\u0301 ﷽ \U0001f600 <b>&amp;</b> "quotes" {{ 7*7 }}\n'
)


def page_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def typed_in(answer: Any, name: str) -> str:
    """What the box called `name` holds on the page, as a browser would read it."""
    body = answer.content.decode()
    box = re.search(rf'<textarea[^>]*name="{name}"[^>]*>(.*?)</textarea>', body, re.DOTALL)
    assert box, f"no box called {name}"
    return html.unescape(box[1]).removeprefix("\n")


def begin(client: Client, said: str = SAID, number: str = "") -> Any:
    number = number or number_in(client.get(START).content.decode())
    return client.post(START, {"happened": said, "number": number})


def step(row: Testimony, name: str) -> str:
    return reverse("testimony:step", args=[row.id, name])


def kept(client: Client, row: Testimony, name: str = "happened", box: str = "happened") -> str:
    return typed_in(client.get(step(row, name)), box)


# -- what is typed ----------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["", "   ", "\n\t\r\n", "\0\0", "\x07\x1b"])
def test_nothing_typed_is_asked_for_again_and_keeps_nothing(client, said):
    answer = begin(client, said)
    assert answer.status_code == 422
    assert "A few words are enough" in page_of(answer)
    assert not Testimony.objects.exists()


def test_a_megabyte_of_words_is_kept_whole(client, settings):
    said = ("What happened is long. " * 50_000)[: settings.FIRSTHAND_LONGEST_TEXT]
    assert len(said) == settings.FIRSTHAND_LONGEST_TEXT
    assert begin(client, said).status_code == 302
    assert kept(client, Testimony.objects.get()) == said


def test_ten_megabytes_stay_in_the_form_with_a_clear_message(client):
    said = "0123456789" * 1_000_000
    answer = begin(client, said)
    assert answer.status_code == 422
    assert typed_in(answer, "happened") == said
    assert "10,000,000 characters" in page_of(answer)
    assert "1,000,000" in page_of(answer)
    assert "Everything you typed is still here" in page_of(answer)
    assert not Testimony.objects.exists()


def test_too_much_in_a_later_step_stays_in_the_form_too(client, settings):
    row, said = tell(client), "é" * (settings.FIRSTHAND_LONGEST_TEXT + 1)
    answer = client.post(step(row, "more"), {"before": said, "since": "short"})
    assert answer.status_code == 422
    assert (typed_in(answer, "before"), typed_in(answer, "since")) == (said, "short")


def test_more_than_the_site_can_take_at_once_is_answered_plainly(client):
    answer = begin(client, "x" * 25 * 1024 * 1024)
    assert answer.status_code == 413
    assert "should still be there" in page_of(answer)


def test_every_script_and_sign_is_kept_as_it_was_typed(client):
    begin(client, MIXED)
    assert kept(client, Testimony.objects.get()) == MIXED


def test_what_is_typed_is_never_taken_for_part_of_the_page(client):
    row = tell(client, "<script>alert(1)</script></textarea><h1>gone</h1>")
    for address in (step(row, "happened"), reverse("testimony:check", args=[row.id])):
        shown = client.get(address).content.decode()
        assert "<script>alert" not in shown
        assert "<h1>gone" not in shown


def test_control_characters_go_and_the_words_around_them_stay(client):
    begin(client, "be\0fore\x07 \x1b[31mafter\x7f\r\nnew\rlines\tand tabs")
    assert kept(client, Testimony.objects.get()) == "before [31mafter\nnew\nlines\tand tabs"


def test_bytes_that_are_no_text_are_met(client):
    number = number_in(client.get(START).content.decode())
    body = f"number={number}&happened=half+%ED%A0%80+a+sign+%FF".encode()
    answer = client.post(START, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302
    assert kept(client, Testimony.objects.get()).startswith("half")


def test_a_text_cut_through_by_the_network_is_met(client):
    body = b'--line\r\nContent-Disposition: form-data; name="happened"\r\n\r\nhalf of wh'
    answer = client.post(START, body, content_type="multipart/form-data; boundary=line")
    assert answer.status_code in (302, 400, 422)


@pytest.mark.parametrize("name", [*STEPS])
@runs(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_step_breaks_whatever_it_is_sent(db, name, data):
    client = Client()
    number = str(uuid.uuid4())
    row = Testimony.objects.get(id=begin(client, SAID, number)["Location"].split("/")[2])
    anything = st.one_of(st.text(max_size=40), st.sampled_from(["-1", "9" * 5000, "1e9", "\0"]))
    boxes = [*STEPS[name].form().fields, "later", "csrfmiddlewaretoken", "codes", "q"]
    sent = {box: data.draw(anything) for box in boxes}
    assert client.post(step(row, name), sent).status_code in (200, 302, 404, 409, 422)


@pytest.mark.parametrize(
    "when", ["x " * 200_000, "1/1/" * 5000, "31/02/2020", "\u202e0202", "9" * 999]
)
def test_any_when_at_all_is_kept_in_their_words(client, when):
    row = tell(client)
    answer = client.post(step(row, "when"), {"when": when})
    assert answer.status_code == 302
    assert client.get(reverse("testimony:check", args=[row.id])).status_code == 200


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("wishes", {"wishes": ["count", "everything"]}),
        ("where", {"organisation": "not-a-service", "service": "The Elms"}),
        ("where", {"service_kind": "castle", "service": "The Elms"}),
        ("readers", {"teams": [str(uuid.uuid4())]}),
        ("readers", {"until": "31/02/2027"}),
    ],
)
def test_a_choice_that_was_never_offered_is_refused_and_the_rest_stays(client, name, sent):
    answer = client.post(step(tell(client), name), sent)
    assert answer.status_code == 422
    assert sent.get("service", "") in page_of(answer)


# -- receipts ---------------------------------------------------------------------------------


def receipt(client: Client) -> list[str]:
    return receipt_of(client, tell(client)).split()


def come_back(typed: str) -> Any:
    return Client().post(reverse("testimony:return"), {"receipt": typed})


def said_wrong(answer: Any) -> str:
    """The page without its one-time tokens and what was typed."""
    body = re.sub(r'(nonce|value)="[^"]*"', "", answer.content.decode())
    return re.sub(r"<textarea.*?</textarea>", "", body, flags=re.DOTALL)


def slipped(word: str) -> str:
    """A word with one letter wrong, that is no word of the list."""
    return next(
        wrong
        for at in range(len(word))
        for wrong in [word[:at] + "q" + word[at + 1 :]]
        if wrong not in words.listed()
    )


@pytest.mark.parametrize("place", [0, 1, 2, 8])
def test_a_receipt_one_letter_off_names_the_word_that_is_on_no_receipt(client, place):
    right = receipt(client)
    typed = [*right[:place], slipped(right[place]), *right[place + 1 :]]
    answer = come_back(" ".join(typed))
    assert answer.status_code == 422
    shown = page_of(answer)
    assert "on no receipt" in shown
    assert f"“{typed[place]}”" in shown
    assert typed_in(answer, "receipt") == " ".join(typed)
    others = [word for word in right if word != right[place]]
    assert not any(f"“{word}”" in shown for word in others)


def test_which_half_of_a_receipt_was_right_is_never_said(client):
    right = receipt(client)
    other = [word for word in words.listed() if word not in right][:9]
    tries = {
        "the first half": right[:2] + other[2:],
        "the second half": other[:2] + right[2:],
        "all but the last": right[:8] + other[8:],
        "the order": right[::-1],
        "nothing": other,
    }
    answers = {said_wrong(come_back(" ".join(typed))) for typed in tries.values()}
    assert len(answers) == 1
    assert WRONG in html.unescape(answers.pop())


def test_a_receipt_of_too_few_or_too_many_words_says_how_many_it_needs(client):
    right = receipt(client)
    for typed in (right[:8], [*right, right[0]]):
        shown = page_of(come_back(" ".join(typed)))
        assert f"A receipt has nine words. This has {len(typed)}." in shown


@pytest.mark.parametrize("between", [", ", "\n", "-", "  ", "\u00a0", ". "])
def test_a_receipt_opens_however_it_is_spaced_and_cased(client, between):
    right = receipt(client)
    answer = come_back(f" {between.join(right).title()} ")
    assert (answer.status_code, answer["Location"]) == (302, reverse("testimony:mine"))


@pytest.mark.parametrize(
    "typed", ["", " ", "\0", "😔", "ب ت", "1 2 3", "q" * 500, "q " * 4000, "-" * 9]
)
def test_anything_typed_for_a_receipt_is_answered_plainly(client, typed):
    answer = come_back(typed)
    assert answer.status_code == 422
    assert "Error: " in page_of(answer)


# -- forms that come late, or twice -----------------------------------------------------------


def test_a_form_whose_sitting_ended_is_given_back_with_the_words_in_it(client):
    row, right = tell(client), ""
    right = receipt_of(client, row)
    client.cookies.clear()
    answer = client.post(step(row, "more"), {"before": MIXED, "seen": "0"})
    assert answer.status_code == 404
    assert typed_in(answer, "before") == MIXED
    again = client.post(step(row, "more"), {"before": MIXED, "receipt": right})
    assert again.status_code == 302
    assert kept(client, row, "more", "before") == MIXED


def test_the_page_of_a_sitting_that_ended_asks_for_files_again_and_takes_them(client):
    row = tell(client)
    right = receipt_of(client, row)
    client.cookies.clear()
    address = reverse("testimony:files", args=[row.id])
    shown = client.post(address, {"files": SimpleUploadedFile("a.txt", b"words"), "add": "1"})
    assert shown.status_code == 404
    assert form_on(shown).files == ["files"]
    assert 'enctype="multipart/form-data"' in page_of(shown)
    wrong = client.post(address, sent_from(shown, receipt="not nine words"))
    assert form_on(wrong).files == ["files"]
    again = SimpleUploadedFile("a.txt", b"words")
    sent = client.post(address, sent_from(shown, receipt=right, files=again))
    assert sent.status_code == 302
    assert row.attachments.count() == 1


def test_what_was_ticked_and_looked_for_outlives_the_sitting_too(client):
    row = tell(client)
    right = receipt_of(client, row)
    client.cookies.clear()
    address = reverse("testimony:fits", args=[row.id])
    shown = client.post(address, {"codes": ["E1"], "q": "trust", "search": "1"})
    assert shown.status_code == 404
    assert form_on(shown).boxes["q"] == "trust"
    assert form_on(shown).unseen["codes"] == "E1"
    found = client.post(address, sent_from(shown, receipt=right))
    assert found.status_code == 200


def test_a_stranger_learns_nothing_from_the_page_of_an_ended_sitting(client):
    row = tell(client)
    answers = [
        Client().post(reverse("testimony:step", args=[which, "more"]), {"before": SAID})
        for which in (row.id, uuid.uuid4())
    ]
    shown = {said_wrong(each).replace(str(row.id), "").strip() for each in answers}
    ids = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
    assert len({ids.sub("", each) for each in shown}) == 1
    assert {each.status_code for each in answers} == {404}


def test_a_form_with_an_old_token_is_given_back_and_can_be_sent_again():
    client = Client(enforce_csrf_checks=True)
    number = number_in(client.get(START).content.decode())
    sent = {"happened": MIXED, "number": number, "csrfmiddlewaretoken": "x" * 64}
    answer = client.post(START, sent)
    assert answer.status_code == 403
    assert typed_in(answer, "happened") == MIXED
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.content.decode())
    assert token
    again = client.post(START, {**sent, "csrfmiddlewaretoken": token[1]})
    assert again.status_code == 302
    assert kept(client, Testimony.objects.get()) == MIXED


def test_the_first_form_sent_twice_is_one_telling(client):
    number = number_in(client.get(START).content.decode())
    first, second = begin(client, SAID, number), begin(client, SAID, number)
    assert first["Location"] == second["Location"]
    assert Testimony.objects.count() == 1


def test_the_first_form_sent_again_with_more_in_it_keeps_the_more(client):
    number = number_in(client.get(START).content.decode())
    begin(client, SAID, number)
    begin(client, SAID + " And then?", number)
    assert kept(client, Testimony.objects.get()) == SAID + " And then?"


def test_an_old_form_found_by_someone_else_opens_nothing(client):
    number = number_in(client.get(START).content.decode())
    begin(client, SAID, number)
    row = Testimony.objects.get()
    Unlocker.objects.exclude(ends_at=None).update(ends_at=timezone.now() - timedelta(seconds=1))
    finder = Client()
    answer = begin(finder, "something else", number)
    assert str(row.id) not in answer["Location"]
    assert finder.get(step(row, "happened")).status_code == 404
    assert kept(client, row) == SAID


def test_keeping_twice_keeps_once(client):
    row = tell(client)
    check = reverse("testimony:check", args=[row.id])
    assert client.post(check)["Location"] == client.post(check)["Location"]
    row.refresh_from_db()
    assert row.stage == "kept"


def test_a_form_replayed_after_withdrawing_brings_nothing_back(client):
    row = tell(client)
    number = number_in(client.get(START).content.decode())
    client.post(step(row, "more"), {"before": SAID})
    client.post(reverse("testimony:check", args=[row.id]))
    client.post(reverse("testimony:withdraw", args=[row.id]))
    for name, sent in (("more", {"before": "again"}), ("happened", {"happened": "again"})):
        assert client.post(step(row, name), sent).status_code >= 400
    assert client.post(reverse("testimony:check", args=[row.id])).status_code >= 400
    row.refresh_from_db()
    assert row.stage == "withdrawn"
    assert number


# -- two tabs ---------------------------------------------------------------------------------


def seen(answer: Any) -> str:
    tag = next(
        t for t in re.findall(r"<input[^>]*>", answer.content.decode()) if 'name="seen"' in t
    )
    value = re.search(r'value="(\d*)"', tag)
    return value[1] if value else ""


def test_two_tabs_on_one_page_lose_neither_text(client):
    row = tell(client)
    one, other = (seen(client.get(step(row, "happened"))) for _ in range(2))
    assert (
        client.post(step(row, "happened"), {"happened": "from one", "seen": one}).status_code == 302
    )
    clash = client.post(step(row, "happened"), {"happened": "from the other", "seen": other})
    assert clash.status_code == 409
    assert typed_in(clash, "happened") == "from the other"
    assert "from one" in page_of(clash)
    assert kept(client, row) == "from one"
    again = client.post(step(row, "happened"), {"happened": "from the other", "seen": seen(clash)})
    assert again.status_code == 302
    assert kept(client, row) == "from the other"


def test_two_tabs_that_say_the_same_do_not_clash(client):
    row = tell(client)
    old = seen(client.get(step(row, "more")))
    for _ in range(2):
        sent = {"before": "the same", "seen": old}
        assert client.post(step(row, "more"), sent).status_code == 302


def test_two_tabs_on_two_pages_keep_both(client):
    row = tell(client)
    client.get(step(row, "more")), client.get(step(row, "when"))
    client.post(step(row, "when"), {"when": "last spring"})
    client.post(step(row, "more"), {"before": "a letter"})
    shown = page_of(client.get(reverse("testimony:check", args=[row.id])))
    assert "last spring" in shown
    assert "a letter" in shown


def test_two_first_pages_are_two_tellings_and_both_stay_open(client):
    pages = [number_in(client.get(START).content.decode()) for _ in range(2)]
    for number, said in zip(pages, ("one thing", "another"), strict=True):
        begin(client, said, number)
    rows = list(Testimony.objects.all())
    assert sorted(kept(client, row) for row in rows) == ["another", "one thing"]


# -- files ------------------------------------------------------------------------------------


def add(client: Client, row: Testimony, *files: tuple[str, bytes]) -> Any:
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    address = reverse("testimony:files", args=[row.id])
    return client.post(address, {"files": sent, "add": "1"})


def test_good_files_are_kept_and_bad_ones_are_named_with_the_reason(client):
    row = tell(client)
    answer = add(
        client, row,
        ("photo.jpg", documents.jpeg()),
        ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("empty.txt", b""),
        ("half.pdf", documents.pdf()[:200]),
    )  # fmt: skip
    assert answer.status_code == 422
    shown = page_of(answer)
    for name in ("drawing.png: ", "empty.txt: ", "half.pdf: "):
        assert name in shown
    assert "photo.jpg: " not in shown
    assert row.attachments.count() == 1


def test_a_file_comes_back_without_place_or_device(client):
    row = tell(client)
    assert add(client, row, ("photo.png", documents.jpeg())).status_code == 302
    answer = client.get(reverse("testimony:file", args=[row.id, row.attachments.get().id]))
    content = b"".join(answer.streaming_content)
    assert documents.GRAM not in content
    assert len(content) == int(answer["Content-Length"])
    assert (answer["Content-Type"], "photo.jpg" in answer["Content-Disposition"]) == (
        "image/jpeg",
        True,
    )


def test_a_file_too_large_is_refused_with_the_most_we_take(client, settings):
    settings.FIRSTHAND_LARGEST_FILE = 1024 * 1024
    row = tell(client)
    answer = add(client, row, ("long.txt", b"a" * (1024 * 1024 + 1)))
    assert "larger than 1 MB" in page_of(answer)
    assert not row.attachments.exists()


def test_more_files_than_we_keep_are_refused_plainly(client, settings):
    settings.FIRSTHAND_MOST_FILES = 2
    row = tell(client)
    answer = add(client, row, *[(f"{n}.txt", b"words") for n in range(3)])
    assert "2 files, which is the most" in page_of(answer)
    assert row.attachments.count() == 2


def test_files_that_there_is_no_time_for_are_named_and_the_others_kept(client, monkeypatch):
    clock = [0.0]
    checked = sent_files.checked

    def slow(*given: Any, **more: Any) -> Any:
        clock[0] += 20
        return checked(*given)

    monkeypatch.setattr(sent_files, "checked", slow)
    monkeypatch.setattr(sent_files, "monotonic", lambda: clock[0])
    row = tell(client)
    answer = add(client, row, *[(f"{n}.txt", b"words") for n in range(5)])
    assert answer.status_code == 422
    shown = page_of(answer)
    assert [n for n in range(5) if f"{n}.txt: There was no time left" in shown] == [3, 4]
    assert "Any other files you chose were added." in shown
    assert row.attachments.count() == 3


def test_a_file_there_is_no_room_for_is_not_even_opened(client, settings, monkeypatch):
    settings.FIRSTHAND_MOST_FILES = 1
    row = tell(client)
    add(client, row, ("one.txt", b"words"))
    opened = []
    monkeypatch.setattr(sent_files, "checked", lambda *given, **more: opened.append(given))
    assert "which is the most" in page_of(add(client, row, ("photo.jpg", documents.jpeg())))
    assert opened == []


def test_files_over_what_one_sending_takes_are_named_and_the_others_kept(client, settings):
    settings.FIRSTHAND_LARGEST_TOGETHER = 2 * 1024 * 1024
    row = tell(client)
    large, small = b"a" * 1_100_000, b"a few words"
    answer = add(client, row, ("one.txt", large), ("two.txt", large), ("three.txt", small))
    assert answer.status_code == 422
    shown = page_of(answer)
    assert "two.txt: We can take 20 files and 2 MB at one time" in shown
    assert "one.txt: " not in shown
    assert "three.txt: " not in shown
    assert row.attachments.count() == 2
    assert add(client, row, ("two.txt", large)).status_code == 302


def test_a_file_too_many_at_one_time_is_named_on_the_page_itself(client):
    row = tell(client)
    answer = add(client, row, *[(f"{n}.txt", b"words") for n in range(21)])
    assert answer.status_code == 422
    assert "20.txt: " in page_of(answer)
    assert "could not understand" not in page_of(answer)
    assert row.attachments.count() == 20


def test_the_page_of_files_says_how_many_and_how_much(client):
    row = tell(client)
    shown = page_of(client.get(reverse("testimony:files", args=[row.id])))
    assert "Up to 20 files in all, 20 MB each and 60 MB at one time." in shown


def test_a_files_tricky_name_is_shown_and_kept_harmless(client):
    row = tell(client)
    add(client, row, ("\u202egpj.<b>bold</b>.txt", b"words"))
    shown = client.get(reverse("testimony:files", args=[row.id])).content.decode()
    assert "<b>bold" not in shown
    assert "\u202e" not in shown
