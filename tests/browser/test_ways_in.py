"""New words, a receipt brought under a sign-in, and others shut out, in a real browser.

Set FIRSTHAND_SCREENSHOTS to a directory to have each page photographed there.
"""

import os
import re

import pytest

from firsthand.people import actions
from firsthand.vault import keyrings, words
from firsthand.vault.keys import Keys
from firsthand.vault.rules import RECEIPT_HOLDER
from tests.people import kit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def receipt() -> tuple[Keys, words.Receipt]:
    """Return a receipt that the partner's sign-in opens too."""
    drawn, keys = words.draw(), Keys.fresh()
    keyrings.make(RECEIPT_HOLDER, keys)
    keyrings.add_lock(keys, keyrings.receipt_lock(drawn))
    actions.add_receipt(kit.person("partner").user, keys)
    return keys, drawn


@pytest.fixture
def look(axe, fits):
    def looked(page, name: str, *, js: bool = True) -> None:
        fits(page)
        if not js:  # the checker is a script
            return
        axe(page)
        if place := os.environ.get("FIRSTHAND_SCREENSHOTS"):
            page.screenshot(path=f"{place}/{name}.png", full_page=True)

    return looked


def press(page, words_: str) -> None:
    page.get_by_role("button", name=words_, exact=True).click()


def go(page, path: str) -> None:
    page.goto(re.sub(r"(://[^/]+).*", r"\1", page.url) + path)


def come_back(open_page, drawn: words.Receipt, **kwargs):
    page = open_page("/come-back/", width=320, **kwargs)
    page.get_by_label("Your nine words").fill(str(drawn))
    press(page, "Continue")
    return page


@pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
def test_new_words_are_had_for_the_old_ones_and_shut_a_sign_in_out(open_page, look, js):
    keys, old = receipt()
    page = come_back(open_page, old, js=js)
    go(page, "/receipt/new-words/")
    look(page, "new-words-asked", js=js)
    press(page, "Continue")
    look(page, "new-words-nothing-typed", js=js)
    page.get_by_label("Your nine words").fill(str(old))
    press(page, "Continue")
    look(page, "new-words", js=js)
    assert page.get_by_text("A sign-in opens this too. It will be shut out.").count() == 1
    new = words.read(" ".join(page.locator(".receipt__words li").all_inner_texts()))
    page.get_by_label("Type the first two words").fill(" ".join(new.finds))
    press(page, "Use the new words")
    assert page.get_by_text("The old ones open nothing.").count() == 1
    assert keyrings.by_receipt(new).id == keys.id
    with pytest.raises(keyrings.Locked):
        keyrings.by_receipt(old)


@pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
def test_a_receipt_becomes_a_sign_in_and_then_the_only_way_in(open_page, look, js):
    _, drawn = receipt()
    page = come_back(open_page, drawn, js=js)
    go(page, "/sign-up/")
    page.get_by_label("Sign-in name").fill("quiet fox")
    page.get_by_label("New passphrase").fill(kit.PASSPHRASE)
    page.get_by_label("The same passphrase again").fill(kit.PASSPHRASE)
    page.get_by_label("and with the receipt words too").check()
    page.get_by_label("Your nine words").fill(str(drawn))
    look(page, "sign-up-of-a-receipt", js=js)
    press(page, "Make my sign-in")
    page.get_by_role("link", name="Go on without it").click()
    press(page, "Go on without it")
    go(page, "/you/sign-in/")
    look(page, "your-sign-in", js=js)
    page.get_by_role("link", name="Make your sign-in the only way in").click()
    page.get_by_label("Your passphrase").fill(kit.PASSPHRASE)
    look(page, "only-way", js=js)
    press(page, "Shut them out")
    with pytest.raises(keyrings.Locked):
        keyrings.by_receipt(drawn)
    page.get_by_role("link", name="Make a new recovery key").click()
    page.get_by_label("Your passphrase").fill(kit.PASSPHRASE)
    look(page, "new-recovery-key-asked", js=js)
    press(page, "Continue")
    assert page.locator(".receipt__words li").count() > 5


def test_a_receipt_is_added_to_a_sign_in_by_its_words(open_page, look):
    kit.person()
    _, drawn = receipt()
    page = come_back(open_page, drawn)
    go(page, "/sign-in/")
    page.get_by_label("Your sign-in name").fill("quiet fox")
    page.get_by_label("Your passphrase").fill(kit.PASSPHRASE)
    press(page, "Sign in")
    go(page, "/you/sign-in/")
    page.get_by_role("link", name="Add it to my sign-in").click()
    look(page, "add-a-receipt")
    page.get_by_label("Your nine words").fill(str(drawn))
    press(page, "Add it to my sign-in")
    assert page.get_by_text("Your sign-in opens it now.").count() == 1


def test_a_sign_in_that_was_shut_out_is_told_so(open_page, look):
    keys, _ = receipt()
    user, _, _ = actions.sign_up("quiet fox", kit.PASSPHRASE, [keys])
    user.keyring = None
    user.save(update_fields=["keyring"])
    page = open_page("/sign-in/", width=320)
    page.get_by_label("Your sign-in name").fill("quiet fox")
    page.get_by_label("Your passphrase").fill(kit.PASSPHRASE)
    press(page, "Sign in")
    assert page.locator("h1").inner_text() == "This sign-in opens nothing any more"
    look(page, "shut-out")
