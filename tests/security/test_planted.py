"""Planted words, names, files, receipts: nothing of them in anything a site leaves behind.

A real site, served by its own command with every log turned up, is used through its own pages:
told to, shared, answered, promised, judged, withdrawn. After each of these the whole database,
the whole data directory, all temporary files, all logs and all e-mails are searched.
"""

import base64
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.config.site import Site
from tests.people.kit import PASSPHRASE, code_of
from tests.security.browser import Browser, free_port
from tests.security.hunting import (
    files_in,
    hits,
    opened,
    packed,
    receipt_shapes,
    rows_in,
    shapes_of,
)

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
# Each is planted in one kind of place only, so that a hit says where it came from.
PLANTED = {
    "what happened": "Quillfeather Ozymandia",
    "more": "Brambleshanks Pettigrewson",
    "when": "vesperglow tide",
    "where": "Thistledown Marrowgate House",
    "search": "snickerdoodling",
    "name of a file": "Wobblethorpe-diagnosis",
    "inside a text file": "Crumplehorn verdigris",
    "inside a picture": "Flibberquartz lens",
    "inside a PDF": "Mumblecrust addendum",
    "what was asked": "Tanglewhisk apology",
    "answer": "Dithersby hearkened",
    "promise": "Gallowglass refurbish",
    "who will see to it": "Peregrina Snodgrasse",
    "message": "Zephyrine rejoinder",
    "file with a message": "Oddlebury enclosure",
    "sign-in name": "hollyhock.vandersnoot",
    "passphrase": "umbrage parsnip doubloon",
    "typed on a page that had ended": "Lumberjacket soliloquy",
    "address": "Kettlewhistle-lane",
    "header": "Marmadukery-agent",
    "receipt that opens nothing": "abacus zodiac yodel",
}
SEED = """
import json
from firsthand.config import prepare
prepare.set_up(); prepare.migrate()
from firsthand.people import rules
from tests.people import kit
told = {}
for name, kind, role in (("Helpers", rules.ADVOCACY, rules.ADVOCATE),
                         ("Service", rules.PROVIDER, rules.RESPONDER)):
    team = kit.team(kind, name)
    someone = kit.staff(role, team, name=f"{name} Worker")
    told[name] = {"team": str(team.id), "login": someone.sign_in_name, "secret": someone.secret}
print("SEEDED" + json.dumps(told))
"""
# The command as it is, but with every log there is turned up.
LOUD = """
import logging, sys
from firsthand.config import logs
as_it_is = logs.configure
def loud(chosen):
    as_it_is(chosen)
    for name in ("", "django", "django.db.backends", "django.request", "django.template",
                 "firsthand", "gunicorn", "gunicorn.error", "PIL", "allauth", "pikepdf"):
        logging.getLogger(name).setLevel(logging.DEBUG)
logs.configure = loud
from firsthand.cli import main
sys.exit(main(["run", "--bind", sys.argv[1]]))
"""
MAIL = """
from firsthand.config import prepare
prepare.set_up()
from django.conf import settings
settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
from django.core import mail
from firsthand.people import notices
mail.outbox = []
assert notices.send_due.func() >= 2
for each in mail.outbox:
    print(each.message().as_string())
"""


@dataclass
class Running:
    """A served site, and what was written down on the way."""

    site: Site
    port: int
    log: Path
    temporary: Path
    staff: dict[str, dict[str, str]]
    receipts: list[str] = field(default_factory=list)
    testimony: str = ""

    def everywhere(self) -> list[tuple[str, bytes]]:
        found = files_in(self.site.data, self.temporary, self.log)
        # Styles, and what was learnt from our own examples before anyone came, are as shipped.
        ours = [each for each in found if not re.match(r"data/(static|suggest)/", each[0])]
        return opened([*ours, *rows_in(self.site.database)])


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    if os.environ.get("DATABASE_URL"):
        pytest.skip("this one is about the file that SQLite keeps")
    place, port = tmp_path, free_port()
    site = Site(place / "data")
    (place / "tmp").mkdir()
    env = site.env(
        TMPDIR=str(place / "tmp"), FIRSTHAND_DEBUG="1", PYTHONUNBUFFERED="1",
        PYTHONPATH=str(ROOT),
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", SEED], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    staff = json.loads(done.stdout.partition("SEEDED")[2])
    with (place / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", LOUD, f"127.0.0.1:{port}"], env=env, cwd=ROOT, stdout=log,
            stderr=log,
        )  # fmt: skip
        try:
            _wait(port, process)
            yield Running(site, port, place / "log", place / "tmp", staff)
        finally:
            process.terminate()
            process.wait(timeout=60)


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(1200):
        assert process.poll() is None, "the site ended before it began"
        try:
            if Browser(port).get("/ready/").status == 200:
                return
        except OSError:
            time.sleep(0.25)
    raise AssertionError("the site never came up")


def test_the_hunt_finds_words_in_every_shape():
    words, receipt = "Quillfeather Ozymandia", "abacus zodiac yodel unmixed opal jury"
    raw = words.encode()
    for shape in (
        raw, raw.lower(), words.encode("utf-16-le"), raw.hex().encode(),
        base64.b64encode(b"x" + raw + b"yz"), base64.urlsafe_b64encode(b"xx" + raw),
        b"q=Quillfeather+Ozymandia", b"Quillfeather%20Ozymandia", packed(raw),
    ):  # fmt: skip
        places = opened([("here", b"before" + shape + b"after")])
        assert hits(shapes_of(words), places)[0].startswith("here")
    for shape in (b"abacus zodiac yodel", b'["zodiac", "yodel", "unmixed", "opal", "jury"]'):
        assert hits(receipt_shapes(receipt), [("here", shape)]) == ["here"]
    assert hits(shapes_of(words), [("there", b"Quill feather")]) == []


def test_nothing_is_found_after_telling_nor_after_being_answered_nor_after_withdrawing(running):
    # One test, because each part stands on the one before it, and tests run in any order.
    _after_telling(running)
    _after_sharing_and_answering(running)
    _after_withdrawing(running)


def _after_telling(running: Running) -> None:
    browser = _browser(running)
    receipt, base = _tell(browser, running)
    running.receipts.append(receipt)
    running.testimony = base.split("/")[2]
    shown = browser.get(f"/mine/{running.testimony}/").text
    assert PLANTED["what happened"] in shown, "the site itself must be able to show it"
    assert PLANTED["name of a file"] in shown
    _sign_up(running)
    _nothing_found(running)


def _after_sharing_and_answering(running: Running) -> None:
    person = _browser(running)
    assert person.post("/come-back/", {"receipt": running.receipts[0]}).status == 302
    responder = _signed_in(running, "Service")
    conversation = _answer(responder)
    asked = re.findall(r"/answers/([0-9a-f-]{36})/", person.get(_answers(running)).text)
    assert conversation in asked
    _reply(person, conversation)
    shown = person.get(f"/answers/{conversation}/").text
    for name in ("answer", "promise", "message", "who will see to it"):
        assert PLANTED[name] in shown, name
    _mishaps(running)
    mail = running.site.python(MAIL)
    assert mail.count("Subject:") == 2
    _nothing_found(running, ("e-mails", mail.encode()))


def _after_withdrawing(running: Running) -> None:
    person = _browser(running)
    assert person.post("/come-back/", {"receipt": running.receipts[0]}).status == 302
    assert person.post(f"/mine/{running.testimony}/withdraw/", {}).status == 302
    assert "Withdrawn" in person.get("/mine/").text
    _nothing_found(running)
    kept = dict(_left(running.site.database))
    assert kept == {"vault_wrap": 0, "vault_sealed": 0, "vault_chunk": 0}


def _left(database: Path) -> Iterator[tuple[str, int]]:
    """How much there is left that was sealed."""
    rows = list(rows_in(database))
    for table in ("vault_wrap", "vault_sealed", "vault_chunk"):
        yield table, sum(name == f"{table}.id" for name, _ in rows)


# -- what is done through the pages -----------------------------------------------------------


def _browser(running: Running) -> Browser:
    marked = {"User-Agent": PLANTED["header"], "X-Forwarded-For": "203.0.113.77",
              "Referer": f"http://elsewhere.example/{PLANTED['header']}"}  # fmt: skip
    return Browser(running.port, headers=marked)


def _tell(browser: Browser, running: Running) -> tuple[str, str]:
    sent = browser.post("/tell/", {"happened": f"It was {PLANTED['what happened']} who said so."})
    assert sent.status == 302, sent.text
    card = browser.get(sent.location).text.split('class="receipt__words"')[1].split("</ol>")[0]
    receipt = " ".join(re.findall(r"<li[^>]*>([a-z]+)</li>", card))
    base = sent.location.removesuffix("way-back/")
    teams = [each["team"] for each in running.staff.values()]
    for step, given in (
        ("more", {"since": PLANTED["more"]}), ("when", {"when": PLANTED["when"]}),
        ("where", {"service": PLANTED["where"]}), ("wishes", {"wishes": ["help", "answer"]}),
        ("readers", {"teams": teams}),
    ):  # fmt: skip
        assert browser.post(f"{base}{step}/", given).status == 302, step
    assert browser.post(f"{base}files/", {}, files=_files()).status == 302
    assert browser.post(f"{base}fits/", {"q": PLANTED["search"], "search": "1"}).status == 200
    assert browser.post(f"{base}check/", {}).status == 302
    wrong = {"receipt": PLANTED["receipt that opens nothing"]}
    assert browser.post(f"{base}done/", wrong).status == 422
    assert browser.post(f"{base}done/", {"receipt": receipt}).status == 302
    return receipt, base


def _files() -> list[tuple[str, str, bytes]]:
    name = PLANTED["name of a file"]
    return [
        ("files", f"{name}.txt", PLANTED["inside a text file"].encode()),
        ("files", f"{name}.jpg", _photo()),
        ("files", f"{name}.pdf", _pdf()),
    ]


def _photo() -> bytes:
    picture, said = Image.new("RGB", (300, 80), "white"), PLANTED["inside a picture"]
    ImageDraw.Draw(picture).text((10, 10), said, fill="black")
    notes = Image.Exif()
    notes[0x010E], notes[0x013B] = said, said
    made = BytesIO()
    picture.save(made, "JPEG", exif=notes, comment=said.encode())
    return made.getvalue()


def _pdf() -> bytes:
    import pikepdf

    document = pikepdf.new()
    page = document.add_blank_page(page_size=(300, 300))
    page.Contents = document.make_stream(f"BT ({PLANTED['inside a PDF']}) Tj ET".encode())
    document.docinfo["/Title"] = PLANTED["inside a PDF"]
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _sign_up(running: Running) -> None:
    browser, typed = _browser(running), PLANTED["passphrase"]
    given = {"sign_in_name": PLANTED["sign-in name"], "passphrase1": typed, "passphrase2": typed}
    assert browser.post("/sign-up/", given).status == 302
    shown = browser.get("/you/recovery-key/").text
    groups = re.findall(r"\b[0-9A-HJKMNP-TV-Z]{4}\b", shown.partition("recovery")[2])
    assert len(groups) >= 8
    running.receipts.append(" ".join(groups[:8]))
    bad = {"login": PLANTED["sign-in name"], "password": f"{typed} not"}
    assert _browser(running).post("/sign-in/", bad).status == 200


def _signed_in(running: Running, name: str) -> Browser:
    browser, who = _browser(running), running.staff[name]
    browser.post("/sign-in/", {"login": who["login"], "password": PASSPHRASE})
    code = {"code": code_of(who["secret"])}
    assert browser.post("/sign-in/code/", code).status == 302
    return browser


def _answer(responder: Browser) -> str:
    conversation = re.search(r"/inbox/([0-9a-f-]{36})/", responder.get("/inbox/").text)[1]
    assert PLANTED["what happened"] in responder.get(f"/inbox/{conversation}/").text
    given = {
        "heard": PLANTED["answer"], "responsible": "All of it.", "needed": "Not to be asked again.",
        "will-0-text": PLANTED["promise"], "will-0-who": PLANTED["who will see to it"],
        "will-0-due": "2099-01-01", "rows": "1",
    }  # fmt: skip
    sent = responder.post(f"/inbox/{conversation}/answer/", given)
    assert sent.status == 422, "ten years is the furthest a promise may be away"
    given["will-0-due"] = time.strftime("%Y-%m-%d", time.localtime(time.time() + 864_000))
    sent = responder.post(f"/inbox/{conversation}/answer/", given)
    assert sent.status == 302, sent.text
    return conversation


def _answers(running: Running) -> str:
    return f"/mine/{running.testimony}/answers/"


def _reply(person: Browser, conversation: str) -> None:
    base = f"/answers/{conversation}/"
    assert person.post(f"{base}asks/", {"text": PLANTED["what was asked"]}).status == 302
    enclosed = PLANTED["file with a message"]
    files = [("files", f"{enclosed}.txt", enclosed.encode())]
    assert person.post(base, {"text": PLANTED["message"]}, files=files).status == 302
    promise = re.search(r"/promises/([0-9a-f-]{36})/", person.get(base).text)[1]
    assert person.post(f"{base}promises/{promise}/", {"verdict": "broken"}).status == 302


def _mishaps(running: Running) -> None:
    """What goes wrong must tell no more than what goes right."""
    stranger, said = _browser(running), PLANTED["typed on a page that had ended"]
    stranger.get("/tell/")
    token = {"csrfmiddlewaretoken": stranger.get("/tell/").hidden["csrfmiddlewaretoken"]}
    ended = stranger.send(f"/tell/{running.testimony}/more/", {**token, "since": said})
    assert (ended.status, said in ended.text) == (404, True)
    assert stranger.send("/tell/", {"happened": said}).status == 403
    assert stranger.get(f"/{PLANTED['address']}/?q={PLANTED['address']}").status == 404
    assert stranger.get(f"/sign-in/?next=/{PLANTED['address']}/").status == 200
    nine = " ".join([PLANTED["receipt that opens nothing"]] * 3)
    for _ in range(7):
        refused = stranger.post("/come-back/", {"receipt": nine})
    assert refused.status == 429
    broken = [("files", f"{PLANTED['name of a file']}.png", PLANTED["inside a picture"].encode())]
    teller = _browser(running)
    base = teller.post("/tell/", {"happened": said}).location.removesuffix("way-back/")
    assert teller.post(f"{base}files/", {}, files=broken).status in (302, 422)
    assert teller.post(f"{base.replace('/tell/', '/mine/')}withdraw/", {}).status == 302


def _nothing_found(running: Running, *more: tuple[str, bytes]) -> None:
    places = [*running.everywhere(), *more]
    assert sum(len(content) for _, content in places) > 100_000, "there must be something to search"
    for name, words in PLANTED.items():
        assert hits(shapes_of(words), places) == [], name
    for receipt in running.receipts:
        assert hits(receipt_shapes(receipt), places) == [], "a receipt or recovery key"
    assert hits([b"203.0.113.77"], places) == [], "an address"
