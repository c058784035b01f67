"""A booklet's identifier tells nothing that the booklet does not."""

import pytest

from firsthand.harms import queries, rules
from firsthand.harms.actions import grounds
from firsthand.harms.exports import document
from tests.harms import drafting_kit as kit

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


def test_a_count_that_is_held_back_changes_nothing_of_the_booklets_identifier(monkeypatch):
    by = kit.draft()
    made = []
    # The pages themselves take seconds to set and are not what is asked about here.
    monkeypatch.setattr(document.HTML, "write_pdf", lambda page, **asked: asked["pdf_identifier"])
    for count, title in ((3, "Advisers"), (4, "Ada's group"), (34, "Ada's group")):
        grounds.put(by.version, "S1", "comment", title, count, by=by.user)
        by.version.grounds.exclude(title=title).delete()
        by.version.digest = rules.digest(queries.facts(by.version))
        made.append((by.version.digest, document.write(by.version, "https://model.example")))
    (one, first), (two, second), (_, third) = made
    assert one != two
    assert first == second != third  # 34 is shown, so the text is another
    assert one.encode() not in first
