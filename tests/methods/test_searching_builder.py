"""A typed search: what is read, what is said to be wrong, and what a librarian would add."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.methods.searching import drafting, keeping, lines, plan, typed
from firsthand.methods.searching.advice import advice
from firsthand.methods.searching.blocks import Block, Field, Heading, Near, Search, Term, Thesaurus
from firsthand.methods.searching.typed import Typed, TypedBlock


@pytest.mark.parametrize(
    ("pasted", "parted"),
    [
        ("harm*\r\nabuse\n\n  hurt ", ["harm*", "abuse", "hurt"]),
        ('harm* OR abuse OR "ill treatment"', ["harm*", "abuse", '"ill treatment"']),
        ("(harm* OR abuse)", ["harm*", "abuse"]),
        ("harm*; abuse\thurt", ["harm*", "abuse", "hurt"]),
        ('"this OR that"', ['"this OR that"']),
        ("\u201cill treatment\u201d OR harm", ['"ill treatment"', "harm"]),
        ('"ill treatment OR harm', ['"ill treatment OR harm']),
        ("for harm or for good", ["for harm or for good"]),
        ("", []),
    ],
)
def test_a_pasted_list_is_parted_into_synonyms(pasted, parted):
    assert lines.parted(pasted) == parted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"ill treatment', "one quotation mark too few or too many. Write two, or none."),
        ('"ill" "treatment"', "put each phrase on a line of its own"),
        ("harm *", "a * stands alone"),
        ("??", "a ?? stands alone"),
        ("h*", "h* would find nearly every word"),
        ("mental h*", "h* would find nearly every word"),
        ("harm (serious)", "write a synonym without '('"),
        ("harm NOT care", "without AND, OR or NOT"),
        ("x" * 500 + '"', "x" * 120 + "” has one quotation mark"),
    ],
)
def test_what_is_wrong_with_a_synonym_is_said_plainly(text, said):
    with pytest.raises(ValueError) as wrong:
        lines.term(text)
    assert said in str(wrong.value)


def test_a_near_line_and_a_heading_line_are_read():
    assert lines.near("patient*, client* NEAR/3 view*") == Near(
        (Term("patient*"), Term("client*")), (Term("view*"),), 3
    )
    assert lines.heading("Client Attitudes (apa)") == Heading("Client Attitudes", Thesaurus.APA)
    assert not lines.heading("Social Work (MeSH, alone)").narrower


@pytest.mark.parametrize("text", ["a near b", "harm* NEAR/99 care", ", NEAR/3 care", "h* NEAR/2 x"])
def test_a_near_line_that_cannot_be_read_is_told(text):
    with pytest.raises(ValueError, match="“"):
        lines.near(text)


@pytest.mark.parametrize("text", ["Client Attitudes", "Harm (Other)", '" (APA)'])
def test_a_heading_without_its_thesaurus_is_told(text):
    with pytest.raises(ValueError, match="“"):
        lines.heading(text)


def test_one_mistake_costs_no_other_synonym_and_no_other_block():
    draft = drafting.read(
        Typed((TypedBlock("A", "harm*\n*"), TypedBlock("B"), TypedBlock("", "care")), "2008", "x")
    )
    assert [each.name for each in draft.search.blocks] == ["A", "Block 3"]
    assert draft.search.from_year == 2008
    assert [(each.block, each.box) for each in draft.wrong] == [(0, "terms"), (None, "to_year")]
    assert draft.whole is None


def test_blocks_are_moved_added_and_taken_out():
    three = Typed((TypedBlock("A"), TypedBlock("B"), TypedBlock("C")))
    names = lambda page: [each.name for each in page.blocks]  # noqa: E731 - one word for many lines
    assert names(typed.moved(three, 0, 1)) == ["B", "A", "C"]
    assert names(typed.moved(three, 2, 1)) == ["A", "B", "C"]
    assert names(typed.without(three, 1)) == ["A", "C"]
    assert names(typed.one_more(three)) == ["A", "B", "C", ""]
    assert names(typed.without(Typed((TypedBlock("A"),)), 0)) == [""]


WHOLE = Search(
    "Harm",
    (
        Block("People", (Term("service user*"),), (Near((Term("a1"),), (Term("b1"),), 2),),
              (Heading("Clients", Thesaurus.APA, False),), (Field.TITLE,)),
        Block("Care", (Term("care"), Term("wom?n"))),
    ),
    2008, 2020, ("English", "German"),
)  # fmt: skip


def test_a_search_is_the_same_after_it_was_kept_or_shown_in_boxes():
    assert plan.search(keeping.content(WHOLE)) == WHOLE
    draft = drafting.read(keeping.as_typed(WHOLE), "Harm")
    assert draft.whole == WHOLE


@given(st.lists(st.text(max_size=40), max_size=6), st.text(max_size=12), st.text(max_size=30))
def test_whatever_is_typed_nothing_is_raised_and_what_is_read_can_be_kept(texts, year, more):
    page = Typed(tuple(TypedBlock("", each, more, more) for each in texts), year, year, more)
    draft = drafting.read(page)
    assert draft.search or draft.wrong
    if draft.whole:
        assert drafting.read(keeping.as_typed(draft.whole)).whole == draft.whole


# -- advice -------------------------------------------------------------------------------------


def said(*blocks: Block, **more) -> str:
    return " ".join(each.said for each in advice(Search("", blocks, **more)))


def block(*terms: str, name: str = "A", headings: tuple[Heading, ...] = ()) -> Block:
    return Block(name, tuple(map(Term, terms)), headings=headings)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (("harm*",), "one synonym only"),
        (("car*", "support"), "car* finds words that have nothing to do with it"),
        (("CMHT", "team"), "write in full what the letters stand for"),
        (("harm*", "harmful"), "“harmful” is found by “harm*” already"),
        (("behaviour", "acts"), "also spelt “behavior…”"),
        (("organization*", "agency"), "also spelt “organis…”"),
        (("harm", "hurt"), "no subject heading"),
    ],
)
def test_what_is_worth_another_look_is_said(terms, words):
    assert words in said(block(*terms))


@pytest.mark.parametrize(
    "terms",
    [
        ("harm*", "hurting"),
        ("CMHT", "community mental health team*"),
        ("behaviour", "behavior"),
        ("behavio*", "behaviour"),
        ("organi*", "organisation"),
    ],
)
def test_what_is_well_is_left_alone(terms):
    found = said(block(*terms, headings=(Heading("Harm", Thesaurus.APA),)))
    for words in ("only", "nothing to do", "letters stand", "also spelt"):
        assert words not in found


def test_a_word_in_two_blocks_too_many_blocks_and_limits_are_told_of_the_whole_search():
    many = [block("harm", f"x{at}", name=f"B{at}") for at in range(5)]
    found = said(*many, languages=("English",), from_year=2008)
    for words in ("“harm” stands in several blocks", "5 blocks have", "languages", "years"):
        assert words in found
    assert {each.block for each in advice(Search("", tuple(many)))} >= {None, 0, 4}
