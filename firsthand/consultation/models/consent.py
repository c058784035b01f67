"""Information sheets with their statements, in versions, and what each member agreed to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.consultation import rules
from firsthand.consultation.models.groups import Group, GroupMember, GroupRow


class Sheet(GroupRow):
    """One version of what a group's members are told. It never changes: a new one asks again."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="sheets")
    version = models.PositiveIntegerField()
    text = models.TextField()
    by = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "version"], name="sheet_version_once"),
            models.CheckConstraint(condition=~Q(text=""), name="sheet_says_something"),
        ]

    def __str__(self) -> str:
        return f"sheet {self.version} of {self.group_id}"


class Statement(GroupRow):
    """One thing that is agreed to on its own. `use` says what hangs on it."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="statements")
    use = models.CharField(max_length=8, choices=[(key, key) for key in rules.USES])
    text = models.CharField(max_length=500)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "use"], name="statement_once_a_use"),
            models.CheckConstraint(
                condition=Q(use__in=list(rules.USES)), name="statement_use_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="statement_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.use} on {self.sheet_id}"


class Consent(GroupRow):
    """That a member agreed to a statement. Withdrawn, it stays with its days."""

    member = models.ForeignKey(GroupMember, on_delete=models.CASCADE, related_name="consents")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="consents")
    given_on = models.DateField(auto_now_add=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member", "statement"],
                condition=Q(withdrawn_on__isnull=True),
                name="consent_one_live",
            ),
        ]

    def __str__(self) -> str:
        return f"consent of {self.member_id}"
