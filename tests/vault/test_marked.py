"""Rows under the server's mark: one changed from outside cannot be loaded, nor made good by us."""

import pytest
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from firsthand.people import rules
from firsthand.people.models import Invitation, Membership, Organisation, Team, User
from firsthand.vault import sweep
from firsthand.vault.marked import Marked
from firsthand.vault.seal import Tampered
from tests.people import kit

pytestmark = pytest.mark.django_db

# What decides nothing about who may read, or is bound elsewhere: the conversation's other columns
# are sealed in its item (repair.binding), or follow from it.
UNMARKED = {
    "people.user": {"joined_on"},
    "people.team": {"notice"},
    "people.epoch": {"id"},
    "people.membership": {"id", "since"},
    "people.invitation": {"made_by_id"},
    "consultation.facilitator": {"since", "notice"},
    "consultation.groupmember": {"number", "invited_id", "name", "joined_on", "pay", "sheet_id"},
    "testimony.testimony": {"stage", "begun_on", "told_on"},
    "testimony.attachment": {"place"},
    "repair.request": {
        "kind", "stage", "made_on", "until", "answer_due", "next_due", "turns", "promised",
        "running", "opened", "answered", "unread_by_team", "unread_by_person", "reminded",
    },
}  # fmt: skip


def tables() -> list[type[Marked]]:
    return sorted(sweep.tables(), key=lambda model: model._meta.label_lower)


@pytest.mark.parametrize("model", tables(), ids=lambda model: model._meta.label_lower)
def test_every_column_is_under_the_mark_or_named_as_one_that_decides_nothing(model):
    columns = {each.attname for each in model._meta.concrete_fields} - {"proof"}
    assert columns - set(model.MARKED) == UNMARKED.get(model._meta.label_lower, set())


@pytest.fixture
def team() -> Team:
    return kit.team()


def outside(row: Marked, **values: object) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize("column", [each for each in Team.MARKED if each != "id"])
def test_a_column_changed_from_outside_is_noticed(team, column):
    other = kit.organisation(name="Another").id
    values = {"organisation_id": other, "name": "x", "active": False, "running": 1, "version": 2}
    outside(team, **{column: values[column]})
    with pytest.raises(Tampered):
        Team.objects.get()
    with pytest.raises(Tampered):
        team.refresh_from_db()
    assert sweep.changed_rows(Team) == [team.id]


def test_a_mark_of_another_row_or_no_mark_at_all_is_noticed(team):
    for proof in (kit.team(name="Night team").proof, b"", bytes(32)):
        outside(team, proof=proof)
        with pytest.raises(Tampered):
            Team.objects.get(id=team.id)


def test_a_row_made_up_by_hand_is_noticed():
    made_up = User(username="made up", role=rules.STEWARD, name="Mal", joined_on="2026-01-01")
    User._base_manager.bulk_create([made_up])
    with pytest.raises(Tampered):
        User.objects.get()


def test_what_decides_nothing_may_change(team):
    Team.objects.filter(id=team.id).update(notice="waiting")
    assert Team.objects.get().notice == "waiting"


def test_the_mark_follows_whatever_way_a_row_is_kept(team):
    body = Organisation.objects.bulk_create([Organisation(name="One", kind="provider")])[0]
    made, _ = Organisation.objects.get_or_create(name="Two", kind="provider")
    Organisation.objects.update_or_create(name="Two", defaults={"place": "Kent"})
    assert {each.name for each in Organisation.objects.exclude(id=team.organisation_id)} == {
        "One",
        "Two",
    }
    assert Organisation.objects.get(id=made.id).place == "Kent"
    assert sweep.changed_rows(Organisation) == []
    assert str(body) == "One"


def test_nothing_under_the_mark_is_changed_in_bulk(team):
    with pytest.raises(TypeError):
        Team.objects.update(name="x")
    with pytest.raises(TypeError):
        team.organisation.teams.update(organisation=team.organisation)
    with pytest.raises(TypeError):
        Team.objects.bulk_update([team], ["name"])
    with pytest.raises(TypeError):
        User.objects.update(is_active=False)


def test_changes_are_counted_and_nothing_else_is(team):
    team.name = "Day team"
    team.save()
    team.save()
    team.notice = "due"
    team.save(update_fields=["notice"])
    assert (Team.objects.get().version, Team.objects.get().name) == (2, "Day team")


def test_two_who_change_a_row_at_once_keep_what_each_changed(team):
    one, two = Team.objects.get(), Team.objects.get()
    one.running = 3
    one.save(update_fields=["running"])
    two.name = "Day team"
    two.save()
    found = Team.objects.get()
    assert (found.running, found.name, found.version) == (3, "Day team", 3)
    assert two.running == 3


def test_keeping_a_row_as_it_was_loaded_undoes_nobodys_change(team):
    mine = Team.objects.get()
    team.name = "Day team"
    team.save()
    mine.notice = "due"
    mine.save()
    assert (Team.objects.get().name, Team.objects.get().notice) == ("Day team", "due")


def test_what_is_not_to_be_kept_is_not_marked_as_if_it_were(team):
    team.name, team.active = "Not kept", False
    team.save(update_fields=["active"])
    found = Team.objects.get()
    assert (found.name, found.active) == ("Duty team", False)


def test_keeping_a_row_does_not_make_a_change_from_outside_good(team):
    outside(team, name="x")
    team.active = False
    with pytest.raises(Tampered):
        team.save(update_fields=["active"])
    team.notice = "due"
    team.save(update_fields=["notice"])
    with pytest.raises(Tampered):
        Team.objects.get()


def test_a_row_that_was_loaded_in_part_cannot_be_kept(team):
    part = Team.objects.only("name").get()
    part.name = "Day team"
    with pytest.raises(ValueError, match="whole row"):
        part.save()
    assert part.active, "the rest is there when it is asked for"


def test_what_is_taken_out_with_something_else_needs_no_mark(team):
    kit.staff(team=team)
    Membership.objects.all().delete()
    Team.objects.filter(id=team.id).delete()
    assert not Team.objects.exists()


def test_a_passphrase_hashed_anew_at_sign_in_is_under_the_mark(settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    fox = kit.person().user
    fox.password = make_password("old one", hasher="pbkdf2_sha256")
    fox.save()
    assert User.objects.get().check_password("old one")
    assert User.objects.get().password.startswith("md5$")


def test_days_and_bytes_are_marked_as_the_database_gives_them_back():
    Invitation.objects.create(
        role=rules.STEWARD, secret_mark=memoryview(b"m" * 32), ends_on=timezone.localdate()
    )
    row = Invitation.objects.get()
    assert row.mark() == bytes(row.proof)
