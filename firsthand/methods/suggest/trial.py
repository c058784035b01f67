"""Trying suggestions out: on a file of its own, with no training, or in turn on parts held back.

In parts, everything one respondent wrote, and everything in the same words, stays in one part, so
that nothing is asked that was learned by heart. All parts' answers are put together, then counted.
"""

import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from firsthand.methods.suggest.building import build
from firsthand.methods.suggest.files import Coded
from firsthand.methods.suggest.metrics import Figures, figures
from firsthand.methods.suggest.minilm import encoder
from firsthand.methods.suggest.ngrams import Floats
from firsthand.methods.suggest.suggester import Suggester
from firsthand.methods.suggest.values import Confirmed, Entry
from firsthand.methods.suggest.words import words

Progress = Callable[[str], object]


@dataclass(frozen=True)
class Answer:
    """For one text: its true codes, those suggested (best first), those whose score says yes."""

    truth: tuple[str, ...]
    ranked: tuple[str, ...]
    said: tuple[str, ...]


def tried(suggester: Suggester, coded: Sequence[Coded]) -> list[Answer]:
    """Ask about each text."""
    return [_answer(suggester, each) for each in coded]


def _answer(suggester: Suggester, coded: Coded) -> Answer:
    ranked = suggester.ranked(coded.text)
    said = tuple(code for code, score in ranked if score >= suggester.worth.enough)
    return Answer(coded.codes, tuple(code for code, _ in ranked), said)


def summed(answers: Sequence[Answer]) -> Figures:
    """Return the figures over all answers."""
    return figures(
        [each.truth for each in answers],
        [each.ranked for each in answers],
        [each.said for each in answers],
    )


def once(entries: Sequence[Entry], train: Sequence[Coded], test: Sequence[Coded]) -> list[Answer]:
    """Learn from the codebook and `train` (may be empty), and ask about `test`."""
    return tried(build(entries, _confirmed(train)), test)


def in_parts(
    entries: Sequence[Entry],
    coded: Sequence[Coded],
    parts: int,
    seed: int = 0,
    progress: Progress = lambda line: None,
) -> list[Answer]:
    """Hold each part back in turn; return an answer for each text, in the order given."""
    found: dict[int, Answer] = {}
    remember = Remembering()
    for number, (rest, held) in enumerate(split(coded, parts, seed), 1):
        progress(f"Part {number} of {parts}: learning from {len(rest)} texts.")
        learned = build(entries, _confirmed([coded[each] for each in rest]), remember)
        asked = tried(learned, [coded[each] for each in held])
        found.update(zip(held, asked, strict=True))
    return [found[each] for each in range(len(coded))]


def _confirmed(coded: Sequence[Coded]) -> list[Confirmed]:
    return [Confirmed(each.text, each.codes) for each in coded]


class Remembering:
    """The sentence model, with each text's vector worked out once."""

    def __init__(self) -> None:
        self._known: dict[str, Floats] = {}

    def __call__(self, texts: Sequence[str]) -> Floats:
        """Return one vector for each text: shape (texts, 384)."""
        new = [each for each in dict.fromkeys(texts) if each not in self._known]
        self._known.update(zip(new, encoder().vectors(new), strict=True))
        return np.stack([self._known[each] for each in texts])


def split(
    coded: Sequence[Coded], parts: int, seed: int = 0
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield, for each part, which texts to learn from and which are held back.

    The largest group goes first, each to the part with fewest texts; `seed` shuffles equals.
    Raises ValueError when there are fewer groups than parts.
    """
    groups = _groups(coded)
    if not 2 <= parts <= len(groups):
        raise ValueError(f"{len(groups)} respondents cannot be put in {parts} parts.")
    sizes: Counter[int] = Counter(dict.fromkeys(range(parts), 0))
    part_of: dict[int, int] = {}
    for group in sorted(groups, key=lambda each: (-len(each), _shuffle(each, seed))):
        least = min(sizes, key=lambda each: (sizes[each], each))
        sizes[least] += len(group)
        part_of.update(dict.fromkeys(group, least))
    for part in range(parts):
        held = [each for each in range(len(coded)) if part_of[each] == part]
        yield [each for each in range(len(coded)) if part_of[each] != part], held


def _shuffle(group: list[int], seed: int) -> tuple[int, int]:
    return zlib.crc32(f"{seed}:{group[0]}".encode()), group[0]


def _groups(coded: Sequence[Coded]) -> list[list[int]]:
    """Return places of texts that must stay together: one respondent's, or the same words."""
    lead: dict[str, str] = {}
    for at, each in enumerate(coded):
        _join(lead, _who(each, at), "words " + " ".join(words(each.text.lower())))
    found: dict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(coded):
        found[_root(lead, _who(each, at))].append(at)
    return list(found.values())


def _who(coded: Coded, at: int) -> str:
    return f"who {coded.respondent}" if coded.respondent else f"line {at}"


def _join(lead: dict[str, str], one: str, other: str) -> None:
    lead[_root(lead, one)] = _root(lead, other)


def _root(lead: dict[str, str], each: str) -> str:
    while lead.setdefault(each, each) != each:
        lead[each] = lead[lead[each]]
        each = lead[each]
    return each
