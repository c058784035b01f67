"""What was charted as a table: filtered, sorted, with the columns one chooses; as files."""

import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from firsthand.access.downloads import attachment
from firsthand.access.refused import Refused
from firsthand.evidence import charts, tabling
from firsthand.evidence.models import Review
from firsthand.evidence.views.entering import enter
from firsthand.methods.charting import choosing, tabular
from firsthand.methods.charting.values import (
    GROUP,
    STATES,
    WITH_CHOICES,
    Charted,
    Field,
    Form,
    asked,
    words,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV, JSON = "text/csv; charset=utf-8", "application/json"


@dataclass(frozen=True)
class Table:
    """What is shown: the columns, the studies that stand as wanted, in order."""

    form: Form
    columns: tuple[Field, ...]
    studies: tuple[Charted, ...]
    all: int
    wanted: dict[str, str]
    sort: str
    down: bool

    @property
    def query(self) -> str:
        """The same table as an address: for files, and to come back to."""
        shown = [("show", each.key) for each in self.columns]
        more = [("sort", self.sort)] * bool(self.sort) + [("down", "1")] * self.down
        return urlencode([*shown, *self.wanted.items(), *more])


def table_of(review: Review, sent: QueryDict) -> Table:
    """Return the table that an address asks for; what is not known in it is passed over."""
    form, studies = charts.studies_of(review)
    known = choosing.askable(form)
    wanted = {key: str(sent[key])[:200] for key in known if sent.get(key)}
    shown = set(sent.getlist("show"))
    columns = tuple(each for each in asked(form) if each.key in shown) or asked(form)
    sort = sent.get("sort", "") if sent.get("sort") in {"name", *known} else ""
    down = bool(sent.get("down"))
    found = choosing.in_order(form, choosing.kept(form, studies, wanted), sort, down=down)
    return Table(form, columns, tuple(found), len(studies), wanted, sort, down)


@require_safe
def table(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Show studies by fields."""
    member = enter(request, review)
    found = table_of(member.review, request.GET)
    context = {
        "review": member.review, "table": found, "words": words, "states": STATES,
        "filters": list(choosing.askable(found.form).values()), "with_choices": WITH_CHOICES,
        "groups": tabular.groups(found.form), "group": GROUP,
        "ids": {each.row.number: each.row.id for each in charts.charted(member.review)},
    }  # fmt: skip
    return render(request, "evidence/chart_table.html", context)


@require_safe
def file(request: HttpRequest, review: uuid.UUID, kind: str) -> HttpResponse:
    """Give the table as a file: CSV and XLSX as shown; JSON has everything."""
    member = enter(request, review)
    found = table_of(member.review, request.GET)
    if kind == "json":
        return attachment(tabling.as_json(member.review), "charts.json", JSON)
    if kind == "xlsx":
        return attachment(tabling.as_xlsx(found.form, found.studies), "charts.xlsx", XLSX)
    rows = tabular.wide(found.columns, found.studies)
    return attachment(tabling.as_csv(rows), "charts.csv", CSV)


@require_safe
def entries(request: HttpRequest, review: uuid.UUID, key: str) -> HttpResponse:
    """Give a group that repeats as CSV, one row an entry."""
    member = enter(request, review)
    found = table_of(member.review, request.GET)
    group = next((each for each in tabular.groups(found.form) if each.key == key), None)
    if group is None:
        raise Refused
    return attachment(tabling.as_csv(tabular.long(group, found.studies)), f"charts-{key}.csv", CSV)
