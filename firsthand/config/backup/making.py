"""Making a backup: a moment of the database, the server's key, the anchors and the settings."""

import datetime as dt
import json
import os
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from firsthand.access import anchors
from firsthand.config.backup import age, archive, databases
from firsthand.config.talk import Stop

KEY, ANCHORS, CHOSEN = "server.key", anchors.NAME, "settings.json"
NAMES = (databases.SQLITE, databases.POSTGRES, KEY, ANCHORS, CHOSEN)
LAST = "last-backup"  # in the data directory: its time is when the last backup was made
# What a site has chosen, worth having again. Nothing here is a secret; DATABASE_URL may hold one.
WORTH_KEEPING = (
    "FIRSTHAND_PUBLIC_URL", "FIRSTHAND_HOSTS", "FIRSTHAND_SITE_NAME", "FIRSTHAND_EXIT_URL",
    "FIRSTHAND_FIGURES_THRESHOLD", "FIRSTHAND_ANSWER_WORKING_DAYS", "FIRSTHAND_BEHIND_PROXY",
    "FIRSTHAND_EMAIL_BACKEND", "FIRSTHAND_EMAIL_HOST", "FIRSTHAND_EMAIL_PORT",
    "FIRSTHAND_EMAIL_FROM", "FIRSTHAND_DEMO",
)  # fmt: skip

Encrypt = Callable[[age.Writer, BinaryIO], None]


def to_key(public: str) -> Encrypt:
    """Return what encrypts to an age public key."""
    return lambda write, target: age.encrypt_to_key(write, public, target)


def to_passphrase(passphrase: str) -> Encrypt:
    """Return what encrypts to a passphrase."""
    return lambda write, target: age.encrypt_to_passphrase(write, passphrase, target)


def make(target: Path, encrypt: Encrypt) -> int:
    """Write a backup to the file `target` and return its size in bytes.

    Nothing half-written is left behind; the copy on the way lies in the data directory, sealed
    as everything there is.
    """
    if target.exists():
        raise Stop(f"{target} is there already. Choose another name: nothing is written over.")
    part = target.with_name(target.name + ".part")
    try:
        with tempfile.TemporaryDirectory(dir=settings.FIRSTHAND_DATA) as aside:
            files = _files(Path(aside))
            with part.open("xb") as file:
                encrypt(lambda into: archive.write(files, _about(), into), file)
                file.flush()
                os.fsync(file.fileno())
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    (settings.FIRSTHAND_DATA / LAST).touch()
    return target.stat().st_size


def _files(aside: Path) -> dict[str, Path]:
    anchors.write()
    copy = databases.copy(dict(settings.DATABASES["default"]), aside)
    chosen = aside / CHOSEN
    chosen.write_text(json.dumps(_chosen(), indent=1))
    files = {KEY: Path(settings.FIRSTHAND_KEY_FILE), CHOSEN: chosen}
    if anchors.path().exists():
        files[ANCHORS] = anchors.path()
    return files | {copy.name: copy}


def _chosen() -> dict[str, str]:
    return {name: os.environ[name] for name in WORTH_KEEPING if name in os.environ}


def _about() -> dict[str, Any]:
    made = dt.datetime.now(dt.UTC).isoformat(timespec="minutes")
    return {"version": version("firsthand"), "made": made}
