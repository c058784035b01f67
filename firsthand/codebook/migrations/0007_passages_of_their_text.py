"""A passage is one of its text; a change of a code says when it was undone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("codebook", "0006_tries"),
    ]

    operations = [
        migrations.AddField(
            model_name="codechange",
            name="undone_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RemoveConstraint(
            model_name="passage",
            name="passage_once_a_coder",
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_on", None), ("state", "stands")),
                fields=("source", "coder", "start", "end", "digest"),
                name="passage_once_a_coder",
            ),
        ),
    ]
