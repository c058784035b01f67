"""Coded texts, as agreement reads them: documents, who finished them, and the spans they coded.

Places in a text are Unicode code points, the end left out, as in W3C Web Annotation (2017), "Text
Position Selector". Spans become columns of numbers here, so that nothing walks over characters.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from firsthand.methods.agreement.table import Floats

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Document:
    """A text of `length` code points; `coders` are all who finished it, with or without a span.

    `sentences`: where each sentence ends, rising, the last at `length`; empty when not known.
    """

    name: str
    length: int
    coders: tuple[str, ...]
    sentences: tuple[int, ...] = ()


@dataclass(frozen=True)
class Span:
    """Code points `start` to before `end` of a document, to which one coder gave one code."""

    document: str
    coder: str
    code: str
    start: int
    end: int


@dataclass(frozen=True)
class Columns:
    """Spans in columns, one place a span; documents, coders and codes are numbers from 0.

    `lengths`, `raters`: shape (documents,), how long each is and how many finished it.
    """

    document: Ints
    coder: Ints
    code: Ints
    start: Ints
    end: Ints
    lengths: Ints
    raters: Ints
    coders: int
    codes: int

    @property
    def ratings(self) -> Floats:
        """How many ratings each document has: its units times its coders."""
        product: Floats = (self.lengths * self.raters).astype(float)
        return product


def shared(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Return the documents that two or more finished. Raises ValueError, saying which is wrong."""
    names = [each.name for each in documents]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"Document {twice!r} is given twice.")
    for each in documents:
        _check(each)
    return tuple(each for each in documents if len(each.coders) > 1)


def _check(document: Document) -> None:
    if document.length < 1:
        raise ValueError(f"Document {document.name!r} has no text.")
    if len(set(document.coders)) < len(document.coders):
        raise ValueError(f"Document {document.name!r} names a coder twice.")
    ends = (0, *document.sentences)
    rising = all(one < other for one, other in pairwise(ends))
    if document.sentences and not (rising and ends[-1] == document.length):
        raise ValueError(f"The sentences of document {document.name!r} do not add up to its text.")


def columns(
    documents: Sequence[Document], spans: Iterable[Span], codes: Sequence[str]
) -> tuple[Columns, tuple[str, ...]]:
    """Return the spans of `documents` in columns, and the coders by number.

    Spans of other documents are left out. Raises ValueError, saying where, for a span outside its
    text, of an unknown code, or by someone who has not finished the document.
    """
    places = {each.name: (at, each) for at, each in enumerate(documents)}
    coders = tuple(dict.fromkeys(who for each in documents for who in each.coders))
    who_at, code_at = _numbered(coders), _numbered(codes)
    rows = []
    for span in spans:
        if span.document not in places:
            continue
        number, document = places[span.document]
        _check_span(span, document, code_at)
        rows.append((number, who_at[span.coder], code_at[span.code], span.start, span.end))
    at, who, code, start, end = np.array(rows, np.int64).reshape(len(rows), 5).T
    lengths = np.array([each.length for each in documents], np.int64)
    raters = np.array([len(each.coders) for each in documents], np.int64)
    found = Columns(at, who, code, start, end, lengths, raters, len(coders), len(codes))
    return found, coders


def _numbered(names: Sequence[str]) -> dict[str, int]:
    return {name: at for at, name in enumerate(names)}


def _check_span(span: Span, document: Document, codes: dict[str, int]) -> None:
    if span.code not in codes:
        raise ValueError(f"{span.code!r} is not among the codes.")
    if span.coder not in document.coders:
        raise ValueError(f"{span.coder!r} has not finished document {document.name!r}.")
    if not 0 <= span.start < span.end <= document.length:
        raise ValueError(
            f"{span.start} to {span.end} is no part of document {document.name!r}, which has "
            f"{document.length:,} characters."
        )
