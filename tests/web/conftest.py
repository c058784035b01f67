"""The shell's own pages, served through every setting and middleware of the real site."""

from pathlib import Path

import pytest

from firsthand.access import permissions
from tests.web import pages


@pytest.fixture
def shell(settings, monkeypatch):
    """Serve tests/web/pages.py in place of the site, open to anyone."""
    settings.ROOT_URLCONF = "tests.web.pages"
    first = settings.TEMPLATES[0]
    ours = {**first, "DIRS": [*first["DIRS"], Path(__file__).parent / "templates"]}
    settings.TEMPLATES = [ours, *settings.TEMPLATES[1:]]
    names = [f"shell:{view.__name__}" for view in pages.VIEWS]
    names += [f"web:{one.name}" for one in pages.urlpatterns[0].url_patterns]
    for name in names:
        row = permissions.Permission(permissions.anyone)
        monkeypatch.setitem(permissions.PERMISSIONS, name, row)
