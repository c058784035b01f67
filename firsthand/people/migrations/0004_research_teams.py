"""Someone who researches may be invited to a team: people can let a research team learn from what
they told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_mark_what_is_here")]

    operations = [
        migrations.RemoveConstraint(
            model_name="invitation", name="invitation_to_a_team_or_to_none"
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("for_user__isnull", False), ("team__isnull", True)),
                    models.Q(
                        ("for_user__isnull", True),
                        ("role__in", ["advocate", "responder", "researcher"]),
                        ("team__isnull", False),
                    ),
                    models.Q(
                        ("for_user__isnull", True),
                        ("team__isnull", True),
                        models.Q(("role__in", ["advocate", "responder"]), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="invitation_to_a_team_or_to_none",
            ),
        ),
    ]
