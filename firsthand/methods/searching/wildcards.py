"""One synonym with its wildcards, as a platform can take it, and what was changed on the way.

A change always finds more than was meant, never less: a wildcard that is not known becomes `*` in
its place; where that may not stand, the word is cut there and ends in `*`; where too few letters
would be left, the synonym is left out and a person is told to write its forms out.
"""

from dataclasses import dataclass

from firsthand.methods.searching.blocks import ANY, ONE, WILD, Term
from firsthand.methods.searching.platforms import Platform

_NAMES = {"*": "any letters (*)", "?": "exactly one letter (?)", "#": "one letter or none (#)"}


@dataclass(frozen=True)
class Written:
    """A synonym's words on a platform, and sentences for whoever has to adapt it.

    No words: it is left out. `apart`: its words could not be kept side by side.
    """

    words: tuple[str, ...]
    adapt: tuple[str, ...] = ()
    apart: bool = False


def written(term: Term, platform: Platform) -> Written:
    """Write a synonym for a platform."""
    words, notes = [], []
    for word in term.words:
        made, said = _word(word, platform, term.is_phrase)
        notes += [f"{term.text}: {each}" for each in said]
        if not made:
            return Written((), tuple(notes))
        words.append(made)
    apart = platform.last_only and any("*" in each for each in words[:-1])
    if apart:
        notes.append(
            f"{term.text}: {platform.name} takes * only at a phrase's end, so its words are "
            "joined with AND and need not stand side by side."
        )
    return Written(tuple(words), tuple(notes), apart)


def _word(word: str, platform: Platform, phrase: bool) -> tuple[str, list[str]]:
    """A word as the platform writes it, or "" and why not."""
    if word[0] in WILD and not _may_begin(word, platform):
        return "", [f"{platform.name} takes no word that begins so. {_LEFT_OUT}"]
    made, notes = "", []
    for at, sign in enumerate(word):
        put = _sign(word, at, platform, phrase) if sign in WILD else sign
        if put is None:
            return _cut(word, at, made, platform)
        if sign in WILD and put != platform.signs.get(sign):
            notes.append(
                f"{platform.name} has no sign for {_NAMES[sign]} there, so * stands for it."
            )
        made += put
    return made, notes


_LEFT_OUT = "It is left out: write the words you mean one by one."


def _sign(word: str, at: int, platform: Platform, phrase: bool) -> str | None:
    """How to write the wildcard at a place, or None when no sign may stand there."""
    last, wanted = at == len(word) - 1, platform.signs.get(sign := word[at])
    if at == 0:
        return wanted  # asked for before, by _may_begin
    fits = wanted is not None and not (phrase and sign not in platform.in_phrase)
    if sign != ANY and fits and not (last and _stripped(word, platform)):
        return wanted
    enough = _letters(word[:at]) >= platform.before
    return "*" if enough and (last or platform.inside) else None


def _stripped(word: str, platform: Platform) -> bool:
    """EBSCO takes ? off the end of a word, and # too where fewer than three letters are left."""
    few = _letters(word) < 3
    return platform.key == "ebsco" and (word[-1] == ONE or few)


def _cut(word: str, at: int, made: str, platform: Platform) -> tuple[str, list[str]]:
    """The word up to a wildcard that may not stand there, ending in `*`, if enough is left."""
    if _letters(made) < max(platform.before, 1) or any(each in WILD for each in made):
        few = f"{platform.name} cannot take {_NAMES[word[at]]} there"
        if at and _letters(word[:at]) < platform.before:
            few = f"{platform.name} wants {platform.before} letters before a wildcard"
        return "", [f"{few}. {_LEFT_OUT}"]
    return f"{made}*", [
        f"{platform.name} cannot take {_NAMES[word[at]]} there, so the word is cut to {made}*, "
        "which finds more."
    ]


def _may_begin(word: str, platform: Platform) -> bool:
    """Whether a word may begin with its wildcard here."""
    enough = platform.after is not None and _letters(word) >= platform.after
    return enough and word[0] == ANY


def _letters(text: str) -> int:
    return sum(each not in WILD for each in text)
