"""A survey under load: none lost, none doubled, and how soon each page comes.

    PYTHONPATH=. python bench/survey_load.py --people 300 --at-once 16

Starts the real server (`firsthand run`) on a data directory of its own, makes a survey with
invitation codes in its database, has made-up people answer it through every page (every fourth
presses the last button twice), and looks for every answer afterwards.
"""

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from browserlike import Browser, Page, hidden
from submissions import Server, at_rest

ROOT = Path(__file__).parents[1]
MAKE = """
import json, sys
from firsthand.config import prepare
prepare.set_up()
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.actions import surveys
from firsthand.people import actions as people
from firsthand.people.models import User
user = User.objects.create(username="bench", role="researcher", name="Bench")
people.give_keys(user, "lantern orbit gravel")
about = {"title": "Bench (made up)", "about": "Made up.", "ways_in": "invited", "layout": "plain"}
by = surveys.make(User.objects.get(id=user.id), about)
items = rules.keyed(f"Thing {n}" for n in range(18))
surveys.ask(by, {"kind": "order", "text": "First?", "items": items, "additions": True})
surveys.ask(by, {"kind": "sets", "text": "Most and least?", "items": items, "times": 2})
surveys.ask(by, {"kind": "rate", "text": "How much?", "items": items})
surveys.ask(by, {"kind": "words", "text": "What else?", "items": []})
surveys.put(by, "open")
print(json.dumps({"link": by.survey.link, "codes": surveys.make_codes(by, int(sys.argv[1]))}))
"""
LOOK = """
import json
from firsthand.config import prepare
prepare.set_up()
from firsthand.consultation.models import Answer, InvitationCode
sent = Answer.objects.filter(stage="sent")
places = [next(iter(each.values()))["places"] for each in sent.values_list("chosen", flat=True)]
print(json.dumps({"sent": len(places), "begun": Answer.objects.filter(stage="begun").count(),
    "words": sent.exclude(words=b"").count(), "three": sum(len(each) == 3 for each in places),
    "used": InvitationCode.objects.filter(used=True).count()}))
"""


def script(data: Path, text: str, *more: str) -> dict:
    """Run a few lines in the site's own process; return what they print."""
    env = {**os.environ, "FIRSTHAND_DATA": str(data), "PYTHONPATH": str(ROOT),
           "DJANGO_SETTINGS_MODULE": "firsthand.config.settings"}  # fmt: skip
    out = subprocess.run([sys.executable, "-c", text, *more], env=env, cwd=ROOT, check=True,
                         capture_output=True, text=True)  # fmt: skip
    return json.loads(out.stdout.splitlines()[-1])


class Person:
    """Someone who answers, and how long each of their pages took."""

    def __init__(self, port: int, link: str, code: str, double: bool) -> None:
        self.browser, self.base, self.code = Browser("127.0.0.1", port), f"/survey/{link}/", code
        self.double, self.took, self.trouble = double, [], ""

    def answer(self) -> "Person":
        try:
            self._answer()
        except (ConnectionError, LookupError, TypeError, ValueError) as error:
            self.trouble = f"{type(error).__name__}: {error}"
        return self

    def _answer(self) -> None:
        self.send("", {"invitation_code": self.code})
        self.get("code/")
        self.send("question/1/", {"p-i1": "1", "p-i2": "2", "p-i3": "2", "words": "Made up."})
        shown = re.findall(r'name="b-0"[^>]*value="(\w+)"', self.get("question/2/").text)
        self.send("question/2/", {"b-0": shown[0], "w-0": shown[1]})
        self.send("question/3/", {"r-i1": "5", "r-i2": "not-apply"})
        self.send("question/4/", {"words": "Made up, and said by nobody."})
        self.send("check/", {}, self.double)

    def get(self, path: str) -> Page:
        return self.timed(lambda: self.browser.get(self.base + path))

    def send(self, path: str, fields: dict[str, str], double: bool = False) -> None:
        given = hidden(self.get(path).text)
        token = given.pop("csrfmiddlewaretoken")

        def post(browser: Browser) -> Page:
            return browser.post(self.base + path, {**given, **fields}, token=token)

        other = threading.Thread(target=post, args=(self.browser.copy(),))
        if double:
            other.start()
        page = self.timed(lambda: post(self.browser))
        if double:
            other.join()
        if page.status != 302:
            raise ValueError(f"{page.status} after {path}")

    def timed(self, do) -> Page:
        begun = time.perf_counter()
        page = do()
        self.took.append(time.perf_counter() - begun)
        return page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--at-once", type=int, default=16)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        run(asked, Server(Path(place), port))


def run(asked: argparse.Namespace, server: Server) -> None:
    server.start()
    made = script(server.data, MAKE, str(asked.people + 1))
    codes = made["codes"]
    Person(server.port, made["link"], codes.pop(), False).answer()  # warm
    at_rest(server)
    before, begun = server.cpu(), time.perf_counter()
    with ThreadPoolExecutor(asked.at_once) as people:
        waiting = [people.submit(Person(server.port, made["link"], code, n % 4 == 0).answer)
                   for n, code in enumerate(codes)]  # fmt: skip
        done = [each.result() for each in waiting]
    took, spent = time.perf_counter() - begun, server.cpu() - before
    pages = sorted(each for person in done for each in person.took)
    found = script(server.data, LOOK)
    server.kill()
    print(f"{asked.people} people, {asked.at_once} at once, in {took:.0f} s; "
          f"CPU of the server {spent / asked.people:.3f} s a person, "
          f"{spent / len(pages) * 1000:.0f} ms a page")  # fmt: skip
    print(f"{len(pages):,} pages: median {pages[len(pages) // 2] * 1000:.0f} ms, "
          f"p95 {pages[int(len(pages) * 0.95)] * 1000:.0f} ms")  # fmt: skip
    print(f"lost {asked.people + 1 - found['sent']}, begun and not sent {found['begun']}; {found}")
    for person in [each for each in done if each.trouble][:5]:
        print(" ", person.trouble)


if __name__ == "__main__":
    main()
