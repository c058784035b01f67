"""What the documents say is so."""

import importlib
import re
from pathlib import Path

import pytest
from django.conf import settings

from firsthand.access.permissions import PERMISSIONS
from firsthand.config import reference
from firsthand.config.commands import found
from firsthand.testimony.files import sent

ROOT = Path(__file__).parents[2]
WRITTEN = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
CLASSES = re.findall(r"\| `(firsthand\.[\w.]+)` \|", (ROOT / "GLOSSARY.md").read_text())


def test_the_readme_is_short_and_says_the_two_commands():
    lines = (ROOT / "README.md").read_text().splitlines()
    assert len(lines) <= 60
    assert {"    make run", "    make test"} <= set(lines)


def test_the_licence_is_the_whole_agpl():
    text = (ROOT / "LICENSE").read_text()
    assert text.count("\n") == 661
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in text
    assert "END OF TERMS AND CONDITIONS" in text


@pytest.mark.parametrize("name", CLASSES)
def test_every_word_of_the_glossary_has_its_class(name):
    module, _, held = name.rpartition(".")
    assert isinstance(getattr(importlib.import_module(module), held), type)


def test_the_glossary_has_its_words():
    assert len(CLASSES) > 20


def _nginx(name: str) -> int:
    said = re.search(rf"^ +{name} (\d+)m;", (ROOT / "docs/how-to/deploy.md").read_text(), re.M)
    return int(said[1]) * 1024 * 1024


def test_the_web_server_in_front_lets_through_what_a_form_takes_and_as_much_again():
    most = settings.FIRSTHAND_LARGEST_TOGETHER + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert _nginx("client_max_body_size") >= max(most, 2 * settings.FIRSTHAND_LARGEST_TOGETHER)


def test_slow_phones_wait_at_the_web_server_in_front_and_nothing_of_theirs_touches_its_disk():
    page = (ROOT / "docs/how-to/deploy.md").read_text()
    blocks = [line for line in page.splitlines() if line.startswith("    ")]
    assert not [line for line in blocks if "buffering off" in line]
    assert any(re.match(r" +tmpfs /var/lib/nginx tmpfs ", line) for line in blocks)
    waits = re.search(r"^ +proxy_read_timeout (\d+)s;", page, re.M)
    assert waits
    assert int(waits[1]) > sent.ALTOGETHER


@pytest.mark.parametrize("name", ["too-large", "away"])
def test_the_web_servers_own_pages_have_exit_help_and_nothing_from_elsewhere(name):
    page = (ROOT / f"firsthand/web/static/web/{name}.html").read_text()
    assert '<a class="leave" href="/exit"' in page
    assert "Call 999" in page
    assert "://" not in page
    assert f"/{name}.html" in (ROOT / "docs/how-to/deploy.md").read_text()
    if name == "too-large":
        most, together = settings.FIRSTHAND_MOST_FILES, settings.FIRSTHAND_LARGEST_TOGETHER
        assert f"{most} files and {together // 1024**2} MB at one time" in page


def test_every_setting_is_explained():
    code = (ROOT / "firsthand/config/settings.py").read_text()
    names = set(re.findall(r'"(FIRSTHAND_\w+)"', code)) | {"DATABASE_URL"}
    names |= {name for name in dir(settings) if name.startswith("FIRSTHAND_")}
    page = (ROOT / "docs/reference/settings.md").read_text()
    assert sorted(name for name in names if f"`{name}`" not in page) == []


def test_no_setting_is_explained_that_is_not_there():
    page = (ROOT / "docs/reference/settings.md").read_text()
    code = "\n".join(path.read_text() for path in (ROOT / "firsthand/config").rglob("*.py"))
    named = set(re.findall(r"`(FIRSTHAND_\w+)`", page))
    assert sorted(name for name in named if name not in code) == []


@pytest.mark.parametrize("name", reference.pages())
def test_pages_made_from_code_are_fresh(name):
    path = ROOT / "docs/reference" / name
    assert path.read_text() == reference.pages()[name], "run `make docs`"


def test_every_permission_of_a_page_that_exists_is_documented():
    page = (ROOT / "docs/reference/permissions.md").read_text()
    addresses = dict(reference._addresses(reference.get_resolver()))
    assert [name for name in PERMISSIONS if name in addresses and f"`{name}`" not in page] == []


def test_every_command_is_documented():
    page = (ROOT / "docs/reference/commands.md").read_text()
    assert [name for name, _ in found() if f"\n## {name}\n" not in page] == []


@pytest.mark.parametrize("page", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_inside_the_documents_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_in_the_documents_exists(page):
    said = set(re.findall(r"(?:`|    |bin/)firsthand ([a-z][a-z-]+)", page.read_text()))
    known = {name for name, _ in found()} | {"demo"}
    assert said <= known
