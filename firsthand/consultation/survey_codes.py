"""Codes: of invitations, and by which someone comes back to their own answer.

Twenty letters and numbers that are not taken for each other: 100 random bits. Nobody guesses
those, so that no slow derivation is needed, and three hundred people can come at once.
"""

import re
import secrets

from firsthand.vault import derive

_LETTERS = "23456789abcdefghjkmnpqrstvwxyz" + "01"  # no i, l, o, u
_LONG, _GROUP = 20, 4


def draw() -> str:
    """Return a fresh code, such as k7qf-2m9x-…, drawn by the system's dice."""
    return of_number(secrets.randbits(5 * _LONG))


def of_number(number: int) -> str:
    """Return the code of a number's lowest hundred bits."""
    return _grouped("".join(_LETTERS[(number >> 5 * at) & 31] for at in range(_LONG)))


def read(typed: str) -> str:
    """Return a code as it was drawn, whatever its case, spaces or dashes; "" when it is none."""
    said = re.sub(r"[^a-z0-9]", "", typed.lower())
    said = said.translate(str.maketrans("oil", "011"))
    if len(said) != _LONG or any(each not in _LETTERS for each in said):
        return ""
    return _grouped(said)


def _grouped(said: str) -> str:
    return "-".join(said[at : at + _GROUP] for at in range(0, _LONG, _GROUP))


def mark(kind: str, code: str) -> bytes:
    """Return what is kept of a code: this server's mark, from which nobody gets it back."""
    return derive.mark("survey code", kind, code)


def key(code: str) -> bytes:
    """Return the key that a code opens a draft with."""
    return derive.from_secret(code.encode(), "survey draft")
