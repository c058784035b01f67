"""A survey under load: none lost, none doubled, and how soon each page comes.

    PYTHONPATH=. python bench/survey_load.py --people 300 --minutes 5
    PYTHONPATH=. python bench/survey_load.py --people 30 --minutes 0.5     (a quick look)

Starts the real server (`firsthand run`) on a data directory of its own, makes a survey with
invitation codes in its database, and has made-up people answer it within so many minutes. Each
opens it, saves some questions, comes back by code in another browser, answers the rest and sends,
with pauses as of someone who reads; every fourth presses the last button twice. No two put the
same three first, so that each answer can be looked for afterwards by what it says.
"""

import argparse
import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

from browserlike import Browser, Page, hidden
from submissions import Server, at_rest

ROOT = Path(__file__).parents[1]
ITEMS = 18
PAUSES = 10  # between opening and sending
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
from firsthand.consultation.models import Answer, InvitationCode, Question
asked = {row.kind: str(row.id) for row in Question.objects.all()}
sent = Answer.objects.filter(stage="sent")
whole = [row for row in sent if row.words and {asked[k] for k in ("order", "sets", "rate")}
         <= set(row.chosen)]
places = [sorted(row.chosen[asked["order"]]["places"].items(), key=lambda each: each[1])
          for row in whole]
print(json.dumps({"first": [" ".join(key for key, _ in each) for each in places],
    "sent": sent.count(), "begun": Answer.objects.filter(stage="begun").count(),
    "used": InvitationCode.objects.filter(used=True).count()}))
"""


def script(data: Path, text: str, *more: str) -> dict:
    """Run a few lines in the site's own process; return what they print."""
    env = {**os.environ, "FIRSTHAND_DATA": str(data), "PYTHONPATH": str(ROOT),
           "DJANGO_SETTINGS_MODULE": "firsthand.config.settings"}  # fmt: skip
    out = subprocess.run([sys.executable, "-c", text, *more], env=env, cwd=ROOT, check=True,
                         capture_output=True, text=True)  # fmt: skip
    return json.loads(out.stdout.splitlines()[-1])


@dataclass
class Person:
    """Someone who answers. `took`: seconds each of their pages took; `pause`: before each one."""

    port: int
    link: str
    code: str
    first: tuple[str, ...]
    double: bool = False
    wait: float = 0.0
    pause: float = 0.0
    took: list[float] = field(default_factory=list)
    trouble: str = ""

    def answer(self) -> None:
        time.sleep(self.wait)
        try:
            self.browser = Browser("127.0.0.1", self.port)
            self._answer()
        except (ConnectionError, LookupError, TypeError, ValueError) as error:
            self.trouble = f"{type(error).__name__}: {error}"

    def _answer(self) -> None:
        self.send("", {"invitation_code": self.code})
        back = re.search(r'survey-code">([^<]+)<', self.get("code/").text)[1]
        places = {f"p-{key}": str(at) for at, key in enumerate(self.first, 1)}
        self.send("question/1/", {**places, "words": "Made up."})
        self.send("question/2/", self.sets())
        self.browser = Browser("127.0.0.1", self.port)  # another day, another browser
        self.send("come-back/", {"code": back})
        self.send("question/3/", {"r-i1": "5", "r-i2": "not-apply"})
        self.send("question/4/", {"words": "Made up, and said by nobody."})
        self.send("check/", {}, self.double)
        if "Thank you" not in self.get("done/").text:
            raise ValueError("no thanks for what was sent")

    def sets(self) -> dict[str, str]:
        """Choose in the first group, from what stands in it."""
        shown = re.findall(r'name="b-0"[^>]*value="(\w+)"', self.get("question/2/").text)
        return {"b-0": shown[0], "w-0": shown[1]}

    def get(self, path: str) -> Page:
        return self.timed(lambda: self.browser.get(f"/survey/{self.link}/{path}"))

    def send(self, path: str, fields: dict[str, str], double: bool = False) -> None:
        given = hidden(self.get(path).text)
        token = given.pop("csrfmiddlewaretoken")

        def post(browser: Browser) -> Page:
            return browser.post(f"/survey/{self.link}/{path}", {**given, **fields}, token=token)

        self.rest()
        other = threading.Thread(target=post, args=(self.browser.copy(),))
        if double:
            other.start()
        page = self.timed(lambda: post(self.browser))
        if double:
            other.join()
        if page.status != 302:
            raise ValueError(f"{page.status} after {path}")

    def rest(self) -> None:
        """Read and think; meanwhile the server closes the line, as it does to every browser."""
        time.sleep(self.pause * random.uniform(0.5, 1.5))
        self.browser.line = None

    def timed(self, do) -> Page:
        begun = time.perf_counter()
        page = do()
        self.took.append(time.perf_counter() - begun)
        return page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--minutes", type=float, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        server = Server(Path(place), port)
        try:
            run(asked, server)
        finally:
            server.kill()


def run(asked: argparse.Namespace, server: Server) -> None:
    print("Starting the server.", flush=True)
    server.start()
    made = script(server.data, MAKE, str(asked.people + 1))
    Person(server.port, made["link"], made["codes"].pop(), ("i18", "i17", "i16")).answer()  # warm
    at_rest(server)
    people = crowd(asked, server.port, made)
    print(f"{asked.people} people answer within {asked.minutes} minutes.", flush=True)
    before, begun = server.cpu(), time.perf_counter()
    threads = [threading.Thread(target=each.answer) for each in people]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    report(people, script(server.data, LOOK), time.perf_counter() - begun, server.cpu() - before)


def crowd(asked: argparse.Namespace, port: int, made: dict) -> list[Person]:
    """People who come one after the other in the first half, and have ended at the end."""
    whole = asked.minutes * 60
    orders = permutations([f"i{n}" for n in range(1, ITEMS + 1)], 3)
    return [
        Person(port, made["link"], code, first, n % 4 == 0, n / asked.people * whole / 2,
               whole / 2 * 0.9 / PAUSES)
        for n, (code, first) in enumerate(zip(made["codes"], orders, strict=False))
    ]  # fmt: skip


def report(people: list[Person], found: dict, took: float, spent: float) -> None:
    pages = sorted(each for person in people for each in person.took)
    times = Counter(found["first"])
    lost = [person for person in people if not times[" ".join(person.first)]]
    doubled = sum(times[" ".join(person.first)] > 1 for person in people)
    print(f"{len(people)} people in {took:.0f} s; CPU of the server {spent:.1f} s, "
          f"{spent / len(pages) * 1000:.0f} ms a page")  # fmt: skip
    print(f"{len(pages):,} pages: median {pages[len(pages) // 2] * 1000:.0f} ms, "
          f"p95 {pages[int(len(pages) * 0.95)] * 1000:.0f} ms, "
          f"max {pages[-1] * 1000:.0f} ms")  # fmt: skip
    print(f"lost {len(lost)}, doubled {doubled}; sent {found['sent']} (one of them to warm up), "
          f"begun and not sent {found['begun']}, codes used {found['used']}")  # fmt: skip
    for person in [each for each in people if each.trouble][:5]:
        print(" ", person.trouble)


if __name__ == "__main__":
    main()
