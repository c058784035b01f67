"""A walk through the groups of the made-up town; one part of walk.py.

Both sides are seen: those who run a group, and those who are in it.
"""

from typing import Any

from firsthand.config.demo import town
from tests.browser.walk_kit import all_of, fill, here, link, links, nothing_typed, send, sent
from tests.browser.walk_model import a_draft

ID = "[0-9a-f-]{36}"
PAGES = {
    "": "a group", "change/": "change a group", "sheet/": "information sheet",
    "people/": "who runs a group", "invitations/": "invitations to a group",
    "meetings/new/": "set a meeting", "comments/": "comments",
    "accounts/": "counts of accounts", "history/": "history of a group",
}  # fmt: skip
EMPTY = {
    "change/": "change a group", "sheet/": "information sheet", "people/": "who runs a group",
    "invitations/": "invitations to a group", "meetings/new/": "set a meeting",
}  # fmt: skip
OWN = {
    "": "my group", "words/": "my nine words, kept", "agree/": "what I agree to",
    "name/": "my name in a group", "needs/": "what I need", "payment/": "my payment",
    "draft/": "the draft, as a member", "draft/whole/": "say something of the whole",
    "draft/entry/S1/": "a line, as a member", "leave/": "leave a group",
}  # fmt: skip
NEEDS = "Made up: a break every half hour, and the way to the room in pictures."
COMMENT = "Made up: say that nobody tells you how long it takes."


def consulting(walk: Any) -> None:
    """A group: made, joined by a code, met, heard, answered, left; and one that is over."""
    runs = walk.sign_in("researcher")
    draft = a_draft(walk, runs).rstrip("/").rpartition("/")[2]
    walk.go(runs, "groups/", "groups")
    walk.go(runs, "groups/new/", "make a group")
    send(runs)
    walk.look(runs, "make a group, nothing typed", "")
    at = _made(walk, runs, draft)
    first, second = _codes(walk, runs, at)
    member, own = _joined(walk, runs, at, first)
    _said_no(walk, second)
    _met(walk, runs, at, member, own)
    _commented(walk, runs, at, member, own)
    _read(walk, runs, at)
    all_of(walk, runs, at, PAGES, ", filled")
    all_of(walk, member, own, OWN)
    _left(walk, member, own)
    _over(walk, runs)


def _made(walk: Any, runs: Any, draft: str) -> str:
    fill(runs, kind="advisory", title="Made up: people who read the draft", version=draft,
         purpose="Made up: to read the draft and say what is missing.",
         before="Made up: a call from Sam", during="Made up: Sam is in the next room",
         pay="£25 a meeting", pay_how="A voucher on the day")  # fmt: skip
    sent(runs, "Make the group")
    walk.look(runs, "information sheet, to be written first", "")
    at = link(runs, rf"/groups/{ID}/$")
    all_of(walk, runs, at, PAGES, ", empty")
    nothing_typed(walk, runs, at, EMPTY)
    runs.goto(f"{walk.site}{at}sheet/")
    fill(runs, text="Made up: you can stop at any time. You do not have to say why.")
    sent(runs, "Save as version 1")
    return at


def _codes(walk: Any, runs: Any, at: str) -> list[str]:
    runs.goto(f"{walk.site}{at}invitations/")
    fill(runs, text="Made up: come and read with us. Sam", many="2")
    sent(runs, "Invite")
    walk.look(runs, "codes to give out", "")
    codes = runs.locator(".codes strong").all_inner_texts()
    sent(runs, "I have written them down")
    walk.go(runs, at + "invitations/codes/", "codes that are gone")
    walk.go(runs, at + "invitations/", "invitations to a group, two are out")
    return list(codes)


def _joined(walk: Any, runs: Any, at: str, code: str) -> tuple[Any, str]:
    """Someone comes by a code, asks something first, and says yes."""
    member = walk.open("/your-groups/")
    walk.look(member, "your groups, none", "")
    _typed(walk, member, code, show=True)
    walk.look(member, "you are invited", "")
    sent(member, "Send my answer")
    walk.look(member, "you are invited, nothing chosen", "")
    fill(member, answer="ask", question="Made up: is there a lift?")
    sent(member, "Send my answer")
    walk.look(member, "you are invited, a question asked", "")
    runs.goto(f"{walk.site}{at}invitations/")
    asked = runs.locator("main li", has_text="Asks something").locator("a").first
    walk.go(runs, asked.get_attribute("href"), "an invitation with a question")
    sent(runs, "Answer")
    walk.look(runs, "an invitation with a question, nothing typed", "")
    fill(runs, reply="Made up: yes, there is.")
    sent(runs, "Answer")
    _typed(walk, member, code)
    walk.look(member, "you are invited, the question answered", "")
    fill(member, answer="yes")
    sent(member, "Send my answer")
    return member, _welcomed(walk, member)


def _typed(walk: Any, window: Any, code: str, *, show: bool = False) -> None:
    window.goto(f"{walk.site}/your-groups/code/")
    if show:
        walk.look(window, "come to a group", "")
        fill(window, code=code.rpartition(" ")[0])
        sent(window, "Continue")
        walk.look(window, "come to a group, four words", "")
    fill(window, code=code)
    sent(window, "Continue")


def _welcomed(walk: Any, member: Any) -> str:
    """The nine words, and what a newcomer is asked."""
    walk.look(member, "my nine words", "")
    words = " ".join(member.locator(".receipt__words li").all_inner_texts())
    own = here(walk, member).removesuffix("words/")
    fill(member, receipt="ponchos " + words.partition(" ")[2])
    sent(member, "Check my words")
    walk.look(member, "my nine words, mistyped", "")
    fill(member, receipt=words)
    sent(member, "Check my words")
    walk.look(member, "what I agree to, the first time", "")
    walk.go(member, own, "my group, nothing agreed yet")
    member.goto(f"{walk.site}{own}agree/")
    for each in member.locator("main [name=agreed]").all():
        each.check(force=True)
    sent(member, "Save what I agree to")
    walk.look(member, "my name in a group, the first time", "")
    sent(member, "Save")
    walk.look(member, "my name in a group, nothing typed", "")
    fill(member, name="River")
    sent(member, "Save")
    member.goto(f"{walk.site}{own}needs/")
    fill(member, needs=NEEDS)
    sent(member, "Save")
    walk.go(member, "your-groups/", "your groups")
    return own


def _said_no(walk: Any, code: str) -> None:
    other = walk.open("/your-groups/code/")
    _typed(walk, other, code)
    fill(other, answer="no")
    sent(other, "Send my answer")
    walk.look(other, "thank you for telling us", "")
    _typed(walk, other, code)
    walk.look(other, "an invitation that is over", "")


def _met(walk: Any, runs: Any, at: str, member: Any, own: str) -> None:
    """A meeting is set, the member says they come, and notes are written."""
    runs.goto(f"{walk.site}{at}meetings/new/")
    fill(runs, title="Made up: first meeting", day="27/3/2999", time="14:30", how="video",
         place="Made up: a link", agenda="Made up: tea, then the draft")  # fmt: skip
    sent(runs, "Set the meeting")
    walk.look(runs, "a meeting", "")
    meeting = here(walk, runs)
    walk.go(runs, meeting + "change/", "change a meeting")
    member.goto(walk.site + own)
    walk.go(member, link(member, rf"/meetings/{ID}/$"), "a meeting, as a member")
    sent(member, "Save")
    walk.look(member, "a meeting, as a member, nothing chosen", "")
    fill(member, says="yes")
    sent(member, "Save")
    walk.go(runs, meeting + "notes/", "write notes")
    sent(runs, "Save the notes")
    walk.look(runs, "write notes, nothing typed", "")
    fill(runs, kind="notes", text="River: Made up: I waited a year.\nRobin: Made up: I did too.")
    sent(runs, "Save the notes")
    walk.look(runs, "write notes, a name that nobody has", "")
    fill(runs, text="River: Made up: I waited a year.\nFacilitator: Made up: and then?")
    sent(runs, "Save the notes")
    walk.look(runs, "a meeting, with notes", "")
    walk.go(runs, meeting + "coding/", "hand notes on to coding")
    sent(runs, "Hand on")
    walk.look(runs, "hand notes on to coding, nothing chosen", "")


def _commented(walk: Any, runs: Any, at: str, member: Any, own: str) -> None:
    member.goto(f"{walk.site}{own}draft/entry/S1/")
    sent(member, "Send my comment")
    walk.look(member, "a line, as a member, nothing typed", "")
    fill(member, kind="change", text=COMMENT)
    sent(member, "Send my comment")
    walk.look(member, "a line, as a member, commented", "")
    runs.goto(f"{walk.site}{at}comments/?state=open")
    walk.go(runs, link(runs, rf"/comments/{ID}/$"), "answer a comment")
    sent(runs, "Send the answer")
    walk.look(runs, "answer a comment, nothing typed", "")
    fill(runs, done="adapted", why="Made up: it says so now.")
    sent(runs, "Send the answer")
    walk.go(runs, at + "comments/?kind=remove", "comments, nothing found")


def _read(walk: Any, runs: Any, at: str) -> None:
    """What a member needs: locked, and opened."""
    runs.goto(walk.site + at)
    walk.go(runs, link(runs, rf"/members/{ID}/$"), "a member, needs locked")
    sent(runs, "Open it")
    walk.look(runs, "a member, needs opened", "")


def _left(walk: Any, member: Any, own: str) -> None:
    member.goto(f"{walk.site}{own}leave/")
    sent(member, "Leave the group")
    walk.look(member, "leave a group, nothing chosen", "")
    fill(member, what="take-out")
    sent(member, "Leave the group")
    walk.look(member, "left a group", "")


def _over(walk: Any, runs: Any) -> None:
    """The group of the made-up town, whose draft is published."""
    runs.goto(f"{walk.site}/groups/")
    at = runs.get_by_role("link", name="advisers on the next version").get_attribute("href")
    all_of(walk, runs, at, {"": "a group that was answered", "comments/": "comments, all answered"})
    adviser = walk.open("/sign-in/")
    adviser.get_by_label("Your sign-in name").fill("adviser 1")
    adviser.get_by_label("Your passphrase").fill(town.town()["passphrase"])
    sent(adviser, "Sign in")
    walk.go(adviser, "your-groups/", "your groups, by a sign-in")
    own = links(adviser, rf"/your-groups/{ID}/$")[0]
    walk.go(adviser, own + "draft/entry/S1/", "a line, comments closed")
