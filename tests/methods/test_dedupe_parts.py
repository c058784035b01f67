"""Each field in one form: text, names, pages, volumes, identifiers, journals, titles."""

# ruff: noqa: E501, RUF001, SIM905

import pytest

from firsthand.methods.dedupe import Report, comparing
from firsthand.methods.dedupe.containers import agree, is_meeting, is_server
from firsthand.methods.dedupe.facts import facts
from firsthand.methods.dedupe.folding import fold, mended, squash
from firsthand.methods.dedupe.identifiers import doi, is_preprint, pmid
from firsthand.methods.dedupe.names import names, same_first, shared
from firsthand.methods.dedupe.numbers import bare, is_part, numerals, pages, volume
from firsthand.methods.dedupe.printed import article_number
from firsthand.methods.dedupe.titles import title
from firsthand.methods.dedupe.wording import (
    EQUAL,
    NEAR,
    NONE,
    NUMBERS,
    OTHER,
    SLIPS,
    WITHIN,
    alike,
    in_common,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Health-care &amp; <i>Hope</i>", "health care and hope"),
        ("A&amp;lt;B", "a b"),
        ("p < 0.05 and > 0.01", "p 0 05 and 0 01"),
        ("Müller’s  Straße", "mullers strasse"),
        ("α-synuclein", "alpha synuclein"),
        ("KÃ¶nig", "konig"),
        ("it coming<U+22EF>", "it coming"),
        ("CO₂ and H2O", "co2 and h2o"),
        ("HIV+ & well", "hiv plus and well"),
        ("ﬁnal ﬂow", "final flow"),
        ("Łódź, Ørsted, Þór", "lodz orsted thor"),
    ],
)
def test_text_is_folded(text, folded):
    assert fold(text) == folded
    assert squash(text) == folded.replace(" ", "")


@pytest.mark.parametrize("text", ["Ã", "plain", "Âge d’or", "Ã\u0178\u2122 odd"])
def test_what_cannot_be_read_again_is_left(text):
    assert isinstance(mended(text), str)
    assert fold(text) == fold(fold(text)) or not text.isascii()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("", "")),
        ("no pages", ("", "")),
        ("345-359", ("345", "359")),
        ("345--59", ("345", "359")),
        ("pp. 345\u201359", ("345", "359")),
        ("0345-0359", ("345", "359")),
        ("S12-S15", ("s12", "s15")),
        ("e26036", ("e26036", "")),
        ("CD006828", ("cd006828", "")),
        ("06-Oct", ("6", "10")),
        ("Oct-15", ("10", "15")),
        ("10-foo", ("10", "")),
        ("v-vii", ("v", "vii")),
        ("xi", ("xi", "")),
        ("743-7; discussion 747-8", ("743", "747")),
        ("233-238+230-235", ("230", "235")),
        ("Article 178", ("178", "")),
    ],
)
def test_pages_have_one_form(text, expected):
    assert pages(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", "12"),
        ("012", "12"),
        ("Vol. 12 (Suppl)", "12"),
        ("XII", "12"),
        ("V", "5"),
        ("new", ""),
    ],
)
def test_volumes_have_one_form(text, expected):
    assert volume(text) == expected


def test_article_numbers_are_told_from_pages():
    assert article_number("cd006828")
    assert not article_number("s345")
    assert not article_number("123456")


def test_digits_alone_and_parts_are_seen():
    assert bare("viii108") == "108"
    assert numerals("care part ii of 3 third phase b".split()) == ("2", "3", "3", "2")
    assert numerals("vitamin b and a class of i".split()) == ()
    assert is_part("care and hope part 2")
    assert not is_part("care in 2 towns")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("10.1234/ABC", "10.1234/abc"),
        ("https://doi.org/10.1234/abc.", "10.1234/abc"),
        ("doi:10.1016/S0140-6736(05)66421-1", "10.1016/s0140-6736(05)66421-1"),
        ("(10.1234/abc)", "10.1234/abc"),
        ("10.1002%2Fabc", "10.1002/abc"),
        ("ARTN 367\n10.1007/s1", "10.1007/s1"),
        ("10.1234/abc</a>", "10.1234/abc"),
        (
            "10.1002/(SICI)1096(1997)74:1&lt;73::AID-1&gt;3.0.CO;2-O",
            "10.1002/(sici)1096(1997)74:1<73::aid-1>3.0.co;2-o",
        ),
        ("not a doi", ""),
        ("10.12/abc", ""),
    ],
)
def test_dois_have_one_form(text, expected):
    assert doi(text) == expected


def test_other_identifiers():
    assert pmid("PMID: 00123456") == "123456"
    assert pmid("PMC123456") == ""
    assert pmid("none") == ""
    assert is_preprint("10.1101/2020.1.1")
    assert not is_preprint("10.1234/x")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Eur J Cancer", "European Journal of Cancer"),
        ("EurJCancer", "European Journal of Cancer"),
        ("JAMA", "Journal of the American Medical Association"),
        ("Lancet", "The Lancet"),
        ("BMJ", "BMJ (Clinical research ed.)"),
        ("Annales Francaises d Anesthesie et de Reanimation", "Annales fran?aises d'anesth?sie et de r?animation"),
        ("Dtsch-Med-Wochenschr", "Deutsche Medizinische Wochenschrift"),
        ("J. Natl. Cancer Inst.", "Journal of the National Cancer Institute"),
        ("Journal of Care &amp; Hope", "Journal of care and hope : the society's journal"),
        ("Ai zheng = Chinese journal of cancer", "Chinese Journal of Cancer"),
        ("2015 Fourth International Conference on Soil and Hope", "CONFERENCE ON HOPE AND SOIL SCIENCE (4th)"),
        ("American Journal of Hope - Part Of It", "American Journal of Hope"),
        ("Symposium on Hope and Care, SOHC", "PROCEEDINGS OF THE SIXTEENTH SYMPOSIUM ON HOPE AND CARE"),
        ("???", "Lancet"),
    ],
)  # fmt: skip
def test_one_container_in_two_names(one, other):
    assert agree(one, other)
    assert agree(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lancet", "Chest"),
        ("Journal of Psychiatry", "Journal of Psychology"),
        ("Journal of Care", "European Journal of Care"),
        ("Annals of Surgery", "Annals of Medicine"),
        ("Nursing : journal of the Hope Society", "Surgery : journal of the Hope Society"),
        ("Care (London, England)", "Rest (London, England)"),
        ("Conference on Soil", "Conference on Bees and Trees"),
    ],
)
def test_two_containers(one, other):
    assert not agree(one, other)


def test_servers_and_meetings_are_known_by_name():
    assert is_server("medRxiv : the preprint server")
    assert not is_server("Lancet")
    assert is_meeting("Proceedings of the Care Conference")
    assert not is_meeting("Lancet")


@pytest.mark.parametrize(
    ("text", "words", "notice"),
    [
        ("Erratum: Care and hope", "care and hope", "correction"),
        ("Corrigendum to the article Care and hope", "care and hope", "correction"),
        ("Care and hope in small towns (Erratum)", "care and hope in small towns", "correction"),
        ("Correction: Care (vol 12, pg 3, 2015)", "care", "correction"),
        ("Retraction: Care and hope", "care and hope", "retraction"),
        ("Care and hope in small towns. Expression of concern", "care and hope in small towns",
         "retraction"),
        ("RETRACTED ARTICLE: Care and hope", "care and hope", ""),
        ("[Retracted: Care and hope]", "care and hope", ""),
        ("Comment on: Care and hope", "care and hope", "comment"),
        ("Authors' reply", "authors reply", "comment"),
        ("Re: Care and hope", "care and hope", "comment"),
        ("Care and hope in small towns - a reply to Vogel", "care and hope in small towns", "comment"),
        ("Responses to waiting among carers", "responses to waiting among carers", ""),
        ("A comment", "a comment", ""),
        ("Care and hope [Article in Polish]", "care and hope", ""),
        ("[Care and hope] <ORIGINAL> Opieka i nadzieja", "care and hope", ""),
        ("[Letter]", "letter", ""),
    ],
)  # fmt: skip
def test_notices_are_told_from_what_they_are_about(text, words, notice):
    found = title(text)
    assert (found.words, found.notice) == (words, notice)


def test_titles_that_many_papers_have_are_weak():
    assert title("Editorial").weak
    assert title("Letter to the editor").generic
    assert title("Hope").short
    assert not title("精神保健福祉における家族").weak
    assert not title("Waiting for care in the community").weak
    assert title("Waiting for care: study protocol").protocol


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("", "Care and hope", NONE),
        ("Care and hope", "CARE-AND HOPE.", EQUAL),
        ("In the small towns: care and hope", "Care and hope in the small towns", EQUAL),
        ("Paediatric care in small towns", "Pediatric care in small towns", SLIPS),
        ("Care in comunity and hope", "Care in community and hope", SLIPS),
        ("A care in the community study", "Care in community study", SLIPS),
        ("Covid19 care in small towns", "Covid18 care in small towns", NUMBERS),
        ("Care of 20 carers in small towns", "Care of 21 carers in small towns", NUMBERS),
        ("Care and hope in small towns today", "Care and hope in small towns", WITHIN),
        ("Editorial: care and hope in small towns far away", "Care and hope in small towns far away", WITHIN),
        ("Care and hope in small towns", "Care and hope in small towns: what forty carers told us", WITHIN),
        ("Care and hope in small towns", "Care and hope in small towns. Part 2: what carers told us", NUMBERS),
        ("Hope in carers and fear in towns", "Fear in carers and hope in towns", OTHER),
        ("Hope for men in small towns", "Hope for women in small towns", NEAR),
        ("Typical care in small towns", "Atypical care in small towns", NEAR),
        ("Care and real hope in small towns", "Care and hope in small towns", NEAR),
        ("Hyperactivity in small towns of old", "Hypoactivity in small towns of old", NEAR),
        ("Pantoprazole versus omeprazole at night", "Lansoprazole versus omeprazole at night", NEAR),
        ("Care and hope in small towns", "Benefits advice at the seaside", OTHER),
        ("Hope", "Hope in small towns and far from them", OTHER),
    ],
)  # fmt: skip
def test_how_alike_titles_are(one, other, level):
    assert alike(title(one), title(other)) == level
    assert alike(title(other), title(one)) == level


def test_words_in_common_are_a_share_of_the_shorter_title():
    assert in_common(title("small towns"), title("hope in small towns")) == 1
    assert in_common(title("of a"), title("hope in small towns")) == 0


def test_people_are_known_by_their_words():
    assert names(()).surname == ""
    assert names(("Anonymous", "", "No authors listed")).surname == ""
    assert names(("de", "Li, X.")).surname == "de"
    assert names(("?, X.",)).surname == "x"
    assert names(("Mbeki T",)).surname == "mbeki"
    assert same_first(names(("De Jong, P.",)), names(("Dejong, P.",)))
    assert not same_first(names(("Okri, A.",)), names(("Vogel, U.",)))
    assert shared(names(("Okri, A.", "Vogel, U.")), names(("Vogel, U.",))) == 1


def test_fields_side_by_side():
    one = facts(Report("a", ("Okri, A.", "Vogel, U."), 2001, "x", pages="345-359", volume="1"))
    other = facts(Report("b", ("Vogel, U.", "Okri, A."), 2003, "x", pages="s345", volume="2"))
    seen = comparing.side_by_side(one, other)
    assert seen.year == comparing.OTHER
    assert seen.authors == comparing.CLOSE
    assert seen.pages == comparing.CLOSE
    assert seen.volume == comparing.OTHER


def test_abstracts_side_by_side():
    long = "Background: we asked forty people in three towns what waiting had done to their hope. "
    compare = comparing.abstracts
    assert compare(Report("a", abstract=long), Report("b")) == comparing.UNKNOWN
    assert compare(Report("a", abstract="Short."), Report("b", abstract=long)) == 0
    assert compare(Report("a", abstract=long), Report("b", abstract=long[12:])) == 2
    half = long[:45] + "nobody had ever read about them in any book or letter"
    assert compare(Report("a", abstract=long), Report("b", abstract=half)) == 1


def test_fillers_in_volume_and_issue_are_unknown():
    found = facts(Report("a", year=2016, volume="2016", issue="9999", pages=""))
    assert (found.volume, found.issue) == ("", "")
    found = facts(Report("a", volume="17 (10) (no pagination)", issue="367"))
    assert (found.volume, found.issue, found.first) == ("17", "", "367")
    assert facts(Report("a", volume="13", issue="e0191240")).first == "e0191240"
