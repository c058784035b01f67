"""chart_forms.csv: every version of the charting form, the draft too, and what may be answered.

`told` and `fits` say whether a form, and an answer to it, are of the shape the site can show: a
package may come from anybody.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from firsthand.evidence.models import ChartForm
from firsthand.evidence.package.going_in import Into, keep, moment, numbered
from firsthand.evidence.package.going_out import Out, on
from firsthand.evidence.package.tables import Bad, Cells, Field, Resource, day, whole
from firsthand.methods.charting import values
from firsthand.methods.charting.plain import read_answers, read_form, told_answers, told_form

_WRONG = (KeyError, TypeError, ValueError, AttributeError, RecursionError)
FIELDS = (
    whole("version", required=True, least=1),
    Field("fields", "array", "What it asks: key, kind, label and so on", required=True),
    whole("made", "How many keys were given to fields and choices", required=True),
    whole("reviewer", "Who began this version", required=True),
    day("on", required=True),
    day("published_on", "Empty: a draft"),
)


def _rows(out: Out) -> Iterator[Cells]:
    for row in ChartForm.objects.filter(review=out.review).order_by("version"):
        yield {
            "version": row.version, "fields": told_form(read_form(row.fields)), "made": row.made,
            "reviewer": out.reviewer(row.by_id), "on": on(row.at),
            "published_on": on(row.published_at),
        }  # fmt: skip


def _load(into: Into, rows: Iterator[Cells]) -> None:
    keep(
        ChartForm, (_form(into, row, turn) for turn, row in numbered(rows)), ["at"],
        lambda row: into.forms.__setitem__(row.version, row),
    )  # fmt: skip


def _form(into: Into, row: Cells, turn: int) -> ChartForm:
    published = row["published_on"]
    return ChartForm(
        review=into.review, version=row["version"], fields=told(row["fields"]), made=row["made"],
        by=into.members[row["reviewer"]], at=moment(row["on"], turn),
        published_at=moment(published, turn) if published else None,
    )  # fmt: skip


def told(fields: list[Any]) -> list[Any]:
    """Return a form's fields as they are kept. Raises Bad when they are not a form's."""
    try:
        form = read_form(fields)
        right = told_form(form) == fields and _is_form(form)
    except _WRONG:
        right = False
    if not right:
        raise Bad("fields are not those of a charting form.")
    return fields


def _is_form(form: values.Form, inside: bool = False) -> bool:
    keys = [each.key for each in form]
    return len(set(keys)) == len(keys) and all(_is_field(each, inside) for each in form)


def _is_field(field: values.Field, inside: bool) -> bool:
    said: tuple[str, ...] = (field.key, field.label, field.help, field.unit)
    said += tuple(word for each in field.choices for word in (each.key, each.label))
    known = field.kind in values.KINDS and not (inside and field.kind == values.GROUP)
    return known and all(isinstance(each, str) for each in said) and _is_form(field.parts, True)


def answers(said: Mapping[str, Any], form: ChartForm) -> Mapping[str, Any]:
    """Return answers as they are kept. Raises Bad when they do not fit the form."""
    try:
        read = read_answers(said)
        right = told_answers(read) == said and _all_fit(read, read_form(form.fields))
    except _WRONG:
        right = False
    if not right:
        raise Bad(f"answers do not fit version {form.version} of the charting form.")
    return said


def _all_fit(said: values.Answers, form: values.Form) -> bool:
    fields = {each.key: each for each in form}
    return all(key in fields and _fits(each, fields[key]) for key, each in said.items())


def _fits(answer: values.Answer, field: values.Field) -> bool:
    right = answer.state in (values.GIVEN, values.NOT_REPORTED, values.NOT_CHARTED)
    given = answer.state != values.GIVEN or _VALUES[field.kind](answer.value, field)
    return right and given and _are_passages(answer.passages)


def _are_passages(passages: tuple[values.Passage, ...]) -> bool:
    return all(
        isinstance(each.quote, str) and isinstance(each.place, str)
        and (each.report is None or type(each.report) is int)
        for each in passages
    )  # fmt: skip


def _is_text(value: Any, field: values.Field) -> bool:
    return isinstance(value, str)


def _are_choices(value: Any, field: values.Field) -> bool:
    return isinstance(value, tuple) and all(isinstance(each, str) for each in value)


def _is_day(value: Any, field: values.Field) -> bool:
    return isinstance(value, values.Day) and all(
        isinstance(each, str) for each in (value.text, value.earliest, value.latest)
    )


def _are_entries(value: Any, field: values.Field) -> bool:
    return isinstance(value, tuple) and all(
        isinstance(each, values.Entry) and _all_fit(each.answers, field.parts)
        and _are_passages(each.passages)
        for each in value
    )  # fmt: skip


_VALUES: dict[str, Callable[[Any, values.Field], bool]] = {
    values.TEXT: _is_text, values.NUMBER: _is_text, values.CHOICE: _is_text,
    values.MANY: _are_choices, values.DATE: _is_day, values.GROUP: _are_entries,
}  # fmt: skip

RESOURCE = Resource(
    "chart_forms", "The charting form, every version", FIELDS, _rows, _load, ("version",),
    {"reviewer": ("reviewers", "reviewer")},
)  # fmt: skip
