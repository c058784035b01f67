"""A search is written as each platform reads it, and what it cannot do is said.

search-query (CoLRev, MIT) parses three of the six as an oracle: it must find the same tree.
"""

import pytest

from firsthand.methods.searching.blocks import Block, Field, Heading, Near, Search, Term, Thesaurus
from firsthand.methods.searching.platforms import PLATFORMS
from firsthand.methods.searching.render import queries, query

LEFT_OUT = "It is left out: write the words you mean one by one."


def search(*terms, fields=None, near=(), headings=(), **rest):
    """A search of one block."""
    block = Block(
        "Idea", tuple(map(Term, terms)), near, headings, fields or tuple(Field)
    )  # fmt: skip
    return Search("Made up", (block,), **rest)


def text(key, *terms, **rest):
    return query(search(*terms, **rest), PLATFORMS[key]).text


def notes(key, *terms, **rest):
    """What has to be adapted, without what is always said."""
    made = query(search(*terms, **rest), PLATFORMS[key])
    always = {*PLATFORMS[key].always, *query(search("x"), PLATFORMS[key]).adapt}
    return [each for each in made.adapt if each not in always]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("ovid", "((service user* OR harm).ti,ab,id.)"),
        ("proquest", '(TI,AB,IF("service user*" OR harm))'),
        (
            "ebsco",
            '((TI ("service user*" OR harm) OR AB ("service user*" OR harm) '
            'OR KW ("service user*" OR harm)))',
        ),
        ("wos", '(TS=("service user*" OR harm))'),
        ("pubmed", '("service user*"[tiab] OR harm[tiab])'),
        ("scopus", '(TITLE-ABS-KEY("service user*" OR harm))'),
    ],
)
def test_synonyms_are_joined_with_or_in_every_field(key, expected):
    assert text(key, "service user*", "harm") == expected
    assert notes(key, "service user*", "harm") == []


def test_blocks_are_joined_with_and():
    two = Search("", (Block("a", (Term("harm"),)), Block("b", (Term("care"), Term("help")))))
    assert query(two, PLATFORMS["wos"]).text == "(TS=(harm)) AND (TS=(care OR help))"
    assert query(two, PLATFORMS["pubmed"]).text == "(harm[tiab]) AND (care[tiab] OR help[tiab])"


@pytest.mark.parametrize(
    ("key", "title", "two"),
    [
        ("ovid", "((harm).ti.)", "((harm).ti,ab.)"),
        ("proquest", "(TI(harm))", "(TI,AB(harm))"),
        ("ebsco", "(TI (harm))", "((TI (harm) OR AB (harm)))"),
        ("wos", "(TI=(harm))", "((TI=(harm) OR AB=(harm)))"),
        ("pubmed", "(harm[ti])", "(harm[tiab])"),
        ("scopus", "(TITLE(harm))", "((TITLE(harm) OR ABS(harm)))"),
    ],
)
def test_fields_are_asked_in_each_platforms_words(key, title, two):
    assert text(key, "harm", fields=(Field.TITLE,)) == title
    assert text(key, "harm", fields=(Field.ABSTRACT, Field.TITLE)) == two


def test_pubmed_says_that_it_cannot_leave_keywords_out():
    assert "it has no narrower one" in notes("pubmed", "harm", fields=(Field.ABSTRACT,))[0]
    assert text("pubmed", "harm", fields=(Field.KEYWORDS,)) == "(harm[ot])"
    assert notes("pubmed", "harm", fields=(Field.KEYWORDS,)) == []


# How each platform writes: one letter, one or none, any letters within a word.
SIGNS = [
    ("ovid", "wom#n", "colo?r", "hae*"),
    ("proquest", "wom?n", "colo*r", "hae*m"),
    ("ebsco", "wom?n", "colo#r", "hae*m"),
    ("wos", "wom?n", "colo$r", "hae*m"),
    ("pubmed", "", "colo*", ""),
    ("scopus", "wom?n", "colo*r", "hae*m"),
]


@pytest.mark.parametrize(("key", "one", "optional", "inside"), SIGNS)
def test_wildcards_become_each_platforms_own(key, one, optional, inside):
    for given, expected in (("wom?n", one), ("colo#r", optional), ("hae*m", inside)):
        made = query(search("plain", given), PLATFORMS[key]).text
        found = made.replace("[tiab]", "")
        assert (f"plain OR {expected}" if expected else "(plain)") in found


@pytest.mark.parametrize(("key", "one", "optional", "inside"), SIGNS)
def test_a_change_is_always_said(key, one, optional, inside):
    same = {"?": PLATFORMS[key].signs.get("?"), "#": PLATFORMS[key].signs.get("#")}
    assert bool(notes(key, "colo#r")) == (same["#"] is None)
    assert bool(notes(key, "wom?n")) == (same["?"] is None)
    assert bool(notes(key, "hae*m")) == (inside != "hae*m")


@pytest.mark.parametrize("key", PLATFORMS)
def test_a_word_may_begin_with_a_wildcard_where_the_platform_lets_it(key):
    can = key in ("proquest", "wos", "scopus")
    made = query(search("*harm"), PLATFORMS[key])
    assert ("*harm" in made.text) == can
    assert made.lost == (() if can else ("Idea",))
    assert any(LEFT_OUT in each for each in made.adapt) != can


def test_a_block_of_which_nothing_is_left_is_named_before_all_else():
    two = Search("", (Block("a", (Term("*harm"),)), Block("b", (Term("care"),))))
    made = query(two, PLATFORMS["pubmed"])
    assert made.text == "(care[tiab])"
    assert made.adapt[0] == "Nothing of the block 'a' could be written: do not run it so."


def test_letters_that_must_stand_before_a_wildcard_are_counted():
    assert text("pubmed", "care", "har*") == "(care[tiab])"
    assert text("pubmed", "harm*") == "(harm*[tiab])"
    assert text("wos", "care", "ha*") == "(TS=(care))"
    assert text("wos", "l?chee$".replace("$", "#")) == "(TS=(l?chee$))"
    assert notes("pubmed", "care", "har*") == [
        f"har*: PubMed wants 4 letters before a wildcard. {LEFT_OUT}"
    ]
    assert "begins so" in notes("wos", "care", "*ha")[0]
    assert "begins so" in notes("wos", "care", "?harm")[0]


def test_what_ebsco_strips_off_the_end_of_a_word_is_not_left_to_it():
    assert text("ebsco", "harm?", fields=(Field.TITLE,)) == "(TI (harm*))"
    assert text("ebsco", "na#", fields=(Field.TITLE,)) == "(TI (na*))"
    assert text("ebsco", "harm#", fields=(Field.TITLE,)) == "(TI (harm#))"


def test_a_sign_after_a_sign_is_left_out_when_the_word_cannot_be_cut():
    assert text("pubmed", "care", "behavio*r*") == "(care[tiab] OR behavio*[tiab])"
    assert text("ovid", "care", "be#av*r") == "((care).ti,ab,id.)"


def test_wildcards_in_phrases():
    assert text("wos", "colo#r blind") == '(TS=("colo*r blind"))'
    assert text("pubmed", "social work*") == '("social work*"[tiab])'
    assert text("pubmed", "social* work*") == "((social*[tiab] AND work*[tiab]))"
    assert "need not stand side by side" in notes("pubmed", "social* work*")[0]
    assert text("ovid", "trial and error") == '(("trial and error").ti,ab,id.)'
    assert "begins so" in notes("ovid", "plain", "care * home")[0]


NEAR = Near((Term("harm*"), Term("abuse")), (Term("service"),), 3)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("ovid", "((((harm* OR abuse) adj4 service)).ti.)"),
        ("proquest", "(TI(((harm* OR abuse) NEAR/3 service)))"),
        ("ebsco", "(TI (((harm* OR abuse) N3 service)))"),
        ("wos", "(TI=(((harm* OR abuse) NEAR/3 service)))"),
        ("pubmed", '((harm*[ti] AND service[ti]) OR "abuse service"[ti:~3])'),
        ("scopus", "(TITLE((harm* W/3 service) OR (abuse W/3 service)))"),
    ],
)
def test_words_near_to_each_other(key, expected):
    assert text(key, near=(NEAR,), fields=(Field.TITLE,)) == expected


def test_pubmed_says_where_nearness_became_and():
    assert notes("pubmed", near=(NEAR,)) == [
        "harm* near service: PubMed takes no wildcard and no phrase in such a search, "
        "so AND joins them, which finds more."
    ]


@pytest.mark.parametrize("key", PLATFORMS)
def test_nearness_with_nothing_left_on_one_side_is_left_out_and_said(key):
    gone = Near((Term("?x"),), (Term("service"),), 3)
    made = query(search("care", near=(gone,), fields=(Field.TITLE,)), PLATFORMS[key])
    assert "service" not in made.text
    assert any("left out" in each for each in made.adapt)


APA = Heading("Client Attitudes", Thesaurus.APA)
MESH = Heading("Mental Disorders", Thesaurus.MESH, narrower=False)
ASSIA = Heading("Mentally ill people", Thesaurus.ASSIA)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("ovid", "((harm).ti. OR exp Client Attitudes/)"),
        ("proquest", '(TI(harm) OR MAINSUBJECT.EXACT.EXPLODE("Mentally ill people"))'),
        ("ebsco", '(TI (harm) OR DE "Client Attitudes")'),
        ("wos", "(TI=(harm))"),
        ("pubmed", '(harm[ti] OR "Mental Disorders"[mh:noexp])'),
        (
            "scopus",
            '(TITLE(harm) OR INDEXTERMS("Client Attitudes") OR INDEXTERMS("Mental Disorders") '
            'OR INDEXTERMS("Mentally ill people"))',
        ),
    ],
)
def test_subject_headings_go_to_whose_they_are_and_no_other_is_dropped_in_silence(key, expected):
    made = query(search("harm", fields=(Field.TITLE,), headings=(APA, MESH, ASSIA)), PLATFORMS[key])
    assert made.text == expected
    for each in (APA, MESH, ASSIA):
        assert each.text in made.text or any(each.text in note for note in made.adapt)


def test_a_block_of_headings_alone_is_a_block():
    made = query(search(headings=(APA,)), PLATFORMS["ovid"])
    assert made.text == "(exp Client Attitudes/)"
    assert query(search(headings=(APA,)), PLATFORMS["wos"]).lost == ("Idea",)


def test_years_and_languages_are_for_the_platforms_own_page():
    made = query(search("harm", from_year=2008, languages=("English",)), PLATFORMS["wos"])
    assert "2008" not in made.text
    assert "Set the years on the platform's page: from 2008 to today." in made.adapt
    assert "Set the language on the platform's page: English." in made.adapt
    until = query(search("harm", to_year=2020), PLATFORMS["wos"])
    assert "Set the years on the platform's page: from the beginning to 2020." in until.adapt


def test_all_six_are_written_unless_some_are_asked_for():
    assert [each.platform.key for each in queries(search("harm"))] == list(PLATFORMS)
    assert len(queries(search("harm"), ["wos"])) == 1
    with pytest.raises(KeyError):
        queries(search("harm"), ["jstor"])


ORACLE = Search(
    "",
    (
        Block("a", (Term("service user*"), Term("lived experience"), Term("patient*"))),
        Block("b", (Term("mental health"), Term("psychiatr*"))),
        Block("c", (Term("social care"), Term("harm"))),
    ),
)


def leaves(node):
    """Every synonym of a parsed search, fields aside."""
    if not node.children:
        return [node.value.strip('"')]
    return [each for child in node.children for each in leaves(child)]


@pytest.mark.parametrize(("key", "theirs"), [("wos", "wos"), ("pubmed", "pubmed"),
                                             ("ebsco", "ebscohost")])  # fmt: skip
def test_another_parser_finds_the_same_blocks_and_synonyms(key, theirs):
    parser = pytest.importorskip("search_query.parser", reason="search-query is not installed")
    parsed = parser.parse(query(ORACLE, PLATFORMS[key]).text, platform=theirs)
    assert parsed.value == "AND"
    found = [set(leaves(block)) for block in parsed.children]
    assert found == [{term.text for term in block.terms} for block in ORACLE.blocks]
