"""What a line of a trail says of what was done, in values that are kept as JSON."""

from collections.abc import Mapping
from typing import Any


def plainly(about: Mapping[str, Any]) -> dict[str, Any]:
    """Return it with ids, and other numbers that JSON has none of, as texts."""
    return {name: str(value) if hasattr(value, "hex") else value for name, value in about.items()}
