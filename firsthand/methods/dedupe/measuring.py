"""The report on how good de-duplication is on one set, as values and as lines to print."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from firsthand.methods.dedupe.scoring import Counts, Score, score
from firsthand.methods.dedupe.values import Found, Pair, Report


@dataclass(frozen=True, slots=True)
class Measured:
    """Scores of what merged by itself, and of that and a person's right answers together."""

    records: int
    automatic: Score
    reviewed: Score
    asked: int
    right: int
    links: int


def measured(reports: Sequence[Report], groups: Sequence[Sequence[str]], found: Found) -> Measured:
    """Score a result against true groups. Raises ValueError as `score` does."""
    ids = [each.id for each in reports]
    merges = [(each.first, each.second) for group in found.groups for each in group.merges]
    of = {each: number for number, group in enumerate(groups) for each in group}
    right = [each for each in found.pairs if _same(each, of)]
    return Measured(
        len(ids),
        score(ids, groups, merges),
        score(ids, groups, merges + [(each.first, each.second) for each in right]),
        len(found.pairs),
        len(right),
        len(found.links),
    )


def _same(pair: Pair, of: Mapping[str, int]) -> bool:
    return pair.first in of and of[pair.first] == of.get(pair.second)


def lines(result: Measured) -> list[str]:
    """The figures, one a line."""
    auto, person = result.automatic, result.reviewed
    share = 100 * result.asked / result.records
    return [
        f"{result.records} records, {auto.groups} true groups",
        _line("merged by itself, record level", auto.records),
        _line("merged by itself, pairs", auto.pairs),
        f"components that touch several true groups: {auto.mixed}",
        f"true groups found exactly: {auto.exact}",
        f"pairs for a person: {result.asked} ({share:.2f} in 100 records), {result.right} right",
        _line("with a person's answers, record level", person.records),
        f"linked, not merged: {result.links}",
    ]


def _line(name: str, counts: Counts) -> str:
    return (
        f"{name}: recall {_figure(counts.recall)}, precision {_figure(counts.precision)}, "
        f"F1 {_figure(counts.f1)} (right {counts.tp}, wrong {counts.fp}, missed {counts.fn})"
    )


def _figure(share: float | None) -> str:
    return "undefined" if share is None else f"{share:.4f}"


def as_json(result: Measured, found: Found) -> dict[str, object]:
    """The same with every group, pair and link, ready for `json.dumps`."""
    return {
        "records": result.records,
        "automatic": _score(result.automatic),
        "with_review": _score(result.reviewed),
        "pairs_for_a_person": result.asked,
        "pairs_right": result.right,
        "groups": [asdict(each) for each in found.groups],
        "pairs": [asdict(each) for each in found.pairs],
        "links": [asdict(each) for each in found.links],
    }


def _score(one: Score) -> dict[str, object]:
    return {
        "record_level": _counts(one.records),
        "pairwise": _counts(one.pairs),
        "mixed_components": one.mixed,
        "exact_groups": one.exact,
        "true_groups": one.groups,
    }


def _counts(one: Counts) -> dict[str, float | int | None]:
    return {**asdict(one), "recall": one.recall, "precision": one.precision, "f1": one.f1}
