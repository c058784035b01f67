"""A walk through the coding room of the made-up town; one part of walk.py."""

import re
from typing import Any

from tests.browser.walk_kit import (
    all_of,
    fill,
    here,
    link,
    nothing_typed,
    send,
    sent,
    upload,
    wait_for,
)
from tests.browser.walk_model import a_draft

ID = "[0-9a-f-]{36}"
LETTER = (
    "Made up: nobody asked me what I wanted.\nThey decided in a meeting, and I was told later. "
    "I felt like a file. Then the place closed and I had nowhere to go."
)
TALK = b"Interviewer: What happened?\nRosa: Made up: they read out my notes.\nRosa: I was there."
# The parts of a project, each by its address.
PARTS = {
    "": "a project", "sources/": "sources", "codes/": "codebook", "twice/": "coding twice",
    "agreement/": "agreement", "themes/": "themes", "findings/": "findings",
    "codes/changes/": "what changed in a codebook", "coders/": "who codes",
    "history/": "history of a project", "take-away/": "take texts away",
    "take-out/": "take a project to another program", "beneath/": "put coding beneath a draft",
    "sources/bring/": "bring files in",
}  # fmt: skip
FORMS = {
    "sources/add/": "paste a text", "codes/add/": "add a code",
    "codes/bring-in/": "bring codes in", "themes/add/": "make a theme",
    "findings/add/": "write a finding", "change/": "change a project",
}  # fmt: skip
EMPTY = FORMS | {"coders/": "who codes", "sources/bring/": "bring files in"}
CODE = {"": "a code", "move/": "move a code", "merge/": "merge a code", "split/": "split a code"}


def coding(walk: Any) -> None:
    """Coding: a new project from its first text on, and one that is done by three."""
    window = walk.sign_in("researcher")
    walk.go(window, "coding/", "coding projects")
    walk.go(window, "coding/themes-of-2023/", "the themes of 2023")
    walk.go(window, "coding/new/", "begin a project")
    send(window)
    walk.look(window, "begin a project, nothing typed", "")
    fill(window, title="Made up: what letters say", question="Made up: what harms do they name?")
    sent(window, "Begin")
    at = here(walk, window)
    all_of(walk, window, at, PARTS, ", empty")
    all_of(walk, window, at, FORMS)
    nothing_typed(walk, window, at, EMPTY)
    _first_text(walk, window, at)
    _changed(walk, window, at)
    _files(walk, window, at)
    _another_program(walk, window, at)
    _done_by_three(walk, window)


def _first_text(walk: Any, window: Any, at: str) -> None:
    """A text is pasted, coded, and what was coded is taken off and put back."""
    window.goto(f"{walk.site}{at}sources/add/")
    fill(window, kind="document", title="A letter (made up)", text=LETTER)
    sent(window, "Add it")
    window.goto(walk.site + link(window, f"/sources/{ID}/$"))
    walk.look(window, "a text, nothing coded", "")
    sent(window, "Code")
    walk.look(window, "a text, nothing chosen", "")
    fill(window, first="1", last="1")
    sent(window, "Make the words a code")
    fill(window, first="3", last="3")
    sent(window, "What might fit?")
    walk.look(window, "a text, what might fit", "")
    window.locator("main [name=codes]").first.check(force=True)
    fill(window, memo="Made up: as if not a person")
    sent(window, "Code")
    walk.look(window, "a text, being coded", "")
    source = here(walk, window)
    walk.go(window, source + "memo/", "memo of a text")
    walk.go(window, source + "find/", "find in a text")
    walk.go(window, source + "find/?words=told", "find in a text, found")
    walk.go(window, source + "find/?words=xyzzy", "find in a text, nothing found")
    window.goto(walk.site + source)
    walk.go(window, link(window, f"/passages/{ID}/$"), "a passage")
    sent(window, "Take this code off")
    walk.look(window, "a passage, a code taken off", "")
    sent(window, "Undo: put it back")
    code = _first_code(walk, window, at)
    all_of(walk, window, code, CODE)
    window.goto(walk.site + code + "split/")
    send(window)
    walk.look(window, "split a code, nothing typed", "")


def _first_code(walk: Any, window: Any, at: str) -> str:
    window.goto(f"{walk.site}{at}codes/")
    return link(window, f"/codes/{ID}/$")


def _changed(walk: Any, window: Any, at: str) -> None:
    """The text is changed, and a passage is lost."""
    window.goto(f"{walk.site}{at}sources/")
    source = link(window, f"/sources/{ID}/$")
    walk.go(window, source + "text/", "the words of a text")
    walk.go(window, source + "edit/", "change a text")
    fill(window, text="")
    sent(window, "Change it")
    walk.look(window, "change a text, nothing typed", "")
    fill(window, text="Made up: quite another letter. " + LETTER.partition("\n")[2])
    sent(window, "Change it")
    walk.look(window, "passages that were lost", "")
    walk.go(window, source + "text/", "the words of a text, changed")


def _files(walk: Any, window: Any, at: str) -> None:
    window.goto(f"{walk.site}{at}sources/bring/")
    upload(window, "talk.txt", TALK)
    fill(window, kind="transcript")
    sent(window, "Bring them in")
    walk.look(window, "bring files in, being read", "")
    upload(window, "empty.txt", b"")
    fill(window, kind="transcript")
    sent(window, "Bring them in")
    for words in (r"Source \d+:", "nothing in this file"):
        wait_for(walk, window, words)
    walk.look(window, "bring files in, read", "")


def _another_program(walk: Any, window: Any, at: str) -> None:
    """A project of another program is looked into and brought in; a file that is none."""
    window.goto(f"{walk.site}/coding/bring-in/")
    walk.look(window, "bring a project in", "")
    send(window)
    walk.look(window, "bring a project in, nothing chosen", "")
    upload(window, "broken.qdpx", b"none")
    sent(window, "Look into it")
    walk.look(window, "bring a project in, being looked into", "")
    wait_for(walk, window, "Choose another file")
    walk.look(window, "bring a project in, a file that is none", "")
    sent(window, "Choose another file")
    content = window.request.get(f"{walk.site}{at}project.qdpx").body()
    upload(window, "study.qdpx", content, "application/zip")
    sent(window, "Look into it")
    wait_for(walk, window, "Leave it")
    walk.look(window, "bring a project in, what is in it", "")
    if window.locator("main [name=me]").count():
        window.locator("main [name=me]").first.check(force=True)
    sent(window, "Bring it in")
    wait_for(walk, window, "It is here now")
    walk.look(window, "bring a project in, it is here", "")
    sent(window, "Done: bring in another")


def _done_by_three(walk: Any, window: Any) -> None:
    """The project of the made-up town: coded by three, settled, in themes."""
    draft = a_draft(walk, window)
    window.goto(f"{walk.site}/coding/")
    at = window.get_by_role("link", name=re.compile("coded by three")).get_attribute("href")
    all_of(walk, window, at, PARTS, ", filled")
    window.goto(f"{walk.site}{at}beneath/")
    fill(window, draft=draft.rstrip("/").rpartition("/")[2])
    sent(window, "Show me first")
    walk.look(window, "put coding beneath a draft, what it would be", "")
    window.goto(f"{walk.site}{at}sources/")
    source = link(window, f"/sources/{ID}/$")
    for path, name in {"": "a text, coded", "text/": "the words of a report",
                       "memo/": "memo of a report"}.items():  # fmt: skip
        walk.go(window, source + path, name)
    window.goto(f"{walk.site}{at}twice/")
    walk.go(window, link(window, f"/sources/{ID}/side-by-side/$"), "side by side")
    walk.go(window, link(window, f"/side-by-side/{ID}/{ID}/$"), "settle a difference")
    nothing_typed(walk, window, here(walk, window), {"": "settle a difference"})
    code = _first_code(walk, window, at)
    walk.go(window, code, "a code from the model")
    walk.go(window, code + "merge/", "merge a code, many")
    _theme(walk, window, at)


def _theme(walk: Any, window: Any, at: str) -> None:
    window.goto(f"{walk.site}{at}themes/")
    theme = link(window, f"/themes/{ID}/$")
    walk.go(window, theme, "a theme")
    walk.go(window, theme + "passages/", "passages of a theme")
    walk.go(window, theme + "map/", "map a theme")
    send(window)
    walk.look(window, "map a theme, nothing chosen", "")
    window.goto(f"{walk.site}{at}findings/")
    walk.go(window, link(window, f"/findings/{ID}/$"), "a finding")
