"""What repair does when testimony says that something was shared, stopped or withdrawn."""

import uuid
from datetime import date
from typing import Any

from firsthand.access.doer import Doer
from firsthand.people.models import Team
from firsthand.repair import actions
from firsthand.testimony import signals
from firsthand.vault.items import OpenItem


def on_shared(
    *,
    doer: Doer,
    testimony: uuid.UUID,
    opened: OpenItem,
    team: Team,
    purpose: str,
    until: date | None,
    **_: Any,
) -> None:
    """A team was let in: it is asked."""
    actions.ask(doer, testimony, opened, team, purpose, until)


def on_revoked(*, testimony: uuid.UUID, team: Team, **_: Any) -> None:
    """A team's access ended: so does its conversation."""
    actions.stop(testimony, team)


def on_withdrawn(*, testimony: uuid.UUID, **_: Any) -> None:
    """Everything is about to be erased."""
    actions.withdraw(testimony)


def connect() -> None:
    """Listen, once however often this is called."""
    for signal, receiver in (
        (signals.shared, on_shared),
        (signals.revoked, on_revoked),
        (signals.withdrawn, on_withdrawn),
    ):
        signal.connect(receiver, dispatch_uid=f"repair.{receiver.__name__}")
