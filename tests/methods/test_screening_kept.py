"""Texts that were read earlier and kept give the very same order as texts that are read anew."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.methods.screening.order import Order
from firsthand.methods.screening.texts import Reader, Record, weighed, weighed_as_read

WORD = st.sampled_from(["care", "home", "night", "staff", "was", "ünder", "42", "a", "peer"])
TEXTS = st.lists(st.lists(WORD, max_size=8).map(" ".join), min_size=1, max_size=9)


def same(one, other) -> bool:
    arrays = ("data", "indices", "indptr")
    return one.names == other.names and all(
        np.array_equal(getattr(one.rows, each), getattr(other.rows, each)) for each in arrays
    )


@given(first=TEXTS, later=TEXTS, gone=TEXTS, question=st.lists(WORD, max_size=3).map(" ".join))
def test_weights_are_the_same_to_the_last_bit_whatever_was_read_before(
    first, later, gone, question
):
    reader = Reader()
    for text in (*gone, question):
        reader.read(text)
    kept = [reader.read(text) for text in first]
    kept += [reader.read(text) for text in (*later, question)]
    assert same(weighed_as_read(kept, reader), weighed([*first, *later], [question]))


@pytest.mark.parametrize("near_most", [0, 1000])
def test_the_order_is_the_same_once_all_labels_are_told(near_most):
    rng = np.random.default_rng(5)
    made = [" ".join(f"w{each}" for each in rng.zipf(1.4, 40) % 300) for _ in range(160)]
    records = [Record(each) for each in made]
    labels = {at: bool(at % 3) for at in range(30)}
    reader = Reader()
    kept = [reader.read(each.text) for each in records[:100]]
    Order.as_read(kept, reader, "w7 w9").label(labels)
    kept += [reader.read(each.text) for each in records[100:]]
    grown = Order.as_read(kept, reader, "w7 w9", near_most)
    anew = Order(records, "w7 w9", near_most)
    for order in (grown, anew):
        order.label(labels)
    assert np.array_equal(grown.scores, anew.scores)
    assert grown.unread().tolist() == anew.unread().tolist()


def test_texts_without_any_word_weigh_nothing():
    found = weighed(["", "?", "a"])
    assert found.rows.shape == (3, 0)
    assert found.names == ()
