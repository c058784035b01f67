"""What members say of a draft of the model, and what its editors did with that."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.consultation import rules
from firsthand.consultation.models.groups import Group, GroupMember, GroupRow


class Comment(GroupRow):
    """A comment on one entry of a draft, by its code, or on the whole when there is no code.

    Taken back, its words are gone and its place stays. `said_of` is how the entry was called
    then: drafts change.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="comments")
    version = models.ForeignKey("harms.ModelVersion", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    member = models.ForeignKey(GroupMember, on_delete=models.PROTECT, related_name="comments")
    entry = models.CharField(max_length=12, blank=True)
    said_of = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=8, choices=list(rules.COMMENTS.items()))
    text = models.TextField(blank=True)
    on = models.DateField(auto_now_add=True)
    taken_back_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "number"], name="comment_number_once"),
            models.CheckConstraint(
                condition=Q(kind__in=list(rules.COMMENTS)), name="comment_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=rules.AGREE) | ~Q(text="") | Q(taken_back_on__isnull=False),
                name="comment_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_on__isnull=True) | Q(text=""),
                name="comment_taken_back_has_no_words",
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.number} in {self.group_id}"


class Reply(GroupRow):
    """What the editors did with a comment, and why. The newest stands; earlier ones stay."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="replies")
    place = models.PositiveIntegerField()
    done = models.CharField(max_length=9, choices=list(rules.DONE_TAGS.items()))
    why = models.TextField()
    by = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    on = models.DateField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "place"], name="reply_place_once"),
            models.CheckConstraint(
                condition=Q(done__in=list(rules.DONE_TAGS)), name="reply_done_known"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="reply_says_why"),
        ]

    def __str__(self) -> str:
        return f"reply {self.place} to {self.comment_id}"
