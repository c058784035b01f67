"""The record of searches has all 16 items of PRISMA-S, and says what nobody reported."""

from datetime import date

import pytest

from firsthand.methods.searching.record import SearchRecord, SearchRun

DAY = date(2020, 6, 15)
RUN = SearchRun("PsycINFO", "Ovid", DAY, "harm.ti.", 1204, ("from 2008",), (), "1806 to today")


def test_there_are_sixteen_items_in_their_order():
    items = SearchRecord((RUN,)).items()
    assert [each.number for each in items] == list(range(1, 17))
    assert items[0].text == "PsycINFO via Ovid (1806 to today)"
    assert items[7].text == "PsycINFO: harm.ti."
    assert items[8].text == "PsycINFO: from 2008"
    assert items[9].text == "PsycINFO: none"
    assert items[12].text == "PsycINFO: 2020-06-15"
    assert items[14].text == "PsycINFO: 1,204"


def test_what_nobody_reported_is_named():
    record = SearchRecord((RUN,), contacts="experts", peer_review="none")
    assert record.items()[2].text == "not reported"
    assert "3. Study registries" in record.missing()
    assert "6. Contacts" not in record.missing()
    assert "14. Peer review" not in record.missing()


def test_databases_searched_at_one_time_are_told_together():
    both = (RUN, SearchRun("Embase", "Ovid", DAY, "harm.ti.", 3))
    assert SearchRecord(both).items()[1].text == "Ovid: PsycINFO, Embase"
    assert SearchRecord((RUN,)).items()[1].text == "none"


def test_records_are_summed_only_when_every_run_noted_them():
    bare = SearchRun("ASSIA", "ProQuest", DAY, "TI(harm)")
    assert SearchRecord((RUN, RUN)).hits == 2408
    assert SearchRecord((RUN, bare)).hits is None
    assert "15. Total records" in SearchRecord((RUN, bare)).missing()
    assert SearchRecord(()).hits is None
    assert len(SearchRecord(()).missing()) == 16


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"database": " "}, "A search run needs its database."),
        ({"platform": ""}, "A search run needs its platform."),
        ({"string": ""}, "A search run needs its string."),
        ({"hits": -1}, "Hits are a number from 0 up, not -1."),
    ],
)
def test_a_run_without_what_it_needs_is_refused(changed, sentence):
    told = {"database": "A", "platform": "B", "searched_on": DAY, "string": "c", "hits": 1}
    with pytest.raises(ValueError, match=sentence):
        SearchRun(**{**told, **changed})
