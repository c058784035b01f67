"""Brings a site back from a backup, into an empty data directory.

It never writes over anything. It checks the whole backup and every access log before it says
that it is done. Everyone who was signed in has to sign in again.

  firsthand restore site.age --into /srv/firsthand
"""

import argparse
import os
from pathlib import Path

HELP = "Bring a site back from a backup"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which backup, and where it should go."""
    parser.add_argument("file", type=Path, help="the backup")
    parser.add_argument(
        "--into", type=Path, default=os.environ.get("FIRSTHAND_DATA"), metavar="DIRECTORY",
        help="the data directory to make (default: FIRSTHAND_DATA)",
    )  # fmt: skip
    parser.add_argument(
        "--key", type=Path, metavar="FILE", help="a file with the private key; else it is asked for"
    )


def run(args: argparse.Namespace) -> None:
    from firsthand.config.backup import restoring
    from firsthand.config.talk import Stop, say

    if args.into is None:
        raise Stop("Say where to restore to: --into DIRECTORY")
    os.umask(0o077)
    into = Path(args.into).resolve()
    restoring.restore(args.file, _secret(args), into)
    say(
        "\nWhat was withdrawn, or shared no longer, after this backup was made is back as it was."
        "\nTell people from what hour it is, so that they look again at who may read."
    )
    say(f"\nRestored into {into}. Start the site on it with FIRSTHAND_DATA={into}")


def _secret(args: argparse.Namespace) -> str:
    from firsthand.config.backup import age
    from firsthand.config.talk import Stop, ask

    if not args.file.is_file():
        raise Stop(f"There is no file {args.file}.")
    if args.key:
        return _key_in(args.key)
    if age.needs_passphrase(args.file):
        return os.environ.get("FIRSTHAND_BACKUP_PASSPHRASE") or ask("Passphrase of this backup")
    return ask("Private key (AGE-SECRET-KEY-…)")


def _key_in(file: Path) -> str:
    """The private key in a file as `age-keygen` or `firsthand backup --keygen` prints it."""
    from firsthand.config.talk import Stop

    lines = file.read_text().splitlines() if file.is_file() else []
    keys = [line.strip() for line in lines if line.strip().startswith("AGE-SECRET-KEY-")]
    if not keys:
        raise Stop(f"There is no age private key in {file}. One starts with AGE-SECRET-KEY-.")
    return keys[0]
