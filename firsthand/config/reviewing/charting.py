"""Charting by command: a form from a file, one person's charts by table, what settled a field."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from firsthand.config.reviewing import acting, tables
from firsthand.config.reviewing.chart_form import publish
from firsthand.config.reviewing.chart_rows import columns, filled, value
from firsthand.config.talk import Stop
from firsthand.methods.charting.values import asked

if TYPE_CHECKING:
    from firsthand.evidence.models import ChartForm, Member
    from firsthand.evidence.studying import StudyLine

_ABOUT = ("study", "name", "report")


def run(args: argparse.Namespace) -> int:
    """Do what was asked, then tell how far it is; return 0, or 1 when a row was not kept."""
    if args.settle and not args.reason:
        raise Stop("Say why, with --reason: whoever reads the charts later sees it.", 2)
    with acting.acting(args, owner=bool(args.form) or args.draw is not None) as by:
        from firsthand.evidence.actions import charting, studies

        studies.follow(by.review)
        if args.form:
            publish(by, args.form)
        if args.draw is not None:
            _draw(by, args)
        wrong = list(_take(by, args.charts)) if args.charts else []
        if args.settle:
            _settle(by, charting, args)
        _tell(by, wrong, args)
    tables.wrong(wrong)
    return 1 if wrong else 0


def _form(by: "Member") -> "ChartForm":
    from firsthand.evidence import charts

    found = charts.published(by.review)
    if found is None:
        raise Stop("This review has no charting form yet. An owner publishes one with --form.")
    return found


def _draw(by: "Member", args: argparse.Namespace) -> None:
    from firsthand.evidence.actions import charting

    if not 1 <= args.draw <= 100:
        raise Stop("--draw has to be from 1 to 100, in per cent.", 2)
    charting.draw(by, args.draw, args.seed)


# -- one's own charts -----------------------------------------------------------------------------


def _line(by: "Member", said: str) -> "StudyLine":
    """Return a study by its number. Raises ValueError."""
    from firsthand.evidence import studying

    number = tables.number(said, "study")
    found = next((each for each in studying.living(by.review) if each.row.number == number), None)
    if found is None:
        raise ValueError(f"there is no study {number} in this review today.")
    return found


def _take(by: "Member", place: Path) -> Iterator[str]:
    """Keep each row as this person's finished chart; yield a sentence for each that was not."""
    from firsthand.access.refused import Refused
    from firsthand.evidence import charts

    form = _form(by)
    for row in tables.read(place, ("study",)):
        try:
            line = _line(by, row["study"])
            reports = [(each.record.number, each.record.called) for each in line.reports]
            said = filled(charts.fields(form), row, reports).answers
            if said:
                _keep(by, line, form, said)
        except (Refused, ValueError) as why:
            yield f"{place.name}, line {row.line}: {why}"


def _keep(by: "Member", line: "StudyLine", form: "ChartForm", said: dict[str, Any]) -> None:
    from firsthand.evidence import charts
    from firsthand.evidence.actions import charting

    own = charts.own(by, line.row, form)
    saved = charting.save(by, line.row, form, said, own.revision if own else 0, finish=True)
    if saved.missing:
        names = [each.label for each in charts.fields(form) if each.key in saved.missing]
        raise ValueError(f"kept, but not finished: {', '.join(names)} is needed.")


def _settle(by: "Member", actions: Any, args: argparse.Namespace) -> None:
    from firsthand.evidence import charts

    said, label, text = args.settle
    form = _form(by)
    field = next((each for each in asked(charts.fields(form)) if each.label == label), None)
    if field is None:
        raise Stop(f"The form has no field called {label!r}.")
    try:
        line, answer = _line(by, said), value(field, text).answers[field.key]
    except ValueError as why:
        raise Stop(str(why)) from None
    actions.reconcile(by, line.row, form, field.key, answer, args.reason)


# -- telling --------------------------------------------------------------------------------------


def _tell(by: "Member", wrong: list[str], args: argparse.Namespace) -> None:
    """Tell how far this person is, and what is open to all: finished charts that were compared."""
    from firsthand.evidence import charts, studying

    form = charts.published(by.review)
    lines = studying.living(by.review)
    left = [each for each in lines if form and not _is_done(by, each, form)]
    if args.out:
        heads = columns(charts.fields(_form(by)))
        rows = [[each.row.number, each.row.name, _title(each), *[""] * len(heads)] for each in left]
        tables.write(rows, (*_ABOUT, *heads), args.out)
    told = {
        "reviewer": by.user.name, "form": form.version if form else None, "studies": len(lines),
        "by_two": [each.row.number for each in lines if each.row.needed == 2],
        "left_for_you": [each.row.number for each in left], "not_kept": wrong,
        "to_settle": _differing(by, form),
    }  # fmt: skip
    said = [f"{len(lines):,} studies; {len(left):,} are left for {by.user.name} to chart."]
    said += [f"Written: {args.out}"] if args.out else []
    tables.tell(told, said, args.json)


def _title(line: "StudyLine") -> str:
    return line.main.record.title if line.main else ""


def _is_done(by: "Member", line: "StudyLine", form: "ChartForm") -> bool:
    """Say whether this person's chart is finished, or others have charted the study already."""
    from firsthand.evidence import charts

    done = [
        each for each in charts.charts_of(line.row) if each.form_id == form.id and each.finished_at
    ]
    mine = any(each.member_id == by.id for each in done)
    return mine or len(done) >= line.row.needed


def _differing(by: "Member", form: "ChartForm | None") -> list[dict[str, Any]]:
    """Return the fields that two finished charts differ on and nothing has settled."""
    from firsthand.evidence import charts
    from firsthand.methods.charting.values import DIFFERS

    if form is None:
        return []
    return [
        {"study": each.row.number, "field": field.label}
        for each in charts.charted(by.review, form)
        for field in asked(charts.fields(form))
        if each.charted[field.key].state == DIFFERS
    ]
