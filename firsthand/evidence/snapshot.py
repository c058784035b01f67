"""Reading for a long time as of one moment, while others go on writing.

Every other transaction here takes SQLite's write lock at once (`transaction_mode`), and on
PostgreSQL sees what was committed before each question. Whoever reads a whole review for a minute
needs neither: others would have to wait for that minute, or what is read would not fit together.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

_BESIDE = "beside"


@contextmanager
def as_of_now() -> Iterator[str]:
    """See the database as of one moment; nothing may be written meanwhile.

    Gives the name of a connection of its own, by which to note how far one is (`using`). Within
    a transaction that has begun already, that one goes on, and its own connection is given.
    """
    if connection.in_atomic_block:
        yield DEFAULT_DB_ALIAS
        return
    with _beside() as beside, _begins_by_reading(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield beside


@contextmanager
def _beside() -> Iterator[str]:
    connections[_BESIDE] = connection.copy(_BESIDE)
    try:
        yield _BESIDE
    finally:
        connections[_BESIDE].close()
        del connections[_BESIDE]


@contextmanager
def _begins_by_reading() -> Iterator[None]:
    """Let SQLite begin without its write lock, and rows come as they are read, not all at once.

    Elsewhere they come all at once, as a page may be read on after its transaction has ended.
    """
    held = cast(Any, connection)
    before, settings = getattr(held, "transaction_mode", None), held.settings_dict
    held.transaction_mode = None
    held.settings_dict = {**settings, "DISABLE_SERVER_SIDE_CURSORS": False}
    try:
        yield
    finally:
        held.transaction_mode, held.settings_dict = before, settings
