"""A filled site, made once and copied for each test that changes it."""

import os
import shutil
from pathlib import Path

import pytest

from tests.config.site import FILL, Site


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Site:
    if os.environ.get("DATABASE_URL"):
        pytest.skip("this one is about the file that SQLite keeps")
    site = Site(tmp_path_factory.mktemp("filled") / "data")
    site.python(FILL)
    return site


@pytest.fixture
def site(filled: Site, tmp_path: Path) -> Site:
    shutil.copytree(filled.data, tmp_path / "data")
    return Site(tmp_path / "data")
