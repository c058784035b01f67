"""duplicates.csv: what holds, or held, between two records, and why; groups.csv: what follows.

looks.csv has each time of looking. Answers that were undone are here too, with the day they ended.
"""

from collections.abc import Iterator

from firsthand.evidence import rules
from firsthand.evidence.models import Group, Grouped, Look, Pair
from firsthand.evidence.package.going_in import Into, keep, moment, numbered
from firsthand.evidence.package.going_out import Out, on
from firsthand.evidence.package.tables import Bad, Cells, Field, Resource, day, text, whole

_LOOKED = ("stage", "records", "merged", "asked", "linked")
FIELDS = (
    whole("first", "A record's number", required=True, least=1),
    whole("second", "A later record's", required=True, least=2),
    whole("turn", "1 is what was said first of the two, and so on", required=True, least=1),
    text("holds", required=True, within=tuple(rules.PAIRS)),
    text("kind", "How versions of one work belong together", within=tuple(rules.LINKS)),
    text("rule", "Which rule of comparing", most=80),
    text("reason", "Why", required=True),
    whole("reviewer", "Who said so; empty: this program by itself"),
    day("on", required=True),
    day("ended_on", "Since when it holds no longer"),
    whole("ended_by", "Who ended it; empty: this program by itself"),
)
GROUP_FIELDS = (
    whole("record", required=True),
    whole("group", "The lowest number among the records of one report", required=True),
    Field("stands", "boolean", "Whether it is screened for all of them", required=True),
    Field("shown", "object", "Field → the record whose value someone chose to show"),
)
LOOK_FIELDS = (
    text("stage", required=True, within=(rules.LOOK_DONE, rules.LOOK_FAILED)),
    whole("records", "How many were new", required=True),
    whole("merged", required=True),
    whole("asked", required=True),
    whole("linked", required=True),
    whole("reviewer", "Who asked for it; empty: nobody, after an import"),
    day("on", required=True),
)


def _rows(out: Out) -> Iterator[Cells]:
    rows = Pair.objects.filter(review=out.review).select_related("first", "second")
    two = ("first__title", "second__title")
    held = sorted(rows.defer(*two), key=lambda row: (*_numbers(row), row.at, row.id))
    before: tuple[int, int] = (0, 0)
    turn = 0
    for row in held:
        turn = turn + 1 if _numbers(row) == before else 1
        before = _numbers(row)
        yield {
            "first": before[0], "second": before[1], "turn": turn, "holds": row.holds,
            "kind": row.kind, "rule": row.rule, "reason": out.nameless(row.reason),
            "reviewer": out.reviewer(row.by_id), "on": on(row.at), "ended_on": on(row.ended_at),
            "ended_by": out.reviewer(row.ended_by_id),
        }  # fmt: skip


def _numbers(row: Pair) -> tuple[int, int]:
    one, other = sorted((row.first.number, row.second.number))
    return one, other


def _load(into: Into, rows: Iterator[Cells]) -> None:
    keep(Pair, (_pair(into, row, turn) for turn, row in numbered(rows)), ["at"])


def _pair(into: Into, row: Cells, turn: int) -> Pair:
    if row["first"] >= row["second"]:
        raise Bad("first has to be lower than second.")
    first, second = sorted((into.records[row["first"]], into.records[row["second"]]))
    ended = row["ended_on"]
    return Pair(
        review=into.review, first_id=first, second_id=second, holds=row["holds"],
        kind=row["kind"], rule=row["rule"], reason=row["reason"],
        by=into.member(row["reviewer"]), at=moment(row["on"], turn),
        ended_at=moment(ended, turn) if ended else None, ended_by=into.member(row["ended_by"]),
    )  # fmt: skip


def _group_rows(out: Out) -> Iterator[Cells]:
    rows = Grouped.objects.filter(group__review=out.review).select_related("record", "group")
    lowest: dict[object, int] = {}
    for row in rows.order_by("record__number"):
        first = lowest.setdefault(row.group_id, row.record.number)
        yield {
            "record": row.record.number, "group": first, "stands": row.stands,
            "shown": (row.group.shown or None) if row.stands else None,
        }  # fmt: skip


def _load_groups(into: Into, rows: Iterator[Cells]) -> None:
    made: dict[int, Group] = {}
    places = []
    for row in rows:
        if row["group"] not in made:
            made[row["group"]] = Group(review=into.review)
        group = made[row["group"]]
        if row["shown"]:
            group.shown = row["shown"]
        if not row["stands"]:
            into.aside.add(row["record"])
        record = into.records[row["record"]]
        places.append(Grouped(group=group, record_id=record, stands=row["stands"]))
    keep(Group, iter(made.values()))
    keep(Grouped, iter(places))


def _look_rows(out: Out) -> Iterator[Cells]:
    for row in out.review.looks.exclude(stage=rules.LOOK_WAITING).order_by("at", "id"):
        same = {name: getattr(row, name) for name in _LOOKED}
        yield {**same, "reviewer": out.reviewer(row.by_id), "on": on(row.at)}


def _load_looks(into: Into, rows: Iterator[Cells]) -> None:
    keep(Look, (_look(into, row, turn) for turn, row in numbered(rows)), ["at"])


def _look(into: Into, row: Cells, turn: int) -> Look:
    by, same = into.member(row["reviewer"]), {name: row[name] for name in _LOOKED}
    return Look(review=into.review, by=by, at=moment(row["on"], turn), **same)


_BY = ("reviewers", "reviewer")
RESOURCE = Resource(
    "duplicates", "What holds between two records, and why", FIELDS, _rows, _load,
    ("first", "second", "turn"),
    {"first": ("records", "number"), "second": ("records", "number"), "reviewer": _BY,
     "ended_by": _BY},
)  # fmt: skip
GROUPS = Resource(
    "groups", "Records of one report", GROUP_FIELDS, _group_rows, _load_groups, ("record",),
    {"record": ("records", "number")},
)  # fmt: skip
LOOKS = Resource(
    "looks", "Each time of looking for duplicates", LOOK_FIELDS, _look_rows, _load_looks,
    refers={"reviewer": _BY},
)  # fmt: skip
