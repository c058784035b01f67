"""Building a suggester: from a codebook's entries and what coders confirmed, to something to ask.

Takes a few seconds for a codebook of a hundred entries, so build once and keep the bytes (kept.py).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from firsthand.methods.suggest import learning, ngrams
from firsthand.methods.suggest.minilm import encoder
from firsthand.methods.suggest.suggester import Suggester
from firsthand.methods.suggest.values import Confirmed, Entry, NearKind
from firsthand.methods.suggest.words import clean, words


@dataclass(frozen=True)
class Sentence:
    """A sentence of the codebook: whose (place of the entry), and what it is there."""

    text: str
    entry: int
    kind: NearKind


Vectors = Callable[[Sequence[str]], ngrams.Floats]


def build(
    entries: Iterable[Entry],
    confirmed: Iterable[Confirmed] = (),
    vectors: Vectors | None = None,
) -> Suggester:
    """Return a suggester for these entries.

    `vectors` stands in for the sentence model's own, so that whoever builds many times over the
    same texts can remember them. Raises ValueError for a code twice or an empty codebook, and
    packing.NoModel.
    """
    book = _checked(tuple(entries))
    own = _sentences(book)
    others = _usable(confirmed, {each.code for each in book})
    texts = [clean(text) for text in [*(e.text for e in own), *(e.text for e in others)]]
    truth = _truth(book, own, others)
    rare, known = _texts(texts, len(own), truth, vectors or encoder().vectors)
    counts = known.truth[len(own) :].sum(axis=0)
    with learning.one_thread():
        lines = learning.lines(known, counts)
        worth = learning.worth(known, counts, learning.held_back(texts))
    return Suggester(
        codes=tuple(each.code for each in book),
        sentences=tuple(each.text for each in own),
        kinds=tuple(each.kind for each in own),
        owners=np.array([each.entry for each in own], np.int32),
        near=known.vectors[: len(own)].astype(np.float16).astype(np.float32),  # as it is kept
        rare=rare,
        lines=lines,
        worth=worth,
        confirmed=tuple(int(each) for each in counts),
    )


def _checked(book: tuple[Entry, ...]) -> tuple[Entry, ...]:
    codes = [each.code for each in book]
    twice = sorted({each for each in codes if codes.count(each) > 1})
    if twice:
        raise ValueError(f"The codebook has more than one entry with the code {twice[0]!r}.")
    if not any(words(clean(text.text)) for text in _sentences(book)):
        raise ValueError("The codebook has no entry with a name, definition or example.")
    return book


def _sentences(book: Sequence[Entry]) -> list[Sentence]:
    found = []
    for place, entry in enumerate(book):
        for kind, texts in _parts(entry):
            found += [Sentence(each, place, kind) for each in texts if words(clean(each))]
    return found


def _parts(entry: Entry) -> list[tuple[NearKind, tuple[str, ...]]]:
    return [
        ("name", (entry.name,)),
        ("definition", (entry.definition,)),
        ("example", tuple(dict.fromkeys(entry.examples))),
    ]


def _usable(confirmed: Iterable[Confirmed], codes: set[str]) -> list[Confirmed]:
    """Return passages with words and at least one code that is in the codebook."""
    return [each for each in confirmed if words(clean(each.text)) and codes & {*each.codes}]


def _truth(
    book: Sequence[Entry], own: Sequence[Sentence], others: Sequence[Confirmed]
) -> learning.Truth:
    place = {each.code: at for at, each in enumerate(book)}
    truth = np.zeros((len(own) + len(others), len(book)), np.bool_)
    for at, sentence in enumerate(own):
        truth[at, sentence.entry] = True
    for at, passage in enumerate(others, len(own)):
        truth[at, [place[each] for each in passage.codes if each in place]] = True
    return truth


def _texts(
    texts: list[str], own: int, truth: learning.Truth, vectors: Vectors
) -> tuple[ngrams.Floats, learning.Texts]:
    allowed = ngrams.learnable(texts[:own], texts[own:])
    counted = [ngrams.counted(each, allowed) for each in texts]
    rare = ngrams.rarity(counted)
    rows = tuple(ngrams.row(each, rare) for each in counted)
    return rare, learning.Texts(rows, vectors(texts), truth)
