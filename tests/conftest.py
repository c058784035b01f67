"""What every test may use."""

import os
from pathlib import Path

import pytest


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
