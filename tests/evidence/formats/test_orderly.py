"""A record is read alike whether it is taken whole, which is quick, or line by line."""

import pytest

from firsthand.evidence.formats import building, decoding, medline, ris_records
from tests.evidence.formats.reads import one, problems, references

RIS = """TY  - JOUR
TI  - Being {0}
AU  - Made-up, A.
AU  - Made-up, B.
AB  - It goes on
over two lines
KW  -
PY  - 20{0}
ER  -{1}"""
PUBMED = """PMID- {0}
TI  - Being
      {0}
FAU - Made-up, A
AU  - Made-up A
DP  - 20{0}
{1}"""
NUMBERS = range(10, 40)


def ris(between: str) -> str:
    return "".join(RIS.format(each, between) for each in NUMBERS)


@pytest.mark.parametrize("between", ["\n", " \n\n", "\n\n  \n", " \n3.\n", " \n\n\n17.\n"])
def test_what_stands_between_records_does_not_matter(between):
    read = references(ris(between))
    assert [each.title for each in read] == [f"Being {each}" for each in NUMBERS]
    lines = RIS.count("\n") + between.count("\n")
    assert [each.line for each in read] == [1 + lines * at for at in range(len(read))]
    assert all(each.raw == read[0].raw[:1] + each.raw[1:] for each in read)
    assert dict(read[0].raw)["AB"] == "It goes on\nover two lines"


@pytest.mark.parametrize("form", [ris(" \n\n"), "\n".join(PUBMED.format(n, "") for n in NUMBERS)])
def test_line_by_line_gives_the_same(form, monkeypatch):
    """An odd line in each record has them read one by one; without it they are the same."""
    whole = references(form)
    monkeypatch.setattr(ris_records, "_orderly", lambda *_: False)
    monkeypatch.setattr(medline, "_orderly", lambda *_: False)
    assert references(form) == whole


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("piece", [1, 7, 64, 1000])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_where_a_piece_of_the_file_ends_does_not_matter(encoding, piece, end, monkeypatch):
    text = ris(" \n\n").replace("Being", "B\u00e9ing \u2013")
    said = references(text)
    monkeypatch.setattr(decoding, "_PIECE", piece)
    assert references(text.replace("\n", end).encode(encoding)) == said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_long_line_is_parted_between_letters(encoding, monkeypatch):
    monkeypatch.setattr(decoding, "_PIECE", 10)
    monkeypatch.setattr(decoding, "LONGEST", 20)
    text = RIS.format(10, "\n").replace("Being", "\u20ac\U0001f600" * 20).encode(encoding)
    (said,) = problems(text)
    assert "four million" in said.said
    assert one(text).title.replace(" ", "") == "\u20ac\U0001f600" * 20 + "10"


def test_a_file_in_which_each_record_has_other_fields_is_read_too(monkeypatch):
    monkeypatch.setattr(building, "_MOST_SETS", 5)
    text = "".join(RIS.format(each, "\n").replace("KW", f"A{each % 10}") for each in NUMBERS)
    assert len(references(text)) == len(NUMBERS)


@pytest.mark.parametrize("line", ["TI  -Being 10", "TI  - Being 10"])
@pytest.mark.parametrize("after", ["odd\n", ""])
def test_a_blank_left_out_after_a_field_s_name_costs_no_letter(line, after):
    text = f"PMID- 10\n{line}\nDP  - 2010\n{after}"
    assert one(text, "x.nbib").title == "Being 10"
    assert dict(one(text, "x.nbib").raw)["TI"] == "Being 10"
