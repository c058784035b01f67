"""Guessing is slowed, nobody is shut out, and no address, name or receipt is kept."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from firsthand.access import limits
from firsthand.access.models import Tries
from firsthand.access.near import DayKey
from firsthand.access.near import near as near_of

OFFICE, CAFE = b"an office's mark", b"a cafe's mark"


def wait_of(kind: str, *parts: object, near: bytes = b"") -> int:
    """Return the seconds asked for by one more try; 0 when it may be made."""
    try:
        limits.check(kind, *parts, near=near)
    except limits.SlowDown as slow:
        return slow.seconds
    return 0


def let_pass(seconds: float) -> None:
    """Move every bucket back in time."""
    for row in Tries.objects.all():
        row.at -= dt.timedelta(seconds=seconds)
        row.empty_at -= dt.timedelta(seconds=seconds)
        row.save()


def guesses_in(hours: float, name: str, near: bytes) -> int:
    """Return how many guesses someone who never rests gets in."""
    made, clock = 0, 0.0
    while clock < hours * 3600:
        wait = wait_of(limits.RECEIPT, name, near=near)
        made += not wait
        let_pass(wait)
        clock += wait
    return made


@pytest.mark.django_db
def test_a_few_slips_cost_nothing():
    assert [wait_of(limits.RECEIPT, "mine", near=OFFICE) for _ in range(5)] == [0] * 5


@pytest.mark.django_db
def test_pauses_grow_and_stop_growing_at_fifteen_minutes():
    seen = []
    for _ in range(20):
        while wait := wait_of(limits.RECEIPT, "mine", near=OFFICE):
            seen.append(wait)
            let_pass(wait)
    assert seen[0] <= 16
    assert max(seen) <= 15 * 60 + 1
    assert seen[3] > seen[0]


@pytest.mark.django_db
def test_a_guesser_from_one_place_gets_fewer_than_two_hundred_tries_a_day():
    assert guesses_in(24, "theirs", CAFE) < 200


@pytest.mark.django_db
def test_a_guesser_in_many_places_gets_fewer_than_a_thousand_tries_a_day():
    assert guesses_in(24, "theirs", b"") < 1000


@pytest.mark.django_db
def test_trying_many_receipts_from_one_place_is_slowed_too():
    waits = [wait_of(limits.RECEIPT, f"receipt {n}", near=CAFE) for n in range(150)]
    assert not any(waits[:100])
    assert waits[-1] > 0


@pytest.mark.django_db
def test_twenty_people_behind_one_address_all_come_in():
    for person in range(20):
        for _slip in range(4):
            assert not wait_of(limits.SIGN_IN, f"person {person}", near=OFFICE)
        assert not wait_of(limits.SIGN_IN, f"person {person}", near=OFFICE)
        limits.passed(limits.SIGN_IN, f"person {person}", near=OFFICE)


@pytest.mark.django_db
def test_someone_else_guessing_elsewhere_does_not_shut_a_person_out():
    for _ in range(30):
        wait_of(limits.RECEIPT, "mine", near=CAFE)
    assert wait_of(limits.RECEIPT, "mine", near=CAFE) > 0
    assert wait_of(limits.RECEIPT, "mine", near=OFFICE) == 0


@pytest.mark.django_db
def test_even_guessing_from_everywhere_holds_a_person_up_two_minutes_at_most():
    for place in range(500):
        if wait := wait_of(limits.RECEIPT, "mine", near=b"place %d" % place):
            assert wait <= 121
            let_pass(wait)
    assert wait_of(limits.RECEIPT, "mine", near=OFFICE) <= 121


@pytest.mark.django_db
def test_coming_in_leaves_nothing_behind():
    wait_of(limits.RECEIPT, "mine", near=OFFICE)
    limits.passed(limits.RECEIPT, "mine", near=OFFICE)
    assert not Tries.objects.exists()


@pytest.mark.django_db
def test_coming_in_without_having_tried_changes_nothing():
    limits.passed(limits.RECEIPT, "mine", near=OFFICE)
    assert not Tries.objects.exists()


@pytest.mark.django_db
def test_coming_in_does_not_wipe_out_what_others_tried_from_elsewhere():
    for _ in range(10):
        wait_of(limits.RECEIPT, "mine", near=CAFE)
    before = wait_of(limits.RECEIPT, "mine", near=CAFE)
    limits.check(limits.RECEIPT, "mine", near=OFFICE)
    limits.passed(limits.RECEIPT, "mine", near=OFFICE)
    assert wait_of(limits.RECEIPT, "mine", near=CAFE) >= before - 1


@pytest.mark.django_db
def test_empty_buckets_are_forgotten_and_full_ones_are_not():
    wait_of(limits.RECEIPT, "mine", near=OFFICE)
    limits.forget_old()
    assert Tries.objects.exists()
    let_pass(3600)
    limits.forget_old()
    assert not Tries.objects.exists()


@pytest.mark.django_db
def test_a_kind_nobody_thought_of_is_a_mistake():
    with pytest.raises(ValueError, match="no limit called"):
        limits.check("guess", "mine")


@pytest.mark.django_db
def test_nothing_typed_and_no_address_is_in_the_rows():
    request = RequestFactory().post("/", REMOTE_ADDR="198.51.100.77")
    for _ in range(3):
        limits.check(limits.SIGN_IN, "zebra-lantern", near=near_of(request))
    held = b"".join(bytes(row.mark) for row in Tries.objects.all())
    assert b"zebra" not in held
    assert b"198.51" not in held


@pytest.mark.django_db(transaction=True)
def test_many_tries_at_once_are_each_counted():
    refused = []

    def guess() -> None:
        refused.append(wait_of(limits.RECEIPT, "mine", near=OFFICE) > 0)
        connection.close()

    threads = [threading.Thread(target=guess) for _ in range(16)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert refused.count(False) == 5


# -- much from one place ----------------------------------------------------------------------

MEGABYTE = 1024 * 1024


def room_for(kind: str, near: bytes, many: int = 1) -> int:
    """Return the seconds asked for before there is room for `many` more; 0 when there is."""
    try:
        limits.make_room(kind, near, many)
    except limits.SlowDown as slow:
        return slow.seconds if slow.busy else -1
    return 0


def most_in_a_day(kind: str, many: int) -> int:
    """Return how many a machine that never rests gets in."""
    made, clock = 0, 0.0
    while clock < 24 * 3600:
        wait = room_for(kind, CAFE, many)
        made += 0 if wait else many
        let_pass(wait)
        clock += wait
    return made


@pytest.mark.django_db
def test_twenty_people_behind_one_address_tell_three_times_each_and_nobody_waits():
    assert not any(room_for(limits.TELLING, OFFICE) for _ in range(60))
    assert room_for(limits.TELLING, OFFICE) <= 16
    assert room_for(limits.TELLING, CAFE) == 0


@pytest.mark.django_db
def test_twenty_people_behind_one_address_add_a_hundred_megabytes_each_and_nobody_waits():
    for _ in range(20):
        sizes = [5 * MEGABYTE - 1] * 20
        limits.make_room_for_files(OFFICE, sizes)
    with pytest.raises(limits.SlowDown):
        limits.make_room_for_files(OFFICE, [1])
    limits.make_room_for_files(OFFICE, [])


@pytest.mark.django_db
def test_one_machine_begins_fewer_than_four_hundred_tellings_a_day():
    assert most_in_a_day(limits.TELLING, 1) < 400


@pytest.mark.django_db
def test_three_hundred_people_behind_one_address_answer_a_survey_and_nobody_waits():
    limits.make_room(limits.ANSWERING, OFFICE, 299)
    assert room_for(limits.ANSWERING, OFFICE) == 0
    assert 0 < room_for(limits.ANSWERING, OFFICE) <= 61
    assert room_for(limits.ANSWERING, CAFE) == 0


@pytest.mark.django_db
def test_one_machine_sends_less_than_eight_gigabytes_a_day():
    assert most_in_a_day(limits.FILE, 20) < 8000


@pytest.mark.django_db
def test_nobody_waits_longer_than_five_minutes_for_what_others_sent_from_here():
    for _ in range(200):
        wait = room_for(limits.TELLING, OFFICE)
        assert wait <= 301
        let_pass(wait)


@pytest.mark.django_db
def test_what_came_from_here_is_forgotten_and_holds_no_address():
    request = RequestFactory().post("/", REMOTE_ADDR="198.51.100.77")
    limits.make_room(limits.TELLING, near_of(request))
    assert b"198.51" not in bytes(Tries.objects.get().mark)
    let_pass(301)
    limits.forget_old()
    assert not Tries.objects.exists()


@pytest.mark.django_db
def test_a_place_that_is_not_known_has_no_limit():
    assert not any(room_for(limits.TELLING, b"") for _ in range(70))
    assert not Tries.objects.exists()


@pytest.mark.django_db
def test_the_limit_is_lifted_only_where_that_was_chosen(settings):
    settings.FIRSTHAND_NO_LIMIT_ON_TELLING = True
    assert not any(room_for(limits.TELLING, OFFICE) for _ in range(70))
    settings.FIRSTHAND_NO_LIMIT_ON_TELLING = False
    assert not any(room_for(limits.TELLING, OFFICE) for _ in range(60))
    assert room_for(limits.TELLING, OFFICE) > 0


def test_yesterdays_marks_cannot_be_made_again():
    day = timezone.localdate()
    key = DayKey(day)
    first = key.mark(day, "198.51.100.77")
    assert key.mark(day, "198.51.100.77") == first
    assert key.mark(day + dt.timedelta(days=1), "198.51.100.77") != first
    assert key.mark(day, "198.51.100.77") != first


def marked(settings, **meta: str) -> bytes:
    return near_of(RequestFactory().get("/", **meta))


def test_a_household_with_many_ipv6_addresses_is_one_place(settings):
    one = marked(settings, REMOTE_ADDR="2001:db8:1:2::10")
    assert marked(settings, REMOTE_ADDR="2001:db8:1:2:ffff::1") == one
    assert marked(settings, REMOTE_ADDR="2001:db8:1:3::10") != one


def test_an_ipv4_address_is_the_same_place_written_either_way(settings):
    plain = marked(settings, REMOTE_ADDR="198.51.100.77")
    assert marked(settings, REMOTE_ADDR="::ffff:198.51.100.77") == plain


def test_a_forwarded_address_counts_only_behind_our_own_proxy(settings):
    forged = {"REMOTE_ADDR": "198.51.100.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9, 203.0.113.5"}
    settings.FIRSTHAND_BEHIND_PROXY = False
    assert marked(settings, **forged) == marked(settings, REMOTE_ADDR="198.51.100.1")
    settings.FIRSTHAND_BEHIND_PROXY = True
    assert marked(settings, **forged) != marked(settings, REMOTE_ADDR="198.51.100.1")
    other = forged | {"HTTP_X_FORWARDED_FOR": "192.0.2.1, 203.0.113.5"}
    assert marked(settings, **other) == marked(settings, **forged)


def test_an_unknown_place_has_no_mark(settings):
    settings.FIRSTHAND_BEHIND_PROXY = False
    assert marked(settings, REMOTE_ADDR="") == b""
