"""PubMed, Web of Science, EndNote, BibTeX and CSL-JSON: what is read, and what breaks."""

# ruff: noqa: E501, RUF001 - a record is easier to read on one line, with its own signs

import json

import pytest

from firsthand.evidence.formats import csl_json, endnote_xml
from tests.evidence.formats.reads import found, one, problems, references, titles

PUBMED = """
PMID- 30776994
OWN - NLM
IS  - 1524-4628 (Electronic)
IS  - 0039-2499 (Linking)
VI  - 50
IP  - 3
DP  - 2019 Mar
TI  - Impact of Waiting on
      Outcomes.
PG  - 697-704
LID - 10.1161/STROKEAHA.118.021126 [doi]
AB  - First line
      non-balloon, second line.
FAU - Beck, Ines
AU  - Beck I
LA  - eng
PT  - Journal Article
JT  - Stroke
OT  - hope; waiting
MH  - Humans

"""


def test_pubmed_is_read():
    only = one(PUBMED)
    assert only.title == "Impact of Waiting on Outcomes."
    assert only.abstract == "First line non-balloon, second line."
    assert (only.pmid, only.doi) == ("30776994", "10.1161/strokeaha.118.021126")
    assert (only.authors, only.year, only.pages) == (("Beck, Ines",), 2019, "697-704")
    assert only.isbn_issn == "1524-4628; 0039-2499"
    assert only.keywords == ("hope", "waiting", "Humans")
    assert (only.container, only.line, only.language) == ("Stroke", 2, "eng")


def test_pubmed_records_without_an_empty_line_between_are_told_apart():
    assert len(references(PUBMED.strip() + "\n" + PUBMED.strip())) == 2


def test_an_empty_line_inside_a_pubmed_record_does_not_part_it():
    text = PUBMED.replace("VI  - 50", "\nPMC - PMC1\nVI  - 50") * 2
    assert [each.volume for each in references(text)] == ["50", "50"]


def test_a_pubmed_record_without_its_number_is_still_one():
    text = PUBMED + PUBMED.replace("PMID- 30776994\n", "") + PUBMED
    assert len(references(PUBMED + PUBMED)) == 2
    assert len(references(text)) >= 2
    assert sum(each.raw.count(("OWN", "NLM")) for each in references(text)) == 3


def test_a_line_of_a_pubmed_file_that_is_no_field_is_kept_and_told():
    text = PUBMED.replace("LA  - eng", "what is this\nLA  - eng") + PUBMED
    assert len(references(text)) == 2
    (said,) = problems(text)
    assert text.split("\n")[said.line - 1] == "what is this"
    assert "Kept in" in said.kept.replace("It was kept", "Kept")
    assert "no field" in problems("odd\n" + PUBMED, "x.nbib")[0].said


def test_pubmed_central_begins_with_pmc():
    text = "\nPMC - PMC1\nPMID- 1\nTI  - One\nDP  - 2018\nAB  - \nOAB - Publisher: Abstract available from the publisher.\nAU  - Beck I\nSO  - J. 2018. doi:10.1234/ab.c.\n\n"
    text += text.replace("PMC1", "PMC2").replace("PMID- 1", "PMID- 2").lstrip()
    first, second = references(text)
    assert (first.pmid, second.pmid, first.doi, first.abstract) == ("1", "2", "10.1234/ab.c", "")
    assert first.authors == ("Beck I",)


def test_a_pubmed_record_cut_off_is_kept():
    assert one(PUBMED[:250]).pmid == "30776994"


def test_a_large_pubmed_file_without_empty_lines_is_read(monkeypatch):
    from firsthand.evidence.formats import medline

    monkeypatch.setattr(medline, "_PATIENCE", 100)
    assert len(references("".join(PUBMED.strip() + "\n" for _ in range(20)))) == 20


WOS = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Beck, I
   Sá, B
AF Beck, Ines
   Sá, Bruna (b.sa@example.org)
TI Do magnets
   help?
SO SCIENCE
DE Hope; Waiting
ID MORE-HOPE
AB Not much.
SN 0048-9697
EI 1879-1026
PY 2019
VL 656
BP 598
EP 607
DI 10.1016/j.x.2018.11.375
PM 30529964
ER

EF
"""


def test_web_of_science_is_read():
    only = one("\ufeff" + WOS)
    assert only.title == "Do magnets help?"
    assert only.authors == ("Beck, Ines", "Sá, Bruna")
    assert (only.pages, only.doi, only.pmid) == ("598-607", "10.1016/j.x.2018.11.375", "30529964")
    assert only.keywords == ("Hope", "Waiting", "MORE-HOPE")
    assert (only.kind, only.line) == ("article-journal", 3)


def test_web_of_science_without_er_loses_no_record():
    text = WOS.replace("ER\n\nEF\n", "") + WOS[WOS.index("PT J") :]
    assert len(references(text)) == 2
    assert "No ER line" in problems(text)[0].said


def test_web_of_science_cut_off_or_odd_is_told():
    assert "cut off" in problems(WOS[:200])[-1].said
    text = WOS.replace("SO SCIENCE", "not set in\nSO SCIENCE")
    assert "no field" in problems(text)[0].said
    assert one(text).title == "Do magnets help? not set in"


def test_endnote_tagged_text_is_read():
    text = "%0 Journal Article\n%T One\n%A Beck, I\n%A Sá, B\n%D 2001\n%J Soil\n%X Begins\n\ngoes on\n%R 10.1234/x\n%@ 1234-5678\n%K a\nb\n\n%0 Book\n%T Two\n%A Ed, A\n"
    first, second = references(text)
    assert (first.title, first.authors, first.year) == ("One", ("Beck, I", "Sá, B"), 2001)
    assert (first.abstract, first.keywords) == ("Begins goes on", ("a", "b"))
    assert (first.doi, first.isbn_issn, second.kind) == ("10.1234/x", "1234-5678", "book")


def test_endnote_tagged_text_with_the_kind_second_or_not_at_all_is_read():
    text = "%T One\n%0 Journal Article\n%D 2001\n\n\n%T Two\n%D 2002\n%J Soil\n\n%A Beck, I\n%T Three\n%D 2003\n"
    assert titles(text) == ["One", "Two", "Three"]
    assert [each.kind for each in references(text)] == ["article-journal"] * 2 + ["document"]
    assert "no field" in problems("hello\n%T One\n%D 2001", "x.enw")[0].said


BIB = r"""
@string{js = "Journal of " # "Stories"}
@comment{nothing}
Words between entries mean nothing.
@ARTICLE{Li2020,
author={Li, W. and G{\"o}del, Kurt and {World Health Organization} and others},
title={The {UK}'s caf\'e -- \emph{really} 50\% \& more},
journal= js # {, B},
funding_text 1={It says {in braces} so},
year=2020, volume = "7", pages={1645--1654},
doi={10.1234/AbC_d},
author_keywords={Hope;  Waiting},
month = jan,
abstract={One line,
  another.},
}

@inproceedings(Second,
  title = {Second}, booktitle = {Proc}, year = {2001}
)
@misc{third, title={Third}, year={1999}}@misc{fourth, title={Fourth}, year={1998}}
"""


def test_bibtex_is_read():
    first, second, third, fourth = references(BIB)
    assert first.title == "The UK's café – really 50% & more"
    assert first.authors == ("Li, W.", "Gödel, Kurt", "World Health Organization")
    assert first.container == "Journal of Stories, B"
    assert (first.year, first.volume, first.pages) == (2020, "7", "1645-1654")
    assert (first.doi, first.abstract) == ("10.1234/abc_d", "One line, another.")
    assert first.keywords == ("Hope", "Waiting")
    assert (second.title, second.kind, second.container) == ("Second", "paper-conference", "Proc")
    assert (third.title, fourth.title, first.line) == ("Third", "Fourth", 5)
    assert first.raw[0] == ("@article", "Li2020")
    assert ("month", "jan") in first.raw
    assert problems(BIB) == []


@pytest.mark.parametrize(
    "broken",
    ["title={Two, lost brace,\n  year={2002}", "title={Two},\n year={2002}}", "title={Two}},\n year={2002}", 'title="Two,\n year={2002}'],
)  # fmt: skip
def test_a_bibtex_entry_with_a_lost_brace_costs_no_other(broken):
    text = f"@article{{a, title={{One}}, year=2001\n}}\n@article{{b,\n {broken}\n}}\n@article{{c,\n title={{Three}}, year=2003\n}}\n"
    read = titles(text)
    assert (len(read), read[0], read[2]) == (3, "One", "Three")
    assert read[1].startswith("Two")
    assert [each.year for each in references(text)][2] == 2003


def test_bibtex_without_a_key_or_cut_off_is_read():
    assert titles("@article{title={One}, year=2001}\n") == ["One"]
    assert titles("@article{a, title={One}, year=2001}\n@article{b,\n title={Tw") == ["One", "Tw"]


def test_what_follows_the_fields_of_a_bibtex_entry_is_told():
    assert "could not be read" in problems("@a{k, title={One}, year=2001, {=x}}")[0].said


XML = """<?xml version="1.0" encoding="UTF-8" ?><xml><records>
<record><rec-number>1</rec-number><ref-type name="Journal Article">17</ref-type><contributors><authors>
<author><style face="normal">Foo &amp; Bar</style></author><author>Sá, B.</author></authors></contributors>
<titles><title><style>A <!-- c --></style><style face="italic">long</style><style> title</style></title>
<secondary-title>Soil</secondary-title></titles><dates><year>2018</year></dates><isbn>1234-5678&#xD;8765-4321</isbn>
<accession-num>30042925</accession-num><remote-database-name>Medline</remote-database-name>
<electronic-resource-num>https://doi.org/10.1234/X</electronic-resource-num>
<keywords><keyword>a</keyword><keyword>b</keyword></keywords></record>
<record><titles><title>Two</title></titles><dates><year>2001</year></dates></record></records></xml>"""


def test_endnote_xml_is_read():
    first, second = references(XML)
    assert (first.title, first.authors) == ("A long title", ("Foo & Bar", "Sá, B."))
    assert (first.year, first.container, first.kind) == (2018, "Soil", "article-journal")
    assert (first.pmid, first.doi, first.keywords) == ("30042925", "10.1234/x", ("a", "b"))
    assert first.isbn_issn == "1234-5678; 8765-4321"
    assert ("titles/title", "Two") in second.raw
    assert (first.line, second.line) == (2, 9)


@pytest.mark.parametrize(
    ("old", "new"),
    [("Foo &amp; Bar", "Foo < Bar"), ("<author>Sá", "<author>S\x0bá"), ("Foo &amp;", "Foo &nbsp;"),
     ("</authors>", ""), ("</record>\n<record>", "\n<record>"), ("<rec-number>1", "<rec-number>&lol;")],
)  # fmt: skip
def test_a_broken_xml_record_costs_no_other(old, new):
    assert [each.year for each in references(XML.replace(old, new, 1))] == [2018, 2001]


def test_broken_xml_is_told_and_cut_xml_kept():
    assert "not well formed" in problems(XML.replace("</authors>", ""))[0].said
    cut = XML[: XML.index("<dates><year>2001")]
    assert titles(cut) == ["A long title", "Two"]
    assert "inside this one" in problems(cut)[-1].said


def test_xml_bombs_and_files_outside_are_left_alone():
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    text = XML.replace("<xml>", bomb + "<xml>").replace("Soil", "&a;&b;")
    assert references(text)[0].container == "&a;&b;"


def test_xml_is_read_in_pieces(monkeypatch):
    many = XML.replace(
        "</records>", "<record><titles><title>More</title></titles></record>" * 9000 + "</records>"
    )
    assert len(references(many)) == 9002
    monkeypatch.setattr(endnote_xml, "LARGEST", 1000)
    assert references(XML[:300] + "x" * 400_000 + XML[300:])[-1].title == "Two"


CSL = [
    {"id": "a", "type": "article-journal", "title": "One", "DOI": "10.1234/X", "volume": 3,
     "author": [{"family": "Beck", "given": "I."}, {"literal": "WHO"}, {"family": "Gogh", "non-dropping-particle": "van"}],
     "issued": {"date-parts": [[2018, 4]]}, "container-title": "Soil", "page": "1-9", "keyword": "a, b",
     "ISSN": ["1234-5678"], "abstract": "A { brace and \\ \" quote", "note": None},
    {"id": "b", "type": "book", "title": "Two", "issued": {"raw": "2001"}},
]  # fmt: skip


@pytest.mark.parametrize("indent", [None, 2])
def test_csl_json_is_read(indent):
    first, second = references(json.dumps(CSL, indent=indent))
    assert first.authors == ("Beck, I.", "WHO", "van Gogh")
    assert (first.year, second.year, first.volume, first.pages) == (2018, 2001, "3", "1-9")
    assert (first.doi, first.keywords, first.isbn_issn) == ("10.1234/x", ("a", "b"), "1234-5678")
    assert first.abstract == 'A { brace and \\ " quote'
    assert dict(first.raw)["issued"] == '{"date-parts": [[2018, 4]]}'


def test_csl_json_inside_an_object_alone_or_by_line_is_read():
    assert titles(json.dumps({"items": CSL})) == ["One", "Two"]
    assert titles(json.dumps(CSL[0])) == ["One"]
    assert titles("\n".join(map(json.dumps, CSL))) == ["One", "Two"]


@pytest.mark.parametrize(
    ("old", "new"),
    [('"One"', '"One'), ('"One"', "One"), ('"volume": 3', '"volume": }'), ('"id": "a", ', '"id": "a", {')],
)  # fmt: skip
def test_a_broken_object_costs_no_other(old, new):
    text = json.dumps([*CSL, {"id": "c", "title": "Three"}], indent=1).replace('",\n  ', '", ')
    broken = text.replace(old, new, 1)
    assert titles(broken)[-2:] == ["Two", "Three"]
    assert "no record in CSL-JSON" in problems(broken)[0].said


def test_json_that_is_cut_off_keeps_what_was_whole():
    assert titles(json.dumps(CSL)[:-20]) == ["One"]


def test_a_large_csl_file_is_read_in_pieces(monkeypatch):
    assert len(references(json.dumps(CSL * 3000))) == 6000
    monkeypatch.setattr(csl_json, "LARGEST", 1000)
    text = json.dumps([CSL[0], {"title": "x" * 600_000}, CSL[1]])
    assert titles(text)[0] == "One"


def test_other_json_with_the_same_words_is_read():
    only = one(
        '[{"recNumber": "1", "title": "One", "journal": "Soil", "authors": ["Beck, I."], "year": "2018", "type": "journalArticle", "doi": "10.1234/x"}]'
    )
    assert (only.container, only.authors, only.year) == ("Soil", ("Beck, I.",), 2018)
    assert (only.kind, only.doi) == ("article-journal", "10.1234/x")


def test_an_empty_list_holds_nothing():
    assert found("[]", "x.json") == []
