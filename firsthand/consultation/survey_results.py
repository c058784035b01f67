"""What came out of a survey: worked out from what was chosen, never from words.

Groups (answers to questions about the person) are compared only where disclosure control lets
their sizes be published, as the figures do, and where enough people are outside them too.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.conf import settings
from django.core.cache import cache

from firsthand.consultation import survey_queries as queries
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.models import Question, Survey
from firsthand.methods.disclosure.suppress import SYMBOL, CannotCover, protect
from firsthand.methods.disclosure.table import one_way
from firsthand.methods.ranking import best_worst, comparing, rating
from firsthand.methods.ranking.ballots import Ballots, ballot, table
from firsthand.methods.ranking.bootstrap import SAMPLES, bootstrap, ranked
from firsthand.methods.ranking.borda import borda
from firsthand.methods.ranking.fitting import fit
from firsthand.methods.ranking.kemeny import kemeny
from firsthand.methods.ranking.pairs import wins

Chosen = Mapping[str, Any]
APART = 2  # places by which two ways have to differ to be marked
NOT_SAID = "not said"
_SOLVER, _KEPT = 10.0, 60 * 60  # seconds


@dataclass(frozen=True)
class Group:
    """People who chose one answer about themselves. `ranks`, `moved`: {item: …}.

    Both are empty, and `said` is the symbol, where they may not be shown.
    """

    name: str
    said: str
    ranks: Mapping[str, int]
    moved: Mapping[str, int]


@dataclass(frozen=True)
class Result:
    """One question's outcome: rows by item, in the order they come in, and what goes with them."""

    kind: str
    many: int
    rows: tuple[Mapping[str, Any], ...]
    notes: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()


def results(survey: Survey) -> list[tuple[Question, Result | None]]:
    """Return each question with its outcome; None where words are all there is."""
    answers = list(queries.sent(survey).values_list("id", "chosen"))
    seen = hashlib.sha256(json.dumps([str(key) for key, _ in answers]).encode()).hexdigest()
    chosen = [said for _, said in answers]
    questions = list(survey.questions.all())
    return [(row, _kept(row, questions, chosen, seen, survey.seed)) for row in questions]


def _kept(
    row: Question, all_: Sequence[Question], chosen: list[Chosen], seen: str, seed: int
) -> Result | None:
    """An outcome takes a second or so: the same answers are worked out once an hour."""
    if row.kind == rules.WORDS:
        return None
    key = f"survey:{row.id}:{seen}"
    found: Result | None = cache.get(key)
    if found is None:
        found = result(row, all_, chosen, seed)
        cache.set(key, found, _KEPT)
    return found


def result(row: Question, all_: Sequence[Question], chosen: Sequence[Chosen], seed: int) -> Result:
    """Work one question out."""
    number = str(row.id)
    own = [each for each in chosen if number in each]
    if row.kind == rules.ORDER:
        return order_result(row.labels, [each[number] for each in own], seed,
                            groups_of(all_, own))  # fmt: skip
    if row.kind == rules.SETS:
        return _sets(row, [each[number] for each in own], seed)
    if row.kind == rules.RATE:
        return _rated(row, [each[number] for each in own], seed)
    return _about(row, [each[number] for each in own], len(chosen))


# -- in order -----------------------------------------------------------------------------------


def ballots_of(keys: Sequence[str], said: Sequence[Chosen]) -> Ballots:
    """Return answers in order as ballots: what has no place, and applies, was left behind."""
    at = {key: n for n, key in enumerate(keys)}
    return table([_row(each, at) for each in said], len(keys))


def _row(said: Chosen, at: Mapping[str, int]) -> list[int]:
    places, away = said.get("places", {}), set(said.get("away", []))
    levels: dict[int, list[int]] = {}
    for key, place in places.items():
        levels.setdefault(place, []).append(at[key])
    offered = [n for key, n in at.items() if key not in away]
    return ballot([levels[each] for each in sorted(levels)], offered, len(at))


def order_result(
    labels: Mapping[str, str], said: Sequence[Chosen], seed: int, groups: "Groups | None" = None
) -> Result:
    """Rank items by worth, with intervals, other ways beside; groups where they may be shown."""
    keys = list(labels)
    ballots = ballots_of(keys, said)
    if not ballots.many:
        return Result(rules.ORDER, 0, ())
    whole, sure = fit(ballots), bootstrap(ballots, seed)
    found = kemeny(wins(ballots), seconds=_SOLVER)
    scores = borda(ballots)
    ranks = ranked(whole.worths)
    by_borda, by_kemeny = comparing.places(scores), found.places
    apart = comparing.spread([ranks, by_borda, by_kemeny])
    rows = [
        {
            "key": key, "label": labels[key], "rank": int(ranks[n]),
            "rank_low": int(sure.rank_low[n]), "rank_high": int(sure.rank_high[n]),
            "worth": round(float(whole.worths[n]), 4), "error": round(float(whole.errors[n]), 4),
            "worth_low": round(float(sure.worth_low[n]), 4),
            "worth_high": round(float(sure.worth_high[n]), 4),
            "top3": round(float(sure.top[n]), 3), "borda": _number(scores[n]),
            "borda_rank": int(by_borda[n]), "kemeny_rank": int(by_kemeny[n]),
            "apart": int(apart[n]), "compared": int(ballots.compared[n]),
        }
        for n, key in enumerate(keys)
    ]  # fmt: skip
    rows.sort(key=lambda row: row["rank"])
    notes = (_kemeny_words(found.proven, found.against, found.bound),
             *_tau_words(ranks, by_borda, by_kemeny),
             f"Rank intervals: the middle 95 % of {SAMPLES} samples of whole answers, "
             f"seed {seed}.")  # fmt: skip
    return Result(rules.ORDER, ballots.many, tuple(rows), notes,
                  _compared(groups, ballots, keys) if groups else ())  # fmt: skip


def _kemeny_words(proven: bool, against: float, bound: float) -> str:
    said = f"Kemeny's order goes against {against:,.0f} pairs on all answers"
    if proven:
        return f"{said}; that no order goes against fewer is proven."
    return f"{said}; no order goes against fewer than {bound:,.0f}. The best is not proven."


def _tau_words(*ranks: Any) -> tuple[str, ...]:
    one, two, three = ranks
    said = [("Borda", comparing.tau(one, two)), ("Kemeny", comparing.tau(one, three))]
    return tuple(f"Agreement of the ranking by worth with {name}: tau {tau:.2f}."
                 for name, tau in said if not math.isnan(tau))  # fmt: skip


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 4)


# -- groups -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Groups:
    """Each question about the person: its words, and which answer each person chose."""

    asked: tuple[tuple[str, Mapping[str, str], tuple[str, ...]], ...]


def groups_of(questions: Sequence[Question], own: Sequence[Chosen]) -> Groups:
    """Return who is in which group, in the order of `own`."""
    return Groups(tuple(
        (row.text, row.labels, tuple(each.get(str(row.id), {}).get("one", "") for each in own))
        for row in questions if row.kind == rules.ABOUT
    ))  # fmt: skip


def threshold() -> int:
    return int(getattr(settings, "FIRSTHAND_FIGURES_THRESHOLD", 10))


def sizes(names: Sequence[str], least: int) -> dict[str, int | None]:
    """Return how many are in each group; None where it may not be told."""
    counts = {name: names.count(name) for name in dict.fromkeys(names)}
    try:
        safe = protect(one_way(counts), least)
    except CannotCover:
        return dict.fromkeys(counts)
    return {name: safe.shown((name,)) for name in counts}


def _compared(groups: Groups, ballots: Ballots, keys: Sequence[str]) -> tuple[Group, ...]:
    found: list[Group] = []
    for text, labels, chosen in groups.asked:
        names = [labels.get(each, NOT_SAID) for each in chosen]
        shown = sizes(names, threshold())
        found += [_group(f"{text} {name}", ballots, keys, np.array([n == name for n in names]),
                         many) for name, many in shown.items() if name != NOT_SAID]  # fmt: skip
    return tuple(found)


def _group(
    name: str, ballots: Ballots, keys: Sequence[str], inside: Any, many: int | None
) -> Group:
    """A group alone, and the ranking without it: only if both are large enough to be shown."""
    rest = ballots.many - int(inside.sum())
    if many is None or rest < threshold():
        return Group(name, SYMBOL, {}, {})
    own = ranked(fit(ballots.some(inside)).worths)
    (left,) = comparing.without(ballots, {name: inside})
    return Group(name, "", dict(zip(keys, map(int, own), strict=True)),
                 dict(zip(keys, map(int, left.moved), strict=True)))  # fmt: skip


# -- sets, ratings, about -----------------------------------------------------------------------


def _sets(row: Question, said: Sequence[Chosen], seed: int) -> Result:
    at = {key: n for n, key in enumerate(row.keys)}
    answers = [
        [best_worst.Choice(tuple(at[key] for key in shown), at.get(best), at.get(worst))
         for shown, (best, worst) in zip(each["sets"], each["picked"], strict=True)
         if best or worst]
        for each in said
    ]  # fmt: skip
    found = best_worst.counts(answers, len(at), seed)
    rows = [
        {"key": key, "label": row.labels[key], "shown": int(found.shown[n]),
         "best": int(found.best[n]), "worst": int(found.worst[n]),
         "score": _number(found.score[n]), "low": _number(found.low[n]),
         "high": _number(found.high[n])}
        for key, n in at.items()
    ]  # fmt: skip
    rows.sort(key=lambda each: (each["score"] is None, -(each["score"] or 0)))
    return Result(row.kind, len(said), tuple(rows))


def _rated(row: Question, said: Sequence[Chosen], seed: int) -> Result:
    given = [[each.get("ratings", {}).get(key, 0) for key in row.keys] for each in said]
    found = rating.rated(given, len(row.keys), row.steps, seed)
    away = [key for each in said for key in each.get("away", [])]
    rows = [
        {"key": key, "label": row.labels[key], "mean": _number(found.mean[n]),
         "low": _number(found.low[n]), "high": _number(found.high[n]),
         **{f"step_{step}": int(found.counts[n, step - 1]) for step in range(1, row.steps + 1)},
         "not_apply": away.count(key)}
        for n, key in enumerate(row.keys)
    ]  # fmt: skip
    rows.sort(key=lambda each: (each["mean"] is None, -(each["mean"] or 0)))
    return Result(row.kind, len(said), tuple(rows))


def _about(row: Question, said: Sequence[Chosen], everyone: int) -> Result:
    names = [row.labels.get(each.get("one", ""), NOT_SAID) for each in said]
    names += [NOT_SAID] * (everyone - len(said))
    shown = sizes(names, threshold())
    rows = [{"key": key, "label": label, "people": shown.get(label, None if names else 0)}
            for key, label in [*row.labels.items(), ("", NOT_SAID)]]  # fmt: skip
    return Result(row.kind, everyone, tuple(rows))  # how many did say so would tell who did not
