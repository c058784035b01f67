"""The model of 2022, loaded, and small made-up versions to change."""

import copy
from datetime import date
from pathlib import Path

import pytest
import yaml

from firsthand.harms import actions
from firsthand.harms.models import ModelVersion


@pytest.fixture(scope="session")
def data() -> dict:
    """The data file of 2022, as YAML gives it."""
    return yaml.safe_load((actions.OURS / "model-2022.yaml").read_text())


@pytest.fixture
def model(db) -> ModelVersion:
    return actions.load_published_models(by="a test")[0]


@pytest.fixture
def write(tmp_path, data):
    """Write a version like that of 2022, with changes, and return its path."""

    def _write(change=None, **top) -> Path:
        made = copy.deepcopy(data) | top
        if change:
            change(made)
        path = tmp_path / f"model-{made['slug']}.yaml"
        path.write_text(yaml.safe_dump(made, allow_unicode=True, sort_keys=False))
        return path

    return _write


@pytest.fixture
def later(model, write) -> ModelVersion:
    """A made-up version of 2030, with a map from that of 2022."""
    lines = [
        {"from": "2022/S1.1", "to": "S1.1", "relation": "exact"},
        {"from": "2022/S1.2", "to": "S1", "relation": "broad", "note": "Now part of the whole."},
        {"from": "2022/S7.10", "to": "S5.15", "relation": "close"},
    ]
    path = write(slug="2030", published_on=date(2030, 5, 4),
                 published_to_the="day", map=lines)  # fmt: skip
    return actions.load_model(path, by="a test")
