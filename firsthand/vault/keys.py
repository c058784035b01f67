"""A keyring's private halves while they are in someone's hands: in memory, never stored so."""

import uuid
from dataclasses import dataclass, replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from firsthand.vault.seal import KEY_BYTES, Tampered

# HPKE (RFC 9180), base mode.
_HPKE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


@dataclass(frozen=True, repr=False)
class Keys:
    """The private halves of one keyring. `words` is a receipt not yet written down."""

    id: uuid.UUID
    seal_private: bytes
    sign_private: bytes
    words: str = ""

    @classmethod
    def fresh(cls, words: str = "") -> "Keys":
        """Return new keys from the system's dice."""
        private = X25519PrivateKey.generate().private_bytes_raw()
        return cls(uuid.uuid4(), private, bytes(SigningKey.generate()), words)

    @classmethod
    def from_bytes(cls, keyring: uuid.UUID, raw: bytes) -> "Keys":
        """Return the keys that `to_bytes` wrote."""
        seal_private, rest = raw[:KEY_BYTES], raw[KEY_BYTES:]
        return cls(keyring, seal_private, rest[:KEY_BYTES], rest[KEY_BYTES:].decode())

    def to_bytes(self) -> bytes:
        """Return the private halves and the words, to be sealed."""
        return self.seal_private + self.sign_private + self.words.encode()

    def without_words(self) -> "Keys":
        """Return the same keys, the receipt's words forgotten."""
        return replace(self, words="")

    @property
    def seal_public(self) -> bytes:
        private = X25519PrivateKey.from_private_bytes(self.seal_private)
        return private.public_key().public_bytes_raw()

    @property
    def sign_public(self) -> bytes:
        return bytes(SigningKey(self.sign_private).verify_key)

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature of `message` (RFC 8032)."""
        return SigningKey(self.sign_private).sign(message).signature

    def unwrap(self, body: bytes, place: bytes) -> bytes:
        """Return what was wrapped to these keys for `place`. Raises Tampered."""
        private = X25519PrivateKey.from_private_bytes(self.seal_private)
        try:
            return _HPKE.decrypt(body, private, info=place)
        except (InvalidTag, ValueError) as error:
            raise Tampered from error


def wrap_to(seal_public: bytes, secret: bytes, place: bytes) -> bytes:
    """Return `secret` sealed to a public key, for `place` only."""
    return _HPKE.encrypt(secret, X25519PublicKey.from_public_bytes(seal_public), info=place)


def is_signed(sign_public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether `signature` is that key's signature of `message`."""
    try:
        VerifyKey(sign_public).verify(message, signature)
    except (BadSignatureError, ValueError):
        return False
    return True
