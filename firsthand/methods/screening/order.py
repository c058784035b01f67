"""The order in which to read: what is most like what was included, learned after every label.

Continuous active learning: the record of highest score is read next, and its label is learned from
at once (Cormack GV and Grossman MR (2014), "Evaluation of machine-learning protocols for
technology-assisted review", SIGIR). The review's question counts as one more included record, from
the first label to the last; with it, no record need be known at the start. Records are as in
`texts`; the machine is that of `svm`. Included records weigh more, as they are rare: all excluded
ones together weigh a tenth of all included ones, about as in ASReview's ELAS u4.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from firsthand.methods.screening.svm import Far, Held, Near
from firsthand.methods.screening.texts import Floats, Read, Reader, Record, Texts, weighed_as_read

NEAR_MOST = 1_000  # records; above, likeness of all pairs takes more than it is worth: 4 MB here
_COST = 0.11
_RATIO = 9.8  # included weigh so many times as much as excluded, all together


class Order:
    """Records in the order to read them, as labels come in. Labels can be changed and taken back.

    Raises ValueError when there are no records, or neither they nor the question hold a word.
    """

    def __init__(
        self, records: Sequence[Record], question: str = "", near_most: int = NEAR_MOST
    ) -> None:
        reader = Reader()
        self._begin([reader.read(each.text) for each in records], reader, question, near_most)

    @classmethod
    def as_read(
        cls, texts: Sequence[Read], by: Reader, question: str = "", near_most: int = NEAR_MOST
    ) -> "Order":
        """Return the order of records whose texts were read before: the same as of all anew.

        Raises ValueError as the class does.
        """
        made = cls.__new__(cls)
        made._begin(texts, by, question, near_most)
        return made

    def _begin(self, texts: Sequence[Read], by: Reader, question: str, near_most: int) -> None:
        if not texts:
            raise ValueError("There are no records to put in order.")
        asked = [by.read(question)] if question.strip() else []
        self.texts: Texts = weighed_as_read([*texts, *asked], by)
        if not self.texts.rows.nnz and len(texts) > 1:
            raise ValueError("No two records share a word, so none can be ranked by its text.")
        self.size = len(texts)
        self._held: Held = (Near if self.size <= near_most else Far)(self.texts.rows)
        self.signs: Floats = np.zeros(self.size + len(asked), np.float32)
        self.alphas: Floats = np.zeros(self.size + len(asked), np.float32)
        self.signs[self.size :] = 1
        self.label({})

    def label(self, labels: dict[int, bool | None]) -> None:
        """Learn labels, by place: True included, False excluded, None not decided (any more).

        Raises ValueError for a place that is not there; nothing is learned then.
        """
        strange = next((at for at in labels if not 0 <= at < self.size), None)
        if strange is not None:
            raise ValueError(f"There is no record at place {strange}.")
        for at, label in labels.items():
            sign = 0 if label is None else 1 if label else -1
            if sign != self.signs[at]:
                self._let_go(at)
            self.signs[at] = sign
        self._learn()

    def _let_go(self, at: int) -> None:
        """Take out what was learned from a record whose label changes."""
        if self.alphas[at]:
            self._held.pull(at, -float(self.alphas[at] * self.signs[at]))
            self.alphas[at] = 0

    def _learn(self) -> None:
        known = np.flatnonzero(self.signs)
        alphas = self.alphas[known]
        slack: Floats = np.float32(0.5) / self._costs(known)
        self._held.settle(known, self.signs[known], alphas, slack)
        self.alphas[known] = alphas

    def _costs(self, known: NDArray[np.int64]) -> Floats:
        """Return what a wrong side costs, by record: on the mean over records always the same."""
        yes = self.signs[known] > 0
        many, few = int(yes.sum()), int((~yes).sum())
        if not many or not few:
            return np.full(len(known), _COST, np.float32)
        weights = np.where(yes, 1.0, many / (_RATIO * few))
        costs: Floats = (_COST * weights / weights.mean()).astype(np.float32)
        return costs

    @property
    def scores(self) -> Floats:
        """How much each record looks like an included one; only their order means anything."""
        return self._held.scores[: self.size]

    def unread(self) -> NDArray[np.int64]:
        """Return the places of records without a label, best first; equal ones as they came."""
        left = np.flatnonzero(self.signs[: self.size] == 0)
        return left[np.argsort(-self.scores[left], kind="stable")]

    def next(self) -> int | None:
        """Return the place to read next, None when all are read."""
        if not (self.signs[: self.size] == 0).any():
            return None
        waiting = np.where(self.signs[: self.size] == 0, self.scores, -np.inf)
        return int(np.argmax(waiting))

    def learned_from(self) -> Iterable[tuple[int, float]]:
        """Yield places (the question's comes last) with their pull: above 0 for included ones."""
        for at in np.flatnonzero(self.alphas):
            yield int(at), float(self.alphas[at] * self.signs[at])
