"""Counts in the columns of the PRISMA2020 package for R: read, refused with reasons, written."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from firsthand.methods.flow import csvfile
from firsthand.methods.flow.counts import (
    Flow,
    FromDatabases,
    FromElsewhere,
    Included,
    Named,
    Reports,
)

COUNT = some.none() | some.integers(0, 10**9)
NAME = some.text("abcdefgh ,", min_size=1).map(str.strip).filter(lambda s: s and s[-1] != ",")
NAMED = some.lists(some.builds(Named, NAME, some.integers(0, 10**6)), max_size=4).map(tuple)


def lines(*rows: str) -> str:
    return "\n".join(("data,n", *rows)) + "\n"


def test_a_file_of_the_r_package_is_read_by_its_two_columns():
    text = (
        "data,node,box,description,boxtext,tooltips,url,n\n"
        "NA,node4,prevstud,Grey,Previous,x,y,0\n"
        "previous_studies,node5,box1,a,b,c,d,0\n"
        'database_results,node7,box2,a,b,c,d,"14,497"\n'
        'database_specific_results,NA,box2,a,b,NA,x,"ASSIA, 4497; PsycINFO, 10000"\n'
        'dbr_excluded,node14,box9,a,b,c,d,"Too old, 2; Not English, not translated, 3"\n'
        "identification,node1,identification,a,b,c,d,0\n"
    )
    read = csvfile.read(text)
    way = read.flow.databases
    assert way.databases == 14497
    assert way.by_database == (Named("ASSIA", 4497), Named("PsycINFO", 10000))
    assert way.reports.reasons == (Named("Too old", 2), Named("Not English, not translated", 3))
    assert way.reports.left_out == 5
    assert read.flow.previous is None
    assert read.passed_over == (
        "The previous version of the review has nothing but noughts, "
        "so it is left out of the picture.",
    )


@pytest.mark.parametrize("said", ["4497", "4,497", "4 497", "4497.0", "n = 4497", " 4497 "])
def test_a_count_may_be_written_in_many_ways(said):
    assert csvfile.read(lines(f'database_results,"{said}"')).flow.databases.databases == 4497


@pytest.mark.parametrize("said", ["", "NA", "n/a", "NULL"])
def test_what_is_empty_was_not_reported(said):
    read = csvfile.read(lines("records_screened,3", f"duplicates,{said}"))
    assert read.flow.databases.duplicates is None


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_commas_semicolons_tabs_and_every_end_of_line_are_read(mark, end):
    text = f"\ufeffDATA{mark}N{end}{end}duplicates{mark}9{end}"
    assert csvfile.read(text).flow.databases.duplicates == 9


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The first line has to name the columns, data and n among them."),
        ("a,b\n1,2\n", "The first line has to name the columns, data and n among them."),
        ("data,n\n", "No row of the file is a count of the template."),
        (lines("duplicates,many"), "Line 2, duplicates: 'many' is no count."),
        (lines("duplicates,-3"), "Line 2, duplicates: '-3' is no count."),
        (lines("duplicates,3.5"), "Line 2, duplicates: '3.5' is no count."),
        (lines("duplicates," + "9" * 40), "is no count."),
        (lines("duplicates,1", "duplicates,2"), "Line 3: duplicates stands there a second time."),
        (lines("duplicates"), "Line 2: it has no column n."),
        (lines('dbr_excluded,"Old, 3; Reason2, xxx"'), "'Reason2' still has the template's xxx"),
        (lines('dbr_excluded,"Old, two"'), "no count stands after the last comma of 'Old, two'."),
        (lines('dbr_excluded,", 2"'), "without the name of what was counted"),
        ('data,n\n"duplicates,1\n', "The file is no table"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text, sentence):
    with pytest.raises(csvfile.Unusable) as why:
        csvfile.read(text)
    assert sentence in str(why.value)


def test_everything_wrong_is_told_at_once():
    with pytest.raises(csvfile.Unusable) as why:
        csvfile.read(lines("duplicates,x", "records_screened,y"))
    assert len(why.value.wrong) == 2


def test_a_row_that_is_no_count_is_passed_over_and_said():
    read = csvfile.read(lines("duplicates,1", "total_studies_ma,4"))
    assert read.passed_over == (
        "Line 3: 'total_studies_ma' is no count of the template; passed over.",
    )


def test_lists_that_are_still_the_templates_are_passed_over_and_said():
    read = csvfile.read(lines("duplicates,1", 'dbr_excluded,"Reason1, xxx; Reason2, xxx"'))
    assert read.flow.databases.reports == Reports()
    assert read.passed_over == ("Line 3: dbr_excluded is still the template's xxx; passed over.",)


def test_reports_excluded_may_be_one_count_or_reasons_without_counts():
    one = csvfile.read(lines("dbr_excluded,62")).flow.databases.reports
    assert (one.excluded, one.reasons) == (62, ())
    bare = csvfile.read(lines("dbr_excluded,Too old; Not English")).flow.databases.reports
    assert bare.reasons == (Named("Too old"), Named("Not English"))
    assert csvfile.read(lines("dbr_excluded,NA", "duplicates,1")).flow.databases.reports == (
        Reports()
    )


def test_other_methods_that_are_all_nought_are_left_out_and_said():
    read = csvfile.read(lines("duplicates,1", "website_results,0", "other_sought_reports,0"))
    assert read.flow.elsewhere is None
    assert read.passed_over[0].startswith("Identification via other methods has nothing but")


@given(
    some.builds(
        Flow,
        some.builds(
            FromDatabases, COUNT, COUNT, NAMED, NAMED, NAMED, COUNT, COUNT, COUNT, COUNT, COUNT,
            some.builds(Reports, COUNT, COUNT, COUNT, some.none(), NAMED),
        ),
        some.builds(Included, COUNT, COUNT),
        some.none() | some.builds(FromElsewhere, some.integers(1, 9), COUNT, COUNT),
        some.none() | some.builds(Included, some.integers(1, 9), COUNT),
        some.none() | some.builds(Included, some.integers(1, 9), COUNT),
    )
)  # fmt: skip
def test_what_is_written_is_read_again_without_loss(flow):
    assert csvfile.read(csvfile.write(flow)).flow == flow


@pytest.mark.parametrize(
    "reports",
    [
        Reports(reasons=(Named("a; b", 1),)),
        Reports(reasons=(Named("Old, and long"),)),
        Reports(excluded=9, reasons=(Named("Old"),)),
    ],
)
def test_what_the_form_cannot_hold_is_refused_rather_than_lost(reports):
    with pytest.raises(csvfile.Unusable, match="cannot be"):
        csvfile.write(Flow(FromDatabases(reports=reports), Included()))
