"""Items: whoever holds a wrap reads; whoever touches a row is noticed."""

import uuid

import pytest

from firsthand.vault import items
from firsthand.vault.items import Stale
from firsthand.vault.keyrings import Locked
from firsthand.vault.models import Chunk, Item, Keyring, Sealed, Wrap
from firsthand.vault.rules import CONTENTS
from firsthand.vault.seal import Tampered
from tests.vault.conftest import holder

pytestmark = pytest.mark.django_db

SAID = {"happened": b"words", "when": b"spring"}


@pytest.fixture
def item(owner):
    return items.create(owner[1], SAID)


def rows(item: uuid.UUID, field: str) -> tuple[int, bytes]:
    row = Sealed.objects.get(item_id=item, field=field)
    return row.version, bytes(row.body)


def put_back(item: uuid.UUID, field: str, was: tuple[int, bytes]) -> None:
    Sealed.objects.filter(item_id=item, field=field).update(version=was[0], body=was[1])


def test_the_owner_reads_what_was_kept(owner, item):
    opened = items.unlock(item.id, [owner[0]])
    assert items.read_all(opened) == SAID
    assert items.read(opened, "when") == b"spring"
    assert items.read(opened, "where") is None
    assert opened.owner == owner[1].id


def test_nobody_else_does(other, item):
    for hands in ([other[0]], []):
        with pytest.raises(Locked):
            items.unlock(item.id, hands)


def test_there_is_no_difference_to_an_item_that_is_not_there(owner):
    with pytest.raises(Locked):
        items.unlock(uuid.uuid4(), [owner[0]])


def test_no_row_holds_a_word(item):
    for row in Sealed.objects.all():
        assert b"words" not in bytes(row.body)
        assert len(row.body) == 1 + 24 + 256 + 16


def test_each_write_moves_the_revision_and_leaves_the_other_fields(owner, item):
    written = items.write(item, {"when": b"autumn"})
    assert (item.revision, written.revision) == (1, 2)
    assert dict(written.versions) == {"happened": 1, "when": 2}
    assert items.read_all(items.unlock(item.id, [owner[0]])) == {**SAID, "when": b"autumn"}
    assert written.digest == items.unlock(item.id, [owner[0]]).digest != item.digest


def test_two_who_write_at_once_do_not_overwrite_each_other_unseen(owner, item):
    items.write(item, {"when": b"autumn"})
    with pytest.raises(Stale):
        items.write(item, {"when": b"winter"})
    assert items.read(items.unlock(item.id, [owner[0]]), "when") == b"autumn"


def test_locking_a_row_that_is_not_there_says_so():
    with pytest.raises(Item.DoesNotExist):
        items.lock(uuid.uuid4())


def test_locking_gives_the_row(item):
    assert items.lock(item.id).id == item.id


# -- sharing and taking back ------------------------------------------------------------------


def test_whoever_it_is_shared_with_reads_it(other, item):
    items.share(item, other[1])
    assert items.read_all(items.unlock(item.id, [other[0]])) == SAID
    assert items.readers(item.id) == {item.owner, other[1].id}


def test_sharing_at_the_making_does_the_same(owner, other):
    made = items.create(owner[1], SAID, to=[other[1], owner[1]])
    assert items.read_all(items.unlock(made.id, [other[0]])) == SAID
    assert items.readers(made.id) == {owner[1].id, other[1].id}


def test_an_item_can_be_given_its_id_and_what_it_is_under(owner, item):
    chosen = uuid.uuid4()
    part = items.create(owner[1], SAID, under=item.id, item=chosen)
    assert part.id == chosen
    assert items.family(item.id) == [item.id, chosen]
    assert items.family(chosen) == [chosen]


def test_nothing_is_shared_with_a_swapped_key(owner, other, item):
    Keyring.objects.filter(id=other[1].id).update(seal_public=owner[1].seal_public)
    with pytest.raises(Tampered):
        items.share(item, Keyring.objects.get(id=other[1].id))
    assert items.readers(item.id) == {item.owner}


def test_a_new_key_shuts_out_whom_it_leaves_out_and_nobody_else(owner, other, item):
    third, third_ring = holder("team")
    items.share(item, other[1])
    items.share(item, third_ring)
    old = Wrap.objects.get(item_id=item.id, keyring=other[1])
    resealed = items.rekey(item, [third_ring])
    assert resealed.key != item.key
    assert resealed.key_version == 2
    with pytest.raises(Locked):
        items.unlock(item.id, [other[0]])
    for keys in (owner[0], third):
        assert items.read_all(items.unlock(item.id, [keys])) == SAID
    # the wrap they had, put back by hand, opens nothing either
    Wrap.objects.create(item_id=item.id, keyring=other[1], key_version=1, body=old.body)
    with pytest.raises(Tampered):
        items.unlock(item.id, [other[0]])


def test_a_row_put_there_by_hand_is_given_no_key_when_it_is_sealed_again(owner, other, item):
    Wrap.objects.create(item_id=item.id, keyring=other[1], key_version=1, body=b"made up")
    items.rekey(item, [])
    assert items.readers(item.id) == {item.owner}
    with pytest.raises(Locked):
        items.unlock(item.id, [other[0]])


def test_the_old_key_opens_nothing_that_was_sealed_again(owner, item):
    items.rekey(item, [])
    with pytest.raises(Tampered):
        items.read_all(item)


def test_a_file_is_sealed_again_too(owner, other, item):
    items.attach(item, b"picture")
    items.share(item, other[1])
    before = [bytes(row.body) for row in Chunk.objects.all()]
    items.rekey(item, [])
    assert b"".join(items.file_of(items.unlock(item.id, [owner[0]]))) == b"picture"
    assert [bytes(row.body) for row in Chunk.objects.all()] != before


# -- files ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 5, 256 * 1024, 2_500_000])
def test_a_file_comes_back_whole(owner, item, size):
    content = bytes(n % 251 for n in range(size))
    items.attach(item, content)
    assert b"".join(items.file_of(items.unlock(item.id, [owner[0]]))) == content


def test_attaching_again_replaces_the_file(item):
    items.attach(item, b"one" * 200_000)
    items.attach(item, b"two")
    assert b"".join(items.file_of(item)) == b"two"


def test_a_file_with_a_chunk_gone_or_swapped_is_noticed(item):
    items.attach(item, b"x" * 600_000)
    last = Chunk.objects.order_by("place").last()
    body = last.body
    Chunk.objects.filter(id=last.id).update(body=Chunk.objects.order_by("place")[1].body)
    with pytest.raises(Tampered):
        list(items.file_of(item))
    Chunk.objects.filter(id=last.id).update(body=body)
    assert len(b"".join(items.file_of(item))) == 600_000
    last.delete()
    with pytest.raises(Tampered):
        list(items.file_of(item))


def test_a_file_of_another_item_is_noticed(owner, item):
    items.attach(item, b"mine")
    other = items.create(owner[1], SAID)
    items.attach(other, b"not mine")
    Chunk.objects.filter(item_id=item.id).delete()
    Chunk.objects.filter(item_id=other.id).update(item_id=item.id)
    with pytest.raises(Tampered):
        list(items.file_of(item))


# -- erasing ----------------------------------------------------------------------------------


def test_erasing_leaves_tombstones_and_not_a_byte_of_content(owner, item):
    part = items.create(owner[1], SAID, under=item.id)
    items.attach(part, b"picture")
    items.erase(item.id)
    assert not Wrap.objects.exists()
    assert not Sealed.objects.exists()
    assert not Chunk.objects.exists()
    assert set(Item.objects.values_list("erased", flat=True)) == {True}
    with pytest.raises(Locked):
        items.unlock(item.id, [owner[0]])


def test_erasing_a_part_leaves_the_whole(owner, item):
    part = items.create(owner[1], SAID, under=item.id)
    items.erase(part.id)
    assert items.read_all(items.unlock(item.id, [owner[0]])) == SAID


def test_what_was_erased_stays_closed_even_when_its_rows_are_put_back(owner, item):
    wraps, fields = list(Wrap.objects.all()), list(Sealed.objects.all())
    items.erase(item.id)
    Wrap.objects.bulk_create(wraps)
    Sealed.objects.bulk_create(fields)
    with pytest.raises(Locked):
        items.unlock(item.id, [owner[0]])


# -- tampering --------------------------------------------------------------------------------


def test_a_field_put_back_from_yesterday_is_noticed(owner, item):
    was = rows(item.id, "happened")
    items.write(item, {"happened": b"new words"})
    put_back(item.id, "happened", was)
    with pytest.raises(Tampered):
        items.read_all(items.unlock(item.id, [owner[0]]))


def test_a_field_put_back_under_the_new_version_is_noticed(owner, item):
    was = rows(item.id, "happened")
    items.write(item, {"happened": b"new words"})
    put_back(item.id, "happened", (2, was[1]))
    with pytest.raises(Tampered):
        items.read_all(items.unlock(item.id, [owner[0]]))


def test_two_fields_swapped_are_noticed(owner, item):
    one, two = rows(item.id, "happened"), rows(item.id, "when")
    put_back(item.id, "happened", two)
    put_back(item.id, "when", one)
    with pytest.raises(Tampered):
        items.read_all(items.unlock(item.id, [owner[0]]))


def test_a_dropped_field_is_noticed(owner, item):
    Sealed.objects.filter(field="when").delete()
    opened = items.unlock(item.id, [owner[0]])
    assert items.read(opened, "happened") == b"words"
    with pytest.raises(Tampered):
        items.read_all(opened)
    with pytest.raises(Tampered):
        items.unlock_all(item.id, [owner[0]])


def test_the_field_of_another_item_is_noticed(owner, item):
    other = items.create(owner[1], SAID)
    put_back(item.id, "happened", rows(other.id, "happened"))
    with pytest.raises(Tampered):
        items.read_all(items.unlock(item.id, [owner[0]]))


@pytest.mark.parametrize("change", ["revision", "key_version"])
def test_a_changed_item_row_is_noticed(owner, item, change):
    Item.objects.filter(id=item.id).update(**{change: 7})
    with pytest.raises(Tampered):
        items.unlock(item.id, [owner[0]])


def test_the_list_of_contents_put_back_alone_is_noticed(owner, item):
    was = rows(item.id, CONTENTS)
    items.write(item, {"when": b"autumn"})
    put_back(item.id, CONTENTS, was)
    with pytest.raises(Tampered):
        items.unlock(item.id, [owner[0]])
    put_back(item.id, CONTENTS, (2, was[1]))
    with pytest.raises(Tampered):
        items.unlock(item.id, [owner[0]])


def test_the_whole_item_put_back_shows_another_state_than_the_log_will(owner, item):
    before = {field: rows(item.id, field) for field in ("happened", CONTENTS)}
    written = items.write(item, {"happened": b"new words"})
    for field, was in before.items():
        put_back(item.id, field, was)
    Item.objects.filter(id=item.id).update(revision=1)
    assert items.unlock(item.id, [owner[0]]).digest == item.digest != written.digest


def test_a_wrap_moved_to_another_item_or_keyring_is_noticed(owner, other, item):
    second = items.create(owner[1], SAID)
    body = Wrap.objects.get(item_id=second.id).body
    Wrap.objects.filter(item_id=item.id).update(body=body)
    with pytest.raises(Tampered):
        items.unlock(item.id, [owner[0]])
    Wrap.objects.create(item_id=item.id, keyring=other[1], key_version=1, body=body)
    with pytest.raises(Tampered):
        items.unlock(item.id, [other[0]])


def test_rows_say_what_they_are_without_saying_what_they_hold(item):
    items.attach(item, b"x")
    assert str(Item.objects.get()) == f"item {item.id}"
    assert str(Sealed.objects.get(field="when")) == f"when of {item.id}"
    assert str(Chunk.objects.first()) == f"chunk 0 of {item.id}"
    assert str(Wrap.objects.get()) == f"wrap of {item.id}"
