"""Who is who, and what is the same however it is typed."""

import pytest

from firsthand.people import rules


@pytest.mark.parametrize("kind", rules.ORGANISATION_KINDS)
def test_who_joins_an_independent_team_speaks_up_a_research_team_learns_any_other_answers(kind):
    others = {"user-led": rules.ADVOCATE, "advocacy": rules.ADVOCATE, "research": rules.RESEARCHER}
    assert rules.role_for(kind) == others.get(kind, rules.RESPONDER)


def test_everyone_but_a_person_is_staff():
    assert {*rules.STAFF, rules.PERSON} == set(rules.ROLES)
    assert set(rules.IN_TEAMS) < set(rules.MAY_BE_IN_TEAMS) < set(rules.STAFF)


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("lantern  orbit\tgravel ", "lantern orbit gravel"),
        ("ﬁsh and tea", "fish and tea"),
        ("Lantern", "Lantern"),
        ("  ", ""),
    ],
)
def test_a_passphrase_is_the_same_on_every_keyboard(typed, used):
    assert rules.tidy(typed) == used


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Quiet Fox", "quiet-fox", True),
        ("quiet_fox!", "QUIET FOX", True),
        ("ﬁsh", "fish", True),
        ("quiet fox", "quiet foxes", False),
    ],
)
def test_things_typed_are_alike_but_for_case_spaces_and_dashes(one, other, same):
    assert rules.same_words(one, other) is same


PRINTED = "ABCD-EFGH-10MN-PQ7RS"


@pytest.mark.parametrize(
    "typed", [PRINTED, "PQ7RS", "pq7rs", "p q-7 r s", "lOmn-pq7rs", "iomnpq7rs"]
)
def test_the_end_of_a_recovery_key_shows_that_it_lies_before_them(typed):
    assert rules.ends_recovery_key(typed, PRINTED)


@pytest.mark.parametrize("typed", ["", "Q7RS", "ABCD", "PQ7RT", "XABCD-EFGH-10MN-PQ7RS"])
def test_anything_else_or_too_little_does_not(typed):
    assert not rules.ends_recovery_key(typed, PRINTED)
