"""The order of reading and stopping; since when each record has been settled."""

import uuid
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce


def since_when(apps: Any, schema_editor: Any) -> None:
    """Fill in since when records have been settled: by what settled them, or the last decision."""
    decision, resolution, screening = (
        apps.get_model("evidence", name) for name in ("Decision", "Resolution", "Screening")
    )
    settled = resolution.objects.filter(screening=OuterRef("id")).values("at")
    decided = decision.objects.filter(screening=OuterRef("id")).order_by()
    last = decided.values("screening").annotate(last=Max("at")).values("last")
    rows = screening.objects.filter(state__in=["included", "excluded"])
    rows.update(settled_at=Coalesce(Subquery(settled), Subquery(last)))


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0002_duplicates"),
    ]

    operations = [
        migrations.CreateModel(
            name="Audit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("abstract", "Title and abstract"), ("full-text", "Full text")],
                        max_length=9,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("seed", models.PositiveBigIntegerField()),
                ("population", models.PositiveIntegerField()),
                ("before", models.PositiveIntegerField()),
                ("total", models.PositiveIntegerField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="AuditRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["place"],
            },
        ),
        migrations.CreateModel(
            name="Ordering",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("abstract", "Title and abstract"), ("full-text", "Full text")],
                        max_length=9,
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("imported", "As they were imported, oldest first"),
                            ("chance", "By chance"),
                            ("learned", "What is like the records included so far comes first"),
                        ],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("ranked_at", models.DateTimeField(blank=True, null=True)),
                ("learned", models.PositiveIntegerField(default=0)),
                ("trouble", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("abstract", "Title and abstract"), ("full-text", "Full text")],
                        max_length=9,
                    ),
                ),
                ("recall", models.PositiveSmallIntegerField()),
                ("sure", models.PositiveSmallIntegerField()),
                ("every", models.PositiveIntegerField()),
                ("begun", models.PositiveIntegerField()),
                ("total", models.PositiveIntegerField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Ranked",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rank", models.PositiveIntegerField()),
                ("why", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["rank"],
            },
        ),
        migrations.CreateModel(
            name="Stop",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("abstract", "Title and abstract"), ("full-text", "Full text")],
                        max_length=9,
                    ),
                ),
                ("until", models.PositiveIntegerField()),
                ("unread", models.PositiveIntegerField()),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("imported", "As they were imported, oldest first"),
                            ("chance", "By chance"),
                            ("learned", "What is like the records included so far comes first"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-at", "id"],
            },
        ),
        migrations.AddField(
            model_name="screening",
            name="settled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="screening",
            index=models.Index(fields=["review", "stage", "record"], name="screening_by_chance"),
        ),
        migrations.AddIndex(
            model_name="screening",
            index=models.Index(
                fields=["review", "stage", "settled_at"], name="screening_by_settling"
            ),
        ),
        migrations.AddField(
            model_name="audit",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.member"
            ),
        ),
        migrations.AddField(
            model_name="audit",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="audits",
                to="evidence.review",
            ),
        ),
        migrations.AddField(
            model_name="auditrecord",
            name="audit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="draws",
                to="evidence.audit",
            ),
        ),
        migrations.AddField(
            model_name="auditrecord",
            name="screening",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="draws",
                to="evidence.screening",
            ),
        ),
        migrations.AddField(
            model_name="ordering",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.member"
            ),
        ),
        migrations.AddField(
            model_name="ordering",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="orderings",
                to="evidence.review",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.member"
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="plans",
                to="evidence.review",
            ),
        ),
        migrations.AddField(
            model_name="ranked",
            name="ordering",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ranked",
                to="evidence.ordering",
            ),
        ),
        migrations.AddField(
            model_name="ranked",
            name="screening",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ranked",
                to="evidence.screening",
            ),
        ),
        migrations.AddField(
            model_name="stop",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.member"
            ),
        ),
        migrations.AddField(
            model_name="stop",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="stops",
                to="evidence.review",
            ),
        ),
        migrations.AddConstraint(
            model_name="audit",
            constraint=models.UniqueConstraint(
                fields=("review", "stage", "number"), name="audit_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="audit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("review", "stage"),
                name="audit_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="audit",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="audit_numbers_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="auditrecord",
            constraint=models.UniqueConstraint(fields=("audit", "place"), name="draw_place_once"),
        ),
        migrations.AddConstraint(
            model_name="auditrecord",
            constraint=models.UniqueConstraint(
                fields=("audit", "screening"), name="draw_record_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="ordering",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("review", "stage"),
                name="ordering_one_a_stage",
            ),
        ),
        migrations.AddConstraint(
            model_name="ordering",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["abstract", "full-text"])),
                name="ordering_stage_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="ordering",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ["imported", "chance", "learned"])),
                name="ordering_way_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("review", "stage"),
                name="plan_one_a_stage",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("recall__gte", 1), ("recall__lte", 100)),
                name="plan_recall_in_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("sure__gte", 50), ("sure__lte", 99)), name="plan_sure_in_bounds"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("every__gte", 1)), name="plan_looks_now_and_then"
            ),
        ),
        migrations.AddIndex(
            model_name="ranked",
            index=models.Index(fields=["ordering", "rank"], name="ranked_in_order"),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("review", "stage"),
                name="stop_one_a_stage",
            ),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="stop_says_why"
            ),
        ),
        migrations.RunPython(since_when, migrations.RunPython.noop),
    ]
