"""What consultation does when testimony says that a person's sign-in is about to go."""

from typing import Any

from firsthand.access.doer import Doer
from firsthand.people.models import User
from firsthand.testimony import signals


def on_sign_in_ends(*, doer: Doer, user: User, keep: bool, **_: Any) -> None:
    """A sign-in ends: no invitation names it any more, and what it opened here goes with it."""
    # Not above: what surveys count with is slow to load, and every command would wait for it.
    from firsthand.consultation.actions import taking_part

    taking_part.end_sign_in(doer, user, keep=keep)


def connect() -> None:
    """Listen, once however often this is called."""
    signals.sign_in_ends.connect(on_sign_in_ends, dispatch_uid="consultation.on_sign_in_ends")
