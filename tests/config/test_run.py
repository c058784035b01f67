"""`firsthand run` makes everything ready, serves, works behind the pages, and ends cleanly."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.site import Site

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def ask(port: int, path: str) -> tuple[int, bytes]:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    asked.request("GET", path)
    answer = asked.getresponse()
    return answer.status, answer.read()


def wait_for(true) -> None:
    for _ in range(600):
        if true():
            return
        time.sleep(0.2)
    raise AssertionError("it never came true")


def is_up(port: int) -> bool:
    try:
        return ask(port, "/health/")[0] == 200
    except OSError:
        return False


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[Site, int, "subprocess.Popen[str]"]]:
    site, port = Site(tmp_path / "data"), free_port()
    words = [sys.executable, "-m", "firsthand.cli", "run", "--bind", f"127.0.0.1:{port}"]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(words, env=site.env(), stdout=log, stderr=log, text=True)
        try:
            wait_for(lambda: is_up(port) or process.poll() is not None)
            yield site, port, process
        finally:
            process.terminate()
            process.wait(timeout=60)


def test_a_fresh_directory_becomes_a_site_that_works_and_ends_cleanly(running, tmp_path):
    site, port, process = running
    said = (tmp_path / "log").read_text()
    assert process.poll() is None, said
    assert f"http://127.0.0.1:{port}" in said
    assert "firsthand steward add" in said

    assert json.loads(ask(port, "/ready/")[1])["ready"] is True
    status, page = ask(port, "/")
    assert status == 200
    assert len(page) > 1000
    assert ask(port, "/model/")[0] == 302  # to the newest version, which is there from the start

    wait_for(lambda: (site.data / "worker.seen").exists())
    assert "UNSAFE" not in site.firsthand("check").stdout
    for path in [site.data, *site.data.glob("*.*"), *site.data.glob("keys/*")]:
        assert path.stat().st_mode & 0o077 == 0, path

    worker = worker_of(process.pid)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0
    wait_for(lambda: not Path(f"/proc/{worker}").exists())


def test_the_worker_ends_when_the_server_is_killed(running):
    _, _, process = running
    wait_for(lambda: worker_of(process.pid))
    worker = worker_of(process.pid)
    process.kill()
    wait_for(lambda: ended(worker))


def worker_of(server: int) -> int:
    """The process among the server's children that is the worker."""
    for child in Path(f"/proc/{server}/task/{server}/children").read_text().split():
        if b"worker" in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0"):
            return int(child)
    return 0


def ended(process: int) -> bool:
    try:
        os.kill(process, 0)
        return Path(f"/proc/{process}/stat").read_text().split()[2] == "Z"
    except (ProcessLookupError, FileNotFoundError):
        return True
