"""A search read from a file: what cannot be one is told, all of it and where."""

import pytest

from firsthand.methods.searching import plan
from firsthand.methods.searching.blocks import Block, Field, Heading, Near, Search, Term, Thesaurus


def one(**block):
    return {"title": "T", "blocks": [{"name": "Idea", **block}]}


def test_a_whole_search_is_read():
    made = plan.search(
        {
            "title": "Harm",
            "fields": ["title", "abstract"],
            "from_year": 2008,
            "to_year": 2020,
            "languages": ["English"],
            "blocks": [
                {
                    "name": "People",
                    "terms": ["service user*", "service user*", 360],
                    "near": [{"words": ["harm"], "of": ["care"], "within": 2}],
                    "headings": [{"heading": "Client  Attitudes", "thesaurus": "apa"}],
                    "fields": ["Keywords"],
                },
                {"terms": ["care"]},
            ],
        }
    )
    people = Block(
        "People",
        (Term("service user*"), Term("360")),
        (Near((Term("harm"),), (Term("care"),), 2),),
        (Heading("Client Attitudes", Thesaurus.APA),),
        (Field.KEYWORDS,),
    )
    other = Block("Block 2", (Term("care"),), fields=(Field.TITLE, Field.ABSTRACT))
    assert made == Search("Harm", (people, other), 2008, 2020, ("English",))


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (None, "The file: it has to name a title and blocks."),
        ([], "The file: it has to name a title and blocks."),
        ({}, "The search: A search needs at least one block."),
        ({"blocks": "x"}, "blocks: 'x' has to be a list."),
        ({"blocks": ["x"]}, "Block 1: it has to have a name and terms."),
        ({"block": []}, "The file: 'block' is not known; there are blocks, fields"),
        (one(), "Block 1 (Idea): Idea: a block needs at least one synonym."),
        (one(terms=["a"], term=[]), "Block 1: 'term' is not known"),
        (one(terms=[True]), "True is no synonym; put it in quotation marks."),
        (one(terms=["*"]), "'*': a synonym needs letters or digits."),
        (one(terms=["  "]), "a synonym needs letters or digits."),
        (one(terms=["harm OR abuse"]), "write one synonym on each line"),
        (one(terms=["(harm)"]), "write a synonym without '('"),
        (one(terms=["harm, abuse"]), "write a synonym without ','"),
        (one(terms=["harm[tiab]"]), "write a synonym without '['"),
        (one(terms=["a"], fields=["body"]), "'body' is no field; there are title, abstract"),
        (one(terms=["a"], fields=[]), "say at least one field to look in."),
        (one(terms=["a"], near=["b"]), "near needs words, of and within."),
        (one(near=[{"words": ["a"], "of": ["b"]}]), "within has to be a whole number of words."),
        (one(near=[{"words": ["a"], "within": 1}]), "at least one on each side."),
        (one(near=[{"words": ["a"], "of": ["b"], "within": 99}]), "0 to 50 words apart, not 99."),
        (one(near=[{"words": ["a"], "of": ["b"], "within": True}]), "0 to 50 words apart"),
        (one(headings=["X"]), "a heading needs heading and thesaurus."),
        (one(headings=[{"heading": "X"}]), "the thesaurus of a heading is one of APA"),
        (one(headings=[{"thesaurus": "MeSH"}]), "a subject heading is some words"),
        ({**one(terms=["a"]), "from_year": "2008"}, "from_year: '2008' is no year."),
        (
            {**one(terms=["a"]), "from_year": 2020, "to_year": 2008},
            "The search ends in 2008, before it begins.",
        ),
    ],
)
def test_what_is_no_search_is_told_with_its_place(told, sentence):
    with pytest.raises(plan.Unusable) as why:
        plan.search(told)
    assert sentence in str(why.value)


def test_everything_wrong_is_told_at_once():
    with pytest.raises(plan.Unusable) as why:
        plan.search({"blocks": [{"terms": ["(a", "b)"]}, {"terms": ["a AND b", "c"]}]})
    assert len(why.value.wrong) == 3


def test_quotation_marks_around_a_phrase_and_curly_signs_are_put_straight():
    assert Term("\u201clived  experience\u201d").text == "lived experience"
    assert Term('"lived experience"').is_phrase
    assert Term("carer\u2019s").text == "carer's"
