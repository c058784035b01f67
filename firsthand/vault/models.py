"""Keyrings, what opens them, and what is sealed. No column here holds a word in the clear."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from firsthand.vault import rules


class Keyring(models.Model):
    """A pair of pairs of keys: to be sealed to (X25519) and to sign with (Ed25519).

    A person, a receipt, a member of staff and each epoch of a team has one. `proof` is the
    server's mark of the rest: public keys swapped in the database are noticed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    holder = models.CharField(max_length=12, choices=[(name, name) for name in rules.HOLDERS])
    seal_public = models.BinaryField(max_length=32)
    sign_public = models.BinaryField(max_length=32)
    proof = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(holder__in=rules.HOLDERS), name="keyring_holder_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.holder} keyring {self.id}"


class Sitting(models.Model):
    """One browser's visit: sealed under a secret that only its cookie holds."""

    id = models.CharField(primary_key=True, max_length=64)
    sealed = models.BinaryField()
    quiet_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "a sitting"


class Unlocker(models.Model):
    """One way to a keyring's private halves, sealed under what that way derives."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    keyring = models.ForeignKey(Keyring, on_delete=models.CASCADE, related_name="unlockers")
    kind = models.CharField(max_length=12, choices=[(name, name) for name in rules.UNLOCKERS])
    sealed = models.BinaryField()
    salt = models.BinaryField(max_length=16, default=bytes)
    verifier = models.BinaryField(max_length=32, default=bytes)
    # Only for receipts: the server's mark of the two words that find it.
    locator = models.BinaryField(max_length=32, default=bytes, db_index=True)
    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, null=True)
    member = models.ForeignKey(Keyring, on_delete=models.CASCADE, null=True, related_name="opens")
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["keyring", "sitting"],
                condition=Q(sitting__isnull=False),
                name="unlocker_once_a_sitting",
            ),
            models.UniqueConstraint(
                fields=["keyring", "member"],
                condition=Q(member__isnull=False),
                name="unlocker_once_a_member",
            ),
            models.CheckConstraint(
                condition=Q(kind=rules.SITTING, sitting__isnull=False)
                | (~Q(kind=rules.SITTING) & Q(sitting__isnull=True)),
                name="unlocker_sitting_has_its_sitting",
            ),
            models.CheckConstraint(
                condition=Q(kind=rules.MEMBER, member__isnull=False)
                | (~Q(kind=rules.MEMBER) & Q(member__isnull=True)),
                name="unlocker_member_has_its_member",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=True) | ~Q(member=F("keyring")),
                name="unlocker_not_by_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.keyring_id}"


class Item(models.Model):
    """One thing that is sealed under its own key: a testimony, a message, a file.

    `under` is what it belongs to; whoever may read that may be given this. `revision` counts
    every write and stands inside the sealed list of contents as well, so that a row put back
    from yesterday is noticed. `erased` leaves the row as a tombstone without content.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Keyring, on_delete=models.PROTECT, related_name="items")
    under = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="parts")
    key_version = models.PositiveIntegerField(default=1)
    revision = models.PositiveIntegerField(default=0)
    erased = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"item {self.id}"


class Sealed(models.Model):
    """One field of an item, sealed. The field named by `rules.CONTENTS` lists the others."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="fields")
    field = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    body = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "field"], name="sealed_once_a_field")
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.item_id}"


class Chunk(models.Model):
    """A piece of a sealed file. Kept in the database, so that a file and its row live or die
    together whatever is killed in between."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="chunks")
    place = models.PositiveIntegerField()
    body = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "place"], name="chunk_once_a_place")
        ]

    def __str__(self) -> str:
        return f"chunk {self.place} of {self.item_id}"


class Wrap(models.Model):
    """An item's key, sealed to one keyring. No wrap, no reading."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="wraps")
    keyring = models.ForeignKey(Keyring, on_delete=models.CASCADE, related_name="wraps")
    key_version = models.PositiveIntegerField()
    body = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "keyring"], name="wrap_once_a_keyring")
        ]

    def __str__(self) -> str:
        return f"wrap of {self.item_id}"
