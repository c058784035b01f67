"""Sealing bytes so that they open only whole, unchanged and in their own place.

XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) with a random 24-byte nonce; padding by
ISO/IEC 7816-4 to the sizes of `rules.padded_size`; files by libsodium's secretstream, so that
a missing, moved or cut-off chunk is noticed.
"""

import secrets
from collections.abc import Iterable, Iterator

from nacl import bindings as sodium
from nacl.exceptions import CryptoError

from firsthand.vault.rules import padded_size

KEY_BYTES = 32
CHUNK = 256 * 1024
_NONCE = sodium.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_FORMAT = b"\x01"
_State = sodium.crypto_secretstream_xchacha20poly1305_state


class Tampered(Exception):
    """Something sealed does not open: it was changed, moved, rolled back or cut off."""


def new_key() -> bytes:
    """Return 32 fresh random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def seal(key: bytes, plain: bytes, place: bytes) -> bytes:
    """Return `plain` padded and sealed under `key` for one `place` (see `rules.context`)."""
    padded = sodium.sodium_pad(plain, padded_size(len(plain)))
    nonce = secrets.token_bytes(_NONCE)
    body = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(padded, _FORMAT + place, nonce, key)
    return _FORMAT + nonce + body


def unseal(key: bytes, sealed: bytes, place: bytes) -> bytes:
    """Return what `seal` was given. Raises Tampered when key, place or bytes differ."""
    nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    if sealed[:1] != _FORMAT:
        raise Tampered
    try:
        padded = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
            body, _FORMAT + place, nonce, key
        )
    except (CryptoError, ValueError) as error:
        raise Tampered from error
    return bytes(sodium.sodium_unpad(padded, len(padded)))


def seal_file(key: bytes, chunks: Iterable[bytes], place: bytes) -> Iterator[bytes]:
    """Yield a header, then each chunk sealed in order, the last marked as last.

    `chunks` are pieces of at most CHUNK bytes, all but the last of exactly CHUNK (see `cut`).
    """
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    yield sodium.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    pieces = iter(chunks)
    piece = next(pieces, b"")
    for following in pieces:
        yield _push(state, piece, place, last=False)
        piece = following
    padded = sodium.sodium_pad(piece, padded_size(len(piece)))
    yield _push(state, padded, place, last=True)


def unseal_file(key: bytes, sealed: Iterable[bytes], place: bytes) -> Iterator[bytes]:
    """Yield the chunks that `seal_file` was given. Raises Tampered, at the latest at the end."""
    pieces = iter(sealed)
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    last = False
    try:
        sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, next(pieces, b""), key)
        for piece in pieces:
            if last:
                raise Tampered
            chunk, last = _pull(state, piece, place)
            yield chunk
    except (CryptoError, ValueError, AssertionError, RuntimeError) as error:
        raise Tampered from error
    if not last:
        raise Tampered


def cut(content: bytes) -> Iterator[bytes]:
    """Yield `content` in pieces of CHUNK bytes."""
    for start in range(0, max(len(content), 1), CHUNK):
        yield content[start : start + CHUNK]


def _push(state: _State, piece: bytes, place: bytes, *, last: bool) -> bytes:
    tag = (
        sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
        if last
        else sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
    )
    return bytes(sodium.crypto_secretstream_xchacha20poly1305_push(state, piece, place, tag))


def _pull(state: _State, piece: bytes, place: bytes) -> tuple[bytes, bool]:
    chunk, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, piece, place)
    last = tag == sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
    return (sodium.sodium_unpad(chunk, len(chunk)) if last else chunk), last
