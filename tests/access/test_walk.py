"""The walk: every address, for everyone, at every stage, against the permission table.

What is expected comes from the table and from the town's own notes of who owns and who was let in.
Each request is undone after it, so that every one of them meets the same town.
"""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.test import override_settings
from django.urls import reverse

from firsthand.access import log
from firsthand.access.permissions import PERMISSIONS
from firsthand.access.table import Whose
from firsthand.harms import actions as harms
from firsthand.testimony.steps import STEPS
from tests.access.addresses import NOBODYS, address, nowhere, parameters
from tests.access.town import BY_PERSON, BY_RECEIPT, Actor, Builder, Town
from tests.access.walking import BROWSER, EMPTY_AS_YET, ask, methods_of, visits, wrong

pytestmark = [
    pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls"), pytest.mark.walk,
]  # fmt: skip


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker) -> Iterator[Town]:
    """The town, built once and undone at the end."""
    quick = override_settings(
        FIRSTHAND_ARGON2={"memory": 8192, "passes": 1},
        FIRSTHAND_QUIET_MINUTES=24 * 60,  # nothing is kept of a request: nor that they were here
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
    )
    with django_db_blocker.unblock(), transaction.atomic():
        harms.load_published_models(by="a test")
        with quick:
            built = Builder().build()
        yield built
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", sorted(PERMISSIONS))
def test_everyone_gets_what_the_table_says(town, name):
    row, found = PERMISSIONS[name], []
    sent = {"who": str(town.users["newcomer"].id)} if name == "people:let_in" else {}
    for method in methods_of(name, town):
        for actor, things in visits(name, town):
            nothing = ask(actor, method, nowhere(name), sent)
            for thing in things:
                seen = ask(actor, method, address(name, town, thing) or "", sent)
                if said := wrong(row, actor, thing, seen, nothing):
                    found.append((method, actor.name, str(thing), seen.status, said))
    if name in EMPTY_AS_YET:
        found = [each for each in found if each[3] != 404]
    assert not found, "\n".join(map(str, found))


# -- what one address cannot show for all -----------------------------------------------------


@pytest.mark.parametrize("step", sorted(STEPS))
def test_no_step_of_telling_opens_to_anyone_but_its_owner(town, step):
    thing = town.thing(f"{BY_RECEIPT}, asked, service")
    at = reverse("testimony:step", args=[thing.testimony.id, step])
    nothing = reverse("testimony:step", args=[NOBODYS, step])
    for actor in town.actors:
        seen = ask(actor, "get", at)
        if actor.name == thing.owner:
            assert seen.status == 200
        else:
            assert (seen.status, seen.words) == (404, []), actor.name
            assert seen.body == ask(actor, "get", nothing).body


def crossings(town: Town) -> list[tuple[str, str]]:
    """Addresses that put a part of one thing under another of the same owner's."""
    one, other = (town.thing(f"{BY_PERSON}, {stage}, service") for stage in ("promised", "closed"))
    conversation, told = one.request.id, one.testimony.id
    return [
        (BY_PERSON, reverse("repair:judge", args=[conversation, other.promise])),
        (BY_PERSON, reverse("repair:conversation_file", args=[conversation, other.file])),
        (BY_PERSON, reverse("testimony:file", args=[told, other.attachment.id])),
        (BY_PERSON, reverse("testimony:remove_file", args=[told, other.attachment.id])),
        ("responder", reverse("repair:request_file", args=[conversation, other.file])),
        ("responder", reverse("testimony:file", args=[told, other.attachment.id])),
    ]


def test_a_part_of_one_thing_is_not_found_under_another(town):
    for name, at in crossings(town):
        for method in ("get", "post"):
            seen = ask(town.actor(name), method, at)
            assert seen.status in (404, 405), at
            assert not seen.words


def test_the_inbox_lists_what_ones_own_team_was_asked_or_let_into_and_no_more(town):
    live = [each for each in town.things if each.request and each.readers]
    for actor in town.actors:
        shown = ask(actor, "get", reverse("repair:inbox") + "?stage=every").body
        for thing in live:
            listed = thing.request.reference in shown
            asked = thing.asked in actor.teams and thing.asked in thing.readers
            beside = bool(set(thing.companions) & set(actor.teams))
            assert listed == (asked or beside), (actor.name, str(thing))


def test_what_is_mine_lists_what_the_keys_in_hand_own_and_no_more(town):
    for actor in town.actors:
        links = town_links(actor)
        for thing in town.things:
            owned = actor.name == thing.owner and thing.stage != "withdrawn"
            assert (str(thing.testimony.id) in links) == owned, (actor.name, str(thing))


def town_links(actor: Actor) -> str:
    with transaction.atomic():
        shown = actor.sit_at(BROWSER).get(reverse("testimony:mine")).content.decode()
        transaction.set_rollback(True)
    return shown


@pytest.mark.parametrize(
    "name", [name for name, row in PERMISSIONS.items() if row.whose is Whose.STAFFS]
)
def test_no_steward_finds_a_persons_sign_in(town, name):
    steward, person = town.actor("steward"), town.users[BY_PERSON].id
    given = {each: person if each == "user" else NOBODYS for each in parameters(name)}
    if "team" in given:
        given["team"] = town.teams["service"].id
    for method in ("get", "post"):
        seen = ask(steward, method, reverse(name, kwargs=given))
        nothing = ask(steward, method, nowhere(name))
        assert seen.status in (404, 405)
        assert (seen.status, seen.body) == (nothing.status, nothing.body)


def test_nobody_names_another_persons_passkey(town):
    kinds = Authenticator.Type
    theirs = Authenticator.objects.create(
        user=town.users["advocate"], type=kinds.WEBAUTHN, data={"name": "bluebell key"}
    )
    for actor in town.actors:
        for method in ("get", "post"):
            seen = ask(actor, method, reverse("mfa_remove_webauthn", args=[theirs.id]))
            assert seen.status in (302, 404)
            assert not seen.words
        assert Authenticator.objects.filter(id=theirs.id).exists()


TRIED = ["testimony:own", "testimony:step", "testimony:file", "repair:conversation"]


@pytest.mark.parametrize("name", [*TRIED, "repair:request", "repair:judge"])
def test_the_owners_log_tells_of_every_try_of_someone_with_a_sign_in(town, name):
    thing = town.thing(f"{BY_PERSON}, promised, service")
    for who in ("stranger", "lapsed advocate", "leaver", "newcomer"):
        actor = town.actor(who)
        with transaction.atomic():
            before = log.verify(thing.testimony.item_id)
            actor.sit_at(BROWSER).get(address(name, town, thing) or "")
            line, *more = log.verify(thing.testimony.item_id)[len(before) :]
            transaction.set_rollback(True)
        named = actor.user if actor.user and actor.user.is_staff_role else None
        assert (line.by, line.refused, more) == (named, True, []), who


def test_a_page_asked_for_by_script_is_refused_like_any_other(town):
    thing = town.thing(f"{BY_PERSON}, asked, service")
    for name in ("testimony:own", "repair:request", "people:steward", "people:team"):
        for who in ("nobody", "stranger", "no second step"):
            at, browser = address(name, town, thing) or "", town.actor(who).sit_at(BROWSER)
            with transaction.atomic():
                plain = browser.get(at).status_code
                scripted = browser.get(at, headers={"HX-Request": "true"}).status_code
                transaction.set_rollback(True)
            assert plain == scripted
