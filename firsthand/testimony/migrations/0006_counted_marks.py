"""Puts what is counted under the server's mark. What stands there on this day is believed."""

from typing import Any

from django.db import migrations, models
from django.db.models import F

from firsthand.testimony.coded import mark_of


def forwards(apps: Any, schema_editor: Any) -> None:
    table = apps.get_model("testimony", "Counted")
    columns = (
        "testimony_id", "model_version", "codes", "month", "service_kind", "place",
        "later", "later_from",
    )  # fmt: skip
    rows = table.objects.values(*columns, now=F("testimony__item__revision"))
    for kept in rows.iterator(chunk_size=1000):
        kept["revision"] = kept.pop("now")
        found = table.objects.filter(pk=kept["testimony_id"])
        found.update(revision=kept["revision"], proof=mark_of(kept))


class Migration(migrations.Migration):
    dependencies = [("testimony", "0005_counted_later")]
    operations = [
        migrations.AddField(
            model_name="counted",
            name="revision",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="counted",
            name="proof",
            field=models.BinaryField(default=bytes, max_length=32),
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
