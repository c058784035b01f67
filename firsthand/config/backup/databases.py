"""A consistent copy of the database in one file, made while the site runs, and putting it back."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from firsthand.config.talk import Progress, Stop

SQLITE, POSTGRES = "database.sqlite3", "database.pgdump"
_PAGES = 2048  # copied at a time


def copy(database: dict[str, Any], into: Path) -> Path:
    """Copy the database that Django calls `database` into the directory `into`."""
    if database["ENGINE"].endswith("sqlite3"):
        return _copy_sqlite(Path(database["NAME"]), into / SQLITE)
    return _dump_postgres(database, into / POSTGRES)


def put_back(file: Path, database: dict[str, Any]) -> None:
    """Make the database that Django calls `database` out of a copy. Raises Stop when not empty."""
    if file.name == SQLITE:
        _put_sqlite(file, database)
    else:
        _restore_postgres(file, database)


def _copy_sqlite(source: Path, target: Path) -> Path:
    with sqlite3.connect(source, isolation_level=None) as old, sqlite3.connect(target) as new:
        # One reading transaction: the copy is of one moment, whatever is written meanwhile.
        old.execute("BEGIN")
        pages = old.execute("PRAGMA page_count").fetchone()[0]
        shown = Progress("Copying the database", pages)
        old.backup(new, pages=_PAGES, progress=lambda _, left, total: shown.to(total - left))
        shown.end()
        old.execute("COMMIT")
    new.close()
    old.close()
    return target


def _put_sqlite(file: Path, database: dict[str, Any]) -> None:
    if not database["ENGINE"].endswith("sqlite3"):
        raise Stop(
            "This backup is of an SQLite database, and DATABASE_URL names another kind. "
            "Restore it without DATABASE_URL."
        )
    target = Path(database["NAME"])
    if target.exists():
        raise Stop(f"There is a database at {target} already. Restoring never writes over one.")
    shutil.move(file, target)
    target.chmod(0o600)


def _dump_postgres(database: dict[str, Any], target: Path) -> Path:
    _call("pg_dump", ["--format=custom", "--no-owner", f"--file={target}"], database)
    return target


def _restore_postgres(file: Path, database: dict[str, Any]) -> None:
    if database["ENGINE"].endswith("sqlite3"):
        raise Stop(
            "This backup is of a PostgreSQL database. Make an empty one and name it in "
            "DATABASE_URL, then restore again."
        )
    _refuse_unless_empty(database)
    arguments = ["--exit-on-error", "--single-transaction", "--no-owner"]
    _call("pg_restore", [*arguments, f"--dbname={database['NAME']}", str(file)], database)


def _refuse_unless_empty(database: dict[str, Any]) -> None:
    count = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    if _call("psql", ["--tuples-only", "--no-align", f"--command={count}"], database) != "0":
        raise Stop("The database in DATABASE_URL is not empty. Restoring never writes over one.")


def _call(tool: str, arguments: list[str], database: dict[str, Any]) -> str:
    """Run one of PostgreSQL's own tools on `database` and return what it printed."""
    if shutil.which(tool) is None:
        raise Stop(f"{tool} is not here. On Debian: apt install postgresql-client")
    done = subprocess.run(  # noqa: S603
        [tool, *arguments], env=os.environ | _how_to_reach(database),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Stop(f"{tool} stopped: {done.stderr.strip().splitlines()[-1:] or 'no reason given'}")
    return done.stdout.strip()


def _how_to_reach(database: dict[str, Any]) -> dict[str, str]:
    """What libpq wants to be told. By environment: a command line is seen by every user."""
    more = database.get("OPTIONS", {})
    named = {
        "PGHOST": database.get("HOST") or more.get("host"),
        "PGPORT": database.get("PORT") or more.get("port"),
        "PGUSER": database.get("USER"), "PGPASSWORD": database.get("PASSWORD"),
        "PGDATABASE": database.get("NAME"), "PGSSLMODE": more.get("sslmode"),
        "PGSSLROOTCERT": more.get("sslrootcert"),
    }  # fmt: skip
    return {name: str(value) for name, value in named.items() if value}
