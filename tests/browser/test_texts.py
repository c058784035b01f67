"""Files are brought, read, changed and taken away in a real browser, with scripts and without."""

import pytest
from django.urls import reverse

from firsthand.codebook import rules
from firsthand.codebook.actions import arriving, codes, editing, passages, projects
from firsthand.codebook.models import Arrival, Passage, Source
from firsthand.people import rules as roles
from tests.browser.test_review_journey import said
from tests.browser.test_review_journey import sit as sit
from tests.codebook import kit
from tests.repair.conftest import someone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TALK = "\n".join(
    f"{who}: Made up, turn {at}. They decided in a meeting, and I was told later."
    for at in range(6) for who in ("Interviewer", "Rosa")
)  # fmt: skip


def read_all():
    for each in Arrival.objects.filter(stage=rules.WAITING):
        arriving.read_file.func(str(each.id))


@pytest.mark.parametrize("js", [True, False], ids=["scripts", "no scripts"])
def test_files_are_brought_a_text_is_changed_and_a_lost_passage_is_placed(sit, js):
    person = someone(roles.RESEARCHER, "Ada Brook")
    coder = projects.make(person.user, kit.WANTED)
    window = sit(person, reverse("codebook:sources", args=[coder.project_id]), js=js)
    window.get_by_role("link", name="Bring in files").first.click()
    window.get_by_label("Choose files").set_input_files([
        {"name": "talk.txt", "mimeType": "text/plain", "buffer": TALK.encode()},
        {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""},
    ])  # fmt: skip
    window.get_by_label("Transcripts").check()
    with window.expect_navigation():
        window.get_by_role("button", name="Bring them in").press("Enter")
    assert "2 files are being read" in said(window)
    read_all()
    window.goto(window.url)
    assert "There is nothing in this file" in said(window)
    source = Source.objects.get()
    harm = codes.add(coder, "Harm")
    row = passages.code(coder, source, TALK.index("turn 3"), TALK.index("turn 3") + 6, [harm])
    window.get_by_role("link", name="talk.txt").click()
    assert said(window).count("Rosa speaks") == 6
    window.get_by_role("link", name="Change the text").click()
    window.get_by_label("The text").fill("Quite another text, of other things.")
    with window.expect_navigation():
        window.get_by_role("button", name="Change it").press("Enter")
    assert "Lost: 1." in said(window)
    window.get_by_label("Put it on these words").fill("another text")
    with window.expect_navigation():
        window.get_by_role("button", name="Place it there").press("Enter")
    assert Passage.objects.get(id=row.id).quote == "another text"


def test_the_pages_of_texts_are_right_by_axe_and_fit(sit, looked):
    person = someone(roles.RESEARCHER, "Ada Brook")
    ada = projects.make(person.user, kit.WANTED)
    long = "A file with a rather long name, of an interview that was made up.txt"
    arriving.take(ada, [(long, TALK.encode()), ("empty.txt", b""), ("b.md", b"# Head\n\nWords")])
    read_all()
    arriving.take(ada, [("c.txt", b"Waits.")])
    source = Source.objects.get(kind=rules.DOCUMENT, title__startswith="A file")
    harm = codes.add(ada, "Harm")
    for words in ("turn 2", "turn 3", "turn 4. They decided"):
        start = source.text.index(words)
        passages.code(ada, source, start, start + len(words), [harm])
    text = source.text.replace("turn 2", "#").replace("turn 3", "#").replace("4. They", "4. We")
    editing.edit(ada, source, text, "A name stood in it.")
    editing.drop(ada, Passage.objects.filter(state=rules.LOST)[0])
    window = sit(person, "/about/")
    base = window.url.removesuffix("/about/")
    for name, more in (
        ("bring", ()), ("text", (source.id,)), ("edit", (source.id,)), ("lost", (source.id,)),
        ("take_away", ()), ("sources", ()),
    ):  # fmt: skip
        window.goto(base + reverse(f"codebook:{name}", args=[ada.project_id, *more]))
        looked(window, f"texts-{name}")
