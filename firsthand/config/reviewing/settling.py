"""What reviewers differed on, by table: no longer blind, so their own decisions there stay."""

import argparse
from typing import TYPE_CHECKING

from firsthand.config.reviewing import acting, deciding, tables

if TYPE_CHECKING:
    from firsthand.evidence.forms.screening import DecisionForm
    from firsthand.evidence.models import Member, Screening


def run(args: argparse.Namespace) -> int:
    """Settle and list; return 0, or 1 when a row was not kept."""
    with acting.acting(args) as by:
        kept, wrong = 0, list[str]()
        if args.settled:
            from firsthand.evidence.forms.screening import ResolutionForm

            kept, wrong = deciding.take(by, args.settled, args.stage, ResolutionForm, _keep(by))
        _tell(by, kept, wrong, args)
    tables.wrong(wrong)
    return 1 if wrong else 0


def _keep(by: "Member") -> deciding.Keep:
    from firsthand.evidence.actions import screening as actions

    def keep(row: "Screening", form: "DecisionForm") -> None:
        said = form.cleaned_data
        actions.reveal(by, [row])
        actions.resolve(by, row, said["choice"], said["note"], form.named)

    return keep


def _tell(by: "Member", kept: int, wrong: list[str], args: argparse.Namespace) -> None:
    from firsthand.evidence import screening
    from firsthand.evidence.actions.screening import reveal

    rows = list(screening.conflicts(by.review, args.stage))
    reveal(by, rows)
    differed = [
        {**each, "decided": _decided(row)}
        for each, row in zip(deciding.told(rows), rows, strict=True)
    ]
    if args.out:
        columns = (*deciding.WHAT, *deciding.TO_FILL, "decided")
        tables.write((list(each.values()) for each in differed), columns, args.out)
    told = {"settled": kept, "to_settle": differed, "not_kept": wrong}
    lines = [f"{kept:,} settled."] if args.settled else []
    lines.append(f"{len(differed):,} records are to be settled.")
    lines += [f"  {each['record']}  {each['title'][:60]}: {each['decided']}" for each in differed]
    tables.tell(told, lines, args.json)


def _decided(row: "Screening") -> str:
    return "; ".join(f"{each.member.user.name}: {each.choice}" for each in row.decisions.all())
