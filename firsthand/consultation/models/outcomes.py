"""What a large survey came to, as the background work found it."""

from django.db import models

from firsthand.consultation.models.surveys import Survey, _Row


class Outcome(_Row):
    """The outcome of one survey's questions. `of` is the fingerprint of the answers it is of.

    `found`: JSON as text, since a database may put the columns of an object in an order of its
    own. `asked_at`: when it was asked to be worked out anew, while that is to be done; `done`: how
    many questions of these are.
    """

    survey = models.OneToOneField(Survey, on_delete=models.CASCADE, related_name="outcome")
    of = models.CharField(max_length=64, blank=True)
    many = models.PositiveIntegerField(default=0)
    found = models.TextField(blank=True, default="")
    worked_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveSmallIntegerField(default=0)
    trouble = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"The outcome of {self.many} answers"
