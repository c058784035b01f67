"""Adding a search to a large review: only what may belong to the new records is looked at."""

import numpy as np
import pytest

from firsthand.evidence import comparing, rules
from firsthand.evidence.models import Look, Pair, Record, Review, Trace
from firsthand.methods.dedupe.traces import of_reports, sharing
from firsthand.methods.dedupe.values import Report
from tests.evidence import kit

pytestmark = pytest.mark.django_db
WORDS = "waiting care harm home crisis trust voice plan".split()  # noqa: SIM905 - read more easily


def filled(by, count: int, dice) -> None:
    """Add records of which many are alike, so that blocks are cut and groups are large."""
    for row in kit.imported(by, count):
        about = int(dice.integers(0, 25))
        mine = np.random.default_rng(about)
        words = [WORDS[each] for each in mine.integers(0, len(WORDS), 6)]
        Record.objects.filter(id=row.id).update(
            title=" ".join(words), year=2000 + about % 3, volume=str(about % 4),
            pages=f"{about + 1}-{about + 9}" if dice.random() < 0.7 else "",
            doi=f"10.1234/{about}" if dice.random() < 0.4 else "",
            authors=[f"Brook{about % 6}, A."],
        )  # fmt: skip


def looked(review: Review) -> comparing.Compared:
    review.refresh_from_db()
    compared = comparing.compare(review)
    comparing.carry_out(Look.objects.create(review=review), compared)
    return compared


@pytest.mark.parametrize("seed", range(6))
def test_the_same_is_found_as_when_everything_is_taken_in(seed):
    ada, dice = kit.review("Ada")[0], np.random.default_rng(seed)
    filled(ada, 60, dice)
    looked(ada.review)
    filled(ada, 20, dice)
    ada.review.refresh_from_db()
    some = comparing.compare(ada.review).found
    Trace.objects.all().delete()  # as in a review from before there were traces: all are taken in
    whole = comparing.compare(ada.review).found
    assert (some.pairs, some.links) == (whole.pairs, whole.links)
    assert [each.ids for each in some.groups] == [each.ids for each in whole.groups]
    assert {merge for each in some.groups for merge in each.merges} == {
        merge for each in whole.groups for merge in each.merges
    }


def test_only_what_shares_a_key_with_a_new_record_is_taken_in(monkeypatch):
    ada = kit.review("Ada")[0]
    for title in ("Bluebells in April rain", "Foxgloves beside the gate", "Campion and cowslip"):
        row = kit.imported(ada, 1)[0]
        Record.objects.filter(id=row.id).update(title=title, authors=[], abstract="")
    looked(ada.review)
    assert Trace.objects.count() == 3
    new = kit.imported(ada, 1)[0]
    Record.objects.filter(id=new.id).update(
        title="Foxgloves beside the gate.", authors=[], abstract=""
    )
    taken, plain = [], comparing._some
    monkeypatch.setattr(comparing, "_some", lambda *a: taken.extend(plain(*a)) or iter(taken))
    looked(ada.review)
    assert [each.title for each in taken] == ["Foxgloves beside the gate"]
    assert Pair.objects.get().holds in (rules.SAME, rules.ASKED)
    assert Trace.objects.count() == 4


def test_records_from_before_there_were_traces_get_theirs_at_the_next_look():
    ada = kit.review("Ada")[0]
    kit.imported(ada, 3)
    looked(ada.review)
    Trace.objects.all().delete()
    kit.imported(ada, 1)
    looked(ada.review)
    assert Trace.objects.count() == 4


def report(**more) -> Report:
    said = {
        "title": "", "authors": (), "year": None, "container": "", "volume": "", "issue": "",
        "pages": "", "abstract": "", "doi": "", "pmid": "", "kind": "",
    }  # fmt: skip
    return Report(id="1", **{**said, **more})


def trace_of(**more) -> bytes:
    return of_reports([report(**more)])["1"]


def test_reports_that_share_a_key_share_a_part_of_their_traces():
    one, other = trace_of(doi="10.1234/x"), trace_of(doi="10.1234/x", title="Another")
    alone, nothing = trace_of(title="Bluebells"), b""
    assert sharing([alone, one, nothing, other], [one]) == [1, 3]
    assert sharing([nothing, alone, nothing], [alone, other]) == [1]
    assert sharing([one, other], [alone]) == sharing([], [one]) == sharing([one], []) == []


def test_old_records_are_looked_through_a_few_at_a_time(monkeypatch):
    monkeypatch.setattr(comparing, "_ROWS", 2)
    monkeypatch.setattr(comparing, "_MANY", 2)
    test_the_same_is_found_as_when_everything_is_taken_in(7)


def test_what_stands_already_is_not_put_to_anyone_again():
    ada = kit.review("Ada")[0]
    filled(ada, 12, np.random.default_rng(3))
    looked(ada.review)
    was = set(Pair.objects.values_list("first", "second", "holds"))
    ada.review.refresh_from_db()
    ada.review.compared = 0  # as if all were new: what stands is not made again
    ada.review.save()
    looked(ada.review)
    assert set(Pair.objects.values_list("first", "second", "holds")) == was
    assert Pair.objects.count() == len(was)
