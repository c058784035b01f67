"""From what a person knows, or a cookie holds, to a key.

Words people choose or write down go through Argon2id (RFC 9106; 64 MiB, 3 passes) and then
HKDF-SHA256 (RFC 5869). Secrets that are already random go through HKDF alone.
"""

import hashlib
import hmac
import secrets
import uuid
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from nacl.bindings import crypto_pwhash_alg, crypto_pwhash_ALG_ARGON2ID13

from firsthand.vault.rules import context
from firsthand.vault.seal import KEY_BYTES

SALT_BYTES = 16


def new_salt() -> bytes:
    """Return 16 fresh random bytes."""
    return secrets.token_bytes(SALT_BYTES)


def from_words(words: str, salt: bytes) -> bytes:
    """Return 32 bytes from a passphrase or receipt; slow on purpose. `salt` is 16 bytes."""
    cost = settings.FIRSTHAND_ARGON2
    raw: bytes = crypto_pwhash_alg(
        KEY_BYTES,
        words.encode(),
        salt,
        cost["passes"],
        cost["memory"],
        crypto_pwhash_ALG_ARGON2ID13,
    )
    return raw


def from_secret(secret: bytes, *purpose: object) -> bytes:
    """Return 32 bytes for one `purpose` from a secret of at least 128 random bits."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=context(*purpose)).derive(secret)


def mark(*parts: object) -> bytes:
    """Return the server's 32-byte keyed mark of `parts`: only this server can make or check it."""
    key = _mark_key(settings.FIRSTHAND_SERVER_KEY)
    return hmac.digest(key, context(*parts), hashlib.sha256)


def id_for(*parts: object) -> uuid.UUID:
    """Return the id that `parts` give, a form's number among them: sent twice, it is one row."""
    return uuid.UUID(bytes=mark(*parts)[:16], version=4)


@lru_cache(maxsize=1)
def _mark_key(server_key: bytes) -> bytes:
    return from_secret(server_key, "mark")


def same(one: bytes, other: bytes) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(one, other)
