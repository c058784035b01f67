"""Writing to the database as someone who got at it does: past the program, without its key."""

from typing import Any

from django.db import models

from firsthand.config.checkup import keeping

Kept = dict[type[models.Model], list[dict[str, Any]]]


def change(row: models.Model, **values: Any) -> None:
    """Write `values` into a row that is there."""
    type(row)._base_manager.filter(pk=row.pk).update(**values)


def insert(row: models.Model) -> None:
    """Put a made-up row there, with whatever mark it bears."""
    type(row)._base_manager.bulk_create([row])


def copy(*tables: type[models.Model]) -> Kept:
    """Copy whole tables, marks and all."""
    return {table: list(table._base_manager.values()) for table in tables}


def put_back(kept: Kept, **which: Any) -> None:
    """Put rows of a copy back as they were; rows that have come since are left alone."""
    for table, rows in kept.items():
        wanted = [row for row in rows if all(row[name] == value for name, value in which.items())]
        there = set(table._base_manager.values_list("pk", flat=True))
        for row in wanted:
            key = row[table._meta.pk.attname]
            if key in there:
                table._base_manager.filter(pk=key).update(**row)
            else:
                table._base_manager.bulk_create([table(**row)])


def findings() -> list[str]:
    """What `firsthand check` says of changes from outside."""
    return [each.what for look in (keeping.logs, keeping.alarm) for each in look() if each.unsafe]
