"""What differs between two records is marked where it differs, and said in words."""

from firsthand.evidence.models import Record
from firsthand.evidence.side_by_side import lines


def test_only_the_words_that_differ_are_marked():
    one = Record(title="Harm in social care", authors=["Brook, A."], keywords=[])
    other = Record(title="Harm in health care", authors=["Brook, A."], keywords=[], year=2020)
    title, authors, year = lines(one, other)
    assert title.one == (("Harm in", False), ("social", True), ("care", False))
    assert title.other == (("Harm in", False), ("health", True), ("care", False))
    assert [each.said for each in (title, authors, year)] == ["differs", "same", "only one says"]


def test_a_very_long_text_is_shown_whole_without_marks():
    long = "word " * 1500
    line = lines(Record(abstract=long + "a"), Record(abstract=long + "b"))[0]
    assert line.one == ((long + "a", False),)
    assert line.said == "differs"
