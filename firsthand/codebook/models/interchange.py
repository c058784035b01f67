"""What came with the file of another program, and the file itself while it is read."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.codebook.models.project import Coder, Project, Row

WAITING, LOOKED, CHOSEN, DONE, FAILED = "waiting", "looked", "chosen", "done", "failed"
STAGES = {
    WAITING: "Being looked into",
    LOOKED: "Looked into",
    CHOSEN: "Being brought in",
    DONE: "Brought in",
    FAILED: "Could not be read",
}


class Kept(Row):
    """One thing of another program's project, as XML, so that it can be given back.

    `about` is the row here that was made of it, if any was. `guid` is its name in that program,
    which stays. A thing that no page here shows (a set, a film) is kept all the same.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="kept")
    kind = models.CharField(max_length=20)
    guid = models.UUIDField()
    about = models.UUIDField(null=True, blank=True)
    position = models.PositiveIntegerField()
    xml = models.TextField(blank=True)
    by = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "kind", "guid"], name="kept_once"),
            models.CheckConstraint(condition=~Q(kind=""), name="kept_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.guid}"


class KeptFile(Row):
    """A file that came with it, such as a PDF: only to be given back."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="kept_files")
    name = models.CharField(max_length=255)
    content = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "name"], name="kept_file_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Brought(Row):
    """The file that someone brings in: looked into first, and brought in once they say so.

    `looked` says what is in it, for the page; `me` is who of its coders they are; `project` is what
    was made of it. The file itself is let go as soon as it is brought in, or left. `tries`: how
    often this step was begun.
    """

    user = models.OneToOneField("people.User", on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=255)
    content = models.BinaryField(null=True, blank=True)
    stage = models.CharField(max_length=8, choices=list(STAGES.items()), default=WAITING)
    looked = models.JSONField(default=dict, blank=True)
    me = models.CharField(max_length=36, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    why_failed = models.TextField(blank=True)
    moved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(stage__in=list(STAGES)), name="brought_stage_known"),
        ]

    def __str__(self) -> str:
        return self.name
