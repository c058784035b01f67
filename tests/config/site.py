"""A real site in a directory of its own, driven by its real command in processes of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

# What someone told, with words that must never be found in the clear.
TOLD = "zebra lantern under the harbour bridge"

FILL = f"""
from firsthand.config import prepare
prepare.set_up(); prepare.migrate()
from firsthand.access import door
from firsthand.access.doer import Doer
from firsthand.vault import keyrings
from firsthand.vault.keys import Keys
for n in range(5):
    keys = Keys.fresh()
    owner = keyrings.make("receipt", keys)
    doer = Doer(None, {{keys.id: keys}})
    opened = door.create(doer, owner, {{"what": {TOLD!r}.encode()}})
    door.change(doer, opened.id, {{"what": {TOLD!r}.encode() + b" again"}})
from firsthand.access import anchors
anchors.write()
"""


@dataclass(frozen=True)
class Site:
    """A data directory."""

    data: Path

    def env(self, **more: str) -> dict[str, str]:
        mine = {
            "FIRSTHAND_DATA": str(self.data),
            "DJANGO_SETTINGS_MODULE": "firsthand.config.settings",
        }
        held = {k: v for k, v in os.environ.items() if k not in {"FIRSTHAND_KEY_FILE"}}
        return held | mine | more

    def unwatched(self, **more: str) -> dict[str, str]:
        """The same, but no coverage is measured: of what takes long and is tested elsewhere too."""
        watching = ("COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START")
        return {k: v for k, v in self.env(**more).items() if k not in watching}

    def python(self, code: str, *, watched: bool = True, **more: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=self.env(**more) if watched else self.unwatched(**more),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def firsthand(self, *words: str, **env: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "firsthand.cli", *words],
            env=self.env(**env), capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    @property
    def database(self) -> Path:
        return self.data / "firsthand.sqlite3"
