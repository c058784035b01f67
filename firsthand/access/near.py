"""Where a request comes from, for today only, and known to nobody afterwards.

The key is drawn when the server starts, shared by the processes it forks, never written down,
and turned over each day in a way that cannot be turned back. What is stored under it says
nothing about an address once that day, or that run of the server, is over.
"""

import hashlib
import ipaddress
import secrets
import threading
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from firsthand.vault.rules import context


class DayKey:
    """A key that steps forward with the days and keeps no way back."""

    def __init__(self, day: date) -> None:
        self._key, self._day, self._lock = secrets.token_bytes(32), day, threading.Lock()

    def mark(self, day: date, *parts: object) -> bytes:
        """Return a 32-byte mark of `parts` that only today's server can make."""
        with self._lock:
            for _ in range((day - self._day).days):
                self._key = hashlib.blake2b(b"next day", key=self._key, digest_size=32).digest()
            self._day = max(day, self._day)
            return hashlib.blake2b(context(*parts), key=self._key, digest_size=32).digest()


_today = DayKey(timezone.localdate())


def near(request: HttpRequest) -> bytes:
    """Return today's mark of where `request` comes from, or nothing when that is not known."""
    place = _network(_address(request))
    return _today.mark(timezone.localdate(), place) if place else b""


def _address(request: HttpRequest) -> str:
    """The caller's address; behind our own proxy, the one that proxy wrote down last."""
    if settings.FIRSTHAND_BEHIND_PROXY:
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _network(address: str) -> str:
    """One household or office: an IPv4 address, or the first 64 bits of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped or ipaddress.ip_network((found, 64), strict=False))
    return str(found)
