"""Whole numbers as they come in addresses and hidden boxes of forms: anything may stand there.

Digits of other scripts, signs, and numbers that no database holds are no number here.
"""

from typing import TypeVar

MOST_DIGITS = 9  # fits the smallest whole number of every database

Otherwise = TypeVar("Otherwise", int, None)


def whole(typed: str, otherwise: Otherwise, digits: int = MOST_DIGITS) -> int | Otherwise:
    """Return the number that `typed` says; `otherwise` when it says none, or one too long."""
    known = typed.isascii() and typed.isdigit() and len(typed) <= digits
    return int(typed) if known else otherwise
