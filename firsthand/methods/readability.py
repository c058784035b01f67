"""How hard a text is to read: the Flesch-Kincaid grade.

Source: Kincaid, Fishburne, Rogers and Chissom (1975), Derivation of new readability formulas for
Navy enlisted personnel: grade = 0.39 words/sentences + 11.8 syllables/words - 15.59. A grade is
a school year in the United States; a pupil in grade g is about g + 5 years old.

Syllables are counted by rule, from groups of vowels. Nothing is looked up or fetched.
"""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[a-z]+(?:['\u2019][a-z]+)*", re.IGNORECASE)
_STOP = re.compile(r"[.!?]+(?=\s|$)|\n+")
_VOWELS = re.compile(r"[aeiouy]+")
# A final e is not said, nor the e of most -es and -ed; -le after a consonant is said.
_SILENT = re.compile(r"(?:(?<![aeioul])(?<![sxz])(?<![cs]h)(?<![cg])es|(?<![td])ed|(?<!l)e)$")
_QUIET_LE = re.compile(r"(?<=[aeiouyrlw]l)es?$")
# Two vowels side by side that are said apart: do-ing, di-a-ry, so-ci-e-ty, sexu-al, cre-ate.
_APART = re.compile(r"[aeiouy](?=ing)|i(?=a[^l])|i(?=e[tn])|u(?=al)|(?<=cr)e(?=at)|i(?=ous)")
# Common words the rules get wrong, said as in the dictionary.
_KNOWN = {
    "anyone": 3, "are": 1, "area": 3, "being": 2, "business": 2, "careful": 2, "careless": 2,
    "centre": 2, "client": 2, "closely": 2, "diagnosis": 4, "evening": 2, "every": 2,
    "everyone": 3, "fire": 1, "fired": 1, "friend": 1, "homeless": 2, "hour": 1, "hours": 1,
    "idea": 3, "ideas": 3, "interest": 2, "once": 1, "one": 1, "ones": 1, "people": 2, "quiet": 2,
    "racism": 3, "rule": 1, "rules": 1, "safely": 2, "science": 2, "serious": 3, "service": 2,
    "services": 3, "social": 2, "society": 4, "someone": 2, "something": 2, "sometimes": 2,
    "somewhere": 2, "special": 2, "themselves": 2, "use": 1, "used": 1, "uses": 2, "usual": 3,
    "wrongdoing": 3, "yourselves": 2,
}  # fmt: skip


def words(text: str) -> list[str]:
    """List the words of a text; a hyphen parts two words, numbers are left out."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """List the sentences of a text: parts that hold a word, split at . ! ? and line ends."""
    return [part for part in _STOP.split(text) if _WORD.search(part)]


def syllables(word: str) -> int:
    """Count the syllables of one English word, by rule; at least 1."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    if plain in _KNOWN:
        return _KNOWN[plain]
    short = _silenced(plain) if len(plain) > 3 else plain
    return max(1, len(_VOWELS.findall(short)) + len(_APART.findall(plain)))


def _silenced(plain: str) -> str:
    return _SILENT.sub("", _QUIET_LE.sub("", plain))


def grade(text: str) -> float:
    """Give the Flesch-Kincaid grade of a text. Raises ValueError when it holds no word."""
    said = words(text)
    if not said:
        raise ValueError("There are no words to measure.")
    per_sentence = len(said) / len(sentences(text))
    return 0.39 * per_sentence + 11.8 * sum(map(syllables, said)) / len(said) - 15.59


def reading_age(text: str) -> float:
    """Give the age, in years, at which a pupil reads such a text: the grade and five."""
    return grade(text) + 5


def long_words(text: str, *, known: Iterable[str] = ()) -> list[str]:
    """List the words of three or more syllables, less those in `known` (lower case)."""
    fine = set(known)
    return [word for word in words(text) if syllables(word) >= 3 and word.lower() not in fine]
