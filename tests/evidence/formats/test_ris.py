"""RIS in its dialects: what each writes where."""

# ruff: noqa: E501 - a record is easier to read on one line, with its own signs

import pytest

from tests.evidence.formats.reads import one, problems, references


def test_ovid_writes_t1_a1_y1_n2_jf():
    only = one(
        "1.\nTY  - JOUR\nID  - 2019\nDO  - http://dx.doi.org/10.1002/cpp.2398\nT1  - A title.\n"
        "A1  - Beck, Ines A\nA1  - Irons, Chris\nY1  - 2019//\nN2  - An abstract.\n"
        "JF  - Clinical Psychology & Psychotherapy\nVL  - 26\nSP  - No\nSN  - 1063-3995 (Print)\n"
        "ER  - \nNL  - Clin Psychol\n\n"
    )
    assert only.authors == ("Beck, Ines A", "Irons, Chris")
    assert (only.year, only.abstract, only.doi) == (2019, "An abstract.", "10.1002/cpp.2398")
    assert only.container == "Clinical Psychology & Psychotherapy"
    assert only.isbn_issn == "1063-3995"
    assert ("NL", "Clin Psychol") in only.raw


def test_ebsco_writes_the_doi_in_l3_and_its_copyright_as_a_second_abstract():
    only = one(
        "TY  - JOUR\nT1  - A\nY1  - 2016/09//\nAB  - One.\nAB  - Copyright.\nL3  - 10.1016/J.X.2\nER  - "
    )
    assert (only.doi, only.abstract, only.year) == ("10.1016/j.x.2", "One.\nCopyright.", 2016)


def test_endnote_writes_one_keyword_a_line_and_pubmeds_number_in_an():
    only = one(
        "TY  - JOUR\nAN  - 21553931\nDP  - NLM\nKW  - Animals\nModels, Animal\n*Hope\n"
        "T2  - Clin Pharmacokinet\nTI  - A\nSP  - 349-69\nPY  - 2011\nER  - "
    )
    assert only.keywords == ("Animals", "Models, Animal", "*Hope")
    assert (only.pmid, only.pages, only.container) == ("21553931", "349-69", "Clin Pharmacokinet")


def test_scopus_writes_issn_and_pages_apart():
    only = one(
        "TY  - JOUR\nTI  - A\nPY  - 2020\nT2  - Soil\nSN  - 20964129 (ISSN) \nSP  - 1\nEP  - 9\nER  -"
    )
    assert (only.isbn_issn, only.pages) == ("2096-4129", "1-9")


def test_citavi_leaves_empty_lines_inside_a_field():
    only = one(
        "TY  - JOUR\nT1  - A\nPY  - 2020\nU3  - Cited By :9\n\nExport Date: 2022\nLA  - English\nER  -"
    )
    assert ("U3", "Cited By :9\n\nExport Date: 2022") in only.raw
    assert only.language == "English"


@pytest.mark.parametrize(
    ("said", "kind"),
    [("JOUR", "article-journal"), ("Journal Article", "article-journal"), ("CHAP", "chapter"),
     ("book", "book"), ("THES", "thesis"), ("", "document"), ("ODD", "document")],
)  # fmt: skip
def test_kinds_are_told_apart(said, kind):
    assert one(f"TY  - {said}\nTI  - A\nER  - \n").kind == kind


def test_editors_stand_in_where_there_are_no_authors():
    assert one("TY  - BOOK\nTI  - A\nA2  - Ed, A\nER  - ").authors == ("Ed, A",)
    assert one("TY  - CHAP\nTI  - A\nAU  - Au, B\nA2  - Ed, A\nER  - ").authors == ("Au, B",)


def test_several_authors_in_one_field_are_parted():
    assert one("TY  - BOOK\nTI  - A\nAU  - Beck, A.; Sá, B.\nER  - ").authors == (
        "Beck, A.",
        "Sá, B.",
    )


def test_a_doi_in_an_address_and_a_pubmed_address_are_found():
    only = one(
        "TY  - JOUR\nTI  - A\nUR  - https://doi.org/10.1/x\nUR  - https://doi.org/10.1234/AbC%28d\n"
        "L2  - https://pubmed.ncbi.nlm.nih.gov/22752652/\nER  - "
    )
    assert (only.doi, only.pmid, only.url) == (
        "10.1234/abc%28d",
        "22752652",
        "https://doi.org/10.1/x",
    )


def test_html_in_titles_is_mended_and_raw_stays():
    only = one(
        "TY  - JOUR\nTI  - Use of H<sub>2</sub>O &amp;amp; <i>hope</i>, p &lt; .05\nPY  - 2001\nER  - "
    )
    assert only.title == "Use of H2O & hope, p < .05"
    assert only.raw[1][1].startswith("Use of H<sub>")


def test_unknown_tags_are_kept_in_order():
    only = one("TY  - JOUR\nTI  - A\nJP  - one\nDC  - two\nJP  - three\nER  - ")
    assert only.raw[2:] == (("JP", "one"), ("DC", "two"), ("JP", "three"))


def test_an_odd_year_is_told_and_kept():
    only = references("TY  - JOUR\nTI  - A\nPY  - 10 15\nER  - ")[0]
    assert only.year is None
    assert "10 15" in problems("TY  - JOUR\nTI  - A\nPY  - 10 15\nER  - ")[0].said
    assert ("PY", "10 15") in only.raw


SEVERAL = (
    "TY  - JOUR\nTI  - A title\nPY  - 2019\nN1  - References: Beck, I., First\n"
    "Irons, C., Second\nU.S. Office, Third\nKW  - hope\nER  - \n\n"
)


def test_a_record_with_further_lines_is_the_same_whole_or_line_by_line():
    first, second = references(SEVERAL + SEVERAL.replace("TY  -", "TY -"))
    assert first.raw == second.raw
    assert first.raw[3] == (
        "N1",
        "References: Beck, I., First\nIrons, C., Second\nU.S. Office, Third",
    )
    assert problems(SEVERAL) == []


def test_a_further_line_that_may_be_a_field_is_looked_at_by_itself():
    only = one(SEVERAL.replace("U.S. Office, Third", "T2 - A journal"))
    assert ("N1", "References: Beck, I., First\nIrons, C., Second\nT2 - A journal") in only.raw
    only = one(SEVERAL.replace("N1  -", "U1  -").replace("U.S. Office, Third", "T2 - A journal"))
    assert only.container == "A journal"


def test_records_far_apart_are_parted():
    assert len(references(SEVERAL + "\n" * 1000 + SEVERAL)) == 2


def test_carriage_returns_alone_and_in_pairs_may_stand_in_one_file():
    text = SEVERAL.replace("\n", "\r\n") + SEVERAL.replace("\n", "\r") + SEVERAL
    assert [each.raw for each in references(text)] == [references(SEVERAL)[0].raw] * 3
    assert [each.line for each in references(text)] == [1, 10, 19]


def test_a_pair_that_ends_the_piece_is_one_line_end():
    data = ("x" * 262_100).join(["TY  - JOUR\nTI  - A\nPY  - 2001\nAB  - ", "\nER  - \n"])
    for shift in range(30, 90):
        moved = data.replace("TI  - A", "TI  - A" + "b" * shift).replace("\n", "\r\n")
        assert [name for name, _ in one(moved).raw] == ["TY", "TI", "PY", "AB"]
