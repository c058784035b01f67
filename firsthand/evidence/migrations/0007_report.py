import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0006_searching"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reported",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("item", models.PositiveSmallIntegerField()),
                ("where", models.CharField(blank=True, max_length=200)),
                ("note", models.TextField(blank=True)),
                ("applies", models.BooleanField(default=True)),
                ("why", models.TextField(blank=True)),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reported",
                        to="evidence.review",
                    ),
                ),
            ],
            options={
                "ordering": ["item"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "item"), name="reported_item_once"),
                    models.CheckConstraint(
                        condition=models.Q(("item__gte", 1), ("item__lte", 22)),
                        name="reported_item_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("applies", True), models.Q(("why", ""), _negated=True), _connector="OR"
                        ),
                        name="reported_says_why_not",
                    ),
                ],
            },
        ),
    ]
