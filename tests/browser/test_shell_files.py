"""Files too many or too large together are said to be before they are sent, in a real browser."""

import pytest

from firsthand.repair.models import Message
from tests.browser.test_repair import page
from tests.browser.test_repair import sit as sit
from tests.browser.test_repair import town as town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def files(many: int, size: int = 5) -> list[dict[str, object]]:
    named = {"mimeType": "text/plain", "buffer": b"w" * size}
    return [{"name": f"{number}.txt", **named} for number in range(many)]


@pytest.fixture
def writing(town, sit):
    """A conversation with a message typed in it."""
    window = sit(town.person, page("conversation", town.request.id))
    window.get_by_label("Write to them, if you want to").fill("All that I typed")
    return window


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (files(21), "You chose 21 files. We can take 20 at one time."),
        (files(3, 1_000_000), "Your files come to 3 MB. We can take 2 MB at one time."),
    ],
)
def test_too_much_is_said_before_it_is_sent_and_less_can_be_sent(writing, axe, chosen, said):
    box = writing.get_by_label("Add files")
    box.evaluate("box => { box.dataset.mostBytes = 2 * 1024 * 1024 }")
    box.set_input_files(chosen)
    for _ in range(2):  # said once, however often it is pressed
        writing.get_by_role("button", name="Send").click()
        assert writing.get_by_role("alert").all_inner_texts()[0].startswith(said)
        assert writing.get_by_role("alert").count() == 1
    assert writing.evaluate("document.activeElement.type") == "file"
    writing.evaluate("scrollTo(0, 0)")
    axe(writing)
    assert not Message.objects.exists()
    box.set_input_files(chosen[:1])
    writing.get_by_role("button", name="Send").click()
    writing.get_by_text("Your message has been sent.").wait_for()
    assert "All that I typed" in writing.inner_text("main")


def test_without_a_script_the_page_itself_says_so_with_what_was_typed(town, sit):
    window = sit(town.person, page("conversation", town.request.id), js=False)
    window.get_by_label("Write to them, if you want to").fill("All that I typed")
    window.get_by_label("Add files").set_input_files(files(21))
    window.get_by_role("button", name="Send").click()
    assert "You chose more than 20 files" in window.inner_text("main")
    assert window.get_by_label("Write to them, if you want to").input_value() == "All that I typed"
