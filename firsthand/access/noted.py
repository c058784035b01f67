"""What a line of a trail says of what was done, in values that are kept as JSON, and how."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_HOW: ContextVar[str] = ContextVar("how", default="")
BY_COMMAND = "by command"


@contextmanager
def by_command() -> Iterator[None]:
    """Let every line that is left meanwhile say that it was done by a command, not on a page."""
    before = _HOW.set(BY_COMMAND)
    try:
        yield
    finally:
        _HOW.reset(before)


def noted(about: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a line says, with how it was done where that was by command."""
    said = plainly(about)
    return {**said, "how": how} if (how := _HOW.get()) else said


def plainly(about: Mapping[str, Any]) -> dict[str, Any]:
    """Return it with ids, and other numbers that JSON has none of, as texts."""
    return {name: str(value) if hasattr(value, "hex") else value for name, value in about.items()}
