"""labels.csv and labels_on.csv, blocks.csv; notes.csv, meeting.csv, reopenings.csv.

What is on a record that still waits for another reviewer is left out, as its decisions are: a
label, a note or a place on the list would tell of them.
"""

from collections.abc import Iterator

from firsthand.evidence import rules
from firsthand.evidence.models import Block, Label, LabelOn, Meeting, Note, Reopening
from firsthand.evidence.package.going_in import Into, keep, moment, numbered
from firsthand.evidence.package.going_out import Out, on
from firsthand.evidence.package.kept import DECIDED, SCREENING, STAGE, WHEN, WHO, Kept
from firsthand.evidence.package.tables import Bad, Cells, Field, Resource, day, text, whole

_LOOK = (
    text("colour", required=True, within=tuple(rules.COLOURS)),
    text("line", required=True, within=tuple(rules.LINES)),
)
_NAME = text("name", required=True, most=60)


def _label(into: Into, row: Cells, made: Label) -> None:
    into.labels[row["label"]] = made.id


def _label_rows(out: Out) -> Iterator[Cells]:
    labels = Label.objects.filter(review=out.review).order_by("at", "id")
    number = {row: at for at, row in enumerate(labels.values_list("id", flat=True), start=1)}
    rows = LabelOn.objects.filter(DECIDED, screening__review=out.review)
    order = ("screening__number", "screening__stage", "at", "id")
    for row in rows.select_related("screening").order_by(*order):
        yield {
            "label": number[row.label_id], "record": row.screening.number,
            "stage": row.screening.stage, "reviewer": out.reviewer(row.member_id),
            "on": on(row.at),
        }  # fmt: skip


def _load_labels(into: Into, rows: Iterator[Cells]) -> None:
    keep(LabelOn, (_label_on(into, row, turn) for turn, row in numbered(rows)), ["at"])


def _label_on(into: Into, row: Cells, turn: int) -> LabelOn:
    return LabelOn(
        label_id=into.labels[row["label"]], at=moment(row["on"], turn),
        screening=into.screenings[row["record"], row["stage"]],
        member=into.members[row["reviewer"]],
    )  # fmt: skip


def _criteria(row: Cells) -> None:
    if not all(type(each) is int for each in row["criteria"]):
        raise Bad("criteria are not numbers.")


LABELS = Kept(
    "labels", "Labels", Label, (_NAME, *_LOOK), key=("label",), number="label", note=_label,
    days={"on": (WHEN, "at"), "removed_on": (day("removed_on"), "removed_at")},
).resource()  # fmt: skip
LABELS_ON = Resource(
    "labels_on", "Which reviewer put which label on which record",
    (
        whole("label", required=True), whole("record", required=True), STAGE, WHO, WHEN,
    ),
    _label_rows, _load_labels, ("label", "record", "stage", "reviewer"),
    {"label": ("labels", "label"), "record": ("records", "number"),
     "reviewer": ("reviewers", "reviewer")},
)  # fmt: skip
BLOCKS = Kept(
    "blocks", "Blocks of words that are marked while screening", Block,
    (_NAME, text("words", "One a line", required=True), *_LOOK,
     Field("used", "boolean", "Whether they are marked", required=True)),
    key=("name",), people={},
).resource()  # fmt: skip
_ORDER = ("screening__number", "screening__stage", "at", "id")
NOTES = Kept(
    "notes", "Notes on records that reviewers differed on", Note,
    (text("text", required=True),), SCREENING, _ORDER, only=DECIDED,
    people={"reviewer": (WHO, "member")},
    days={"on": (WHEN, "at"), "taken_back_on": (day("taken_back_on"), "taken_back_at")},
).resource()  # fmt: skip
MEETING = Kept(
    "meeting", "Records for the next meeting", Meeting, (), SCREENING, _ORDER,
    ("record", "stage"), only=DECIDED,
).resource()  # fmt: skip
REOPENINGS = Kept(
    "reopenings", "Settled records that were opened again, and what had settled them", Reopening,
    (
        text("reason", "Why it was opened again", required=True),
        text("choice", "What had settled it; empty: all had agreed", within=rules.FINAL),
        text("note", "Said with that choice"),
        Field("criteria", "array", "Numbers of the criteria it named", required=True),
        whole("criteria_version", "Under which version of the criteria"),
    ),
    SCREENING, _ORDER, only=DECIDED, check=_criteria,
    people={"reviewer": (WHO, "by"), "settled_by": (whole("settled_by"), "settled_by")},
    days={"on": (WHEN, "at"), "settled_on": (day("settled_on"), "settled_at")},
).resource()  # fmt: skip
