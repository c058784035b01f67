"""A walk through the next version of the model, drafted and published; one part of walk.py."""

from typing import Any

from tests.browser.walk_kit import all_of, fill, here, links, nothing_typed, sent

DRAFTS = "model/drafts/"
SIGNED = "2026-01-02"
# A draft before anything is changed in it.
FRESH = {
    "": "a draft, nothing changed", "map": "map of a draft, nothing changed",
    "history": "history of a draft, nothing changed", "publish": "publish, not yet",
}  # fmt: skip
PAGES = {
    "": "a draft", "about": "about a draft", "editors": "editors of a draft",
    "map": "map of a draft", "history": "history of a draft", "add": "add a line",
    "order/source": "another order", "sign-off": "sign-off", "preview": "a draft to read",
    "publish": "publish", "lines/S1": "a line of a draft",
    "lines/S1/ground": "put something beneath a line",
    "lines/S1.1/reword": "say a line in other words", "lines/S1.1/move": "move a line",
    "lines/S1.1/merge": "merge lines", "lines/S1.1/split": "split a line",
    "lines/S1.2/remove": "remove a line",
}  # fmt: skip
EMPTY = {
    "add": "add a line", "about": "about a draft", "sign-off": "sign-off",
    "editors": "editors of a draft", "lines/S1/ground": "put something beneath a line",
    "lines/S1.1/reword": "say a line in other words", "lines/S1.1/merge": "merge lines",
    "lines/S1.1/split": "split a line", "lines/S1.2/remove": "remove a line",
}  # fmt: skip
PUBLISHED = {
    "": "the new version", "changes": "what changed since", "making": "how the new one was made",
    "crosswalk": "the new one beside other lists", "search?q=waiting": "a search in the new one",
    "S1": "a reworded line, and what stands beneath it",
    "S4": "a line of coding, a survey and comments", "I1": "a line that stayed as it was",
}  # fmt: skip


def making_the_next_version(walk: Any) -> None:
    """The next version of the model: drafted, signed off, published; each line opens."""
    window = walk.sign_in("researcher")
    walk.go(window, DRAFTS, "drafts of the model")
    walk.go(window, DRAFTS + "begin", "begin a draft")
    nothing_typed(walk, window, "/" + DRAFTS, {"begin": "begin a draft"})
    at = a_draft(walk, window)
    all_of(walk, window, at, FRESH)
    _change(walk, window, at)
    all_of(walk, window, at, PAGES)
    nothing_typed(walk, window, at, EMPTY)
    _look_at_it(walk, window, at)
    _publish(walk, window, at)
    _published(walk, window)


def a_draft(walk: Any, window: Any) -> str:
    """Return the address of a draft that is still open; begin one where there is none."""
    window.goto(f"{walk.site}/{DRAFTS}")
    for each in links(window, r"/drafts/[0-9a-f-]{36}/$"):
        if "Draft" in window.locator(f"main li:has(a[href='{each}'])").inner_text():
            return each
    window.goto(f"{walk.site}/{DRAFTS}begin")
    fill(window, slug="next", title="Made up: the version after")
    sent(window, "Begin")
    return here(walk, window)


def _change(walk: Any, window: Any, at: str) -> None:
    """One line in other words, and one that is new."""
    window.goto(f"{walk.site}{at}lines/S1.1/reword")
    fill(window, label="Rules that fit nobody", relation="close", reason="Made up: said so")
    sent(window, "Save the new words")
    window.goto(f"{walk.site}{at}add")
    fill(window, where="S1", label="Made up: nobody says how long", name="Waits with no word",
         description="You had to wait. Nobody told you how long.", reason="Made up: it was missing",
         )  # fmt: skip
    sent(window, "Add it")
    walk.look(window, "a new line of a draft", "")


def _look_at_it(walk: Any, window: Any, at: str) -> None:
    """Put something beneath what is new, and let a group look at all of it."""
    window.goto(walk.site + at)
    rows = window.locator("h2:has-text('Still standing on nothing') ~ ul").first.locator("a")
    for each in [one.get_attribute("href") for one in rows.all()]:
        window.goto(f"{walk.site}{each}/ground")
        fill(window, kind="paper", title="Made up: Brook 2020", count="1")
        sent(window, "Put it beneath the line")
    walk.look(window, "a changed line, founded", "")
    window.goto(f"{walk.site}{at}about")
    fill(window, authors="Town, Made-up")
    sent(window, "Keep this")
    window.goto(f"{walk.site}{at}sign-off")
    fill(window, who="Made-up advisers", capacity="asked about all of it", said="agreed",
         remarks="Made up: go on.", signed_on=SIGNED)  # fmt: skip
    sent(window, "Write it down")
    walk.look(window, "sign-off, written down", "")


def _publish(walk: Any, window: Any, at: str) -> None:
    walk.go(window, at + "publish", "publish, all holds")
    window.goto(f"{walk.site}{at}lines/S1.2/remove")
    fill(window, reason="Made up: nobody chose it")
    sent(window, "Remove it")
    window.goto(f"{walk.site}{at}history")
    sent(window, "Undo")
    walk.look(window, "history of a draft, something undone", "")


def _published(walk: Any, window: Any) -> None:
    """The version that the made-up town has published, as its editors and as anyone see it."""
    window.goto(f"{walk.site}/{DRAFTS}")
    rows = window.locator("main li").filter(has_text="Published")
    walk.go(window, rows.locator("a").first.get_attribute("href"), "a draft that is published")
    anyone = walk.open("/")
    all_of(walk, anyone, "/model/made-up/", PUBLISHED)
    anyone.goto(f"{walk.site}/model/made-up/changes")
    new = links(anyone, r"/model/made-up/S7\.\d+$")
    walk.go(anyone, new[0], "a new line, and what stands beneath it")
    walk.go(anyone, "model/2022/S1", "a line of before, with where it went")
    steward = walk.sign_in("steward")
    walk.go(steward, "model/in-use", "which version is in use")
