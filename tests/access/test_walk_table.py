"""The permission table against the addresses there are: no row too few, none too many."""

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

from firsthand.access.permissions import PERMISSIONS
from firsthand.access.table import SOMEONES, Whose
from firsthand.config.reference import permissions as page
from firsthand.config.trouble import Trouble
from tests.access.addresses import every, parameters

pytestmark = pytest.mark.urls("firsthand.config.urls")

# What an address may name, and so what a row must say about whose it has to be.
NAMES_A_THING = {
    "testimony": {Whose.OWNERS, Whose.OWNERS_AND_READERS},
    "conversation": {Whose.OWNERS, Whose.READERS, Whose.COMPANIONS},
    "promise": {Whose.OWNERS},
    "file": {Whose.OWNERS, Whose.READERS, Whose.COMPANIONS, Whose.OWNERS_AND_READERS},
    "user": {Whose.STAFFS},
    "review": {Whose.REVIEWS, Whose.REVIEW_OWNERS},
    "group": {Whose.CONSULTED, Whose.GROUP_MEMBERS},
    "project": {Whose.PROJECTS, Whose.PROJECT_OWNERS, Whose.MARKED},
    "passage": {Whose.MARKED, Whose.PROJECTS},
    "survey": {Whose.CONSULTED},
    "draft": {Whose.DRAFTS},
}
STEWARDS = ("steward",)
STAFF_ALONE = SOMEONES - {Whose.OWNERS, Whose.OWNERS_AND_READERS, Whose.GROUP_MEMBERS}


def test_every_address_has_a_row_in_the_table():
    assert sorted(every()) == sorted(PERMISSIONS)


def test_every_address_has_a_name():
    assert not [name for name in every() if name.startswith("no name")]


@pytest.mark.parametrize("name", sorted(PERMISSIONS))
def test_a_row_says_whose_the_thing_must_be(name):
    row = PERMISSIONS[name]
    assert isinstance(row.whose, Whose)
    for parameter, allowed in NAMES_A_THING.items():
        assert parameter not in parameters(name) or row.whose in allowed, parameter
    if "team" in parameters(name) and row.who.roles != STEWARDS:
        assert row.whose in (Whose.MEMBERS, Whose.OWNERS)


def test_what_opens_to_staff_alone_asks_for_a_sign_in_and_a_second_step():
    for name, row in PERMISSIONS.items():
        if row.whose in STAFF_ALONE:
            assert row.who.roles, name
            assert row.who.second_step, name


def test_no_row_that_opens_words_is_for_stewards_or_desks():
    words = {Whose.OWNERS, Whose.READERS, Whose.COMPANIONS, Whose.OWNERS_AND_READERS}
    for name, row in PERMISSIONS.items():
        if row.whose in words:
            assert not {"steward", "researcher", "coordinator"} & set(row.who.roles), name


def test_the_page_about_it_says_all_of_it():
    said = page()
    for name, row in PERMISSIONS.items():
        line = next(each for each in said.splitlines() if each.startswith(f"| `{name}` |"))
        assert row.who.words in line
        assert row.whose.value in line


def test_no_view_answers_below_the_static_files():
    with pytest.raises(Resolver404):
        resolve(settings.STATIC_URL + "anything")


def test_everything_is_asked_of_the_table_before_any_view():
    where = "firsthand.access.middleware.PermissionTable"
    later = settings.MIDDLEWARE[settings.MIDDLEWARE.index(where) + 1 :]
    assert later == ["firsthand.config.trouble.Trouble"]
    assert not hasattr(Trouble, "process_view")
