"""What the steps of `firsthand model` share: which draft, and in whose name."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from firsthand.config.talk import Stop

if TYPE_CHECKING:
    from firsthand.harms.models import Editor


def draft_argument(parser: argparse.ArgumentParser) -> None:
    """Take the draft and who acts."""
    parser.add_argument("draft", metavar="VERSION", help="the draft's short name, such as 2027")
    parser.add_argument(
        "--as", dest="who", metavar="NAME", required=True, help="in whose name: one of its editors"
    )


def editor(args: argparse.Namespace) -> "Editor":
    """Return the editor in whose name `args` ask to act. Raises Stop."""
    from firsthand.config.reviewing.acting import staff_called
    from firsthand.harms.models import Editor

    user = staff_called(args.who)
    rows = Editor.objects.filter(user=user, left_on=None, drafting__version__slug=args.draft)
    found = rows.select_related("drafting__version", "drafting__based_on", "user").first()
    if found is None:
        raise Stop(f"{args.who} edits no draft called {args.draft}.")
    return found


def read_yaml(place: Path) -> Any:
    """Read a YAML file. Raises Stop."""
    try:
        return yaml.safe_load(place.read_bytes())
    except OSError as why:
        raise Stop(f"{place.name} cannot be read: {why.strerror}.") from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise Stop(f"{place.name} is not a YAML file.") from None
