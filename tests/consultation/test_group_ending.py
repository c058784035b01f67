"""A member deletes the sign-in they came by: nothing of theirs stays in the group."""

import pytest
from django.test import Client

from firsthand.access.doer import Doer
from firsthand.config import sound
from firsthand.consultation import group_queries, rules
from firsthand.consultation.actions import commenting, inviting, meetings, taking_part
from firsthand.consultation.models import Comment, Consent, GroupMember, Invited, Turn
from firsthand.people.models import User
from firsthand.testimony import ending
from firsthand.vault.models import Item, Keyring, Sealed, Wrap
from tests.consultation.group_kit import World, draft, sitting
from tests.people import kit

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world() -> World:
    return World.made(version=draft())


@pytest.fixture
def me() -> kit.Someone:
    return kit.person("quiet fox")


def doer_of(me: kit.Someone) -> Doer:
    return Doer(me.user, {me.keys.id: me.keys})


def joined(world: World, me: kit.Someone) -> GroupMember:
    """Someone who joined by their sign-in, agreed, commented, and is in the notes."""
    inviting.to_sign_in(world.runs, "Come.", "quiet fox")
    invited = world.group.invited.get(for_name=me.user.username)
    member = inviting.accept(doer_of(me), sitting(), invited, "form")
    taking_part.agree(member, world.group.sheets.get(), list(rules.USES))
    taking_part.call(member, "Fox")
    member.refresh_from_db()
    commenting.say(member, "S1.1", rules.CHANGE, "bluebell", "n")
    row = world.meet(days=-1)
    meetings.write_notes(world.runs, row, "notes", "Fox: bluebell at night")
    return member


def delete(me: kit.Someone) -> None:
    browser = Client()
    kit.sign_in(browser, me)
    assert "you leave the group" in browser.get("/you/delete/").content.decode()
    answer = browser.post("/you/delete/", {"passphrase": kit.PASSPHRASE})
    assert answer["Location"] == "/goodbye/"


def check_gone(world: World, me: kit.Someone, member: GroupMember) -> None:
    member.refresh_from_db()
    assert (member.left_on is None, member.name, member.needs_id) == (False, "", None)
    assert not User.objects.filter(id=me.user.id).exists()
    assert not Consent.objects.filter(member=member, withdrawn_on=None).exists()
    assert "bluebell" not in str([*Comment.objects.values(), *Turn.objects.values()])
    assert not Invited.objects.filter(for_name=me.user.username).exists()
    assert sound.all_that_is_wrong() == []
    for page in ("group", "group_comments", "group_history"):
        assert "bluebell" not in world.get("Ada", page)


def test_without_needs_the_sign_in_goes_and_its_words_with_it(world, me):
    member = joined(world, me)
    delete(me)
    check_gone(world, me, member)


def test_with_needs_they_are_destroyed_and_nobody_reads_them_any_more(world, me):
    member = joined(world, me)
    taking_part.say_needs(doer_of(me), member, "a bluebell room")
    delete(me)
    check_gone(world, me, member)
    owned = Item.objects.filter(owner_id=me.keys.id)
    assert owned.filter(erased=True).exists()
    assert not owned.filter(erased=False).exists()
    for table in (Wrap, Sealed):
        assert not table.objects.filter(item__in=owned).exists()


def test_who_left_before_and_let_their_words_stay_can_delete_their_sign_in_too(world, me):
    member = joined(world, me)
    taking_part.leave(doer_of(me), member, rules.KEEP)
    delete(me)
    assert not User.objects.filter(id=me.user.id).exists()
    assert Keyring.objects.filter(id=me.keys.id).exists()  # its public halves, and nothing opens it
    assert Comment.objects.get().text == "bluebell"  # as they chose


def test_kept_by_a_receipt_they_are_in_the_group_still_and_no_invitation_names_the_sign_in(
    world, me, monkeypatch
):
    member = joined(world, me)
    monkeypatch.setattr("firsthand.people.actions.end", lambda *_, **__: None)
    ending.end_sign_in(doer_of(me), me.user, keep=True)
    member.refresh_from_db()
    assert member.left_on is None
    assert Comment.objects.get().text == "bluebell"
    assert not Invited.objects.filter(for_name=me.user.username).exists()


def test_whoever_takes_the_same_name_later_is_not_invited_by_what_waited_for_it(world, me):
    inviting.to_sign_in(world.runs, "Come.", "quiet fox")
    assert group_queries.for_sign_in(me.user).exists()
    delete(me)
    assert not group_queries.for_sign_in(kit.person("quiet fox").user).exists()
    assert Invited.objects.get().state == rules.OPEN  # that there was a sign-in is not told
