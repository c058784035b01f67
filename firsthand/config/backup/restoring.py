"""Restoring a backup into an empty data directory, and making sure of it before saying so."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from firsthand.config.backup import age, archive
from firsthand.config.talk import Stop, say, step

# Written out here: reading the settings would already make a fresh key in the data directory.
KEY, ANCHORS, CHOSEN = "server.key", "log-anchors.jsonl", "settings.json"
DATABASES = ("database.sqlite3", "database.pgdump")
NOT_SOUND = 3  # what `settling` exits with when all is in place and a log does not hold together


def restore(backup: Path, secret: str, into: Path) -> None:
    """Restore the file `backup` into the data directory `into`, which must be empty or not there.

    Everything is unpacked and checked beside it first; a backup that is wrong leaves no trace.
    """
    if not backup.is_file():
        raise Stop(f"There is no file {backup}.")
    if into.exists() and any(into.iterdir()):
        raise Stop(f"{into} is not empty. Restoring never writes over anything: name a new place.")
    into.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into.parent, prefix=".restoring-") as aside:
        unpacked = Path(aside)
        with step("Opening and checking the backup"):
            names = (*DATABASES, KEY, ANCHORS, CHOSEN)
            age.decrypt(backup, secret, lambda source: archive.read(source, unpacked, names))
        _refuse_unless_whole(unpacked)
        _put_in_place(unpacked, into)
    _say_settings(into)


def _refuse_unless_whole(unpacked: Path) -> None:
    copies = [name for name in DATABASES if (unpacked / name).exists()]
    if len(copies) != 1 or not (unpacked / KEY).exists():
        raise Stop(archive.DAMAGED)


def _put_in_place(unpacked: Path, into: Path) -> None:
    into.mkdir(mode=0o700, exist_ok=True)
    _place_key(unpacked / KEY, into)
    for name in (ANCHORS, CHOSEN):
        if (unpacked / name).exists():
            shutil.move(unpacked / name, into / name)
    _run_inside(into, unpacked)


def _place_key(key: Path, into: Path) -> None:
    chosen = os.environ.get("FIRSTHAND_KEY_FILE")
    target = Path(chosen) if chosen else into / "keys" / KEY
    if target.exists():
        raise Stop(f"There is a key at {target} already. Move it away first; do not destroy it.")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.move(key, target)
    target.chmod(0o600)


def _run_inside(into: Path, unpacked: Path) -> None:
    """Do what needs the restored settings in a process of its own, started on them."""
    command = [sys.executable, "-m", "firsthand.config.backup.settling", str(unpacked)]
    done = subprocess.run(  # noqa: S603
        command, env=os.environ | {"FIRSTHAND_DATA": str(into)}, check=False
    )
    if done.returncode == NOT_SOUND:
        raise Stop("The backup was restored, but it is not in order: see what was said above.")
    if done.returncode:
        shutil.rmtree(into)
        raise Stop("Nothing was restored, and nothing was left behind. See what was said above.")


def _say_settings(into: Path) -> None:
    chosen: dict[str, Any] = json.loads((into / CHOSEN).read_text())
    if chosen:
        say("\nThe site this came from had chosen these; set what you want to keep:\n")
        for name, value in chosen.items():
            say(f"  {name}={value}")
