"""Search runs, the files imported under them, and the records that came out."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.evidence import rules
from firsthand.evidence.models.review import Member, Review, Row


class Strategy(Row):
    """A review's search as it was built: one version of it. None is changed; the last one holds.

    `content` is as `methods.searching.plan` reads it. `note` says what was changed, or why.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="strategies")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "number"], name="strategy_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="strategy_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class SearchRun(Row):
    """One search of one source on one day, as PRISMA-S asks (Rethlefsen and others 2021).

    `hits` is how many the source said it found; unknown is not none. `strategy` is the version of
    the built search it was made from, if it was: `string` stays what was really run.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="searches")
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=8, choices=list(rules.SOURCES.items()))
    database = models.CharField(max_length=200)
    platform = models.CharField(max_length=200, blank=True)
    ran_on = models.DateField()
    string = models.TextField(blank=True)
    limits = models.TextField(blank=True)
    hits = models.PositiveIntegerField(null=True, blank=True)
    strategy = models.ForeignKey(
        Strategy, on_delete=models.PROTECT, null=True, blank=True, related_name="runs"
    )
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "number"], name="search_number_once"),
            models.CheckConstraint(condition=~Q(database=""), name="search_names_its_source"),
            models.CheckConstraint(
                condition=Q(source__in=list(rules.SOURCES)), name="search_source_known"
            ),
            models.CheckConstraint(
                condition=Q(source=rules.OTHER) | ~Q(string=""), name="search_has_its_string"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.database}, {self.platform}" if self.platform else self.database


class ImportFile(Row):
    """A file imported under a search run. Its `fingerprint` (SHA-256) is there once in a review.

    `passed` is how many things (records and problems) were taken out of it so far: whoever goes
    on reading begins there. `content` is kept until all of it has been read; of a file larger
    than `pieces.SIZE` it is empty, and the pieces have it. Of a table, `header` and `sample` are
    its first rows, and `columns` says for each column which part of a reference it holds.
    `tries`: how often reading was begun since it last came forward.
    """

    run = models.ForeignKey(SearchRun, on_delete=models.CASCADE, related_name="files")
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content = models.BinaryField(null=True)
    stage = models.CharField(
        max_length=8, choices=list(rules.IMPORTS.items()), default=rules.WAITING
    )
    passed = models.PositiveIntegerField(default=0)
    records_read = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    why_failed = models.TextField(blank=True)
    header = models.JSONField(default=list)
    sample = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["at", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "fingerprint"], name="import_file_once"),
            models.CheckConstraint(
                condition=Q(stage__in=list(rules.IMPORTS)), name="import_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(stage=rules.READ) | Q(content__isnull=False),
                name="import_kept_until_read",
            ),
            models.CheckConstraint(
                condition=~Q(stage=rules.FAILED) | ~Q(why_failed=""), name="import_says_why_failed"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ImportPiece(Row):
    """A piece of a large file that waits to be read."""

    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE, related_name="pieces")
    place = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "place"], name="import_piece_in_order"),
        ]

    def __str__(self) -> str:
        return f"piece {self.place} of {self.file_id}"


class ImportProblem(Row):
    """Something in a file that could not be taken as it stood: where, what, what was kept."""

    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE, related_name="problems")
    place = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    said = models.TextField()
    kept = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "place"], name="import_problem_in_order"),
        ]

    def __str__(self) -> str:
        return f"line {self.line}: {self.said}"


class Record(Row):
    """A bibliographic record as it came, under the file and so the search run it came from.

    `raw` holds every field of the file as it was. `number` is its own in the review.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="records")
    file = models.ForeignKey(ImportFile, on_delete=models.PROTECT, related_name="records")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=60, blank=True)
    title = models.TextField(blank=True)
    authors = models.JSONField(default=list)
    year = models.IntegerField(null=True, blank=True)
    container = models.TextField(blank=True)
    volume = models.TextField(blank=True)
    issue = models.TextField(blank=True)
    pages = models.TextField(blank=True)
    abstract = models.TextField(blank=True)
    doi = models.TextField(blank=True)
    pmid = models.TextField(blank=True)
    isbn_issn = models.TextField(blank=True)
    url = models.TextField(blank=True)
    keywords = models.JSONField(default=list)
    language = models.TextField(blank=True)
    raw = models.JSONField(default=list)
    line = models.PositiveIntegerField()
    source_format = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "number"], name="record_number_once"),
        ]

    def __str__(self) -> str:
        return f"record {self.number}"

    @property
    def called(self) -> str:
        """Return its title, or what there is to call it by."""
        return self.title or f"Record {self.number}, without a title"
