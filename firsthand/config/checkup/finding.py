"""What a look over a deployment can find."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class Finding:
    """Something found: `unsafe` must be mended, the rest is worth knowing."""

    unsafe: bool
    what: str
    mend: str


Look = Callable[[], Iterable[Finding]]


def unsafe(what: str, mend: str) -> Finding:
    """Return a finding that must be mended before anyone is asked to trust this site."""
    return Finding(True, what, mend)


def mind(what: str, mend: str) -> Finding:
    """Return a finding that is worth knowing."""
    return Finding(False, what, mend)


def for_this_machine_only() -> bool:
    """Whether the site is meant for the browser on the same machine, as when trying it out."""
    return urlsplit(settings.FIRSTHAND_PUBLIC_URL).hostname in LOOPBACK
