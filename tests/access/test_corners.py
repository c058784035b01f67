"""What each thing done leaves in the log, how a try is taken back, and what is not another's."""

import base64
import hashlib
import io
import json
import uuid
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone

from firsthand.access import anchors, door, grants, limits, log, near
from firsthand.access.models import Grant, LogLine, Tries
from firsthand.access.story import story
from firsthand.access.table import Answer, Who, only
from firsthand.people import signals
from firsthand.people.models import User
from firsthand.vault import derive, items
from firsthand.vault.models import Keyring
from firsthand.vault.rules import context
from firsthand.vault.seal import Tampered
from tests.access.conftest import World
from tests.people import kit

pytestmark = pytest.mark.django_db


def last(world: World) -> LogLine:
    return log.verify(world.item.id)[-1]


def other_thing(world: World) -> items.OpenItem:
    """Something else of the same owner's, shared with the same team."""
    made = door.create(world.owner, Keyring.objects.get(id=world.item.owner), {"happened": b"2"})
    grants.make(world.owner, made, world.team, "help")
    return made


def part_of(world: World, whole: uuid.UUID, under: uuid.UUID | None = None) -> items.OpenItem:
    ring = Keyring.objects.get(id=world.item.owner)
    return door.create(
        world.owner, ring, {"text": b"part"}, whole=whole, under=under or whole, done="changed"
    )


# -- what is left in the log ------------------------------------------------------------------


def test_withdrawing_ends_the_grants_of_that_and_of_nothing_else(world):
    grants.make(world.owner, world.item, world.team, "help")
    kept = other_thing(world)
    door.erase(world.owner, world.item.id)
    assert grants.live(kept.id, world.team) is not None
    assert grants.live(world.item.id, world.team) is None


def test_withdrawing_is_told_as_the_owners_own_to_the_day(world):
    door.erase(world.owner, world.item.id)
    line = last(world)
    assert (line.done, line.by, line.at, line.about) == (
        "withdrew",
        None,
        log.today(),
        world.item.id,
    )


def test_a_part_taken_away_is_told_as_the_owners_own_and_names_the_part(world):
    part = part_of(world, world.item.id)
    leaf = part_of(world, world.item.id, part.id)
    for each in (leaf, part):
        door.discard(world.owner, each.id)
        line = last(world)
        assert (line.done, line.about, line.by, line.at) == (
            "changed",
            each.id,
            None,
            log.today(),
        )


def test_a_change_to_a_part_names_the_part(world):
    part = part_of(world, world.item.id)
    door.change(world.owner, part.id, {"text": b"more"})
    assert (last(world).about, last(world).by) == (part.id, None)


def test_the_owner_with_a_sign_in_is_still_only_you_in_the_log(world):
    fox = kit.person()
    owner = door.Doer(fox.user, dict(world.owner.hands))
    door.enter(owner, world.item.id)
    assert (last(world).done, last(world).by) == ("read", None)


def test_reading_one_thing_today_does_not_hide_the_reading_of_another(world):
    kept = other_thing(world)
    door.enter(world.owner, kept.id)
    door.enter(world.owner, world.item.id)
    assert last(world).done == "read"


def test_a_teams_reading_today_does_not_hide_the_owners(world):
    grants.make(world.owner, world.item, world.team, "help")
    door.enter(world.member, world.item.id)
    door.enter(world.owner, world.item.id)
    assert (last(world).done, last(world).by) == ("read", None)


def test_sealing_again_after_stopping_is_told_as_the_owners_own(world):
    grants.make(world.owner, world.item, world.team, "help")
    grants.revoke(world.owner, world.item, world.team)
    lines = [line for line in log.verify(world.item.id) if line.done in ("changed", "revoked")]
    assert [(line.done, line.by, line.at) for line in lines] == [
        ("changed", None, log.today()),
        ("revoked", None, log.today()),
    ]


def test_the_story_says_when(world):
    grants.make(world.owner, world.item, world.team, "help")
    door.enter(world.member, world.item.id)
    lines = log.verify(world.item.id)
    assert [told.moment for told in story(lines)] == [line.at for line in lines][::-1]


# -- grants -----------------------------------------------------------------------------------


def test_what_stands_is_asked_of_one_thing_and_leaves_out_what_was_ended(world):
    kept = other_thing(world)
    mine = grants.make(world.owner, world.item, world.team, "help")
    assert grants.standing(world.item.id) == [mine]
    grants.revoke(world.owner, world.item, world.team)
    assert grants.standing(world.item.id) == []
    assert len(grants.standing(kept.id)) == 1


def test_who_holds_a_grant_is_named_without_asking_again(world, django_assert_num_queries):
    grants.make(world.owner, world.item, world.team, "help")
    (found,) = grants.standing(world.item.id)
    with django_assert_num_queries(0):
        assert str(found.team) == "Chosen, Chosen (made up)"


def test_a_grant_that_still_holds_is_not_ended_by_a_worker_who_was_late(world):
    made = grants.make(world.owner, world.item, world.team, "help")
    assert grants._end(made.id, timezone.localdate()) is False
    assert grants.live(world.item.id, world.team) == made


def test_a_grant_the_log_knows_nothing_of_opens_nothing(world):
    made = grants.make(world.owner, world.item, world.team, "help")
    again = Grant(
        id=uuid.uuid4(), item_id=made.item_id, team=world.other_team, purpose="help",
        made_on=made.made_on,
    )  # fmt: skip
    again.signature = world.owner.keys[0].sign(grants._signed(again))
    again.save(force_insert=True)
    with pytest.raises(Tampered):
        grants.live(world.item.id, world.other_team)


# -- the table --------------------------------------------------------------------------------


def asked(who: Who, user: User | AnonymousUser) -> Answer:
    request = RequestFactory().get("/")
    request.user = user
    return who(request)


def test_only_names_its_roles_in_words_and_lets_in_those():
    who = only("advocate", "responder")
    assert (who.words, who.roles) == ("advocate or responder", ("advocate", "responder"))
    assert asked(who, kit.staff("advocate").user) is Answer.YES
    assert asked(who, kit.staff("steward", name="Stew").user) is Answer.NO
    assert asked(who, kit.person().user) is Answer.NO
    assert asked(who, AnonymousUser()) is Answer.SIGN_IN


def test_a_second_step_is_asked_of_staff_and_of_nobody_else():
    bare, fox = kit.staff(second_step=False).user, kit.person().user
    strict, lax = Who("all", ("advocate", "person")), Who("all", ("advocate", "person"), False)
    assert [asked(strict, bare), asked(strict, fox)] == [Answer.SET_UP_MFA, Answer.YES]
    assert [asked(lax, bare), asked(lax, fox)] == [Answer.YES, Answer.YES]


# -- guessing ---------------------------------------------------------------------------------


def guess(name: str, right: bool = False) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.7")
    given = {"request": request, "what": signals.SIGN_IN, "about": name}
    signals.guessing.send(User, **given)
    if right:
        signals.guessed_right.send(User, **given)


def test_pages_that_ask_for_a_passphrase_are_slowed_and_the_right_one_forgets(settings):
    for _ in range(5):
        guess("fox")
    with pytest.raises(limits.SlowDown):
        guess("fox")
    Tries.objects.all().delete()
    for _ in range(20):
        guess("fox", right=True)
    assert not Tries.objects.exists()


def level_of(kind: str, *parts: object) -> float:
    return Tries.objects.get(mark=derive.mark("tries", kind, *parts)).level


def test_coming_in_takes_back_one_try_and_no_more():
    for _ in range(4):
        limits.check(limits.CODE, "fox")
    before = level_of(limits.CODE, "fox")
    limits.passed(limits.CODE, "fox")
    assert level_of(limits.CODE, "fox") == pytest.approx(before - 1)
    limits.passed(limits.CODE, "fox")
    assert level_of(limits.CODE, "fox") == pytest.approx(before - 2)


def test_a_bucket_says_nothing_of_whose_it_is():
    limits.check(limits.CODE, "fox")
    assert str(Tries.objects.get()) == "some tries"


# -- near -------------------------------------------------------------------------------------


def test_tomorrows_key_follows_from_todays_and_from_nothing_else():
    day = date(2026, 5, 1)
    one, other = near.DayKey(day), near.DayKey(day)
    other._key = first = bytes(one._key)
    assert len(first) == 32
    assert one.mark(day, "here") == other.mark(day, "here")
    step = hashlib.blake2b(b"next day", key=first, digest_size=32).digest()
    expected = hashlib.blake2b(context("here"), key=step, digest_size=32).digest()
    assert one.mark(day + timedelta(days=1), "here") == expected
    assert near.DayKey(day).mark(day, "here") != other.mark(day, "here")


@pytest.mark.parametrize(
    ("proxied", "sent", "expected"),
    [
        (True, {"HTTP_X_FORWARDED_FOR": "192.0.2.1, 198.51.100.2 , 203.0.113.5 "}, "203.0.113.5"),
        (True, {"HTTP_X_FORWARDED_FOR": "203.0.113.5"}, "203.0.113.5"),
        (True, {"REMOTE_ADDR": "203.0.113.5"}, ""),
        (False, {"REMOTE_ADDR": "203.0.113.5", "HTTP_X_FORWARDED_FOR": "192.0.2.1"}, "203.0.113.5"),
    ],
)
def test_the_address_is_the_one_our_own_proxy_wrote_down_last(settings, proxied, sent, expected):
    settings.FIRSTHAND_BEHIND_PROXY = proxied
    assert near._address(RequestFactory().get("/", **sent)) == expected


def test_no_address_at_all_is_nothing(settings):
    settings.FIRSTHAND_BEHIND_PROXY = False
    request = RequestFactory().get("/")
    del request.META["REMOTE_ADDR"]
    assert near._address(request) == ""
    assert near._network("") == ""


# -- anchors ----------------------------------------------------------------------------------


def test_an_anchor_is_under_a_mark_of_all_it_says():
    one = anchors.Anchor(uuid.uuid4(), 3, b"x" * 32)
    item, count, end, mark = json.loads(one.line())
    assert (item, count, base64.b64decode(end)) == (str(one.item), 3, b"x" * 32)
    assert base64.b64decode(mark) == derive.mark("anchor", one.item, 3, b"x" * 32)
    assert anchors.Anchor.read(one.line()) == one


@pytest.mark.parametrize(
    ("held", "whole"), [(b"", 0), (b"one\n", 4), (b"one\ntw", 4), (b"one\ntwo\n", 8), (b"on", 0)]
)
def test_a_line_that_was_never_finished_is_cut_away(held, whole):
    assert anchors._whole_length(io.BytesIO(held)) == whole


def test_a_long_file_is_measured_from_its_end():
    held = b"x" * 2000 + b"\n" + b"y" * 1000 + b"\n" + b"half"
    assert anchors._whole_length(io.BytesIO(held)) == 3002


def test_the_anchors_lie_beside_the_database():
    assert anchors.path().parent == settings.FIRSTHAND_DATA
