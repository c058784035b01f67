"""Who may chart, take up again, settle; each refusal says why."""

from collections.abc import Sequence

from firsthand.access.refused import Refused, not_now
from firsthand.evidence import charts, studying
from firsthand.evidence.models import Chart, ChartForm, Member, Study
from firsthand.methods.charting.values import asked


def check_may_chart(by: Member, study: Study) -> None:
    """Refuse a study that is set aside, or that enough others chart. Raises Refused."""
    if not studying.line(by.review, study.id).lives:
        raise not_now("This study is set aside, so it is not charted. What was charted stays.")
    others = [each for each in charts.charters(charts.charts_of(study)) if each.id != by.id]
    mine = Chart.objects.filter(study=study, member=by).exists()
    if not mine and len(others) >= study.needed:
        names = " and ".join(each.user.name for each in others)
        raise not_now(f"This study is charted by {names} already, and that is enough.")


def check_own(by: Member, chart: Chart) -> None:
    """Refuse what only the one who charted may do. Raises Refused."""
    if chart.member_id != by.id:
        raise not_now(f"{chart.member.user.name} charted this, so only they can change it.")


def check_unfinished(chart: Chart) -> None:
    """Refuse to change a finished chart. Raises Refused."""
    if chart.finished_at:
        raise not_now(
            "You have finished this chart. Take it up again first, if you want to change it."
        )


def may_take_up(chart: Chart, all_charts: Sequence[Chart]) -> bool:
    """Say whether a finished chart may still change: not once two have finished it blind."""
    found = charts.opened(chart.study, all_charts)
    return chart.study.needed == 1 or found is None or chart not in found.charts


def check_may_take_up(chart: Chart, all_charts: Sequence[Chart]) -> None:
    if not may_take_up(chart, all_charts):
        raise not_now(
            "Both of you have finished this study, so both charts stay as they are. Where they "
            "differ, settle it with your reason on the page that compares them."
        )


def may_reconcile(by: Member, found: charts.Opened) -> bool:
    """Say whether someone may settle: one of those who charted, or an owner."""
    return by.is_owner or any(each.member_id == by.id for each in found.charts)


def check_may_reconcile(
    by: Member, study: Study, found: charts.Opened | None, form: ChartForm, key: str
) -> None:
    """Refuse before both have finished, to others, and for what is no field. Raises Refused."""
    if study.review_id != by.review_id:
        raise Refused
    if found and not may_reconcile(by, found):
        raise not_now("One of the two who charted it settles this, or an owner of the review.")
    if found is None or found.form.id != form.id or len(found.charts) < 2:
        raise not_now("This can be settled once two people have finished charting the study.")
    if key not in {each.key for each in asked(found.fields)}:
        raise Refused
