"""What coding does when testimony says that a person withdraws what they told."""

import uuid
from typing import Any

from firsthand.codebook.actions import forgetting
from firsthand.testimony import signals


def on_withdrawn(*, testimony: uuid.UUID, **_: Any) -> None:
    """What they told is erased: so is what coders wrote about it; how much was coded stays."""
    forgetting.forget(testimony)


def connect() -> None:
    """Listen, once however often this is called."""
    signals.withdrawn.connect(on_withdrawn, dispatch_uid="codebook.on_withdrawn")
