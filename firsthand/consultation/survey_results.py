"""What came out of a survey: worked out from what was chosen, never from words.

Only answers that may be told are counted: see `survey_queries.told`.
Groups (answers to questions about the person) are compared only where disclosure control lets
their sizes be published, as the figures do, and where enough people are outside them too.
"""

import hashlib
import json
import math
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.core.cache import cache

from firsthand.consultation import survey_queries as queries
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.models import Answer, Question, Survey
from firsthand.consultation.survey_queries import threshold as threshold
from firsthand.methods.disclosure.suppress import SYMBOL, CannotCover, protect
from firsthand.methods.disclosure.table import one_way
from firsthand.methods.ranking import best_worst, comparing, rating
from firsthand.methods.ranking.ballots import Ballots
from firsthand.methods.ranking.outcome import ballots_of, outcome

Chosen = Mapping[str, Any]
APART = 2  # places by which two ways have to differ to be marked
NOT_SAID = "not said"
_KEPT = 60 * 60  # seconds


@dataclass(frozen=True)
class Group:
    """People who chose one answer about themselves. `ranks`, `moved`: {item: …}.

    Both are empty, and `said` is the symbol, where they may not be shown. An item that nobody in
    the group, or nobody outside it, compared stands in one of them only, or in none.
    """

    name: str
    said: str
    ranks: Mapping[str, int]
    moved: Mapping[str, int]


@dataclass(frozen=True)
class Result:
    """One question's outcome: rows by item, in the order they come in, and what goes with them.

    `simulated`: how many of the answers nobody gave.
    """

    kind: str
    many: int
    rows: tuple[Mapping[str, Any], ...]
    notes: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    simulated: int = 0


def results(survey: Survey) -> list[tuple[Question, Result | None]]:
    """Return each question with its outcome; None where words are all there is."""
    answers = counted(survey)
    seen = fingerprint((each.id, each.simulated) for each in answers)
    questions = list(survey.questions.all())
    return [(row, _kept(row, questions, answers, seen, survey.seed)) for row in questions]


def counted(survey: Survey) -> list[Answer]:
    """Return the answers that outcomes are of, with what was chosen."""
    return list(queries.told(survey).only("id", "came", "chosen", "simulated"))


def fingerprint(answers: Iterable[tuple[uuid.UUID, bool]]) -> str:
    """Return what tells these answers (id, simulated) from any others."""
    known = json.dumps([(str(number), simulated) for number, simulated in answers])
    return hashlib.sha256(known.encode()).hexdigest()


def _kept(
    row: Question, all_: Sequence[Question], answers: list[Answer], seen: str, seed: int
) -> Result | None:
    """An outcome takes a second or so: the same answers are worked out once an hour."""
    key = f"survey:{row.id}:{seen}"
    found: Result | None = cache.get(key)
    if found is None:
        found = shown(row, all_, answers, seed)
        cache.set(key, found, _KEPT)
    return found


def shown(
    row: Question, all_: Sequence[Question], answers: Sequence[Answer], seed: int
) -> Result | None:
    """Return one question's outcome; None where words are all there is."""
    return None if row.kind == rules.WORDS else result(row, all_, answers, seed)


def result(row: Question, all_: Sequence[Question], answers: Sequence[Answer], seed: int) -> Result:
    """Work one question out, and say how many of its answers are made up."""
    if row.kind == rules.ABOUT:  # its numbers are held back one by one
        own = list(answers)
        found = _about(row, groups_of([row], own))
    else:
        own = queries.told_of(row, answers)
        found = _worked_out(row, all_, own, seed)
    made_up = sum(each.simulated for each in own)
    said = f"{made_up:,} of these answers are simulated: made up, said by nobody."
    notes = (said, *found.notes) if made_up else found.notes
    return replace(found, simulated=made_up, notes=notes)


def _worked_out(
    row: Question, all_: Sequence[Question], own: Sequence[Answer], seed: int
) -> Result:
    said = [each.chosen[str(row.id)] for each in own]
    if row.kind == rules.ORDER:
        return order_result(row.labels, said, seed, groups_of(all_, own))
    return _sets(row, said, seed) if row.kind == rules.SETS else _rated(row, said, seed)


# -- in order -----------------------------------------------------------------------------------


def order_result(
    labels: Mapping[str, str], said: Sequence[Chosen], seed: int, groups: "Groups"
) -> Result:
    """Rank items, and show groups where they may be shown."""
    found = outcome(labels, said, seed)
    if not found.many:
        return Result(rules.ORDER, 0, ())
    shown = _compared(groups, ballots_of(list(labels), said), list(labels))
    return Result(rules.ORDER, found.many, found.rows, found.notes, shown)


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 4)


# -- groups -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Groups:
    """Each question about the person: its words, and which answer each person chose.

    `alone`: who answered by themselves. The other answers are known to those who run the survey,
    so they hide nobody.
    """

    asked: tuple[tuple[str, Mapping[str, str], tuple[str, ...]], ...]
    alone: tuple[bool, ...]


def groups_of(questions: Sequence[Question], own: Sequence[Answer]) -> Groups:
    """Return who is in which group, in the order of `own`."""
    asked = tuple(
        (row.text, row.labels,
         tuple(each.chosen.get(str(row.id), {}).get("one", "") for each in own))
        for row in questions if row.kind == rules.ABOUT
    )  # fmt: skip
    return Groups(asked, tuple(each.came in rules.BY_THEMSELVES for each in own))


def sizes(names: Sequence[str], alone: Sequence[bool], least: int) -> dict[str, int | None]:
    """Return how many are in each group; None where it may not be told.

    Whoever knows the answers from paper and files can take those off: a group has to be large
    enough without them, and so do the others.
    """
    counts, everyone = Counter(_hidden(names, alone)), Counter(names)
    try:
        safe = protect(one_way({name: counts[name] for name in everyone}), least)
    except CannotCover:
        return dict.fromkeys(everyone)
    return {name: None if safe.shown((name,)) is None else everyone[name] for name in everyone}


def _hidden(what: Sequence[Any], alone: Sequence[bool]) -> list[Any]:
    """Return what is of those who answered by themselves; where nobody did, of all."""
    return [it for it, own in zip(what, alone, strict=True) if own or not any(alone)]


def _compared(groups: Groups, ballots: Ballots, keys: Sequence[str]) -> tuple[Group, ...]:
    found: list[Group] = []
    for text, labels, chosen in groups.asked:
        names = [labels.get(each, NOT_SAID) for each in chosen]
        shown = sizes(names, groups.alone, threshold())
        for name in (each for each in shown if each != NOT_SAID):
            inside = np.array([each == name for each in names])
            rest = _hidden([each != name for each in names], groups.alone)
            told = shown[name] is not None and sum(rest) >= threshold()
            found.append(_group(f"{text} {name}", ballots, keys, inside, told))
    return tuple(found)


def _group(name: str, ballots: Ballots, keys: Sequence[str], inside: Any, told: bool) -> Group:
    """A group alone, and the ranking without it: only if both are large enough to be shown."""
    if not told:
        return Group(name, SYMBOL, {}, {})
    own = comparing.ranks(ballots.some(inside))
    (left,) = comparing.without(ballots, {name: inside})
    ranks = {key: int(own[n]) for n, key in enumerate(keys) if own[n]}
    moved = {key: int(left.moved[n]) for n, key in enumerate(keys) if left.ranks[n]}
    return Group(name, "", ranks, moved)


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
    rows: list[dict[str, Any]] = [
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
    rows: list[dict[str, Any]] = [
        {"key": key, "label": row.labels[key], "mean": _number(found.mean[n]),
         "low": _number(found.low[n]), "high": _number(found.high[n]),
         **{f"step_{step}": int(found.counts[n, step - 1]) for step in range(1, row.steps + 1)},
         "not_apply": away.count(key)}
        for n, key in enumerate(row.keys)
    ]  # fmt: skip
    rows.sort(key=lambda each: (each["mean"] is None, -(each["mean"] or 0)))
    return Result(row.kind, len(said), tuple(rows))


def _about(row: Question, groups: Groups) -> Result:
    ((_, labels, chosen),) = groups.asked
    names = [labels.get(each, NOT_SAID) for each in chosen]
    shown = sizes(names, groups.alone, threshold())
    rows = [{"key": key, "label": label, "people": shown.get(label, None if names else 0)}
            for key, label in [*row.labels.items(), ("", NOT_SAID)]]  # fmt: skip
    return Result(row.kind, len(names), tuple(rows))  # how many did say so would tell who did not
