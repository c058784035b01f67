"""What every test may use."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples
from xdist.scheduler import LoadScopeScheduling

# How long an example takes says how busy the machine is; bench/ measures speed.
examples.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("patient")


@pytest.fixture(autouse=True)
def quick_keys(settings) -> None:
    """Argon2id at its cheapest: what is tested is that it is used, not how long it takes."""
    settings.FIRSTHAND_ARGON2 = {"memory": 8192, "passes": 1}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The seeds and reference data, where a developer has them."""
    place = Path(os.environ.get("FIRSTHAND_SHARED", Path(__file__).parents[2] / "shared"))
    if not place.is_dir():
        pytest.skip("no shared reference data here (set FIRSTHAND_SHARED to use it)")
    return place


_ASKS_FOR_IT = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database", action="store_true",
        help="run only tests that touch the database, and no browser",
    )  # fmt: skip


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--only-database"):
        return
    kept = [item for item in items if _touches(item) and not item.get_closest_marker("browser")]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _touches(item: pytest.Item) -> bool:
    named = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(named & _ASKS_FOR_IT)


# What the tests of such a file share takes a minute or more to make: one process runs all of them.
_TOGETHER = {"tests/config/test_demo.py", "tests/security/test_killed.py"}


class _BySharing(LoadScopeScheduling):
    """Gives every test to whoever is free, but those of one of these files to one process."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0]
        return file if file in _TOGETHER else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return _BySharing(config, log)
