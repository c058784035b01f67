"""Every page of telling, owning, signing in and looking after the site, in its main states.

At each stop of the walk (walk.py): axe finds nothing at 1280 and 375 px, nothing scrolls sideways
at 320 px, and every link of what went wrong leads to something that takes the focus.
"""

import shutil
from pathlib import Path

import pytest
from django.core.cache import cache

from firsthand.config.demo import filling, guide, place, town
from firsthand.harms.actions import load_published_models
from firsthand.testimony.suggesting import make_ready
from tests.browser import walk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
# The model's pages, the figures and the shell's own have their tests beside this one.
PARTS = [part for part in walk.PARTS if part != "public"]


@pytest.fixture(scope="session")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what suggests is kept once it is built."""
    return tmp_path_factory.mktemp("learnt")


@pytest.fixture
def made_up_town(settings, tmp_path, learnt, live_server, monkeypatch) -> list[str]:
    """The made-up town with all its stories but few in its crowd; returns the receipts."""
    settings.FIRSTHAND_DATA = tmp_path
    settings.FIRSTHAND_DEMO = True
    settings.FIRSTHAND_PUBLIC_URL = live_server.url
    settings.FIRSTHAND_EXIT_URL = live_server.url + "/health/"  # there is no internet here
    monkeypatch.setitem(town.town(), "crowd_sizes", [2, 2])
    cache.clear()
    shutil.copytree(learnt, tmp_path / "suggest", dirs_exist_ok=True)
    load_published_models()
    make_ready()
    shutil.copytree(tmp_path / "suggest", learnt, dirs_exist_ok=True)
    filling.fill(synthesis=False)
    return [each["words"] for each in place.kept(tmp_path)["receipts"]]


@pytest.mark.parametrize("part", PARTS)
def test_every_page_in_every_state(made_up_town, open_page, live_server, axe, fits, part):
    seen = []

    def look(window, name, _path):
        seen.append(name)
        for width in (1280, 375):
            window.set_viewport_size({"width": width, "height": 900})
            axe(window)
        window.set_viewport_size({"width": 320, "height": 900})
        fits(window)
        leads(window)
        window.set_viewport_size({"width": 1280, "height": 900})

    walk.PARTS[part](walk.Walk(live_server.url, open_page, look, guide.code_for, made_up_town))
    assert seen


def leads(window) -> None:
    """Check that each link of an error summary reaches something that takes the focus."""
    links = window.locator(".govuk-error-summary__list a")
    for place_ in range(links.count()):
        links.nth(place_).click()
        target = links.nth(place_).get_attribute("href")
        at = window.evaluate("'#' + document.activeElement.id")
        inside = window.evaluate(
            "id => !!document.activeElement.closest(id) && document.activeElement.tabIndex >= 0",
            target,
        )
        assert at == target or inside, f"{window.url}: {target} takes no focus"
