"""Small things that every format needs: text, DOIs, years, numbers, LaTeX, kinds, signs."""

# ruff: noqa: E501, RUF001 - a record is easier to read on one line, with its own signs

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.evidence.formats import (
    fingerprints,
    identifiers,
    kinds,
    latex,
    lists,
    mending,
    writing,
    years,
)
from firsthand.evidence.formats.reference import Format
from tests.evidence.formats.reads import one, references


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("  a  b\t\nc ", "a b c"),
        ("a\u00a0b\u2009c", "a b c"),
        ("AT&T &amp; R&amp;D", "AT&T & R&D"),
        ("&#8220;Hope&#x201D; &amp;lt;5", "“Hope” <5"),
        ("a<sup>2</sup> <i>b</i><br/>c<p>d</p>", "a2 b c d"),
        ('<jats:p>x</jats:p><jats:italic toggle="yes">y</jats:italic>', "x y"),
        ("p < .05 and > 3, a<b", "p < .05 and > 3, a<b"),
        ("&notanentity; &copyleft", "&notanentity; &copyleft"),
        ("&lt;i&gt;x&lt;/i&gt;", "x"),
        ("one\r\ntwo", "one two"),
    ],
)
def test_text_is_mended(raw, meant):
    assert mending.text(raw) == meant


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("10.1002/CPP.2398", "10.1002/cpp.2398"),
        ("http://dx.doi.org/10.1002/cpp.2398", "10.1002/cpp.2398"),
        ("https://doi.org/10.1002%2Fcpp.2398", "10.1002/cpp.2398"),
        ("doi: 10.1002/cpp.2398.", "10.1002/cpp.2398"),
        ("(doi:10.1016/S0140-6736(05)61234-5)", "10.1016/s0140-6736(05)61234-5"),
        ("10.1002/cpp.2398 [doi]", "10.1002/cpp.2398"),
        ("S0048-9697(17)30912-9 [pii]", ""),
        ("version 110.1002/x", ""),
        ("10.1/x", ""),
        ("10.1234/()", "10.1234/()"),
    ],
)
def test_dois_are_bare_and_in_small_letters(raw, meant):
    assert identifiers.doi(raw) == meant


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("2018", 2018), ("2019//", 2019), ("1948/07//", 1948), ("2019 Mar-Apr", 2019),
        ("20180813", 2018), ("c2004", 2004), ("[1998?]", 1998), ("Start date: 20170812", 2017),
        ("10 15", None), ("", None), ("12345", None), ("0099", None), ("3018", None), ("2018b", 2018),
    ],
)  # fmt: skip
def test_years_are_found_in_odd_dates(raw, meant):
    assert years.year(raw) == meant


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("1234-567x", ("1234-567X",)),
        ("2325-9671 (electronic)", ("2325-9671",)),
        ("2325-9671 (Print) 1111-2222", ("2325-9671", "1111-2222")),
        ("20964129 (ISSN)", ("2096-4129",)),
        ("978-3-16-148410-0", ("9783161484100",)),
        ("0-306-40615-2", ("0306406152",)),
        ("21111112, 2777777X", ("2111-1112", "2777-777X")),
        ("none", ()),
    ],
)
def test_issn_and_isbn_have_one_form(raw, meant):
    assert identifiers.numbers(raw) == meant


def test_pubmeds_number_is_a_number():
    assert identifiers.pmid("PMID: 30042925") == "30042925"
    assert identifiers.pmid("none") == ""


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        (r"G{\"o}del \'{e} \^\i \c{c} \v S \ss{} \o", "Gödel é î ç Š ß ø"),
        (r"{\it word} \textbf{bold} \LaTeX", r"word bold \LaTeX"),
        (r"a~b -- c---d ``e''", "a b – c—d “e”"),
        (r"50\% of \$5 \& \#1 \_", "50% of $5 & #1 _"),
        ("plain", "plain"),
    ],
)
def test_latex_becomes_letters(raw, meant):
    assert latex.plain(raw) == meant


def test_kinds_go_both_ways():
    for name, kind in kinds.RIS.items():
        assert kinds.from_ris(name) == kind
        assert kinds.from_ris(kinds.to_ris(kind)) == kind
    assert kinds.to_ris("never heard of") == "GEN"
    assert kinds.to_bibtex("article-journal") == "article"
    assert kinds.to_bibtex("never heard of") == "misc"


def test_a_literal_that_is_none_is_text():
    assert lists.names("['a', ") == ["['a'"]
    assert lists.words(["[1] odd"]) == ("[1] odd",)
    assert lists.names("[" + "x" * 1_000_001)[0].startswith("[x")


RECORD = "TY  - JOUR\nTI  - Ein Mädchen\nAU  - Beck, I\nPY  - 2018\nER  - \n"


def test_a_record_has_the_same_sign_in_any_encoding_with_any_line_ends():
    signs = {
        fingerprints.of_record(one(data))
        for data in (
            RECORD.encode(),
            RECORD.replace("\n", "\r\n").encode("utf-16"),
            RECORD.replace("ä", "a\u0308").encode(),
            RECORD.encode("cp1252"),
        )
    }
    assert len(signs) == 1
    assert len(signs.pop()) == 32


def test_another_field_or_format_is_another_sign():
    only = one(RECORD)
    others = [
        one(RECORD.replace("2018", "2019")),
        one(RECORD.replace("TI", "T1")),
        only._replace(source_format="csv"),
    ]
    assert len({fingerprints.of_record(each) for each in [only, *others]}) == 4


def test_a_file_has_the_sign_of_its_bytes():
    sign = fingerprints.of_file(io.BytesIO(RECORD.encode()))
    assert sign == fingerprints.of_file(io.BytesIO(RECORD.encode()))
    assert sign != fingerprints.of_file(io.BytesIO(RECORD.encode() + b"\n"))


WHOLE = one(
    "TY  - CHAP\nTI  - On 50% {hope} & \\more_\nAU  - Beck, Ines\nAU  - WHO\nPY  - 2018\nT2  - Book\n"
    "VL  - 3\nIS  - 4\nSP  - 1\nEP  - 9\nAB  - First\nER - inside\nmore\nDO  - 10.1234/x\n"
    "UR  - https://example.org/a_b\nSN  - 1234-5678\nSN  - 978-3-16-148410-0\nKW  - a\nKW  - b\nLA  - en\n"
    "AN  - 77\nDB  - PubMed\nER  - \nTY  - JOUR\nER  - \n".replace("TY  - JOUR\nER  - \n", "")
)
PARTS = (
    "kind", "title", "authors", "year", "container", "volume", "issue", "pages", "abstract", "doi",
    "pmid", "isbn_issn", "url", "keywords", "language",
)  # fmt: skip


@pytest.mark.parametrize("to", ["ris", "bibtex", "csl-json", "csv"])
def test_what_a_reference_knows_is_written_in_every_format(to):
    bare = WHOLE._replace(raw=(), source_format="medline")
    again = one("".join(writing.write([bare], to)))
    for part in PARTS:
        assert getattr(again, part) == getattr(WHOLE, part), part


def test_keys_of_bibtex_are_made_and_differ():
    bare = WHOLE._replace(raw=(), source_format="ris")
    nobody = bare._replace(authors=(), year=None)
    text = "".join(writing.as_bibtex([bare, bare, nobody]))
    assert "{beck2018," in text
    assert "{beck2018-2," in text
    assert "{anon," in text


def test_nothing_is_written_well():
    assert "".join(writing.as_csl_json([])) == "[]\n"
    assert "".join(writing.as_ris([])) == ""


@given(st.lists(st.tuples(
    st.sampled_from(["TI", "AB", "AU", "KW", "N1", "XX", "PY"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60),
), max_size=12))  # fmt: skip
def test_ris_of_one_line_a_field_comes_back_as_it_was(fields):
    raw = (("TY", "JOUR"), ("TI", "Title"), *fields)
    before = WHOLE._replace(raw=raw, source_format=Format.RIS.value)
    (after,) = references("".join(writing.as_ris([before])), "x.ris")
    assert after.raw[: len(raw)] == raw
