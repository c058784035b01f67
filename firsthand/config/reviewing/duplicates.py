"""Duplicates in a review by command: looking, answering, undoing, and every reason as a table."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from firsthand.config.reviewing import acting, tables
from firsthand.config.talk import Stop

if TYPE_CHECKING:
    from firsthand.evidence.models import Look, Member, Pair

COLUMNS = ("first", "second", "holds", "kind", "why", "by", "first_title", "second_title")


def run(args: argparse.Namespace) -> int:
    """Look at what is new, keep answers, undo; return 0, or 1 when an answer was not kept."""
    with acting.acting(args) as by:
        look = _look(by)
        wrong = [*_undo(by, args), *_answer(by, args)]
        _tell(by, look, wrong, args)
    tables.wrong(wrong)
    return 1 if wrong else 0


def _look(by: "Member") -> "Look | None":
    """Look through what is new, here and now. Raises Stop when that failed."""
    from firsthand.evidence import duplicates, rules
    from firsthand.evidence.actions import duplicates as actions
    from firsthand.evidence.models import Review

    while True:
        review = Review.objects.get(id=by.review_id)
        if review.compared >= review.records_made and not duplicates.is_looking(review):
            break
        look = actions.begin(review, by)
        actions.look_through.call(str(look.id))
        look.refresh_from_db()
        if look.stage != rules.LOOK_DONE:
            raise Stop("Something went wrong while looking for duplicates. Nothing was merged.")
    return duplicates.last_look(review)


def _undo(by: "Member", args: argparse.Namespace) -> Iterator[str]:
    from firsthand.access.refused import Refused
    from firsthand.evidence.actions import duplicates as actions

    for said in args.undo:
        try:
            actions.undo(by, _pair(by, *tables.two(said)))
        except (Refused, ValueError) as why:
            yield f"{said}: {why}"


def _answer(by: "Member", args: argparse.Namespace) -> Iterator[str]:
    from firsthand.access.refused import Refused
    from firsthand.evidence import rules
    from firsthand.evidence.actions import duplicates as actions

    for said, one, other, answer in _answers(args):
        try:
            if answer not in rules.ANSWERS:
                raise ValueError(f"{answer!r} is none of: {', '.join(rules.ANSWERS)}.")
            pair = _pair(by, tables.number(one), tables.number(other))
            if (pair.holds, pair.by) != (answer, by):  # said before: nothing to do
                actions.answer(by, pair, answer)
        except (Refused, ValueError) as why:
            yield f"{said}: {why}"


def _answers(args: argparse.Namespace) -> Iterator[tuple[str, str, str, str]]:
    """Yield where it stands, two records, and the answer. A row without an answer waits on."""
    for said, answer in args.answer:
        one, _, other = said.partition(",")
        yield said, one, other, answer
    if args.answers:
        for row in tables.read(args.answers, ("first", "second", "answer")):
            if row["answer"]:
                at = f"{args.answers.name}, line {row.line}"
                yield at, row["first"], row["second"], row["answer"].lower()


def _pair(by: "Member", one: int, other: int) -> "Pair":
    """Return what holds between two records. Raises ValueError."""
    from firsthand.evidence.models import Pair

    rows = Pair.objects.filter(review=by.review, ended_at=None).select_related("first", "second")
    numbers = {"first__number__in": (one, other), "second__number__in": (one, other)}
    found = rows.filter(**numbers).first()
    if found is None:
        raise ValueError(f"nothing is known of records {one} and {other} together.")
    return found


def rows(by: "Member", holds: str) -> list[dict[str, Any]]:
    """Return the pairs of which this holds, as they are told."""
    from firsthand.evidence import duplicates

    found = []
    for pair in duplicates.pairs(by.review, holds):
        one, other = pair.two
        found.append({
            "first": one.number, "second": other.number, "holds": pair.holds, "kind": pair.kind,
            "why": pair.reason, "by": pair.by.user.name if pair.by else "",
            "first_title": one.title, "second_title": other.title,
        })  # fmt: skip
    return sorted(found, key=lambda each: (each["first"], each["second"]))


def _tell(by: "Member", look: "Look | None", wrong: list[str], args: argparse.Namespace) -> None:
    from firsthand.evidence import duplicates, rules

    unsure = rows(by, rules.ASKED)
    if args.why:
        every = [each for holds in rules.PAIRS for each in rows(by, holds)]
        tables.write((list(each.values()) for each in every), COLUMNS, args.why)
    counts, aside = duplicates.counts(by.review), duplicates.set_aside(by.review)
    told = {
        "looked_at": look.records if look else 0, "set_aside": aside, "counts": counts,
        "merged": rows(by, rules.SAME) if args.json else [], "unsure": unsure, "not_done": wrong,
    }  # fmt: skip
    lines = [
        f"{counts[rules.SAME]:,} merges; {aside:,} records are set aside as duplicates.",
        f"{counts[rules.VERSIONS]:,} pairs are versions of one work, {counts[rules.APART]:,} are "
        "kept apart.",
        f"{len(unsure):,} pairs wait for a person.",
        *(f"  {e['first']},{e['second']}  {e['first_title'][:60]} / {e['second_title'][:60]}\n"
          f"      {e['why']}" for e in unsure[: tables.MOST_TOLD]),
    ]  # fmt: skip
    if len(unsure) > tables.MOST_TOLD:
        lines.append("  … the others: --why FILE.csv, or --json.")
    tables.tell(told, lines, args.json)
