"""A plain row that decides who may read, changed from outside: noticed, and never obeyed.

Each change is made as by someone who can write to every table but does not have the server's
key. Then the pages are opened for which the row decides something.
"""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firsthand.config import alarms
from firsthand.people import actions as people
from firsthand.people import rules as roles
from firsthand.people.models import Epoch, Invitation, Membership, Team, User
from firsthand.people.queries import invitation_by
from firsthand.repair import actions as repair
from firsthand.repair.models import Message, Request
from firsthand.testimony import actions as telling
from firsthand.testimony import attaching
from firsthand.testimony.files import CleanFile
from firsthand.vault import items
from firsthand.vault.keys import Keys
from firsthand.vault.models import Item, Unlocker, Wrap
from firsthand.vault.seal import Tampered
from tests.people import kit
from tests.repair.conftest import Someone, Town, someone, tell, town  # noqa: F401 - a fixture
from tests.security import outside
from tests.security.outside import change, findings

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]

TITLE = "Something here was changed"


@pytest.fixture(autouse=True)
def own_directory(settings: Any, tmp_path: Any) -> None:
    settings.FIRSTHAND_DATA = tmp_path


def opened(by: Someone | Client, name: str, *args: object, **post: object) -> Any:
    """Go to a page as someone (or send it what is given); return the answer."""
    browser = by if isinstance(by, Client) else by.browser()
    browser.raise_request_exception = False
    address = reverse(name, args=args)
    return browser.post(address, post) if post else browser.get(address)


def is_said(answer: Any) -> bool:
    """Whether this is the plain page that says that something was changed."""
    page = answer.getvalue().decode()
    return answer.status_code == 500 and TITLE in page and "Exit this page" in page


def holds_keys_of(keys: Keys | uuid.UUID, team: Team) -> bool:
    ring = getattr(keys, "id", keys)
    return Unlocker.objects.filter(member_id=ring, keyring__epoch__team=team).exists()


@pytest.fixture
def newcomer(town: Town) -> Someone:  # noqa: F811
    """Someone who waits at the service's door."""
    found = someone(roles.RESPONDER, "New Comer")
    people.join(found.user, town.service)
    return found


def let_in(by: Someone, who: Someone, team: Team) -> Any:
    return opened(by, "people:let_in", team.id, who=str(who.user.id))


# -- whose keyring is whose, and who may do what ----------------------------------------------


def test_a_keyring_swapped_before_a_newcomer_is_let_in_is_given_nothing(town, newcomer):  # noqa: F811
    theirs = town.stranger.user.keyring_id
    change(town.stranger.user, keyring=None)
    change(newcomer.user, keyring_id=theirs)
    assert is_said(let_in(town.responder, newcomer, town.service))
    assert is_said(opened(town.responder, "people:team", town.service.id))
    assert not holds_keys_of(theirs, town.service)
    assert any(str(newcomer.user.id) in each for each in findings())


def test_a_members_keyring_swapped_before_new_keys_are_made_is_given_nothing(town):  # noqa: F811
    theirs = town.stranger.user.keyring_id
    change(town.stranger.user, keyring=None)
    change(town.colleague.user, keyring_id=theirs)
    assert is_said(opened(town.responder, "people:leave_team", town.service.id, yes="1"))
    assert Epoch.objects.filter(team=town.service).count() == 1
    assert not holds_keys_of(theirs, town.service)


def test_a_persons_keyring_swapped_gets_nothing_they_tell(town):  # noqa: F811
    theirs, person = town.stranger.user.keyring_id, town.person.browser()
    change(town.stranger.user, keyring=None)
    change(town.person.user, keyring_id=theirs)
    answer = opened(person, "testimony:start", happened="They said it was nothing.",
                    number=uuid.uuid4().hex)  # fmt: skip
    assert answer.status_code == 500
    assert "They said it was nothing." in answer.content.decode(), "given back"
    assert not Item.objects.filter(owner_id=theirs).exists()


@pytest.mark.parametrize(
    "values",
    [{"role": roles.STEWARD}, {"name": "Ada Vocate"}, {"email": "else@example.org"},
     {"password": make_password("another passphrase")}, {"username": "0" * 64}, {"version": 9}],
    ids=lambda each: next(iter(each)),
)  # fmt: skip
def test_nobody_gets_in_by_a_sign_in_that_was_changed(town, values):  # noqa: F811
    browser = town.stranger.browser()
    change(town.stranger.user, **values)
    for page in ("people:steward", "repair:inbox", "people:own", "testimony:start"):
        assert is_said(opened(browser, page)), page
    helped = opened(browser, "web:help")
    assert (helped.status_code, "Your pages" in helped.content.decode()) == (200, False)
    assert opened(browser, "web:exit").status_code == 302
    assert any(str(town.stranger.user.id) in each for each in findings())
    assert alarms.alarms()


def test_a_stewards_passphrase_swapped_for_the_forgers_lets_nobody_in(client):
    steward, forger = kit.staff(roles.STEWARD, name="Sam Steward"), kit.staff(name="Mal Reed")
    change(steward.user, password=forger.user.password)
    client.raise_request_exception = False
    sent = {"login": steward.sign_in_name, "password": forger.passphrase}
    answer = client.post("/sign-in/", sent)
    assert answer.status_code == 500
    assert forger.passphrase not in answer.content.decode()
    assert client.get("/steward/")["Location"].startswith("/sign-in/")


def test_a_sign_in_opened_again_by_hand_lets_nobody_in(client):
    ada = kit.staff(name="Ada Brook")
    people.close(ada.user)
    change(ada.user, is_active=True)
    client.raise_request_exception = False
    answer = client.post("/sign-in/", {"login": ada.sign_in_name, "password": ada.passphrase})
    assert answer.status_code == 500
    assert client.get("/you/")["Location"].startswith("/sign-in/")


def test_a_name_changed_in_the_record_of_who_read_is_not_shown(town):  # noqa: F811
    assert opened(town.responder, "repair:request", town.request.id).status_code == 200
    change(town.responder.user, name="Somebody Else")
    page = opened(town.person, "testimony:who_read", town.testimony.id)
    assert is_said(page)
    assert "Somebody Else" not in page.content.decode()
    assert opened(town.person, "testimony:own", town.testimony.id).status_code == 200, (
        "what is theirs stays open to them"
    )


# -- who works where --------------------------------------------------------------------------


@pytest.mark.parametrize("admitted", [True, False])
def test_a_membership_made_up_by_hand_is_none(town, admitted):  # noqa: F811
    pattern = Membership.objects.get(user=town.colleague.user)
    made_up = Membership(
        user=town.stranger.user, team=town.service, admitted=admitted, epoch=pattern.epoch,
        keyring_id=town.stranger.user.keyring_id, proof=pattern.proof,
        since=timezone.localdate(),
    )  # fmt: skip
    outside.insert(made_up)
    assert is_said(opened(town.stranger, "repair:inbox"))
    assert is_said(opened(town.responder, "people:team", town.service.id))
    assert is_said(let_in(town.responder, town.stranger, town.service))
    assert not holds_keys_of(town.stranger.keys, town.service)
    assert findings()


def test_one_who_waits_does_not_let_themselves_in(town, newcomer):  # noqa: F811
    change(Membership.objects.get(user=newcomer.user), admitted=True)
    assert is_said(opened(newcomer, "repair:inbox"))
    assert is_said(opened(newcomer, "repair:request", town.request.id))


def test_one_who_left_and_put_everything_back_as_it_was_reads_nothing(town):  # noqa: F811
    kept = outside.copy(Membership, Unlocker)
    browser = town.colleague.browser()
    people.leave(town.colleague.user, town.service)
    outside.put_back({Membership: kept[Membership]}, user_id=town.colleague.user.id)
    outside.put_back({Unlocker: kept[Unlocker]}, member_id=town.colleague.keys.id)
    for name, about in [("repair:inbox", ()), ("repair:request", (town.request.id,))]:
        assert is_said(opened(browser, name, *about)), name
    assert is_said(opened(town.responder, "people:team", town.service.id))
    assert any("who is in it was changed" in each for each in findings())


def test_the_keys_of_an_epoch_that_is_over_let_nobody_read(town):  # noqa: F811
    """Someone takes the place of a row that stands, but holds old keys only."""
    kept = outside.copy(Unlocker)
    row = Membership.objects.get(user=town.colleague.user)
    people.leave(town.colleague.user, town.service)
    outside.put_back(kept, member_id=town.colleague.keys.id)
    people.wait(town.colleague.user, town.service)
    again = Membership.objects.get(user=town.colleague.user)
    assert (row.admitted, again.admitted) == (True, False)
    assert opened(town.colleague, "repair:request", town.request.id).status_code == 404
    assert town.colleague.doer.teams == ()


def test_one_who_was_taken_out_while_they_waited_does_not_wait_again(town, newcomer):  # noqa: F811
    kept = outside.copy(Membership)
    people.leave(newcomer.user, town.service)
    outside.put_back(kept, user_id=newcomer.user.id)
    assert is_said(let_in(town.responder, newcomer, town.service))
    assert not holds_keys_of(newcomer.keys, town.service)


def test_one_whose_sign_in_was_closed_is_not_let_in_by_putting_its_row_back(town):  # noqa: F811
    kept = outside.copy(User)
    people.close(town.colleague.user)
    outside.put_back(kept, id=town.colleague.user.id)
    assert is_said(let_in(town.responder, town.colleague, town.service))
    assert is_said(opened(town.colleague, "repair:inbox"))


def test_keys_from_before_beginning_again_are_given_nothing(town):  # noqa: F811
    """A thief knows the old passphrase; the sign-in has begun again with new keys since."""
    kept, old = outside.copy(User), town.colleague.keys
    link = people.reset(town.steward.user, town.colleague.user)
    people.accept(invitation_by(link.rstrip("/").rpartition("/")[2]), kit.OTHER)
    outside.put_back(kept, id=town.colleague.user.id)
    assert is_said(let_in(town.responder, town.colleague, town.service))
    assert not holds_keys_of(old, town.service)


def test_nobody_becomes_the_first_of_a_team_by_taking_its_members_out(town, newcomer):  # noqa: F811
    Membership.objects.filter(team=town.service).exclude(user=newcomer.user).delete()
    assert is_said(opened(newcomer, "people:home"))
    assert is_said(opened(newcomer, "people:teams"))
    assert Epoch.objects.filter(team=town.service).count() == 1
    assert any("who is in it was changed" in each for each in findings())


def test_nobody_becomes_the_first_of_a_team_by_taking_its_epochs_out(town, newcomer):  # noqa: F811
    Membership.objects.filter(team=town.service).exclude(user=newcomer.user).delete()
    change(Membership.objects.get(user=newcomer.user), epoch=None)
    Epoch.objects.filter(team=town.service).delete()
    assert is_said(opened(newcomer, "people:home"))
    assert not holds_keys_of(newcomer.keys, town.service)


def test_a_member_who_hides_is_noticed_by_whoever_looks_who_may_read(town):  # noqa: F811
    Membership.objects.filter(user=town.colleague.user).delete()
    telling.save(town.person.doer, town.testimony, "wishes", {"wishes": ["answer"]})
    assert is_said(opened(town.person, "testimony:step", town.testimony.id, "readers"))


def test_the_running_epoch_taken_out_is_noticed(town):  # noqa: F811
    people.leave(town.colleague.user, town.service)
    Membership.objects.filter(team=town.service).delete()
    Epoch.objects.filter(team=town.service).order_by("-place")[0].delete()
    with pytest.raises(Tampered):
        telling.share(
            town.person.doer, town.testimony,
            items.unlock(town.testimony.item_id, town.person.doer.keys), town.service,
            timezone.localdate(),
        )  # fmt: skip


def test_a_whole_team_put_back_as_it_was_is_found_by_check(town):  # noqa: F811
    from firsthand.access import anchors

    kept = outside.copy(Team, Epoch, Membership, Unlocker)
    people.leave(town.colleague.user, town.service)
    anchors.write()
    assert findings() == []
    Membership.objects.filter(team=town.service).delete()
    Epoch.objects.filter(team=town.service, place=2).delete()
    outside.put_back(kept)
    assert f"team {town.service.id} (its row was put back or taken out)" in str(findings())


# -- what a team is, and who is invited -------------------------------------------------------


def team_renamed(town: Town) -> None:  # noqa: F811
    change(town.service, name="Independent advocates")


def team_moved(town: Town) -> None:  # noqa: F811
    change(town.service, organisation_id=town.helpers.organisation_id)


def organisation_renamed(town: Town) -> None:  # noqa: F811
    change(town.service.organisation, name="Speaking Up")


def organisation_of_another_kind(town: Town) -> None:  # noqa: F811
    change(town.service.organisation, kind=roles.ADVOCACY)


@pytest.mark.parametrize(
    "done", [team_renamed, team_moved, organisation_renamed, organisation_of_another_kind]
)
def test_nobody_chooses_a_team_that_is_called_something_else(town, done: Callable[..., None]):  # noqa: F811
    done(town)
    page = opened(town.person, "testimony:step", town.testimony.id, "readers")
    assert is_said(page)
    for said in ("Independent advocates", "Speaking Up"):
        assert said not in page.content.decode()
    assert findings()


@pytest.fixture
def invitation(town: Town) -> Invitation:  # noqa: F811
    people.invite(town.steward.user, roles.RESPONDER, town.service)
    return Invitation.objects.get()


@pytest.mark.parametrize(
    "values",
    [{"role": roles.STEWARD, "team": None}, {"ends_on": "2099-01-01"}, {"secret_mark": bytes(32)}],
)
def test_an_invitation_that_was_changed_lets_nobody_in(town, invitation, values):  # noqa: F811
    before = User.objects.count()
    change(invitation, **values)
    with pytest.raises(Tampered):
        people.accept(invitation, kit.OTHER, sign_in_name="mal", name="Mal Reed")
    assert User.objects.count() == before
    assert any(f"invitation {invitation.id}" in each for each in findings())


@pytest.mark.parametrize("whole", [True, False], ids=["with its old mark", "by hand"])
def test_an_invitation_that_was_used_is_not_used_again(town, invitation, whole):  # noqa: F811
    kept = outside.copy(Invitation)
    people.accept(invitation, kit.OTHER, sign_in_name="cy", name="Cy Marsh")
    outside.put_back(kept) if whole else change(invitation, used=False)
    with pytest.raises(Tampered):
        people.accept(invitation, kit.OTHER, sign_in_name="mal", name="Mal Reed")
    assert not User.objects.filter(name="Mal Reed").exists()


def test_a_link_to_begin_again_that_was_used_is_not_used_again(town):  # noqa: F811
    people.reset(town.steward.user, town.colleague.user)
    link, kept = Invitation.objects.get(), outside.copy(Invitation)
    people.accept(link, kit.OTHER)
    ring = User.objects.get(id=town.colleague.user.id).keyring_id
    outside.put_back(kept)
    with pytest.raises(people.Spent):
        people.accept(link, "quite another passphrase")
    assert User.objects.get(id=town.colleague.user.id).keyring_id == ring


def test_an_invitation_that_was_cancelled_and_put_back_is_found_by_check(town, invitation):  # noqa: F811
    from firsthand.access import anchors

    kept = outside.copy(Invitation)
    people.cancel(invitation)
    anchors.write()
    outside.put_back(kept)
    assert f"invitation {invitation.id} (its row was put back or taken out)" in str(findings())


# -- which words lie where --------------------------------------------------------------------


def test_a_telling_that_points_at_other_words_is_not_shared(town):  # noqa: F811
    """The words of a telling kept to themselves, put behind one they want to share."""
    secret, spare = tell(town.person, []), Item.objects.create(owner_id=town.person.keys.id)
    change(secret, item_id=spare.id)
    change(town.testimony, item_id=secret.item_id)
    address = ("testimony:step", town.testimony.id, "readers")
    assert is_said(opened(town.person, *address))
    assert opened(town.person, *address, teams=[str(town.service.id)]).status_code == 500
    assert items.readers(secret.item_id) == {town.person.keys.id}


def test_a_file_that_points_at_other_words_is_not_shared(town):  # noqa: F811
    clean = CleanFile("a.txt", "text", "text/plain", b"words in a file")
    file = attaching.add(town.person.doer, town.testimony, clean)
    secret = Item.objects.create(owner_id=town.person.keys.id)
    change(file, item_id=secret.id)
    with pytest.raises(Tampered):
        telling.share(
            town.person.doer, town.testimony,
            items.unlock(town.testimony.item_id, town.person.doer.keys), town.helpers, None,
        )  # fmt: skip


@pytest.mark.parametrize("column", ["team_id", "item_id", "testimony_id"])
def test_nothing_is_written_into_a_conversation_that_points_elsewhere(town, column):  # noqa: F811
    elsewhere = town.stranger.user.memberships.get().team_id
    spare = Item.objects.create(owner_id=town.person.keys.id)
    second = tell(town.person, [])
    values = {"team_id": elsewhere, "item_id": spare.id, "testimony_id": second.id}
    row = town.request
    change(row, **{column: values[column]})
    for who, page in [(town.person, "repair:conversation"), (town.person, "repair:asks"),
                      (town.responder, "repair:request")]:  # fmt: skip
        answer = opened(who, page, row.id, text="For the service alone.", number="n" * 22)
        assert answer.status_code == 500, page
    assert not Message.objects.exists()
    with pytest.raises(Tampered):
        repair.close(town.person.doer, row)
    assert any(str(row.id) in each for each in findings())
    assert Request._base_manager.filter(id=row.id).count() == 1


def test_a_key_asked_for_by_hand_is_not_given_when_sharing_ends(town):  # noqa: F811
    theirs = town.stranger.user.keyring_id
    family = items.family(town.testimony.item_id)
    for item in family:
        Wrap.objects.create(item_id=item, keyring_id=theirs, key_version=1, body=b"made up")
    telling.stop_sharing(town.person.doer, town.testimony, town.helpers)
    resealed = Item.objects.filter(id__in=family, key_version=2).values_list("id", flat=True)
    assert town.testimony.item_id in resealed
    assert not Wrap.objects.filter(item_id__in=resealed, keyring_id=theirs).exists()
    assert opened(town.responder, "repair:request", town.request.id).status_code == 200
