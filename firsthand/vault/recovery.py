"""The recovery key: printed once at sign-up, it opens a person's keys when the passphrase is lost.

160 random bits as 32 Crockford base-32 letters in groups of four, and a check letter that
notices any single mistyped letter (Crockford 2019, modulo 37).
"""

import re
import secrets

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECK = _LETTERS + "*~$=U"
_ALIKE = str.maketrans("OIL", "011")
_BITS = 160


class Mistyped(ValueError):
    """What was typed is not a recovery key: a letter is wrong, missing or too many."""


def draw() -> str:
    """Return a fresh recovery key, such as `4Z7K-…-9QHD-T` in shape."""
    number = secrets.randbits(_BITS)
    letters = "".join(_LETTERS[number >> shift & 31] for shift in range(_BITS - 5, -1, -5))
    groups = [letters[start : start + 4] for start in range(0, len(letters), 4)]
    return "-".join([*groups, _CHECK[number % 37]])


def read(typed: str) -> bytes:
    """Return the 20 secret bytes of a recovery key. Raises Mistyped."""
    plain = re.sub(r"[\s-]", "", typed.upper())
    letters, check = plain[:-1].translate(_ALIKE), plain[-1:]
    if len(letters) != _BITS // 5 or any(letter not in _LETTERS for letter in letters):
        raise Mistyped
    number = 0
    for letter in letters:
        number = number << 5 | _LETTERS.index(letter)
    if check not in _CHECK or _CHECK[number % 37] != check:
        raise Mistyped
    return number.to_bytes(_BITS // 8, "big")
