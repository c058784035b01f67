"""Items: sealed under their own key, opened by whoever holds a wrap of it.

Every write raises the item's revision and seals the list of its fields and their versions
anew, so that a swapped, dropped or rolled-back field is noticed at the next opening.
"""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.db import transaction

from firsthand.vault import derive
from firsthand.vault.keyrings import Locked, check
from firsthand.vault.keys import Keys, wrap_to
from firsthand.vault.models import Chunk, Item, Keyring, Sealed, Wrap
from firsthand.vault.rules import CONTENTS, context
from firsthand.vault.seal import Tampered, cut, new_key, seal, seal_file, unseal, unseal_file


class Stale(Exception):
    """The item was written to since it was opened; open it again and look."""


@dataclass(frozen=True, repr=False)
class OpenItem:
    """An item whose key is in hand. `versions` maps each field to its version."""

    id: uuid.UUID
    owner: uuid.UUID
    key: bytes
    key_version: int
    revision: int
    versions: Mapping[str, int]
    digest: bytes

    def place(self, *parts: object) -> bytes:
        """Return the one place in this item where something sealed belongs."""
        return context("item", self.id, self.key_version, *parts)


@transaction.atomic
def create(
    owner: Keyring,
    fields: Mapping[str, bytes],
    *,
    under: uuid.UUID | None = None,
    to: Iterable[Keyring] = (),
    item: uuid.UUID | None = None,
) -> OpenItem:
    """Store a new item of `owner`, readable by the owner and by `to`."""
    row = Item.objects.create(id=item or uuid.uuid4(), owner=owner, under_id=under)
    opened = OpenItem(row.id, owner.id, new_key(), 1, 0, {}, b"")
    _share_all(opened, owner, to)
    return write(opened, fields)


def unlock(item: uuid.UUID, hands: Iterable[Keys]) -> OpenItem:
    """Return the item opened by one of the keyrings in `hands`.

    Raises Locked when none of them has a wrap (or there is no such item), Tampered when
    anything about the item is not as it was left.
    """
    wrap, key = _unwrapped(item, hands)
    contents = Sealed.objects.filter(item_id=item, field=CONTENTS).first()
    return _opened(wrap, key, contents)


def unlock_all(item: uuid.UUID, hands: Iterable[Keys]) -> tuple[OpenItem, dict[str, bytes]]:
    """Return the item opened, and every field of it: `unlock` and `read_all` in one asking."""
    wrap, key = _unwrapped(item, hands)
    rows = {row.field: row for row in Sealed.objects.filter(item_id=item)}
    opened = _opened(wrap, key, rows.get(CONTENTS))
    if not set(opened.versions) <= set(rows):
        raise Tampered
    return opened, {field: _unseal_field(opened, rows[field]) for field in opened.versions}


def read(opened: OpenItem, field: str) -> bytes | None:
    """Return one field, or None when the item has none of that name. Raises Tampered."""
    return read_all(opened, [field]).get(field)


def read_all(opened: OpenItem, only: Iterable[str] | None = None) -> dict[str, bytes]:
    """Return every field (or `only` those named) that the item holds. Raises Tampered."""
    wanted = set(opened.versions if only is None else only) & set(opened.versions)
    rows = Sealed.objects.filter(item_id=opened.id, field__in=wanted)
    found = {row.field: _unseal_field(opened, row) for row in rows}
    if set(found) != wanted:
        raise Tampered
    return found


@transaction.atomic
def write(opened: OpenItem, fields: Mapping[str, bytes]) -> OpenItem:
    """Seal `fields` into the item and return it as it now stands.

    Raises Stale when the item has moved on since it was opened (`lock` it first).
    """
    versions = {**opened.versions, **{field: opened.versions.get(field, 0) + 1 for field in fields}}
    rows = [
        _sealed(
            opened,
            field,
            versions[field],
            seal(opened.key, plain, opened.place(field, versions[field])),
        )
        for field, plain in fields.items()
    ]
    return _close(replace(opened, versions=versions, revision=opened.revision + 1), rows)


def attach(opened: OpenItem, content: bytes) -> None:
    """Seal a file's bytes into the item, in chunks."""
    pieces = seal_file(opened.key, cut(content), opened.place("file"))
    Chunk.objects.filter(item_id=opened.id).delete()
    rows = (Chunk(item_id=opened.id, place=n, body=body) for n, body in enumerate(pieces))
    Chunk.objects.bulk_create(rows, batch_size=8)


def file_of(opened: OpenItem) -> Iterator[bytes]:
    """Yield a file's bytes, chunk by chunk. Raises Tampered, at the latest at the end."""
    rows = Chunk.objects.filter(item_id=opened.id).order_by("place")
    bodies = (bytes(row.body) for row in rows.iterator(chunk_size=8))
    return unseal_file(opened.key, bodies, opened.place("file"))


def checked_file_of(opened: OpenItem) -> Iterator[bytes]:
    """Yield a file's bytes once all of them were seen to be whole. Raises Tampered at once."""
    for _ in file_of(opened):
        pass  # nothing of a file that was changed is given out, not even its beginning
    return file_of(opened)


def lock(item: uuid.UUID) -> Item:
    """Return an item's row, locked until the transaction ends. Raises Item.DoesNotExist."""
    # Its key stays as it is, so that a line of the log that points at it need not wait for us.
    return Item.objects.select_for_update(no_key=True).get(id=item)


def share(opened: OpenItem, keyring: Keyring) -> None:
    """Let `keyring` open the item. Raises Tampered when its public key is not the one we stored."""
    made = _wrap(opened, keyring)
    Wrap.objects.update_or_create(
        item_id=opened.id,
        keyring=keyring,
        defaults={"key_version": made.key_version, "body": made.body},
    )


@transaction.atomic
def rekey(opened: OpenItem, to: Iterable[Keyring]) -> OpenItem:
    """Seal the item again under a new key, for its owner and `to`.

    Who had a key before is not asked: anyone who can write to the database could have put
    themselves there.
    """
    fields = read_all(opened)
    has_file = Chunk.objects.filter(item_id=opened.id).exists()
    content = b"".join(file_of(opened)) if has_file else None
    fresh = replace(opened, key=new_key(), key_version=opened.key_version + 1)
    Wrap.objects.filter(item_id=opened.id).delete()
    _share_all(fresh, Keyring.objects.get(id=opened.owner), to)
    if content is not None:
        attach(fresh, content)
    return write(fresh, fields)


@transaction.atomic
def erase(item: uuid.UUID) -> None:
    """Destroy the keys and content of an item and all under it; tombstones stay."""
    doomed = family(item)
    for table in (Wrap, Sealed, Chunk):
        table.objects.filter(item_id__in=doomed).delete()
    Item.objects.filter(id__in=doomed).update(erased=True)


def family(item: uuid.UUID) -> list[uuid.UUID]:
    """Return the ids of an item and of all that hangs under it, itself first."""
    found, edge = [item], [item]
    while edge:
        edge = list(Item.objects.filter(under_id__in=edge).values_list("id", flat=True))
        found += edge
    return found


def whole_of(item: uuid.UUID) -> uuid.UUID:
    """Return the id of the thing that an item is, or is a part of. Raises Item.DoesNotExist."""
    return above(item)[-1]


def above(item: uuid.UUID) -> list[uuid.UUID]:
    """Return the ids of an item and of all that it hangs under. Raises Item.DoesNotExist."""
    found: list[uuid.UUID] = []
    under: uuid.UUID | None = item
    while under is not None:
        found.append(under)
        under = Item.objects.values_list("under_id", flat=True).get(id=under)
    return found


def take_wraps(doomed: Iterable[uuid.UUID], keyrings: Iterable[uuid.UUID]) -> None:
    """Take items' keys from keyrings. Who holds an item's keys may `rekey` it besides."""
    Wrap.objects.filter(item_id__in=list(doomed), keyring_id__in=list(keyrings)).delete()


def readers(item: uuid.UUID) -> set[uuid.UUID]:
    """Return the ids of the keyrings that hold a wrap of the item."""
    return set(Wrap.objects.filter(item_id=item).values_list("keyring_id", flat=True))


def digest_at_rest(row: Item) -> bytes:
    """Return the mark of how an item stands, which whoever holds no keys can still compare."""
    contents = Sealed.objects.filter(item=row, field=CONTENTS).first()
    if contents is None:
        return b""
    return _digest(row.owner_id, row.revision, bytes(contents.body))


# -- the parts --------------------------------------------------------------------------------


def _share_all(opened: OpenItem, owner: Keyring, to: Iterable[Keyring]) -> None:
    holders = {owner.id: owner, **{each.id: each for each in to}}.values()
    Wrap.objects.bulk_create([_wrap(opened, keyring) for keyring in holders])


def _unwrapped(item: uuid.UUID, hands: Iterable[Keys]) -> tuple[Wrap, bytes]:
    by_id = {keys.id: keys for keys in hands}
    wrap = (
        Wrap.objects.select_related("item")
        .filter(item_id=item, keyring_id__in=by_id, item__erased=False)
        .first()
    )
    if wrap is None:
        raise Locked
    return wrap, by_id[wrap.keyring_id].unwrap(bytes(wrap.body), _wrap_place(wrap))


def _wrap(opened: OpenItem, keyring: Keyring) -> Wrap:
    check(keyring)
    place = context("wrap", opened.id, opened.key_version, keyring.id)
    body = wrap_to(bytes(keyring.seal_public), opened.key, place)
    return Wrap(item_id=opened.id, keyring=keyring, key_version=opened.key_version, body=body)


def _opened(wrap: Wrap, key: bytes, contents: Sealed | None) -> OpenItem:
    row = wrap.item
    found = OpenItem(row.id, row.owner_id, key, wrap.key_version, row.revision, {}, b"")
    if contents is None or (contents.version, wrap.key_version) != (row.revision, row.key_version):
        raise Tampered
    body = bytes(contents.body)
    versions = json.loads(unseal(key, body, found.place(CONTENTS, row.revision)))
    return replace(found, versions=versions, digest=_digest(row.owner_id, row.revision, body))


def _close(opened: OpenItem, rows: list[Sealed]) -> OpenItem:
    plain = json.dumps(dict(opened.versions), sort_keys=True).encode()
    body = seal(opened.key, plain, opened.place(CONTENTS, opened.revision))
    moved = Item.objects.filter(id=opened.id, revision=opened.revision - 1).update(
        revision=opened.revision, key_version=opened.key_version
    )
    if not moved:
        raise Stale
    Sealed.objects.bulk_create(
        [*rows, _sealed(opened, CONTENTS, opened.revision, body)],
        update_conflicts=True,
        unique_fields=["item", "field"],
        update_fields=["version", "body"],
    )
    return replace(opened, digest=_digest(opened.owner, opened.revision, body))


def _sealed(opened: OpenItem, field: str, version: int, body: bytes) -> Sealed:
    return Sealed(item_id=opened.id, field=field, version=version, body=body)


def _unseal_field(opened: OpenItem, row: Sealed) -> bytes:
    if row.version != opened.versions[row.field]:
        raise Tampered
    return unseal(opened.key, bytes(row.body), opened.place(row.field, row.version))


def _digest(owner: uuid.UUID, revision: int, body: bytes) -> bytes:
    # The owner too: whoever could put their own keyring there could sign grants of the item.
    return derive.mark("contents", owner, revision, body)


def _wrap_place(wrap: Wrap) -> bytes:
    return context("wrap", wrap.item_id, wrap.key_version, wrap.keyring_id)
