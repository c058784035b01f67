"""A group, who runs it, who was invited, who is in it, and the trail of what was done.

No name of a member is here: a member is a keyring and the name they chose for this group.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from firsthand.consultation import rules
from firsthand.vault.marked import Marked


class GroupRow(models.Model):
    """A row with a random key: it says nothing of when it was made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Group(GroupRow):
    """A focus group or an advisory group. The counters give numbers, never again.

    `version` is the draft of the model that is commented on, if one is.
    """

    kind = models.CharField(max_length=8, choices=list(rules.GROUP_NAMES.items()))
    title = models.CharField(max_length=200)
    purpose = models.TextField()
    version = models.ForeignKey(
        "harms.ModelVersion", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    before = models.TextField(blank=True, help_text="Support before meetings: who, and how.")
    during = models.TextField(blank=True)
    after = models.TextField(blank=True)
    pay = models.CharField(max_length=100, blank=True, help_text="What is offered: £25 a meeting.")
    pay_how = models.CharField(max_length=200, blank=True)
    members_made = models.PositiveIntegerField(default=0)
    meetings_made = models.PositiveIntegerField(default=0)
    comments_made = models.PositiveIntegerField(default=0)
    made_on = models.DateField(auto_now_add=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["title", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=list(rules.GROUP_NAMES)), name="group_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(purpose=""), name="group_says_what_it_is"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_words(self) -> str:
        return rules.GROUP_NAMES[self.kind]


class Facilitator(Marked):
    """Someone of the staff who runs a group. It decides to whom members' needs are sealed.

    `notice`: they are to be told by e-mail that something waits.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="facilitators")
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    since = models.DateField(auto_now_add=True)
    left_on = models.DateField(null=True, blank=True)
    notice = models.BooleanField(default=False)

    MARKED = ("id", "group_id", "user_id", "left_on")

    class Meta:
        ordering: ClassVar = ["since", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "user"], name="facilitator_once"),
        ]

    def __str__(self) -> str:
        return f"facilitator of {self.group_id}"


class Invited(GroupRow):
    """An invitation: by a code, of which only the mark is kept, or to a person's sign-in.

    `for_name` is the mark of a sign-in name, as sign-ins are kept: whether there is such a
    sign-in is told to nobody.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="invited")
    number = models.PositiveIntegerField()
    text = models.TextField()
    code_mark = models.BinaryField(max_length=32, null=True, unique=True)
    for_name = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField(auto_now_add=True)
    ends_on = models.DateField()
    state = models.CharField(max_length=9, choices=list(rules.INVITED.items()), default=rules.OPEN)
    question = models.TextField(blank=True)
    reply = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "number"], name="invited_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=list(rules.INVITED)), name="invited_state_known"
            ),
            models.CheckConstraint(
                condition=Q(code_mark__isnull=False, for_name="")
                | (Q(code_mark__isnull=True) & ~Q(for_name="")),
                name="invited_by_code_or_to_a_sign_in",
            ),
            models.UniqueConstraint(
                fields=["group", "for_name"],
                condition=Q(state=rules.OPEN) & ~Q(for_name=""),
                name="invited_one_open_a_sign_in",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.number} to {self.group_id}"


class GroupMember(Marked):
    """Someone in a group: whoever holds `keyring`, under the name they chose for this group.

    `needs` is what they need to take part, in their own words, sealed to them and to those who
    run the group. `sheet` is the information sheet that they answered last.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    number = models.PositiveIntegerField()
    keyring = models.ForeignKey("vault.Keyring", on_delete=models.PROTECT, related_name="+")
    invited = models.OneToOneField(Invited, on_delete=models.PROTECT, related_name="member")
    name = models.CharField(max_length=40, blank=True)
    joined_on = models.DateField(auto_now_add=True)
    left_on = models.DateField(null=True, blank=True)
    needs = models.OneToOneField(
        "vault.Item", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    pay = models.CharField(max_length=8, choices=list(rules.PAY.items()), default=rules.OFFERED)
    sheet = models.ForeignKey(
        "consultation.Sheet", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    MARKED = ("id", "group_id", "keyring_id", "left_on", "needs_id")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "number"], name="group_member_number_once"),
            models.UniqueConstraint(
                fields=["group", "keyring"],
                condition=Q(left_on__isnull=True),
                name="group_member_once",
            ),
            models.UniqueConstraint(
                "group", Lower("name"), condition=~Q(name=""), name="group_member_name_once"
            ),
            models.CheckConstraint(
                condition=Q(pay__in=list(rules.PAY)), name="group_member_pay_known"
            ),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The name they chose, or their number until they have."""
        return self.name or f"Member {self.number}"


class GroupTrail(GroupRow):
    """What was done in a group, when, and by which facilitator or member. No words of a member."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="trail")
    at = models.DateTimeField(help_text="What a member did is kept to the day.")
    by = models.ForeignKey("people.User", on_delete=models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(GroupMember, on_delete=models.PROTECT, null=True, related_name="+")
    did = models.CharField(max_length=40)
    about = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [models.Index(fields=["group", "at"], name="group_trail_by_time")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(did=""), name="group_trail_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.did} in {self.group_id}"
