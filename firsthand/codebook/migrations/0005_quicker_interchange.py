"""Sources are found by what they say, and a passage may say itself when it was made."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("codebook", "0004_agreement_themes")]

    operations = [
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["project", "digest"], name="source_by_digest"),
        ),
        migrations.AlterField(
            model_name="passage",
            name="made_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
    ]
