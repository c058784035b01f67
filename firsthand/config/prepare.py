"""Making a data directory ready: the directory, the key, the database, the pages' files, the model.

Each step does nothing when it has been done before, so that starting up the second time is quick.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from firsthand.config.talk import Stop, step

# Scripts that come with libraries and that no page of ours uses.
UNUSED = ["account", "django_htmx"]


def set_up() -> None:
    """Read the settings (which makes the data directory and the server's key) and start Django."""
    os.umask(0o077)  # whatever is written is for this user alone
    try:
        django.setup()
    except (ValueError, PermissionError) as error:
        raise Stop(str(error)) from error


def everything() -> None:
    """Do every step. Two commands starting at once do it one after the other."""
    set_up()
    settings.FIRSTHAND_DATA.chmod(0o700)
    with _alone():
        if pending():
            with step("Preparing the database"):
                migrate()
        static_files()
        load_model()
        suggestions()


def pending() -> list[str]:
    """Return the names of the changes to the database that have not been made yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate() -> None:
    """Bring the database to the shape this version needs."""
    if connection.introspection.table_names():
        call_command("migrate", interactive=False, verbosity=0)
    else:
        _all_at_once()


def _all_at_once() -> None:
    """Make the tables of an empty database as the models have them: in seconds.

    Each change in turn comes to the same and takes half a minute, for with every new table Django
    works all others out anew. All changes are noted as made, in the same transaction.
    """
    recorder, loader = MigrationRecorder(connection), MigrationLoader(connection)
    tables: list[type[Model]] = [recorder.Migration, *apps.get_models()]
    with connection.schema_editor() as editor:
        for model in tables:
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        recorder.migration_qs.bulk_create(
            recorder.Migration(app=app, name=name) for app, name in loader.graph.nodes
        )
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def static_files() -> None:
    """Gather styles, scripts and pictures where they are served from, if any has changed."""
    done = Path(settings.STATIC_ROOT) / ".done"
    now = _signature()
    if done.exists() and done.read_text() == now:
        return
    with step("Gathering styles and pictures"):
        done.unlink(missing_ok=True)
        with redirect_stdout(StringIO()):
            call_command(
                "collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=UNUSED
            )
        done.write_text(now)


def load_model() -> None:
    """Publish the versions of the model of harm that come with Firsthand."""
    from firsthand.harms.actions import load_published_models

    load_published_models()


def suggestions() -> None:
    """Learn from the model of harm what to suggest, once for each version of it."""
    from firsthand.testimony.suggesting import make_ready

    if any((settings.FIRSTHAND_DATA / "suggest").glob("*.npz")):
        make_ready()
        return
    with step("Learning what to suggest from the model of harm"):
        make_ready()


def _signature() -> str:
    """What the files to gather are: names, sizes and times."""
    from django.contrib.staticfiles.finders import get_finders

    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(UNUSED):
            stat = Path(storage.path(path)).stat()
            seen.update(f"{path}:{stat.st_size}:{stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    with (settings.FIRSTHAND_DATA / ".preparing").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
