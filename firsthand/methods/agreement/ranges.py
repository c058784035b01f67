"""Ranges on a line: uniting a coder's own, and how many coders lie over each stretch.

Sweeping over the ends of ranges in their order: Bentley JL (1977), "Solutions to Klee's rectangle
problems", Carnegie Mellon University. The work is to sort the spans, however long texts are.
"""

from dataclasses import dataclass, replace

import numpy as np

from firsthand.methods.agreement.coded import Columns, Document, Ints
from firsthand.methods.agreement.table import Floats


@dataclass(frozen=True)
class Covered:
    """What coders agree on, by code and document: shape (codes, documents) each.

    With m coders on a document, of whom k gave the code to a unit, that unit adds k to `marks`,
    k (k - 1) / (m - 1) to `both` and k (m - k) / (m - 1) to `apart`, as in Krippendorff's table of
    coincidences. `first` is what the first coder alone marked.
    """

    marks: Floats
    both: Floats
    apart: Floats
    first: Floats


def united(spans: Columns) -> Columns:
    """Unite what one coder gave one code, where it overlaps or touches: it is one stretch."""
    if not len(spans.start):
        return spans
    begins, total = _begins(spans.lengths)
    line = (spans.code * spans.coders + spans.coder) * total + begins[spans.document]
    start, end = _unite(line + spans.start, line + spans.end)
    row, place = np.divmod(start, total)
    document = np.searchsorted(begins, place, side="right") - 1
    place = place - begins[document]
    code, coder = np.divmod(row, spans.coders)
    return replace(
        spans, document=document, coder=coder, code=code, start=place, end=place + end - start
    )


def _begins(lengths: Ints) -> tuple[Ints, int]:
    """Return where each document begins on a line of all, one unit apart; and how long that is."""
    wide = np.cumsum(lengths + 1)
    return wide - (lengths + 1), int(wide[-1])


def _unite(start: Ints, end: Ints) -> tuple[Ints, Ints]:
    order = np.argsort(start, kind="stable")
    start, end = start[order], np.maximum.accumulate(end[order])
    fresh = np.concatenate(([True], start[1:] > end[:-1]))
    return start[fresh], end[np.concatenate((fresh[1:], [True]))]


def covered(spans: Columns) -> Covered:
    """Count what lies over what. `spans` are united ones."""
    shape = (spans.codes, len(spans.lengths))
    cell = spans.code * shape[1] + spans.document
    begins, total = _begins(spans.lengths)
    line = spans.code * total + begins[spans.document]
    at = np.concatenate((line + spans.start, line + spans.end))
    step = np.repeat((1, -1), len(cell))
    order = np.argsort(at, kind="stable")
    depth, width = np.cumsum(step[order])[:-1], np.diff(at[order])
    within = np.concatenate((cell, cell))[order][:-1]
    others = np.maximum(spans.raters[within % shape[1]] - 1, 1)

    def summed(units: Floats | Ints, cells: Ints = within) -> Floats:
        sums = np.bincount(cells, units, shape[0] * shape[1]).astype(float)
        return sums.reshape(shape)

    lone = (spans.end - spans.start) * (spans.coder == 0)
    return Covered(
        marks=summed(depth * width),
        both=summed(depth * (depth - 1) * width / others),
        apart=summed(depth * (others + 1 - depth) * width / others),
        first=summed(lone, cell),
    )


def by_sentence(spans: Columns, documents: tuple[Document, ...]) -> Columns:
    """Return the spans in sentences instead of code points: those that a span lies in at all."""
    counts = np.array([len(each.sentences) for each in documents], np.int64)
    begins, _ = _begins(spans.lengths)
    ends = np.array(
        [
            begin + end
            for each, begin in zip(documents, begins, strict=True)
            for end in each.sentences
        ],
        np.int64,
    )
    before = (np.cumsum(counts) - counts)[spans.document]
    line = begins[spans.document]
    start = np.searchsorted(ends, line + spans.start, side="right") - before
    last = np.searchsorted(ends, line + spans.end, side="left") - before
    return united(replace(spans, start=start, end=last + 1, lengths=counts))
