"""A review read again: every record once, the same with the same seed, and better than chance."""

import csv

import pytest
from test_screening_order import RECORDS, WANTED

from firsthand.methods.screening.simulate import simulate, starts
from firsthand.methods.screening.texts import Record


def test_every_record_is_read_once_and_the_same_seed_reads_the_same():
    first, again, other = (simulate(RECORDS, WANTED, seed=seed) for seed in (3, 3, 4))
    assert sorted(first.known + first.read) == list(range(len(RECORDS)))
    assert first == again != other
    assert first.figures.records == len(RECORDS) - 2


def test_one_of_each_kind_is_known_at_the_start_and_another_seed_draws_others():
    drawn = [starts(WANTED, seed) for seed in range(6)]
    assert all((WANTED[yes], WANTED[no]) == (1, 0) for yes, no in drawn)
    assert len(set(drawn)) > 1


def test_from_the_question_alone_nothing_is_known_and_included_ones_come_early():
    run = simulate(RECORDS, WANTED, "peer support")
    assert (run.seed, run.known) == (None, ())
    assert run.figures.records == len(RECORDS)
    assert run.figures.loss < 0.05


@pytest.mark.parametrize(
    ("records", "labels", "question", "seed", "sentence"),
    [
        (RECORDS, WANTED[1:], "", 1, "60 records have 59 labels"),
        (RECORDS, WANTED, " ", None, "a question is needed"),
        (RECORDS, [2, *WANTED[1:]], "", 1, "Labels must be 0"),
        (RECORDS, [0] * 60, "", 1, "Only 0 records are included"),
        (RECORDS, [1] * 59 + [0], "", 1, "Only 1 records are excluded"),
        (RECORDS, [1] * 60, "peer", None, "Only 0 records are excluded"),
        ([Record("one")], [1], "peer", None, "Only 0 records are excluded"),
    ],
)
def test_what_cannot_be_tried_is_told(records, labels, question, seed, sentence):
    with pytest.raises(ValueError, match=sentence):
        simulate(records, labels, question, seed)


def test_on_a_real_review_the_order_is_far_better_than_chance(shared_dir):
    with (shared_dir / "data/screening/Cohen_2006_Triptans.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    records = [Record(each["title"], each["abstract"]) for each in rows]
    labels = [int(each["label"]) for each in rows]
    asked = "Triptans for acute migraine: randomised trials against placebo or each other"
    assert simulate(records, labels, asked, seed=1).figures.loss < 0.2
