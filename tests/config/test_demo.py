"""`firsthand demo`: a made-up town that says so, and that never stands beside anything real."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from firsthand.config.demo import place, town
from firsthand.config.talk import Stop
from tests.config.site import Site

pytestmark = pytest.mark.slow

COUNTS = """
import django; django.setup()
from django.apps import apps
print({each.__name__: each.objects.count() for each in apps.get_models()
       if each._meta.app_label in {"people", "testimony", "repair", "access"}})
"""
REVIEW = """
import django; django.setup()
from firsthand.evidence.models import Pair, Record, Review, Screening
from firsthand.evidence.queries import members
one = Review.objects.get()
print(one.title.startswith("Made up: "), sorted(each.user.name for each in members(one)))
print(all(each.title.startswith("Made up: ") for each in Record.objects.all()))
print(sorted(Pair.objects.values_list("holds", flat=True)))
print(sorted(set(Screening.objects.filter(stands=True).values_list("stage", "state"))))
"""
LOOK = """
from firsthand.config import prepare
prepare.set_up(); prepare.static_files()
from django.test import Client
print(Client(SERVER_NAME="127.0.0.1").get(%r).content.decode())
"""


@pytest.fixture(scope="module")
def filled_town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, str]:
    site = Site(tmp_path_factory.mktemp("demo") / "town")
    done = demo(site, "--fill-only")
    assert done.returncode == 0, done.stderr
    return site, done.stdout


@pytest.fixture
def made_up(filled_town: tuple[Site, str], tmp_path: Path) -> Site:
    """A copy, to be changed."""
    shutil.copytree(filled_town[0].data, tmp_path / "town")
    return Site(tmp_path / "town")


def demo(site: Site, *words: str, **env: str):
    command = [sys.executable, "-m", "firsthand.cli", "demo", "--data", str(site.data), *words]
    return subprocess.run(
        command, env=site.env(**env), capture_output=True, text=True, check=False, timeout=600
    )  # longer than other commands may take: a whole town, on a busy machine


def page(site: Site, path: str) -> str:
    return site.python(LOOK % path)


def test_it_prints_names_a_passphrase_and_receipts_to_come_in_with(filled_town):
    _, said = filled_town
    for row in town.rows("staff") + town.rows("people"):
        assert row["sign_in"] in said
    assert town.town()["passphrase"] in said
    assert len(re.findall(r"^    (?:[a-z]+ ){8}[a-z]+$", said, re.MULTILINE)) == 2


def test_a_second_time_it_changes_nothing(made_up, filled_town):
    before = made_up.python(COUNTS)
    said = demo(made_up, "--fill-only").stdout
    assert made_up.python(COUNTS) == before
    assert "Filling" not in said
    receipts = re.findall(r"^    (?:[a-z]+ ){8}[a-z]+$", filled_town[1], re.MULTILINE)
    assert all(receipt in said for receipt in receipts)


@pytest.mark.parametrize("path", ["/", "/tell/", "/figures/", "/sign-in/", "/nowhere/"])
def test_every_page_says_that_everything_is_made_up(filled_town, path):
    assert "Everything here is made up." in page(filled_town[0], path)


def test_whoever_tells_here_is_asked_to_make_something_up(filled_town):
    assert "Please make something up." in page(filled_town[0], "/tell/")


def test_a_real_site_says_none_of_this(site):
    assert "made up" not in page(site, "/")
    assert "make something up" not in page(site, "/tell/")


def test_a_review_half_way_shows_each_kind_of_page_and_says_that_it_is_made_up(filled_town):
    title, records, pairs, states = filled_town[0].python(REVIEW).strip().splitlines()[-4:]
    assert title == "True ['Made-up Researcher', 'Made-up Second Researcher']"
    assert records == "True"
    assert pairs == "['asked', 'same']"
    kinds = {("abstract", one) for one in ("conflict", "excluded", "included", "partly", "unseen")}
    kinds |= {("full-text", one) for one in ("excluded", "included")}
    assert states == str(sorted(kinds))


def test_the_figures_show_some_numbers_and_keep_others_back(filled_town):
    cells = re.findall(r"<td[^>]*>\s*([^<]*?)\s*</td>", page(filled_town[0], "/figures/"))
    assert sum(cell.isdigit() for cell in cells) >= 10
    assert sum(not cell.isdigit() for cell in cells) >= 3
    assert all(int(cell) >= 10 for cell in cells if cell.isdigit())


def test_a_code_is_printed_for_staff_and_for_nobody_else(filled_town):
    site, _ = filled_town
    assert re.fullmatch(r"\d{6}\n", demo(site, "--code", "Advocate").stdout)
    refused = demo(site, "--code", "someone who told")
    assert refused.returncode == 1
    assert "council worker" in refused.stderr


def test_the_logs_and_signatures_of_its_past_hold(filled_town):
    said = filled_town[0].firsthand("check").stdout
    assert "changed the database" not in said
    assert "This is a made-up town" in said


def test_where_others_can_reach_it_that_is_unsafe(filled_town):
    said = filled_town[0].firsthand("check", FIRSTHAND_PUBLIC_URL="https://firsthand.example")
    assert "UNSAFE: This is a made-up town" in said.stdout


def test_it_refuses_a_directory_that_holds_anything_else(site):
    before = site.python(COUNTS)
    done = demo(site, "--fill-only")
    assert done.returncode == 1
    assert "never go where real ones may be" in done.stderr
    assert site.python(COUNTS) == before
    assert not (site.data / place.MARKER).exists()


def test_it_refuses_a_database_with_anyone_in_it_even_where_the_marker_is(site):
    site.python(
        "import django; django.setup()\n"
        "from firsthand.people.models import Organisation\n"
        "Organisation.objects.create(name='Real', kind='provider')"
    )
    before = site.python(COUNTS)
    place.mark(site.data)
    done = demo(site, "--fill-only")
    assert done.returncode == 1
    assert "may be real" in done.stderr
    assert site.python(COUNTS) == before


def test_a_real_sites_database_is_never_reached(filled_town, monkeypatch):
    for name in ("FIRSTHAND_DATA", "FIRSTHAND_PUBLIC_URL"):
        monkeypatch.setenv(name, os.environ.get(name, "x"))
    monkeypatch.setenv("DATABASE_URL", "postgres://real")
    place.choose(filled_town[0].data, "127.0.0.1:1")
    assert "DATABASE_URL" not in os.environ
    assert os.environ["FIRSTHAND_DATA"] == str(filled_town[0].data)


@pytest.mark.parametrize("bind", ["0.0.0.0:80", "[::]:80", "10.0.0.1:80", "example.org:80", "80"])
def test_it_serves_this_computer_alone(tmp_path, bind):
    with pytest.raises(Stop, match="this computer alone"):
        place.choose(tmp_path, bind)


def test_every_name_and_every_text_says_that_it_is_made_up():
    for row in town.rows("staff") + town.rows("organisations"):
        assert row["name"].startswith("Made-up ")
    for row in town.rows("organisations"):
        assert row["about"].startswith("Made up: ")
    assert town.town()["email"].endswith(".invalid")
    assert town.made_up("It rained.") == "Made up: It rained."


def test_every_story_keeps_to_what_a_person_could_pick():
    model = Path(town.__file__).parents[2] / "harms/data/model-2022.yaml"
    known = set(re.findall(r"- code: (\S+)", model.read_text()))
    for story in [*town.rows("stories"), *town.rows("crowd")]:
        assert set(story.get("codes", [])) <= known
    assert yaml.safe_load(Path(town.__file__).with_name("town.yaml").read_text())


def test_every_style_and_script_that_a_page_names_is_gathered(filled_town):
    named = {
        name
        for page in Path(town.__file__).parents[2].rglob("templates/**/*.html")
        for name in re.findall(r"static\(['\"]([^'\"]+)", page.read_text())
    }
    gathered = (filled_town[0].data / "static" / "staticfiles.json").read_text()
    assert named
    assert {name for name in named if f'"{name}"' not in gathered} == set()
