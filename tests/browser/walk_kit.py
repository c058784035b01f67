"""What every part of the walk does: press, send a form, follow the first link of a look."""

import re
from typing import Any

TRIES = 60  # looks at a page that waits for the worker, half a second apart


def press(window: Any, words: str) -> None:
    window.get_by_role("button", name=words, exact=True).first.click()


def send(window: Any) -> None:
    """Send the main form without the browser's own check in the way."""
    asks = window.locator("main form[novalidate]")  # and not one that is a button alone
    form = (asks if asks.count() else window.locator("main form")).last
    form.evaluate("one => { one.noValidate = true }")
    with window.expect_navigation():
        form.locator("button").last.click()


def sent(window: Any, button: str) -> None:
    """Press a button without the browser's own check, and wait for the page.

    What is said behind a button's words to those who hear it only need not be given.
    """
    window.evaluate("[...document.forms].forEach(one => { one.noValidate = true })")
    exact = window.get_by_role("button", name=button, exact=True)
    found = exact if exact.count() else window.get_by_role("button", name=button)
    with window.expect_navigation():
        found.first.click()


def fill(window: Any, **said: str) -> None:
    """Fill boxes, choose from lists and tick circles, by the names of the fields."""
    for name, value in said.items():
        box = window.locator(f"main [name='{name}']")
        kind = box.first.evaluate("one => one.tagName + ' ' + one.type")
        if kind.startswith("SELECT"):
            box.select_option(value)
        elif value == "on":
            box.check(force=True)
        elif kind.endswith(("radio", "checkbox")):
            window.locator(f"main [name='{name}'][value='{value}']").check(force=True)
        else:
            box.fill(value)


def upload(window: Any, name: str, content: bytes, kind: str = "text/plain") -> None:
    """Choose a file in the first box for files."""
    file = {"name": name, "mimeType": kind, "buffer": content}
    window.locator("main input[type=file]").first.set_input_files(file)


def link(window: Any, address: str) -> str:
    """Return the first address on the page of that look."""
    found = links(window, address)
    assert found, f"{window.url} leads to no {address}"
    return found[0]


def links(window: Any, address: str) -> list[str]:
    every = [one.get_attribute("href") or "" for one in window.locator("main a").all()]
    return [each for each in every if re.search(address, each)]


def here(walk: Any, window: Any) -> str:
    """Return the address of the page that is open, without the site's."""
    return str(window.url[len(walk.site) :]).partition("?")[0].partition("#")[0]


def wait_for(walk: Any, window: Any, words: str) -> None:
    """Look again until the worker has done it and the page says so."""
    for _ in range(TRIES):
        walk.work()
        window.reload()
        if re.search(words, window.locator("main").inner_text()):
            return
        window.wait_for_timeout(500)
    raise AssertionError(f"{window.url} never says {words}")


def all_of(walk: Any, window: Any, base: str, pages: dict[str, str], then: str = "") -> None:
    """Look at each of these pages below an address; `then` is put behind their names."""
    for path, name in pages.items():
        walk.go(window, base + path, name + then)


def nothing_typed(walk: Any, window: Any, base: str, pages: dict[str, str]) -> None:
    """Send the form of each of these pages empty, and look at what it says."""
    for path, name in pages.items():
        window.goto(walk.site + base + path)
        for box in window.locator("main textarea, main input[type=text]").all():
            if box.is_visible():  # some boxes wait for a choice
                box.fill("")
        send(window)
        walk.look(window, f"{name}, nothing typed", "")
