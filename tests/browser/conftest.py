"""A real browser for the tests that need one.

    @pytest.mark.browser
    def test_the_front_page(open_page, live_server, axe):
        page = open_page("/", width=320, js=False)      # a fresh, private browser window
        axe(page)                                       # fails with what is wrong, and where

`browser` is Chromium itself, started once. Everything here is skipped, with the reason said, where
Chromium or the checker (npm's axe-core) is not installed.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("FIRSTHAND_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
AXE = ROOT / "node_modules/axe-core/axe.min.js"
# WCAG 2.2 A and AA, and the checker's own advice on good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Playwright's sync API keeps an event loop running; Django would take that for a mistake.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

Page = Any
Opener = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, started once for all the tests of this process."""
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed: apt-get install chromium, or FIRSTHAND_CHROMIUM")
    with api.sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Any, live_server: Any) -> Iterator[Opener]:
    """Open an address of the live site in a fresh window: open_page("/x", width=375, js=True).

    Pass `beside=page` to open a second tab of the same window (same cookies).
    """
    windows: list[Any] = []

    def opened(
        path: str = "/", *, width: int = 1280, height: int = 900, js: bool = True,
        beside: Page | None = None, **more: Any,
    ) -> Page:  # fmt: skip
        if beside is None:
            size = {"width": width, "height": height}
            windows.append(browser.new_context(viewport=size, java_script_enabled=js, **more))
        page = (beside.context if beside is not None else windows[-1]).new_page()
        page.set_default_timeout(15_000)
        page.goto(live_server.url + path)
        return page

    yield opened
    for window in windows:
        window.close()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Check a page with axe-core; fails with each thing that is wrong and where it is."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: make assets")

    def checked(page: Page) -> None:
        page.wait_for_load_state()
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
        wrong = [
            f"{one['id']} ({one['impact']}): {one['help']}\n    " + "\n    ".join(
                node["html"][:200] for node in one["nodes"]
            )
            for one in found["violations"]
        ]  # fmt: skip
        assert not wrong, f"{page.url}\n" + "\n".join(wrong)

    return checked


@pytest.fixture
def fits() -> Callable[[Page], None]:
    """Check that a page needs no sideways scrolling at the width it has."""

    def checked(page: Page) -> None:
        page.wait_for_load_state()  # a page that is still coming has no width yet
        wide, seen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= seen, f"{page.url} is {wide}px wide in a window of {seen}px"

    return checked


@pytest.fixture
def looked(axe: Callable[[Page], None], fits: Callable[[Page], None]) -> Callable[..., None]:
    """Look at a page as a phone and a desk show it: axe, no sideways scrolling, and a photograph.

    Photographs are kept where FIRSTHAND_SCREENSHOTS says; without it none are taken.
    """

    def checked(page: Page, name: str) -> None:
        page.wait_for_load_state()
        for width in (375, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            photograph(page, name, width)
            axe(page)
            fits(page)

    return checked


def photograph(page: Page, name: str, width: int) -> None:
    if place := os.environ.get("FIRSTHAND_SCREENSHOTS"):
        Path(place).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{place}/{name}-{width}.png", full_page=True)
