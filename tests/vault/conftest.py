import pytest

from firsthand.vault import keyrings
from firsthand.vault.keys import Keys
from firsthand.vault.models import Keyring


def holder(kind: str = "person") -> tuple[Keys, Keyring]:
    keys = Keys.fresh()
    return keys, keyrings.make(kind, keys)


@pytest.fixture
def owner(db) -> tuple[Keys, Keyring]:
    return holder()


@pytest.fixture
def other(db) -> tuple[Keys, Keyring]:
    return holder("recipient")
