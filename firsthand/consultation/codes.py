"""Codes of invitations: five everyday words, of which only the server's mark is kept."""

import re
import secrets

from firsthand.consultation.rules import CODE_WORDS
from firsthand.vault import derive, words


class Miscopied(ValueError):
    """What was typed cannot be a code. Its text says why, for whoever typed it."""


def draw() -> str:
    """Return a fresh code, drawn by the system's dice."""
    return " ".join(secrets.choice(words.listed()) for _ in range(CODE_WORDS))


def mark_of(code: str) -> bytes:
    """Return what is kept of a code, however it is typed. Raises Miscopied."""
    typed = re.findall(r"[^\W\d_]+", code.casefold())
    known = set(words.listed())
    if wrong := [word for word in typed if word not in known][:CODE_WORDS]:
        raise Miscopied("Some words are in no code: " + "; ".join(map(_said, wrong)) + ".")
    if len(typed) != CODE_WORDS:
        raise Miscopied(f"A code has five words. This has {len(typed)}.")
    return derive.mark("group invitation", *typed)


def _said(word: str) -> str:
    near = words.near(word)
    shown = f"“{word[:30]}”"
    return f"{shown} (did you mean {' or '.join(near)}?)" if near else shown
