"""What was marked on words that a person has changed since is left alone, and never mixed up."""

import pytest

from firsthand.codebook import rules
from firsthand.codebook.actions import codes, passages
from firsthand.codebook.models import Passage
from tests.codebook.test_told import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
THEN, NOW = "They said no to me.", "Never they listened."


@pytest.fixture
def marked():
    """Return a coder, what a person told, a code, and a passage with a memo on the words then."""
    world = World()
    source = world.bring_in()
    row = passages.code(world.coder, source, 0, 4, [world.code], "Old thought.", opened=THEN)
    return world.coder, source, world.code, row


def test_the_same_place_in_changed_words_is_another_passage_without_the_old_memo(marked):
    coder, source, old, before = marked
    new = codes.add(coder, "Unheard")
    row = passages.code(coder, source, 0, 4, [new], opened=NOW)
    assert row.id != before.id
    assert (row.memo, row.digest) == ("", passages.sealed_digest(NOW))
    assert [each.code for each in row.codings.all()] == [new]
    before.refresh_from_db()
    assert (before.memo, before.state) == ("Old thought.", rules.STANDS)
    assert [each.code for each in before.codings.all()] == [old]
    again = passages.code(coder, source, 0, 4, [new], opened=THEN)  # the words are back
    assert again.id == before.id


def test_putting_back_on_changed_words_leaves_what_stands_on_the_words_of_before(marked):
    coder, source, old, before = marked
    row = passages.code(coder, source, 0, 4, [old], opened=NOW)
    taken = passages.uncode(coder, row)
    assert passages.put_back(coder, row, taken).id == row.id
    assert Passage.objects.filter(removed_on=None).count() == 2
    assert before.codings.count() == 1


def test_the_page_shows_what_is_coded_anew_where_something_stood_before():
    world = World()
    source = world.bring_in()
    there = world.at("source", source.id)
    sent = {"first": 1, "codes": [str(world.code.id)]}
    world.browser.post(there, {**sent, "memo": "Old thought."})
    row = Passage.objects.get()
    Passage.objects.update(digest="0" * 64)  # as if the words had been others
    assert world.browser.post(there, sent).status_code == 302
    shown = world.browser.get(there).content.decode()
    assert "1 passage is of what stood there before" in shown
    assert 'id="p1"' in shown
    assert "Old thought." not in shown
    assert Passage.objects.exclude(id=row.id).get().memo == ""
