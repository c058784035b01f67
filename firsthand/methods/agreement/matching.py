"""Whether two coders marked the same passages: span F1, at an overlap of one half.

Two spans match when what both hold is at least half of what either holds: intersection over union
>= 0.5 (Jaccard P 1901; the threshold of Everingham M et al. 2010, "The PASCAL visual object classes
(VOC) challenge", International Journal of Computer Vision 88: 303-338). F1 of the matches stands
for agreement where what nobody marked cannot be counted: Hripcsak G, Rothschild AS (2005),
"Agreement, the F-measure, and reliability in information retrieval", Journal of the American
Medical Informatics Association 12: 296-298. With more than two coders all pairs are counted.

Matches need no choosing: a coder's own spans neither overlap nor touch, so that a span has one
partner at most. For of two partners each would hold exactly half of it, and so they would touch.
"""

from itertools import combinations

import numpy as np

from firsthand.methods.agreement.coded import Columns, Document, Ints
from firsthand.methods.agreement.table import Floats


def matched(
    spans: Columns, documents: tuple[Document, ...], coders: tuple[str, ...]
) -> tuple[Floats, Floats]:
    """Return, by code and document, twice the matches and the spans of all pairs of coders.

    `spans` are united ones. F1 is the first divided by the second, each summed.
    """
    size = spans.codes * len(documents)
    alike, all_of = np.zeros(size), np.zeros(size)
    for one, other in combinations(range(len(coders)), 2):
        finished = [{coders[one], coders[other]} <= set(each.coders) for each in documents]
        both = np.array(finished, bool)[spans.document]
        first, second = (_of(spans, both & (spans.coder == each)) for each in (one, other))
        alike += 2 * np.bincount(_alike(first, second), minlength=size)
        for each in (first, second):
            all_of += np.bincount(each[0], minlength=size)
    shape = (spans.codes, len(documents))
    return alike.reshape(shape), all_of.reshape(shape)


def _of(spans: Columns, kept: np.ndarray) -> tuple[Ints, Ints, Ints]:
    """Return the cell of each span that is kept, and its start and end on one line of all cells."""
    cell = spans.code[kept] * len(spans.lengths) + spans.document[kept]
    line = cell * (int(spans.lengths.max(initial=0)) + 1)
    return cell, line + spans.start[kept], line + spans.end[kept]


def _alike(first: tuple[Ints, Ints, Ints], second: tuple[Ints, Ints, Ints]) -> Ints:
    """Return the cells of matches: a partner holds the middle of a span, or ends there."""
    cell, start, end = first
    if not len(start) or not len(second[1]):
        return cell[:0]
    order = np.argsort(second[1])
    starts, ends = second[1][order], second[2][order]
    near = np.maximum(np.searchsorted(2 * starts, start + end, side="right") - 1, 0)
    inner = np.minimum(end, ends[near]) - np.maximum(start, starts[near])
    outer = np.maximum(end, ends[near]) - np.minimum(start, starts[near])
    found: Ints = cell[2 * inner >= outer]
    return found
