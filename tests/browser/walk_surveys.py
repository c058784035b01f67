"""A walk through the surveys of the made-up town; one part of walk.py.

Both sides are seen: those who make and read a survey, and those who answer it.
"""

from typing import Any

from tests.browser.walk_kit import all_of, fill, here, link, nothing_typed, send, sent, upload
from tests.browser.walk_model import a_draft

ID = "[0-9a-f-]{36}"
THINGS = "A worker who stays\nHelp at night\nNo forms twice\nSomeone beside me\nAn answer in time"
QUESTIONS = (
    {"kind": "order", "text": "Made up: which of these matters most?", "additions": "on"},
    {"kind": "sets", "text": "Made up: best and worst of some at a time", "times": "1"},
    {"kind": "rate", "text": "Made up: how much does each matter?"},
    {"kind": "about", "text": "Made up: how old are you?", "own": "Under 30\n30 to 60\nOver 60",
     "reason": "Made up: to see whom we miss."},
    {"kind": "words", "text": "Made up: what else should we know?"},
)  # fmt: skip
DRAFT = {
    "change/": "change a survey", "questions/add/": "add a question", "results/": "results",
    "words/": "own words", "people/": "who runs a survey", "history/": "history of a survey",
}  # fmt: skip
OPEN = {
    "": "a survey, open", "enter/": "enter an answer from paper", "results/": "results, open",
    "words/": "own words, open", "bring-in/": "bring ballots in",
}  # fmt: skip
CLOSED = {
    "": "a survey, closed", "results/": "results, too few", "words/": "own words, too few",
    "history/": "history of a survey, closed",
}  # fmt: skip
FILLED = {"": "a survey with simulated answers", "results/": "results of simulated answers",
          "words/": "own words, none", "people/": "who runs a survey, filled",
          "beneath/": "put ranks beneath a draft"}  # fmt: skip


def surveying(walk: Any) -> None:
    """A survey: made, answered, closed, read; and one with simulated answers."""
    window = walk.sign_in("researcher")
    walk.go(window, "surveys/", "surveys")
    walk.go(window, "surveys/new/", "begin a survey")
    send(window)
    walk.look(window, "begin a survey, nothing typed", "")
    at = _made(walk, window, "link", "plain")
    walk.look(window, "a survey, nothing asked", "")
    all_of(walk, window, at, DRAFT, ", nothing asked")
    nothing_typed(walk, window, at, {"questions/add/": "add a question"})
    _asked(walk, window, at, QUESTIONS)
    walk.go(window, at, "a survey, ready to open")
    walk.go(window, link(window, rf"/questions/{ID}/$"), "change a question")
    window.goto(walk.site + at)
    sent(window, "Open the survey")
    window.goto(walk.site + at)
    address = link(window, r"/survey/[\w-]+/$")
    _answered(walk, address)
    all_of(walk, window, at, OPEN)
    nothing_typed(walk, window, at, {"enter/": "enter an answer", "bring-in/": "bring ballots in"})
    upload(window, "ballots.csv", b"A worker who stays,No such thing\n1,2\n", "text/csv")
    sent(window, "Bring them in")
    walk.look(window, "bring ballots in, a file that does not fit", "")
    window.goto(walk.site + at)
    sent(window, "Close the survey")
    all_of(walk, window, at, CLOSED)
    walk.go(walk.open("/"), address, "a survey that is closed, to whoever comes")
    _by_invitation(walk, window)
    _simulated(walk, window)


def _made(walk: Any, window: Any, ways_in: str, layout: str) -> str:
    window.goto(f"{walk.site}/surveys/new/")
    fill(window, title="Made up: what matters most", ways_in=ways_in, layout=layout,
         about="Made up: we ask, so that the next version says what weighs most.")  # fmt: skip
    sent(window, "Save")
    return here(walk, window)


def _asked(walk: Any, window: Any, at: str, questions: tuple[dict[str, str], ...]) -> None:
    for each in questions:
        window.goto(f"{walk.site}{at}questions/add/")
        more = {} if each["kind"] in ("about", "words") else {"own": THINGS}
        fill(window, kind=each["kind"])  # it says which boxes there are
        fill(window, **(more | each))
        sent(window, "Save")


def _answered(walk: Any, address: str) -> None:
    """One answer, with a mistake; sent, taken back; and a way back by code."""
    window = walk.open(address)
    walk.look(window, "a survey, to whoever comes", "")
    sent(window, "Begin")
    walk.look(window, "the code of an answer", "")
    for nth, each in enumerate(QUESTIONS, 1):
        walk.go(window, f"{address}question/{nth}/", f"a question, {each['kind']}")
    window.goto(f"{walk.site}{address}question/2/")
    sent(window, "Show one group at a time")
    walk.look(window, "a question, one group at a time", "")
    sent(window, "Show all groups on one page")
    window.goto(f"{walk.site}{address}question/1/")
    window.locator("main [name='p-i1']").evaluate("one => { one.value = 'many' }")
    sent(window, "Continue")
    walk.look(window, "a question, a place that is none", "")
    window.goto(f"{walk.site}{address}question/1/")
    window.locator("main [name='p-i1']").evaluate("one => { one.value = '1' }")
    sent(window, "Continue")
    window.goto(f"{walk.site}{address}question/5/")
    fill(window, words="Made up: that nobody has to tell it all again.")
    sent(window, "Continue")
    walk.look(window, "check an answer", "")
    sent(window, "Send my answer")
    walk.look(window, "an answer has come in", "")
    walk.go(window, f"{address}take-back/", "take an answer back")
    walk.go(window, address, "a survey, answered from this browser")
    back = walk.open(f"{address}come-back/")
    walk.look(back, "come back to an answer", "")
    sent(back, "Continue")
    walk.look(back, "come back to an answer, nothing typed", "")


def _by_invitation(walk: Any, window: Any) -> None:
    """A survey in the easy layout, to those who have a code."""
    at = _made(walk, window, "invited", "easy")
    _asked(walk, window, at, QUESTIONS[:3])
    walk.go(window, at + "codes/", "invitation codes")
    fill(window, many="3")
    sent(window, "Make them")
    walk.look(window, "invitation codes, made", "")
    code = window.locator(".survey-codes li").first.inner_text()
    window.goto(walk.site + at)
    sent(window, "Open the survey")
    window.goto(walk.site + at)
    address = link(window, r"/survey/[\w-]+/$")
    guest = walk.open(address)
    walk.look(guest, "a survey by invitation", "")
    sent(guest, "Begin")
    walk.look(guest, "a survey by invitation, no code", "")
    fill(guest, invitation_code=code)
    sent(guest, "Begin")
    walk.go(guest, f"{address}question/1/", "a question, easy to read")
    walk.go(guest, f"{address}question/2/", "a group of best and worst, easy to read")
    walk.go(guest, f"{address}question/3/", "a rating, easy to read")


def _simulated(walk: Any, window: Any) -> None:
    """The survey of the made-up town."""
    draft = a_draft(walk, window)
    window.goto(f"{walk.site}/surveys/")
    at = window.get_by_role("link", name="which harms weigh most").first.get_attribute("href")
    all_of(walk, window, at, FILLED)
    fill(window, draft=draft.rstrip("/").rpartition("/")[2])
    sent(window, "Show me first")
    walk.look(window, "put ranks beneath a draft, what it would be", "")
