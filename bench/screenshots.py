"""Photographs every page of the made-up town, each in its main states, narrow and wide.

    .venv/bin/python bench/screenshots.py                 all of them, into docs/screenshots
    .venv/bin/python bench/screenshots.py telling owning  only these parts
    .venv/bin/python bench/screenshots.py --data DIR      on a made-up town that is there already

Starts `firsthand demo` on a free port, walks through it (tests/browser/walk.py) and says on the
way what axe-core finds wrong and what does not fit a window of 320 px.
"""

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from playwright.sync_api import Error, sync_playwright  # noqa: E402

from tests.browser import walk  # noqa: E402
from tests.browser.conftest import AXE, CHROMIUM, RULES  # noqa: E402

PLACE = ROOT / "docs/screenshots"
WIDTHS = (375, 1280)
COLOURS = 48
TALLEST = 16_000  # pixels: WebP takes few more; what stands below in a longer list looks the same
# Pictures that wait until they come into sight: fetched now, as the whole page is photographed.
LOAD_PICTURES = """() => Promise.all([...document.images].map(one => {
  one.loading = "eager"
  return one.decode().catch(() => null)
}))"""
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


class Photographer:
    """Looks at each stop: takes the pictures, and notes what is wrong."""

    def __init__(self, part: str) -> None:
        self.part, self.wrong = part, list[str]()
        self.stops: list[str] = []

    def look(self, window: Any, name: str, _path: str) -> None:
        name = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        self.stops.append(name)
        for width in WIDTHS:
            window.set_viewport_size({"width": width, "height": 900})
            window.evaluate(LOAD_PICTURES)  # another one may fit this width
            self._keep(window, name, width)
        self._check(window, name)
        window.set_viewport_size({"width": 320, "height": 900})
        if window.evaluate("document.documentElement.scrollWidth") > 320:
            self.wrong.append(f"{name}: wider than 320 px")
        window.set_viewport_size({"width": 1280, "height": 900})

    def _check(self, window: Any, name: str) -> None:
        window.evaluate(AXE.read_text(encoding="utf-8"))
        found = window.evaluate("rules => axe.run({runOnly: rules})", RULES)
        for one in found["violations"]:
            nodes = " | ".join(node["html"][:120] for node in one["nodes"])
            self.wrong.append(f"{name}: {one['id']}: {nodes}")

    def _keep(self, window: Any, name: str, width: int) -> None:
        picture = Image.open(BytesIO(window.screenshot(full_page=True, animations="disabled")))
        picture = picture.crop((0, 0, picture.width, min(picture.height, TALLEST)))
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        place = PLACE / self.part
        place.mkdir(parents=True, exist_ok=True)
        few.convert("RGB").save(place / f"{name}-{width}.webp", lossless=True, method=4)


def serve(data: Path, port: int) -> "subprocess.Popen[bytes]":
    words = ["demo", "--data", str(data), "--bind", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "firsthand.cli", *words]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/ready/", timeout=5)
            return process
        except OSError:
            time.sleep(0.3)
    raise SystemExit("The made-up town did not start.")


def code(data: Path, name: str) -> str:
    words = ["demo", "--data", str(data), "--code", name]
    command = [sys.executable, "-m", "firsthand.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def photograph(data: Path, port: int, parts: list[str]) -> list[str]:
    kept = json.loads((data / "made-up-town.json").read_text())["receipts"]
    site, wrong = f"http://127.0.0.1:{port}", []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for part in parts:
            seen = Photographer(part)

            def opened(path: str) -> Any:
                window = chromium.new_context(reduced_motion="reduce").new_page()
                window.goto(site + path)
                return window

            shutil.rmtree(PLACE / part, ignore_errors=True)
            went = walk.Walk(
                site,
                opened,
                seen.look,
                lambda name: code(data, name),
                [each["words"] for each in kept],
            )
            try:
                walk.PARTS[part](went)
            except (AssertionError, Error) as lost:  # the other parts can be seen all the same
                seen.wrong.append(f"lost the way after {seen.stops[-1:]}: {lost}")
            print(f"{part}: {len(seen.stops)} stops", *seen.wrong, sep="\n  ", flush=True)
            (PLACE / part).mkdir(parents=True, exist_ok=True)
            (PLACE / part / "stops.json").write_text(json.dumps(seen.stops))
            wrong += [f"{part}/{each}" for each in seen.wrong]
        chromium.close()
    return wrong


def index() -> None:
    """Write the list of all pictures, in the order of the walk."""
    lines = [
        "# What the pages look like\n",
        "Made by `bench/screenshots.py` on the made-up town (`firsthand demo`). Nobody and nothing "
        "in these pictures is real. Each page was looked at narrow (375 px) and wide (1280 px).",
    ]
    for part in walk.PARTS:
        listed = PLACE / part / "stops.json"
        if not listed.exists():
            continue
        title = (walk.PARTS[part].__doc__ or part).strip()
        lines += [f"\n## {part.replace('-', ' ').capitalize()}\n", title + "\n"]
        for stop in json.loads(listed.read_text()):
            links = ", ".join(f"[{width} px]({part}/{stop}-{width}.webp)" for width in WIDTHS)
            lines.append(f"- {stop.replace('-', ' ')}: {links}")
    (PLACE / "README.md").write_text("\n".join(lines) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=list(walk.PARTS))
    parser.add_argument("--data", type=Path)
    asked = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    with tempfile.TemporaryDirectory() as place:
        data = asked.data or Path(place) / "town"
        server = serve(data, port)
        try:
            wrong = photograph(data, port, asked.parts or list(walk.PARTS))
        finally:
            server.terminate()
            server.wait(timeout=60)
    index()
    print(f"{len(wrong)} things are wrong." if wrong else "Nothing was found wrong.")
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
