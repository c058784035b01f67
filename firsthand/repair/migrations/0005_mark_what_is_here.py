"""Marks the rows that are here already. What stands there on this day is believed.

The columns are written out: what is under the mark later is a later migration's to say.
"""

from typing import Any

from django.db import migrations

from firsthand.vault.marked import mark_of

_COLUMNS = {"request": ("id", "testimony_id", "item_id", "team_id")}


def forwards(apps: Any, schema_editor: Any) -> None:
    for name, columns in _COLUMNS.items():
        table = apps.get_model("repair", name)
        for row in table.objects.only("pk", *columns).iterator(chunk_size=1000):
            proof = mark_of(f"repair.{name}", [getattr(row, column) for column in columns])
            table.objects.filter(pk=row.pk).update(proof=proof)


class Migration(migrations.Migration):
    dependencies = [("repair", "0004_marks")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
