"""One reviewer's decisions by table: what they have to decide, blind, and what they decided."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from firsthand.config.reviewing import acting, deciding, tables
from firsthand.config.talk import Stop

if TYPE_CHECKING:
    from firsthand.evidence.forms.screening import DecisionForm
    from firsthand.evidence.models import Member, Screening


def run(args: argparse.Namespace) -> int:
    """Undo, keep, and tell what is left; return 0, or 1 when something was not done."""
    if args.most is not None and args.most < 1:
        raise Stop("--most has to be 1 or more.", 2)
    with acting.acting(args) as by:
        wrong = list(_undo(by, args))
        kept = 0
        if args.decisions:
            from firsthand.evidence.forms.screening import DecisionForm

            kept, more = deciding.take(by, args.decisions, args.stage, DecisionForm, _keep(by))
            wrong += more
        _tell(by, kept, wrong, args)
    tables.wrong(wrong)
    return 1 if wrong else 0


def _undo(by: "Member", args: argparse.Namespace) -> Iterator[str]:
    from firsthand.access.refused import Refused
    from firsthand.evidence.actions import screening as actions

    for said in args.undo:
        try:
            actions.undo(by, deciding.standing(by, said, args.stage))
        except (Refused, ValueError) as why:
            yield f"{said}: {why}"


def _keep(by: "Member") -> deciding.Keep:
    from firsthand.evidence.actions import screening as actions

    def keep(row: "Screening", form: "DecisionForm") -> None:
        said = form.cleaned_data
        actions.decide(by, row, said["choice"], said["note"], form.named)

    return keep


def _tell(by: "Member", kept: int, wrong: list[str], args: argparse.Namespace) -> None:
    """Tell what is this reviewer's own, and nothing of the others."""
    from firsthand.evidence import screening
    from firsthand.evidence.models import Decision

    waiting = screening.waiting_for(by, args.stage)
    left = waiting.count()
    rows = list(waiting[: args.most] if args.most else waiting) if args.out or args.json else []
    to_decide = list(deciding.told(rows))
    if args.out:
        columns = (*deciding.WHAT, *deciding.TO_FILL)
        tables.write((list(each.values()) for each in to_decide), columns, args.out)
    mine = Decision.objects.filter(
        member=by, screening__stage=args.stage, screening__stands=True
    ).count()
    told = {
        "reviewer": by.user.name, "stage": args.stage, "kept": kept, "decided_by_you": mine,
        "left_for_you": left, "not_kept": wrong, "to_decide": to_decide,
    }  # fmt: skip
    lines = [f"{kept:,} decisions kept."] if args.decisions else []
    lines.append(f"{by.user.name} has decided {mine:,} records; {left:,} are left.")
    if args.out:
        lines.append(f"Written: {args.out}")
    tables.tell(told, lines, args.json)
