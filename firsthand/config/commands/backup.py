"""Makes a backup: one encrypted file with everything this site keeps.

The file is of no use without its key or passphrase. Keep those two apart, and keep a backup on
another machine. Nobody's words can be read from it even with the key: they are sealed inside.

  firsthand backup --keygen                   make a pair of keys, once
  firsthand backup --to age1... site.age      back up to a public key (best for a nightly job)
  firsthand backup site.age                   back up to a passphrase, asked for
"""

import argparse
import os
from pathlib import Path

HELP = "Make a backup: one encrypted file with everything"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what to encrypt to and where to write it."""
    parser.add_argument("file", nargs="?", type=Path, help="the file to write")
    parser.add_argument("--to", metavar="AGE-KEY", help="an age public key (age1…)")
    parser.add_argument("--keygen", action="store_true", help="make a pair of keys and end")


def run(args: argparse.Namespace) -> None:
    from firsthand.config.talk import Stop

    if args.keygen:
        return keygen()
    if args.file is None:
        raise Stop("Say which file to write, such as: firsthand backup site.age")
    return make(args.file, args.to)


def keygen() -> None:
    """Print a fresh pair of keys, and what to do with each."""
    from firsthand.config.backup import age
    from firsthand.config.talk import say

    private, public = age.new_pair()
    say("Public key, for making backups (no secret; put it in the backup job):\n")
    say(f"  {public}\n")
    say("Private key, for restoring. Print it or keep it in a safe, away from this machine.")
    say("It is shown once. Without it no backup made to this public key can ever be opened:\n")
    say(f"  {private}")


def make(target: Path, public: str | None) -> None:
    """Write the backup."""
    from firsthand.config import prepare
    from firsthand.config.talk import say

    prepare.set_up()
    from firsthand.config.backup import making

    encrypt = making.to_key(public) if public else making.to_passphrase(_passphrase())
    size = making.make(target, encrypt)
    say(f"Backed up to {target} ({size / 1_000_000:.1f} MB).")
    say("Now move it to another machine. Try restoring it once: firsthand restore --help")


def _passphrase() -> str:
    from firsthand.config.talk import Stop, ask_twice

    given = os.environ.get("FIRSTHAND_BACKUP_PASSPHRASE")
    typed = given or ask_twice("Passphrase for this backup")
    if len(typed) < 12:
        raise Stop("That is short enough to be guessed. Use 12 letters or more, or a few words.")
    return typed
