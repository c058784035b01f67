"""Whether the site is up (`/health/`) and able to work (`/ready/`), for machines that ask.

Neither says anything that a stranger may not know.
"""

import shutil
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from firsthand.config.keyfile import KEY_BYTES
from firsthand.config.prepare import pending

LEAST_ROOM = 200 * 1024 * 1024  # bytes free in the data directory


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Say that the process answers. Asks nothing of the database."""
    return JsonResponse({"alive": True})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Say whether each part works; 503 when one does not."""
    parts = {name: _works(check) for name, check in PARTS.items()}
    status = 200 if all(parts.values()) else 503
    return JsonResponse({"ready": status == 200, "parts": parts}, status=status)


def database() -> bool:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def shape() -> bool:
    """Whether the database has the shape this version needs."""
    return not pending()


def key() -> bool:
    """Whether the server's key is in its place, and is the one this process started with."""
    held: bytes = settings.FIRSTHAND_KEY_FILE.read_bytes()
    return len(held) == KEY_BYTES and held == settings.FIRSTHAND_SERVER_KEY


def room() -> bool:
    """Whether there is room left to write."""
    return shutil.disk_usage(settings.FIRSTHAND_DATA).free >= LEAST_ROOM


PARTS: dict[str, Callable[[], bool]] = {
    "database": database,
    "database shape": shape,
    "server key": key,
    "disk space": room,
}


def _works(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, OSError):
        return False
