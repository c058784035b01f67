"""Where the made-up town is kept: a data directory of its own, with a marker file in it.

The settings take a directory with the marker for a made-up town (FIRSTHAND_DEMO).
"""

import ipaddress
import json
import os
from pathlib import Path
from typing import Any

from firsthand.config.talk import Stop

MARKER = "made-up-town.json"  # named in config.settings too
NAMES_OF_HERE = {"localhost"}
# A real site's own choices, which the made-up town must never reach.
REAL = ("DATABASE_URL", "FIRSTHAND_KEY_FILE", "FIRSTHAND_STATIC", "FIRSTHAND_HOSTS",
        "FIRSTHAND_BEHIND_PROXY", "FIRSTHAND_EMAIL_BACKEND")  # fmt: skip


def choose(data: Path, bind: str) -> None:
    """Point the settings, not read yet, at the made-up town. Raises Stop where that is unsafe."""
    _check_bind(bind)
    _check_directory(data)
    for name in REAL:
        os.environ.pop(name, None)
    os.environ["FIRSTHAND_DATA"] = str(data.resolve())
    os.environ["FIRSTHAND_PUBLIC_URL"] = f"http://{bind}"


def mark(data: Path) -> None:
    """Make the directory and its marker, before there is anything else in it."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (data / MARKER).exists():
        keep(data, {})


def keep(data: Path, said: dict[str, Any]) -> None:
    """Keep in the marker what is shown again each time: the made-up receipts."""
    fresh = data / f".{MARKER}"
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(said, indent=1), "utf-8")
    fresh.replace(data / MARKER)


def kept(data: Path) -> dict[str, Any]:
    """Return what the marker says."""
    found: dict[str, Any] = json.loads((data / MARKER).read_text("utf-8"))
    return found


def _check_directory(data: Path) -> None:
    if data.exists() and not (data / MARKER).exists() and any(data.iterdir()):
        raise Stop(
            f"There is something in {data} that this command did not put there. Made-up things "
            "never go where real ones may be. Name another directory: --data DIRECTORY"
        )


def _check_bind(bind: str) -> None:
    host = bind.rpartition(":")[0].strip("[]")
    try:
        here = host in NAMES_OF_HERE or ipaddress.ip_address(host).is_loopback
    except ValueError:
        here = False
    if not here:
        raise Stop(
            "The made-up town is for this computer alone: everyone knows its passphrases. "
            "Use an address such as 127.0.0.1:8000."
        )
