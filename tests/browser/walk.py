"""A walk through the pages of a made-up town, each in its main states, for whoever looks at them.

`tests/browser/test_every_page.py` checks what is seen on the way; `bench/screenshots.py`
photographs it. A `Walk` is given how to open a window, what to do at each stop, the code that an
app would show, and the receipts of the town.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from firsthand.config.demo import town
from tests.browser.walk_coding import coding
from tests.browser.walk_groups import consulting
from tests.browser.walk_kit import press as press
from tests.browser.walk_model import making_the_next_version
from tests.browser.walk_review import reviewing
from tests.browser.walk_surveys import surveying

Window = Any
Look = Callable[[Window, str, str], None]  # the window, the name of the stop, what it shows

SAID = (
    "Made up: they lost my assessment form twice. Nobody rang me back and I had to tell a new "
    "worker everything again. I was so stressed that I could not sleep."
)
PUBLIC = {
    "": "home", "about/": "about", "privacy/": "privacy", "accessibility/": "accessibility",
    "help/": "help", "source/": "source code", "nowhere/": "a page that is not there",
    "model/2022/": "the model", "model/2022/S6": "one source of harm",
    "model/2022/S1.10": "one experience", "model/2022/I11": "one impact",
    "model/2022/M6B": "one way to lessen harm", "model/2022/making": "how the model was made",
    "model/2022/crosswalk": "the model beside other lists",
    "model/2022/search?q=complaint": "a search", "model/2022/search?q=xyzzy": "nothing found",
    "figures/": "figures", "figures/how-they-are-made": "how figures are made",
    "come-back/": "come back", "sign-in/": "sign in", "sign-up/": "make a sign-in",
    "lost/": "lost passphrase", "lost/second-step/": "lost second step",
    "invitation/": "an invitation that is spent",
}  # fmt: skip
STEWARDS = {
    "steward/": "start", "steward/organisations/": "organisations",
    "steward/organisations/add/": "add an organisation", "steward/staff/": "staff",
    "steward/invitations/": "invitations", "steward/invitations/new/": "invite someone",
}  # fmt: skip


@dataclass
class Walk:
    """`open` makes a fresh window at an address; `site` is where the site is."""

    site: str
    open: Callable[[str], Window]
    look: Look
    code: Callable[[str], str]
    receipts: list[str] = field(default_factory=list)
    work: Callable[[], object] = lambda: None  # do what waits; the demo's own worker does it

    def go(self, window: Window, path: str, name: str) -> None:
        window.goto(f"{self.site}/{path.lstrip('/')}")
        self.look(window, name, path)

    def sign_in(self, name: str, *, show: bool = False) -> Window:
        window = self.open("/sign-in/")
        if show:
            press(window, "Sign in")
            self.look(window, "sign in, nothing typed", "")
        window.get_by_label("Your sign-in name").fill(name)
        window.get_by_label("Your passphrase").fill(town.town()["passphrase"])
        press(window, "Sign in")
        if name not in {row["sign_in"] for row in town.rows("people")}:
            self._second_step(window, name, show)
        return window

    def _second_step(self, window: Window, name: str, show: bool) -> None:
        if show:
            self.look(window, "second step", "")
            window.get_by_label("The code from your app").fill("123")
            press(window, "Continue")
            self.look(window, "second step, wrong code", "")
        window.get_by_label("The code from your app").fill(self.code(name))
        press(window, "Continue")


def public(walk: Walk) -> None:
    """What anyone may see."""
    window = walk.open("/")
    for path, name in PUBLIC.items():
        walk.go(window, path, name)


def telling(walk: Walk) -> None:
    """From the first word to the receipt typed back, with a mistake wherever one can be made."""
    window = walk.open("/tell/")
    walk.look(window, "what happened", "")
    press(window, "Continue")
    walk.look(window, "what happened, nothing typed", "")
    window.get_by_label("What happened?").fill(SAID)
    press(window, "Continue")
    walk.look(window, "the nine words", "")
    words = " ".join(re.findall(r"[a-z]+", window.locator(".receipt__words").inner_text()))
    window.get_by_role("link", name="Continue").or_(
        window.get_by_role("button", name="Continue")
    ).first.click()
    walk.look(window, "anything to add", "")
    press(window, "Continue")
    _files(walk, window)
    walk.look(window, "when", "")
    window.get_by_label("When did it happen?").fill("last spring")
    press(window, "Continue")
    walk.look(window, "where", "")
    window.get_by_label("What kind of service was it?").select_option("social-work")
    press(window, "Continue")
    _fits(walk, window)
    walk.look(window, "what should happen", "")
    for wish in ("Let it be counted", "Put me in touch", "Ask the service"):
        window.get_by_label(re.compile(wish)).check()
    press(window, "Continue")
    _readers(walk, window)
    walk.look(window, "check", "")
    press(window, "Keep it and share it with them")
    _asked_back(walk, window, words)


def _files(walk: Walk, window: Window) -> None:
    walk.look(window, "files", "")
    page = {"name": "page.html", "mimeType": "image/png", "buffer": b"<html><script>1</script>"}
    window.get_by_label("Choose files").set_input_files(page)
    press(window, "Add these files")
    walk.look(window, "files, one that cannot be taken", "")
    letter = {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Made up: a letter."}
    window.get_by_label("Choose files").set_input_files(letter)
    press(window, "Add these files")
    walk.look(window, "files, one added", "")
    press(window, "Continue")


def _fits(walk: Walk, window: Window) -> None:
    walk.look(window, "does any of this fit", "")
    window.get_by_label("Look for something else").fill("xyzzy")
    press(window, "Search")
    walk.look(window, "does any of this fit, nothing found", "")
    window.get_by_label("Look for something else").fill("complaint")
    press(window, "Search")
    window.locator("input[name=codes]").first.check()
    walk.look(window, "does any of this fit, found", "")
    press(window, "Continue")


def _readers(walk: Walk, window: Window) -> None:
    window.get_by_label(re.compile("Made-up Advocacy")).check()
    window.get_by_label(re.compile("Made-up Council")).check()
    window.get_by_label("Until when?").fill("one day")
    press(window, "Continue")
    walk.look(window, "who may read, a day that is none", "")
    window.get_by_label("Until when?").fill("")
    for part in window.locator("main details").all():
        part.evaluate("one => { one.open = true }")
    walk.look(window, "who may read", "")
    press(window, "Continue")


def _asked_back(walk: Walk, window: Window, words: str) -> None:
    walk.look(window, "nine words asked back", "")
    window.get_by_label("Your nine words").fill("ponchos " + words.partition(" ")[2])
    press(window, "Check my words")
    walk.look(window, "nine words asked back, mistyped", "")
    window.get_by_label("Your nine words").fill(words)
    press(window, "Check my words")
    walk.look(window, "kept", "")
    walk.go(window, "sign-up/", "make a sign-in of a receipt")
    press(window, "Make my sign-in")
    walk.look(window, "make a sign-in of a receipt, nothing typed", "")


def broken_off(walk: Walk) -> None:
    """A telling kept for later; a sitting that ended under a page."""
    window = walk.open("/tell/")
    window.get_by_label("What happened?").fill(SAID)
    press(window, "Continue")
    base = re.sub(r"way-back/$", "", window.url)
    window.goto(base + "more/")
    press(window, "Save and come back later")
    walk.look(window, "kept for later", "")
    window.goto(base + "done/")
    walk.look(window, "kept for later, words asked back", "")
    walk.go(window, "mine/", "mine, one not finished")
    window.goto(base + "more/")
    window.get_by_label("What led up to it?").fill("Made up: it had been going on for a while.")
    window.context.clear_cookies(name="sitting")
    press(window, "Continue")
    walk.look(window, "the sitting ended under a page", "")
    walk.go(window, "mine/", "mine, nothing open")
    walk.go(window, base[len(walk.site) :] + "check/", "something that is not yours")


def owning(walk: Walk) -> None:
    """Come back with a receipt; read, see who read, judge, stop, withdraw."""
    window = walk.open("/come-back/")
    press(window, "Continue")
    walk.look(window, "come back, nothing typed", "")
    window.get_by_label("Your nine words").fill("ponchos and other words")
    press(window, "Continue")
    walk.look(window, "come back, words on no receipt", "")
    window.get_by_label("Your nine words").fill(walk.receipts[0])
    press(window, "Continue")
    walk.look(window, "mine, by receipt", "")
    window.get_by_role("link", name=re.compile("Told on")).click()
    walk.look(window, "what I told", "")
    own = window.url[len(walk.site) :]
    for part, name in (
        ("who-read/", "who has read it"), ("withdraw/", "withdraw it"), ("answers/", "answers"),
    ):  # fmt: skip
        walk.go(window, own + part, name)
    window.goto(walk.site + own)
    window.get_by_role("link", name=re.compile("Stop sharing")).first.click()
    walk.look(window, "stop sharing", "")
    walk.go(window, "receipt/new-words/", "new receipt words, the old ones first")
    press(window, "Continue")
    walk.look(window, "new receipt words, nothing typed", "")
    window.get_by_label("Your nine words").fill(walk.receipts[0])
    press(window, "Continue")
    walk.look(window, "new receipt words", "")
    for step in ("wishes", "happened", "fits", "files"):
        walk.go(window, own.replace("/mine/", "/tell/") + step + "/", f"change {step}")
    _conversation(walk, window, own)
    _wish_taken_back(walk, window, own.replace("/mine/", "/tell/"))


def _conversation(walk: Walk, window: Window, own: str) -> None:
    window.goto(walk.site + own + "answers/")
    window.locator("main a").filter(has_text="Made-up Council").first.click()
    walk.look(window, "a conversation", "")
    talk = window.url[len(walk.site) :]
    window.get_by_role("link", name=re.compile("say how", re.I)).first.click()
    walk.look(window, "how a promise went", "")
    walk.go(window, talk + "asks/", "what I would like")
    walk.go(window, talk + "close/", "close it")
    _beside(walk, window, talk)


def _beside(walk: Walk, window: Window, talk: str) -> None:
    """An advocate is let in, and looks."""
    walk.go(window, talk + "let-in/", "let an advocate in")
    press(window, "Let them in")
    walk.look(window, "let an advocate in, nobody chosen", "")
    window.get_by_label(re.compile("Made-up Advocacy")).check()
    press(window, "Let them in")
    walk.look(window, "a conversation with an advocate in it", "")
    window.get_by_role("link", name=re.compile("Take them out")).click()
    walk.look(window, "take an advocate out", "")
    advocate = walk.sign_in("advocate")
    walk.go(advocate, "inbox/", "an advocate's inbox")
    advocate.locator("main a[href^='/inbox/beside/']").first.click()
    walk.look(advocate, "a conversation an advocate was let into", "")


def _wish_taken_back(walk: Walk, window: Window, telling: str) -> None:
    window.goto(walk.site + telling + "wishes/")
    for wish in ("Put me in touch", "Ask the service"):
        window.get_by_label(re.compile(wish)).uncheck()
    press(window, "Save")
    walk.look(window, "a wish taken back", "")
    walk.go(window, telling + "readers/", "who may read, a wish taken back")


def signed_in(walk: Walk) -> None:
    """A person with a sign-in."""
    window = walk.sign_in("someone who told", show=True)
    walk.go(window, "mine/", "mine")
    walk.go(window, "you/sign-in/", "my sign-in")
    walk.go(window, "you/passphrase/", "change my passphrase")
    press(window, "Change it" if window.get_by_role("button", name="Change it").count() else
          window.locator("main form button").last.inner_text())  # fmt: skip
    walk.look(window, "change my passphrase, nothing typed", "")
    walk.go(window, "you/recovery-key/new/", "a new recovery key, the passphrase first")
    walk.go(window, "you/second-step/", "my second step")
    walk.go(window, "you/second-step/app/", "set up an app")
    press(window, "Continue")
    walk.look(window, "set up an app, no code", "")
    walk.go(window, "you/second-step/passkeys/add/", "set up a passkey")
    walk.go(window, "sign-out/", "sign out")
    walk.go(window, "you/delete/", "delete my sign-in")
    press(window, "Delete my sign-in")
    walk.look(window, "delete my sign-in, nothing typed", "")
    walk.go(window, "you/delete/receipt/", "a receipt to keep it by")
    press(window, "I have written them down")
    walk.look(window, "a receipt to keep it by, nothing typed", "")
    _kept(walk, window)


def _kept(walk: Walk, window: Window) -> None:
    """The first two words are typed back; then there is a choice, and then no sign-in."""
    shown = re.findall(r"[a-z-]+", window.locator(".receipt__words").inner_text())
    window.get_by_label("Type the first two words").fill(" ".join(shown[:2]))
    window.get_by_label("Your passphrase, once more").fill(town.town()["passphrase"])
    press(window, "I have written them down")
    walk.look(window, "delete my sign-in, with a receipt", "")
    window.get_by_label(re.compile("Keep it")).check()
    window.get_by_label("Your passphrase, once more").fill(town.town()["passphrase"])
    press(window, "Delete my sign-in")
    walk.look(window, "goodbye", "")


def signing_up(walk: Walk, name: str = "quiet made-up fox") -> None:
    """Making a sign-in and its recovery key."""
    window = walk.open("/sign-up/")
    press(window, "Make my sign-in")
    walk.look(window, "make a sign-in, nothing typed", "")
    window.get_by_label("Sign-in name").fill(name)
    window.get_by_label("New passphrase").fill(town.town()["passphrase"])
    window.get_by_label("The same passphrase again").fill(town.town()["passphrase"])
    press(window, "Make my sign-in")
    walk.look(window, "the recovery key", "")
    press(window, "I have kept it")
    walk.look(window, "the recovery key, end not typed", "")
    window.get_by_role("link", name="Go on without it").click()
    walk.look(window, "go on without a recovery key", "")
    press(window, "Go on without it")
    walk.go(window, "lost/", "lost passphrase, signed in")


def answering(walk: Walk) -> None:
    """A team's desk: inbox, request, answer."""
    window = walk.sign_in("council worker", show=True)
    walk.go(window, "inbox/", "inbox")
    walk.go(window, "inbox/?stage=promised", "inbox, filtered")
    walk.go(window, "inbox/?stage=closed", "inbox, nothing found")
    walk.go(window, "inbox/?stage=asked", "inbox, not opened")
    window.locator("main table a").first.click()
    walk.look(window, "a request", "")
    press(window, "Send message")
    walk.look(window, "a request, an empty message", "")
    window.get_by_role("link", name=re.compile("Write your answer")).click()
    walk.look(window, "an answer", "")
    press(window, "Send answer")
    walk.look(window, "an answer, nothing typed", "")
    walk.go(window, "you/", "where I begin")
    walk.go(window, "teams/", "my teams")
    window.locator("main a[href^='/teams/']").first.click()
    walk.look(window, "one of my teams", "")
    walk.go(window, window.url[len(walk.site) :] + "leave/", "leave a team")
    walk.go(window, "you/sign-in/", "my sign-in")
    walk.go(window, "you/second-step/", "my second step")
    walk.go(window, "steward/", "a page for others")


def stewarding(walk: Walk) -> None:
    """Looking after the site, without a word of what is told."""
    window = walk.sign_in("steward")
    for path, name in STEWARDS.items():
        walk.go(window, path, name)
    walk.go(window, "steward/organisations/add/", "add an organisation again")
    window.locator("main form button").last.click()
    walk.look(window, "add an organisation, nothing typed", "")
    _first(walk, window, "steward/organisations/", "an organisation")
    at = window.url[len(walk.site) :]
    walk.go(window, at + "edit/", "change an organisation")
    walk.go(window, at + "teams/add/", "add a team")
    window.locator("main form button").last.click()
    walk.look(window, "add a team, nothing typed", "")
    window.goto(walk.site + at)
    window.locator("main a[href^='/steward/teams/']").first.click()
    walk.look(window, "a team", "")
    walk.go(window, window.url[len(walk.site) :] + "edit/", "change a team")
    _first(walk, window, "steward/staff/", "someone on the staff")
    window.goto(f"{walk.site}/steward/invitations/new/")
    window.locator("main form button").last.click()
    walk.look(window, "invite someone, nothing chosen", "")
    window.get_by_label(re.compile("Researcher:")).check()
    window.locator("main form button").last.click()
    walk.look(window, "an invitation's link", "")
    window.goto(window.locator(".words, code, main strong").first.inner_text().strip())
    walk.look(window, "an invitation, opened while signed in", "")


def _first(walk: Walk, window: Window, path: str, name: str) -> None:
    window.goto(f"{walk.site}/{path}")
    uuid = re.compile(rf"^/{path}[0-9a-f-]{{36}}/$")
    links = [one.get_attribute("href") for one in window.locator("main a").all()]
    walk.go(window, next(link for link in links if uuid.match(link or "")), name)


PARTS: dict[str, Callable[[Walk], None]] = {
    "public": public,
    "telling": telling,
    "broken-off": broken_off,
    "owning": owning,
    "signing-up": signing_up,
    "signed-in": signed_in,
    "answering": answering,
    "stewarding": stewarding,
    "reviewing": reviewing,
    "next-version": making_the_next_version,
    "coding": coding,
    "groups": consulting,
    "surveys": surveying,
}
