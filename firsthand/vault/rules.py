"""What is fixed about sealing: sizes, and how a context is written down. Pure."""

from itertools import chain

# Ciphertexts come in a few sizes only, so that length says little about what was told.
_STEPS = (256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576)  # 256 bytes … 1 MiB
_MIB = 1024 * 1024

SITTING = "sitting"  # opened by the secret in the cookie; gone when the sitting ends
FORM = "form"  # opened by a form's own number; lets a double click meet itself
RECEIPT = "receipt"  # opened by the receipt's seven words
PASSPHRASE = "passphrase"  # noqa: S105 - opened by what the person chose
RECOVERY = "recovery"  # opened by the key printed at sign-up
MEMBER = "member"  # opened by a member's own keys: how a team's keys are held
UNLOCKERS = (SITTING, FORM, RECEIPT, PASSPHRASE, RECOVERY, MEMBER)
LASTING = (RECEIPT, PASSPHRASE, RECOVERY)

CONTENTS = "contents"  # the sealed list of an item's fields and their versions

PERSON = "person"
RECEIPT_HOLDER = "receipt"
RECIPIENT = "recipient"
TEAM = "team"
HOLDERS = (PERSON, RECEIPT_HOLDER, RECIPIENT, TEAM)


def padded_size(length: int) -> int:
    """Return the size in bytes that `length` bytes are padded to (at least one byte of padding)."""
    for step in _STEPS:
        if length < step:
            return step
    return (length // _MIB + 1) * _MIB


def context(*parts: object) -> bytes:
    """Return `parts` as one unambiguous byte string: each part behind its length.

    Used as associated data, so that a ciphertext opens only in the place it was made for.
    """
    return b"".join(chain.from_iterable(_framed(part) for part in parts))


def _framed(part: object) -> tuple[bytes, bytes]:
    raw = part if isinstance(part, bytes) else str(part).encode()
    return len(raw).to_bytes(4, "big"), raw
