"""Coding projects: who is in them, what is kept, and what each coder may see."""

import pytest

from firsthand.access.refused import Refused
from firsthand.codebook import policies, queries, rules
from firsthand.codebook.actions import passages, projects
from firsthand.codebook.models import Passage, Source, Trail
from tests.codebook import kit

pytestmark = pytest.mark.django_db


def test_a_project_has_three_coders_two_sources_and_five_codes_and_the_trail_says_so():
    made = kit.made()
    assert made.ada.is_owner
    assert [made.plain.number, made.talk.number] == [1, 2]
    assert [each.speaker for each in made.talk.turns.all()] == [
        "Interviewer", "Rosa", "Interviewer", "Rosa",
    ]  # fmt: skip
    assert [(depth, code.name) for depth, code in queries.tree(made.ada.project)] == [
        (0, "Harm"), (1, "Not asked"), (1, "Looked past"), (0, "Feeling"), (1, "Like a thing"),
    ]  # fmt: skip
    did = list(Trail.objects.values_list("did", flat=True))
    assert (did.count("source added"), did.count("code added")) == (2, 5)


def test_whoever_is_not_in_it_hears_that_nothing_is_there():
    made = kit.made()
    eve = kit.user("Eve")
    for someone in (eve, None):
        with pytest.raises(Refused) as refused:
            policies.check_coder(someone, made.ada.project_id)
        assert refused.value.hidden
    with pytest.raises(Refused):
        policies.check_owner(made.ben.user, made.ada.project_id)
    projects.end_coder(made.ada, made.ben)
    with pytest.raises(Refused):
        policies.check_coder(made.ben.user, made.ada.project_id)


def test_nobody_sees_anothers_coding_until_both_have_finished():
    made = kit.made()
    mine = made.code(made.ada, "Nobody asked me", "Not asked")
    theirs = made.code(made.ben, "told later", "Looked past")

    def seen(coder):
        return set(queries.visible_passages(coder, made.plain))

    assert (seen(made.ada), seen(made.ben), seen(made.cai)) == ({mine}, {theirs}, set())
    passages.finish(made.ada, made.plain)
    assert (seen(made.ada), seen(made.ben), seen(made.cai)) == ({mine}, {theirs}, set())
    passages.finish(made.ben, made.plain)
    assert (seen(made.ada), seen(made.ben), seen(made.cai)) == ({mine, theirs},) * 2 + (set(),)
    passages.read_only(made.cai, made.plain)
    assert seen(made.cai) == {mine, theirs}
    assert seen(made.ada) == {mine, theirs}


def test_places_are_code_points_whatever_the_characters():
    made = kit.made()
    row = made.code(made.ada, "Then the cafe", "Feeling")
    assert kit.PLAIN[row.start : row.end] == row.quote == "Then the cafe"
    assert row.prefix.endswith("\N{VARIATION SELECTOR-16}. ")
    assert len(row.prefix) == rules.AROUND
    assert row.suffix.startswith("\N{COMBINING ACUTE ACCENT} closed")


def test_the_same_stretch_coded_twice_is_one_passage_with_each_code_once():
    made = kit.made()
    first = made.code(made.ada, "told later", "Harm")
    again = made.code(made.ada, "told later", "Harm", "Feeling")
    assert first == again
    assert [each.code.name for each in again.codings.all()] == ["Harm", "Feeling"]
    assert Passage.objects.count() == 1


def test_words_are_not_coded_in_a_text_that_was_changed_meanwhile():
    made = kit.made()
    Source.objects.filter(id=made.plain.id).update(text="Another text.", digest="0" * 64)
    with pytest.raises(Refused, match="changed meanwhile"):
        made.code(made.ada, "Nobody", "Harm")
    assert not Passage.objects.exists()


def test_whoever_has_not_finished_has_nothing_to_open_again():
    made = kit.made()
    with pytest.raises(Refused, match="not finished"):
        passages.reopen(made.ada, made.plain)
    assert passages.ask(made.ada, made.plain, made.ben) == passages.ask(
        made.ada, made.plain, made.ben
    )
    assert Trail.objects.filter(did="coder asked").count() == 1


def test_someone_who_takes_part_is_not_added_twice_and_comes_back_with_what_they_coded():
    made = kit.made()
    row = made.code(made.ben, "told later", "Harm")
    with pytest.raises(Refused, match="takes part already"):
        projects.add_coder(made.ada, made.ben.user, rules.CODER)
    projects.end_coder(made.ada, made.ben)
    again = projects.add_coder(made.ada, made.ben.user, rules.CODER)
    assert list(queries.visible_passages(again)) == [row]
