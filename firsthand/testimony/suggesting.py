"""Suggestions of what fits: made on this machine, from the words in memory, never applied."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from firsthand.methods.suggest import Entry, Suggester, Suggestion
from firsthand.methods.suggest.kept import cached
from firsthand.testimony.fitting import Fit, current_slug, fits_of

MOST = 6


def suggestions(text: str, version: str, known: Mapping[str, Fit]) -> tuple[Suggestion, ...]:
    """Return up to six of a version's experiences and impacts (`known`) that `text` is near to."""
    if not known or not text.strip():
        return ()
    return _suggester(version, tuple(known)).suggest(text, MOST)


@lru_cache(maxsize=2)
def _suggester(version: str, codes: tuple[str, ...]) -> Suggester:
    known = fits_of(version)
    entries = [
        Entry(
            code,
            f"{known[code].label} {known[code].name}",
            known[code].description,
            known[code].examples,
        )
        for code in codes
    ]
    return cached(entries, Path(settings.FIRSTHAND_DATA) / "suggest")


def make_ready() -> None:
    """Build what suggests, so that nobody has to wait for it; quick when it is there already."""
    version = current_slug()
    suggestions("Nobody listened to me.", version, fits_of(version))
