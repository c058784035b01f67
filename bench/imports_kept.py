"""What it costs to import a large file through the worker's own action, and that memory stays.

    python bench/imports_kept.py --records 10000 30000 100000

Each size has a process and a database of its own (a new SQLite file, or DATABASE_URL). A file of
made-up records of 1.2 KB is taken in as the page does it, then read by `importing.read_file`. CPU
seconds of each, and the most memory the process ever had. No duplicates are looked for.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, nargs="*", default=[1000, 10_000, 100_000])
    parser.add_argument("--one", type=int, help="import so many in this process")
    args = parser.parse_args()
    if args.one:
        with tempfile.TemporaryDirectory(prefix="firsthand-imports-") as place:
            alone(args.one, Path(place))
        return
    for count in args.records:
        subprocess.run([sys.executable, __file__, "--one", str(count)], check=True)


def alone(count: int, place: Path) -> None:
    """Import into a database of its own; print what each step took, and the memory."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firsthand.config.settings")
    os.environ["FIRSTHAND_DATA"] = str(place)
    import django

    django.setup()
    from django.core.management import call_command

    from firsthand.evidence.actions import importing, reviews, searches
    from firsthand.evidence.models import ImportFile, Record
    from firsthand.people import rules as roles
    from firsthand.people.models import User

    call_command("migrate", verbosity=0)
    user = User.objects.create(username="made up", role=roles.RESEARCHER, name="Made-up")
    owner = reviews.make(user, {"title": "Made up", "question": "Made up?"})
    said = {"source": "database", "database": "Made up", "ran_on": date(2026, 1, 1), "string": "x"}
    run, path = searches.add(owner, said), place / "large.ris"
    write(path, count)
    before = memory()
    with path.open("rb") as stream:
        took, taken = timed(lambda: importing.take(owner, run, [("large.ris", stream)]))
    row = taken.new[0]
    between = memory()
    read, _ = timed(lambda: importing.read_file.call(str(row.id)))
    kept = ImportFile.objects.defer("content").get(id=row.id)
    assert kept.records_read == Record.objects.count() == count, kept.why_failed
    print(
        f"{count:>9,} records, {kept.size / 1e6:,.0f} MB: taken in {took:.1f} s of CPU, read into "
        f"the database {read:.1f} s ({count / read:,.0f} a second); memory at most {before:.0f} MB "
        f"before, {between:.0f} MB taken in, {memory():.0f} MB read",
        flush=True,
    )


def write(path: Path, count: int) -> None:
    sys.path.insert(0, str(HERE))
    from imports import records

    with path.open("w") as out:
        for begin in range(0, count, 1000):
            out.writelines(records(min(1000, count - begin), begin))


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.process_time()
    found = work()
    return time.process_time() - begun, found


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
