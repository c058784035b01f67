"""Submissions under load: none lost, none doubled, through double clicks and a kill -9.

    .venv/bin/python bench/submissions.py --people 1000 --at-once 16 --kill
    .venv/bin/python bench/submissions.py --people 60 --at-once 4          (CPU and p95)

Starts the real server (`firsthand run`) on a data directory of its own, has made-up people tell
through every page, kills the server half way when asked, starts it again, and then comes back
with every receipt to read every word.
"""

import argparse
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from browserlike import Browser, Page, hidden

ROOT = Path(__file__).parents[1]


@dataclass
class Outcome:
    """How one person fared."""

    marker: str
    receipt: str = ""
    testimony: str = ""
    last_post: float = 0.0
    trouble: str = ""


class Server:
    """`firsthand run` in a process group of its own."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.port = data, port
        self.spent, self.process = 0.0, None

    def start(self) -> None:
        """Make everything ready, however long a busy machine takes for it; then serve."""
        env = {**os.environ, "FIRSTHAND_DATA": str(self.data)}
        env["FIRSTHAND_NO_LIMIT_ON_TELLING"] = "1"  # everyone here comes from one address
        command, log = [sys.executable, "-m", "firsthand.cli"], (self.data / "bench.log").open("ab")
        more = {"cwd": ROOT, "env": env, "stdout": log, "stderr": log}
        subprocess.run([*command, "prepare"], check=True, **more)
        command += ["run", "--no-prepare", "--bind", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(command, start_new_session=True, **more)
        wait_for(self.port, self.process)

    def kill(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.spent += cpu_of(self.process.pid)
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def cpu(self) -> float:
        """Seconds of CPU that all processes of the server have used."""
        return self.spent + cpu_of(self.process.pid)


def cpu_of(group: int) -> float:
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(parts[2]) == group:
            ticks += sum(int(part) for part in parts[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait as long as the server is starting: a minute, where many others are at work."""
    while process.poll() is None:
        try:
            if Browser("127.0.0.1", port, patience=1).get("/ready/").status == 200:
                return
        except ConnectionError:
            time.sleep(0.1)
    raise SystemExit("The server did not start; see bench.log in its data directory.")


def tell(port: int, number: int, double: bool) -> Outcome:
    """One person tells, page by page."""
    marker = f"marker-{number}-{random.Random(number).getrandbits(64):x}"
    outcome = Outcome(marker)
    browser = Browser("127.0.0.1", port)
    try:
        _tell(browser, outcome, double)
    except (ConnectionError, LookupError, TypeError, ValueError) as error:
        outcome.trouble = f"{type(error).__name__}: {error}"
    return outcome


def _tell(browser: Browser, outcome: Outcome, double: bool) -> None:
    said = f"They lost my assessment form twice and nobody rang me back. {outcome.marker}"
    page = send(browser, "/tell/", {"happened": said}, double)
    outcome.testimony = page.location.split("/")[2]
    card = browser.get(page.location).text.split('class="receipt__words"')[1].split("</ol>")[0]
    outcome.receipt = " ".join(re.findall(r"<li[^>]*>([a-z]+)</li>", card))
    base = f"/tell/{outcome.testimony}"
    send(browser, f"{base}/more/", {"since": "I stopped asking."}, False)
    send(browser, f"{base}/files/", {}, False)
    send(browser, f"{base}/when/", {"when": "last spring"}, False)
    send(browser, f"{base}/where/", {"service": "the community team"}, False)
    send(browser, f"{base}/fits/", {}, False)
    send(browser, f"{base}/wishes/", {"wishes": "count"}, double)
    page = browser.get(f"{base}/check/")
    begun = time.perf_counter()
    browser.post(f"{base}/check/", {}, token=hidden(page.text)["csrfmiddlewaretoken"])
    outcome.last_post = time.perf_counter() - begun
    send(browser, f"{base}/done/", {"receipt": outcome.receipt}, False)


def send(browser: Browser, path: str, fields: dict[str, str], double: bool) -> Page:
    """Open a page and send its form; `double` clicks twice at the same moment."""
    given = hidden(browser.get(path).text)
    token = given.pop("csrfmiddlewaretoken")
    if double:
        other = browser.copy()
        second = threading.Thread(target=lambda: other.post(path, {**given, **fields}, token=token))
        second.start()
    page = browser.post(path, {**given, **fields}, token=token)
    if double:
        second.join()
    if page.status != 302:
        raise ValueError(f"{page.status} after sending {path.split('/')[-2]}")
    return page


def read_back(port: int, outcome: Outcome) -> bool:
    """Come back by receipt from another browser and look for the marker."""
    browser = Browser("127.0.0.1", port)
    send(browser, "/come-back/", {"receipt": outcome.receipt}, False)
    return outcome.marker in browser.get(f"/mine/{outcome.testimony}/").text


def rows_in(data: Path) -> int:
    import sqlite3

    with sqlite3.connect(data / "firsthand.sqlite3") as line:
        return int(line.execute("select count(*) from testimony_testimony").fetchone()[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--at-once", type=int, default=4)
    parser.add_argument("--kill", action="store_true", help="kill -9 half way, with double clicks")
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
    server.start()
    tell(server.port, -1, False)  # warm
    at_rest(server)
    before, begun = server.cpu(), time.perf_counter()
    done: list[Outcome] = []
    with ThreadPoolExecutor(asked.at_once) as people:
        waiting = [
            people.submit(tell, server.port, n, asked.kill and n % 2 == 0)
            for n in range(asked.people)
        ]
        if asked.kill:
            while sum(each.done() for each in waiting) < asked.people // 2:
                time.sleep(0.05)
            server.kill()
            server.start()
        done = [each.result() for each in waiting]
    took, spent = time.perf_counter() - begun, server.cpu() - before
    report(asked, server, done, took, spent)


def at_rest(server: Server) -> None:
    """Wait until nothing works at starting any more: the worker starts after the first page."""
    was, now = -1.0, server.cpu()
    while now - was > 0.02:
        time.sleep(1)
        was, now = now, server.cpu()


def report(
    asked: argparse.Namespace, server: Server, done: list[Outcome], took: float, spent: float
) -> None:
    troubles = Counter(each.trouble for each in done if each.trouble)
    with ThreadPoolExecutor(4) as people:
        found = list(
            people.map(lambda each: bool(each.receipt) and read_back(server.port, each), done)
        )
    rows, last = rows_in(server.data) - 1, sorted(each.last_post for each in done)
    print(
        f"people {asked.people}, at once {asked.at_once}, kill -9 {'yes' if asked.kill else 'no'}"
    )
    print(f"told in {took:.1f} s; CPU a submission {spent / asked.people:.3f} s (all pages)")
    print(
        f"last POST: median {last[len(last) // 2]:.3f} s, p95 {last[int(len(last) * 0.95)]:.3f} s"
    )
    print(f"lost {found.count(False)}, doubled {max(rows - asked.people, 0)}, rows {rows}")
    for trouble, times in troubles.most_common(5):
        print(f"  {times} x {trouble}")


if __name__ == "__main__":
    main()
