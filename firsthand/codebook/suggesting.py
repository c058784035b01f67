"""Which codes some words may fit, and why: made on this machine, never applied by itself."""

from functools import lru_cache

from firsthand.codebook.models import Code, Project
from firsthand.codebook.queries import codes
from firsthand.methods.suggest import Entry, Suggester, Suggestion, build

MOST = 5


def suggestions(project: Project, words: str) -> list[tuple[Code, Suggestion]]:
    """Return up to five codes that `words` are near to, each with its reason.

    Codes are known by name, definition and examples: what coders marked is not learned from, for
    it may not be seen by all yet.
    """
    known = {str(each.id): each for each in codes(project).prefetch_related("examples")}
    if not known or not words.strip():
        return []
    book = tuple(
        Entry(
            key, each.name, f"{each.definition} {each.when_to_use}".strip(),
            tuple(example.text for example in each.examples.all()),
        )
        for key, each in sorted(known.items())
    )  # fmt: skip
    found = _suggester(book)
    return [(known[each.code], each) for each in (found.suggest(words, MOST) if found else ())]


@lru_cache(maxsize=4)
def _suggester(book: tuple[Entry, ...]) -> Suggester | None:
    """Built anew when the codebook changes: a few seconds, when someone asks for it."""
    try:
        return build(book)
    except ValueError:  # names without a word in them: nothing to be near to
        return None
