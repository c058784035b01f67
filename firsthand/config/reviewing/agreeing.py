"""Agreement by command: of a review's calibration rounds, or of any table of ratings."""

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from firsthand.config.reviewing import acting, tables
from firsthand.config.talk import Stop
from firsthand.methods.agreement import Interval, Measure, Undefined, agreement

if TYPE_CHECKING:
    from firsthand.evidence.calibration import Calibration
    from firsthand.evidence.models import Member, Round

COLUMNS = (
    "round",
    "who",
    "measure",
    "value",
    "low_95",
    "high_95",
    "records",
    "interval",
    "why_not",
)
Figures = list[dict[str, Any]]


def of_review(args: argparse.Namespace) -> None:
    """Begin a round if asked, and tell how each went that is over."""
    with acting.acting(args, owner=args.begin is not None) as by:
        from firsthand.evidence import queries

        if args.begin is not None:
            _begin(by, args)
        rounds = [_round(by, each) for each in queries.rounds(by.review, args.stage)]
    figures = [figure for each in rounds for figure in each["figures"]]
    if args.out:
        _write(figures, args)
    tables.tell({"stage": args.stage, "rounds": rounds}, _lines(rounds), args.json)


def _begin(by: "Member", args: argparse.Namespace) -> None:
    from firsthand.evidence import rules
    from firsthand.evidence.actions import rounds

    if not 1 <= args.begin <= rules.MOST_IN_ROUND:
        raise Stop(f"A round has 1 to {rules.MOST_IN_ROUND} records.", 2)
    if args.seed is not None and not 0 <= args.seed < 2**63:
        raise Stop("A seed is a whole number from 0 on.", 2)
    rounds.begin(by, args.stage, args.begin, args.seed)


def _round(by: "Member", row: "Round") -> dict[str, Any]:
    """Tell a round. Its figures tell of the others, so one's own decisions there stay."""
    from firsthand.evidence.actions.screening import reveal
    from firsthand.evidence.calibration import calibration

    went = calibration(row)
    told: dict[str, Any] = {
        "round": row.number, "seed": row.seed, "records": went.records, "decided": went.decided,
        "criteria_version": row.criteria_version, "over": went.is_over, "alike": None,
        "differed": [], "figures": [],
    }  # fmt: skip
    if went.is_over:
        reveal(by, row.screenings.all())
        told |= {
            "alike": went.alike, "differed": [each.number for each in went.differed],
            "figures": list(_figures(row, went)),
        }  # fmt: skip
    return told


def _figures(row: "Round", went: "Calibration") -> Iterator[dict[str, Any]]:
    told = [("Everyone", went.measures()), *((str(each), each.measures()) for each in went.pairs)]
    for who, measures in told:
        for name, each in measures:
            yield {"round": row.number, "who": who, "measure": name, **_figure(each)}


def _figure(each: Measure) -> dict[str, Any]:
    """Return a figure for a table; what is undefined is None, and says why."""
    why = [it.value for it in (each.value, each.interval) if isinstance(it, Undefined)]
    sure = each.interval if isinstance(each.interval, Interval) else None
    return {
        "value": None if isinstance(each.value, Undefined) else round(each.value, 6),
        "low_95": round(sure.low, 6) if sure else None,
        "high_95": round(sure.high, 6) if sure else None,
        "records": each.n, "interval": sure.method if sure else "",
        "why_not": " ".join(dict.fromkeys(why)),
    }  # fmt: skip


def of_table(args: argparse.Namespace) -> None:
    """Tell how far the people of a table agree."""
    if args.review or args.who or args.begin is not None:
        raise Stop("--csv stands alone, without a review.", 2)
    raters, ratings = _ratings(args)
    found = agreement(ratings, args.positive, args.negative)
    kappa = "Cohen's kappa" if len(raters) == 2 else "Fleiss' kappa"
    named = [
        ("Percent agreement", found.percent),
        (kappa, found.cohen_kappa if len(raters) == 2 else found.fleiss_kappa),
        ("Gwet's AC1", found.gwet_ac1),
        ("Krippendorff's alpha", found.krippendorff_alpha),
        (f"Agreement on {args.positive}", found.positive),
        (f"Agreement on {args.negative}", found.negative),
    ]
    figures = [
        {"round": "", "who": "Everyone", "measure": name, **_figure(each)} for name, each in named
    ]
    if args.out:
        _write(figures, args)
    told = {"raters": raters, "records": len(ratings), "figures": figures}
    tables.tell(told, [_said(each) for each in figures], args.json)


def _ratings(args: argparse.Namespace) -> tuple[list[str], list[list[str | None]]]:
    rows = tables.read(args.csv, ())
    if not rows:
        raise Stop(f"{args.csv.name} has no rows.")
    raters = list(rows[0].cells)[1:]
    if len(raters) < 2:
        raise Stop(f"{args.csv.name} needs a column for each record's name, then one a person.")
    return raters, [[row[each] or None for each in raters] for row in rows]


def _write(figures: Figures, args: argparse.Namespace) -> None:
    rows = (["" if value is None else value for value in each.values()] for each in figures)
    tables.write(rows, COLUMNS, args.out)


def _lines(rounds: Sequence[dict[str, Any]]) -> Iterator[str]:
    if not rounds:
        yield "No calibration round has begun."
    for each in rounds:
        yield f"Round {each['round']}: {each['records']} records."
        if not each["over"]:
            yield "  Under way. It is told once everyone has decided all of it."
            continue
        yield f"  All agreed on {each['alike']}."
        yield from (f"  {_said(figure)}" for figure in each["figures"])
        if each["differed"]:
            yield f"  They differed on records {', '.join(map(str, each['differed']))}."


def _said(figure: dict[str, Any]) -> str:
    who = "" if figure["who"] == "Everyone" else f"{figure['who']}: "
    if figure["value"] is None:
        return f"{who}{figure['measure']}: cannot be estimated. {figure['why_not']}"
    sure = (
        f"{figure['low_95']:.3f} to {figure['high_95']:.3f}"
        if figure["low_95"] is not None else "no interval"
    )  # fmt: skip
    return f"{who}{figure['measure']}: {figure['value']:.3f} ({sure}; n = {figure['records']})"
