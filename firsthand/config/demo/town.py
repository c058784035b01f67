"""Reading town.yaml: who lives in the made-up town, and what is said there."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

Rows = list[dict[str, Any]]
SIGN = "Made up: "


@cache
def town() -> dict[str, Any]:
    """Return everything town.yaml says."""
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("town.yaml").read_text("utf-8"))
    return found


def rows(name: str) -> Rows:
    """Return one of its lists."""
    found: Rows = town()[name]
    return found


def made_up(text: str) -> str:
    """Return `text` as it is put on the site: marked, so that nobody takes it for real."""
    return SIGN + text if text else ""
