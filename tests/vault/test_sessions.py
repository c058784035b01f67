"""Sittings: sealed, found by a mark of the cookie's secret, over after fifteen quiet minutes."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.test import Client, RequestFactory
from django.utils import timezone

from firsthand.vault import sessions
from firsthand.vault.models import Sitting, Unlocker
from firsthand.vault.sessions import SessionStore, SittingMiddleware, name_of
from tests.vault.conftest import holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting() -> SessionStore:
    store = SessionStore()
    store["said"] = "something private"
    store.save()
    return store


def again(store: SessionStore) -> SessionStore:
    """The same cookie, on the next request."""
    return SessionStore(store.session_key)


def quiet_for(minutes: int) -> None:
    for row in Sitting.objects.all():
        Sitting.objects.filter(id=row.id).update(quiet_at=row.quiet_at - timedelta(minutes=minutes))


def test_a_sitting_comes_back_by_its_cookie_alone(sitting):
    assert again(sitting)["said"] == "something private"
    assert SessionStore("another-secret-of-a-cookie").get("said") is None
    assert SessionStore(None).get("said") is None


def test_the_row_names_neither_the_secret_nor_what_is_kept(sitting):
    row = Sitting.objects.get()
    assert row.id == name_of(sitting.secret) != sitting.secret
    assert b"private" not in bytes(row.sealed)
    assert sitting.exists(sitting.secret)
    assert not sitting.exists("another")


def test_fifteen_quiet_minutes_end_it(sitting):
    quiet_for(14)
    assert again(sitting).get("said")
    quiet_for(17)
    late = again(sitting)
    assert late.get("said") is None
    assert late.session_key is None


def test_coming_back_in_time_moves_the_end_on(sitting):
    quiet_for(10)
    before = Sitting.objects.get().quiet_at
    again(sitting).get("said")
    assert Sitting.objects.get().quiet_at - before >= timedelta(minutes=9)


def test_the_end_is_kept_to_the_minute_and_never_too_soon(sitting):
    end = Sitting.objects.get().quiet_at
    assert (end.second, end.microsecond) == (0, 0)
    assert timedelta(minutes=15) <= end - timezone.now() <= timedelta(minutes=16)


def test_reading_within_the_minute_writes_nothing(sitting, django_assert_num_queries):
    with django_assert_num_queries(1):
        again(sitting).get("said")


def test_a_row_moved_to_another_sitting_ends_both(sitting):
    other = SessionStore()
    other["said"] = "something else"
    other.save()
    body = Sitting.objects.get(id=name_of(other.secret)).sealed
    Sitting.objects.filter(id=name_of(sitting.secret)).update(sealed=body)
    request = RequestFactory().get("/", headers={"cookie": f"sitting={sitting.secret}"})
    SittingMiddleware(lambda request: None).process_request(request)
    assert request.session.get("said") is None


def test_saving_what_has_ended_meanwhile_is_an_error_not_a_new_sitting(sitting):
    late = again(sitting)
    late["more"] = 1
    sitting.delete()
    with pytest.raises(UpdateError):
        late.save()


def test_two_sittings_never_share_a_secret(sitting, monkeypatch):
    with pytest.raises(CreateError):
        again(sitting).save(must_create=True)
    assert Sitting.objects.count() == 1


def test_a_sitting_that_has_not_begun_has_no_secret_and_nothing_in_hand():
    store = SessionStore()
    assert store.in_hand() == []
    with pytest.raises(RuntimeError, match="not begun"):
        _ = store.secret


def test_holding_keys_begins_a_sitting_and_they_are_there_on_the_next_request():
    keys, _ = holder()
    store = SessionStore()
    store["begun"] = True
    store.hold(keys)
    store.save()
    assert again(store).in_hand() == [keys]
    again(store).let_go(keys)
    assert again(store).in_hand() == []


def test_exit_takes_the_keys_with_it(sitting):
    keys, _ = holder()
    sitting.hold(keys)
    secret = sitting.secret
    sitting.flush()
    assert not Unlocker.objects.exists()
    assert SessionStore(secret).in_hand() == []


def test_deleting_without_a_secret_deletes_nothing(sitting):
    SessionStore().delete()
    assert Sitting.objects.count() == 1
    SessionStore().delete(sitting.secret)
    assert Sitting.objects.count() == 0


def test_signing_in_changes_the_secret_and_keeps_the_keys(sitting):
    keys, _ = holder()
    sitting.hold(keys)
    old = sitting.secret
    sitting.cycle_key()
    assert sitting.secret != old
    assert again(sitting)["said"] == "something private"
    assert again(sitting).in_hand() == [keys]
    assert SessionStore(old).get("said") is None
    assert Sitting.objects.count() == 1


def test_the_old_secret_opens_receipts_for_a_while_and_nothing_else(sitting):
    own, receipt, later = holder()[0], holder("receipt")[0], holder()[0]
    sitting.hold(own)
    sitting.hold(receipt)
    old = sitting.secret
    sitting.cycle_key()
    sitting.hold(later)
    assert {keys.id for keys in again(sitting).in_hand()} == {own.id, receipt.id, later.id}
    assert SessionStore(old).in_hand() == [receipt]
    assert SessionStore(old).get("said") is None
    quiet_for(17)
    assert SessionStore(old).in_hand() == []


def test_an_old_secret_used_again_gives_up_its_receipts_once_more(sitting):
    receipt, _ = holder("receipt")
    sitting.hold(receipt)
    late = [again(sitting) for _ in range(2)]
    for store in (sitting, *late):
        store.renew()
        assert store.in_hand() == [receipt]


def test_exit_ends_the_secrets_that_went_before(sitting):
    receipt, _ = holder("receipt")
    sitting.hold(receipt)
    old = [sitting.secret]
    sitting.renew()
    old.append(sitting.secret)
    sitting.renew()
    sitting.save()
    again(sitting).flush()
    assert [SessionStore(secret).in_hand() for secret in old] == [[], []]
    assert not Unlocker.objects.exists()


def test_changing_a_secret_that_was_never_set_makes_one():
    store = SessionStore()
    store.cycle_key()
    assert store.secret


def test_ending_the_others_leaves_this_one(sitting):
    keys, _ = holder()
    sitting.hold(keys)
    other = SessionStore()
    other["begun"] = True
    other.hold(keys)
    sitting.end_others(keys.id)
    assert again(sitting).in_hand() == [keys]
    assert again(other).in_hand() == []


def test_what_is_over_is_cleared_away(sitting):
    quiet_for(20)
    SessionStore.clear_expired()
    assert not Sitting.objects.exists()


def test_someone_with_no_cookie_costs_no_question(django_assert_num_queries):
    with django_assert_num_queries(0):
        Client().get("/health/")


def test_the_cookie_is_for_this_site_and_this_browser_session_only(settings):
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
    assert sessions.SessionStore is SessionStore
