"""The machine: who can read the files, what may reach a disk, the clock."""

import ctypes
import os
import resource
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from firsthand.config.checkup.finding import Finding, for_this_machine_only, mind, unsafe

_TIME_ERROR = 5  # adjtimex(2): the clock is not synchronised
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p", "glusterfs", "ceph"}


def key_file() -> Iterator[Finding]:
    """The server's key is for the server alone."""
    key = Path(settings.FIRSTHAND_KEY_FILE)
    if key.stat().st_mode & 0o077:
        yield unsafe(f"Others on this machine can read {key}.", f"chmod 600 {key}")
    if key.is_relative_to(settings.FIRSTHAND_DATA) and not for_this_machine_only():
        yield mind(
            "The server's key lies inside the data directory: whoever copies the directory has "
            "both. (It opens nobody's words, but it can make forged log lines.)",
            "Move it elsewhere and name it in FIRSTHAND_KEY_FILE, or copy the site only by "
            "`firsthand backup`.",
        )


def data_directory() -> Iterator[Finding]:
    """The data directory is for the server alone."""
    data = Path(settings.FIRSTHAND_DATA)
    if data.stat().st_mode & 0o077:
        yield unsafe(f"Others on this machine can look into {data}.", f"chmod 700 {data}")
    loose = [each.name for each in data.glob("*.sqlite3*") if each.stat().st_mode & 0o077]
    if loose:
        yield unsafe(
            f"Others on this machine can read {', '.join(sorted(loose))}.",
            f"chmod 600 {data}/firsthand.sqlite3*",
        )


def sqlite_place() -> Iterator[Finding]:
    """SQLite's locks and shared memory do not work across a network."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return
    if _filesystem(Path(settings.FIRSTHAND_DATA)) in _NETWORK:
        yield unsafe(
            "The SQLite database is on a network drive: processes may overwrite one another.",
            "Keep it on a disk of this machine, or move to PostgreSQL (DATABASE_URL). Several "
            "processes on one machine are fine; several machines need PostgreSQL.",
        )


def memory_on_disk() -> Iterator[Finding]:
    """Swap and core dumps write memory, and so opened words, to disk."""
    swaps = Path("/proc/swaps")
    if swaps.exists() and len(swaps.read_text().splitlines()) > 1:
        yield mind(
            "This machine swaps: words that are open in memory may reach the disk.",
            "Turn swap off (swapoff -a), or encrypt it.",
        )
    if resource.getrlimit(resource.RLIMIT_CORE)[0] != 0:
        yield mind(
            "A crash may write memory to disk (core dumps are on).",
            "Set LimitCORE=0 in the service file, or run `ulimit -c 0` first.",
        )


def clock() -> Iterator[Finding]:
    """Due days, sittings and logs all go by the clock."""
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(512))
    except (OSError, AttributeError):
        return
    if state == _TIME_ERROR and not for_this_machine_only():
        yield mind(
            "Nothing keeps this machine's clock right.",
            "Turn on systemd-timesyncd or chrony.",
        )


def root() -> Iterator[Finding]:
    """A slip in a program that runs as root is a slip with everything."""
    if os.geteuid() == 0 and not for_this_machine_only():
        yield mind("This runs as root.", "Run it as a user of its own (docs/how-to/deploy.md).")


def _filesystem(path: Path) -> str:
    """The kind of file system `path` is on, or nothing where that cannot be told."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    rows = [line.split()[1:3] for line in mounts.read_text().splitlines()]
    under = [(len(place), kind) for place, kind in rows if path.is_relative_to(place)]
    return max(under, default=(0, ""))[1]


LOOKS = (key_file, data_directory, sqlite_place, memory_on_disk, clock, root)
