"""Every page of telling, owning, signing in and looking after the site, in its main states.

At each stop of the walk (walk.py): axe finds nothing at 1280 and 375 px, nothing scrolls sideways
at 320 px, and every link of what went wrong leads to something that takes the focus. In the rooms
where a version of the model is made, axe looks at 375 px only, and the walk has to come to every
page there is.
"""

import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import resolve

from firsthand.codebook import rules
from firsthand.codebook.actions import arriving, bringing
from firsthand.codebook.models import Arrival, Brought
from firsthand.codebook.models.interchange import CHOSEN, WAITING
from firsthand.config.demo import filling, guide, place, town
from firsthand.harms.actions import load_published_models
from firsthand.testimony.suggesting import make_ready
from tests.access.addresses import every, parameters
from tests.browser import walk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
# The model's pages, the figures and the shell's own have their tests beside this one.
# The rooms where a version of the model is made, and whose pages they are. Two halves that take
# about as long, for two processes: each needs a filled town of its own.
ROOMS = (
    (("next-version", "coding"), ("harms:", "codebook:")),
    (("groups", "surveys"), ("consultation:",)),
)
PARTS = [
    part for part in walk.PARTS if part != "public" and all(part not in half for half, _ in ROOMS)
]
# What is no page: it gives a file, a picture or a style, or leads on to a page.
FILES = re.compile(
    r"_(csv|json|svg|html|docx|pdf)$|:(qdpx|qdc|looks|annotations|download|take|survey_chart|"
    r"survey_paper|model|next)$"
)


@pytest.fixture(scope="session")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what suggests is kept once it is built."""
    return tmp_path_factory.mktemp("learnt")


@pytest.fixture
def made_up_town(request, settings, tmp_path, learnt, live_server, monkeypatch) -> list[str]:
    """The made-up town with all its stories but few in its crowd; returns the receipts.

    With "a next version" as its parameter, texts, a survey and a group have become one.
    """
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
    filling.fill(synthesis=hasattr(request, "param"))
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


@pytest.mark.parametrize("made_up_town", ["a next version"], indirect=True)
@pytest.mark.parametrize(("parts", "theirs"), ROOMS)
def test_every_page_where_a_next_version_is_made(
    made_up_town, open_page, live_server, axe, fits, parts, theirs
):
    seen, wrong = set(), []

    def look(window, name, _path):
        seen.add(resolve(urlsplit(window.url).path).view_name)
        try:
            window.set_viewport_size({"width": 375, "height": 900})
            axe(window)
            window.set_viewport_size({"width": 320, "height": 900})
            fits(window)
            leads(window)
        except AssertionError as found:  # what else is wrong is to be said too
            wrong.append(f"{name}: {found}")
        window.set_viewport_size({"width": 1280, "height": 900})

    for part in parts:
        went = walk.Walk(live_server.url, open_page, look, guide.code_for, made_up_town, work)
        walk.PARTS[part](went)
    assert not wrong, "\n".join(wrong)
    assert pages(theirs) - seen == set(), (
        "The walk comes to none of these: add them to tests/browser"
    )


def pages(rooms: tuple[str, ...]) -> set[str]:
    """Return the name of every page of these rooms."""
    named = {name for name in every() if name.startswith(rooms) and not FILES.search(name)}
    return {name for name in named if can_be_looked_at(name)}


def can_be_looked_at(name: str) -> bool:
    """Whether it takes more than the press of a button: a view that does not says 405 at once."""
    if not parameters(name):
        return True
    try:
        return every()[name].callback(RequestFactory().get("/")).status_code != 405
    except TypeError:  # it went on, to what stands in the address
        return True


def work() -> None:
    """Do what waits, as the worker does."""
    for each in Arrival.objects.filter(stage=rules.WAITING):
        arriving.read_file.func(str(each.id))
    for one in Brought.objects.filter(stage__in=(WAITING, CHOSEN)):
        bringing.work.call(str(one.id))


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
