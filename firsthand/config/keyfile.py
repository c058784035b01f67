"""The server's own key: 32 random bytes in a file beside the database, never inside it.

It authenticates rows (so that someone who can only write to the database is noticed), finds
receipts by their first words, and signs cookies. It opens nobody's words.
"""

import os
import secrets
from pathlib import Path

KEY_BYTES = 32


def server_key(path: Path) -> bytes:
    """Return the key kept in `path`, making it (readable by its owner only) if there is none.

    Raises ValueError when the file is there but is not a key.
    """
    if not path.exists():
        _make(path)
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise ValueError(f"{path} is not a Firsthand server key: expected {KEY_BYTES} bytes.")
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:  # link, not rename: two processes starting at once agree on one key
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
