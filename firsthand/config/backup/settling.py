"""The second half of restoring: on the restored key, put the database in place and check it all.

Run in a process of its own by `restoring`, since settings are read once in a process.
"""

import sys
from pathlib import Path

from firsthand.config import prepare
from firsthand.config.backup.restoring import NOT_SOUND
from firsthand.config.talk import Stop, say, step


def settle(unpacked: Path) -> list[str]:
    """Put the unpacked database in place, end all sittings, and return what is wrong in it."""
    prepare.set_up()
    from django.conf import settings
    from django.db import connection

    from firsthand.config.backup import databases
    from firsthand.config.sound import logs_that_do_not_hold, rows_changed
    from firsthand.vault.models import Sitting

    copies = (unpacked / name for name in (databases.SQLITE, databases.POSTGRES))
    copy = next(each for each in copies if each.exists())
    with step("Putting the database in place"):
        databases.put_back(copy, dict(settings.DATABASES["default"]))
        prepare.migrate()
        Sitting.objects.all().delete()
        connection.close()
    with step("Checking every access log, and every row that is marked"):
        return logs_that_do_not_hold() + rows_changed()


def main() -> int:
    """Settle what was unpacked in the directory named on the command line."""
    try:
        wrong = settle(Path(sys.argv[-1]))
    except Stop as stop:
        say(f"firsthand: {stop.sentence}")
        return 1
    for each in wrong:
        say(f"firsthand: in the backup itself, {each}")
    return NOT_SOUND if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
