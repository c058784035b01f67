"""Outcomes as they are looked at: of few answers at once, of many from the background work.

A thousand answers to a few questions take about a second of computing; ten thousand, some ten. What
the background work found is kept with a fingerprint of the answers it is of, and is the same to
the last digit as what would be worked out at once.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from firsthand.consultation import survey_queries as queries
from firsthand.consultation import survey_results
from firsthand.consultation.models import Outcome, Question, Survey
from firsthand.consultation.survey_results import Group, Result

MANY = 500  # answers; of more, the outcome is worked out in the background

Found = list[tuple[Question, Result | None]]


@dataclass(frozen=True)
class Shown:
    """What can be shown now. `kept`: where it is of the background work.

    `late`: it has to be worked out anew; `since`: how many answers came since, 0 or fewer where
    some were taken out.
    """

    found: Found
    kept: Outcome | None = None
    late: bool = False
    since: int = 0

    @property
    def worked_at(self) -> datetime | None:
        return self.kept.worked_at if self.kept else None


def look(survey: Survey) -> Shown:
    """Return what is known now: all of it for a survey of few answers."""
    seen = list(queries.told(survey).values_list("id", "simulated"))
    if len(seen) <= MANY:
        return Shown(survey_results.results(survey))
    kept = Outcome.objects.filter(survey=survey).first() or Outcome(survey=survey)
    if not kept.worked_at:
        return Shown([], kept, late=True)
    late = kept.of != survey_results.fingerprint(seen)
    return Shown(_read(survey, kept), kept, late, len(seen) - kept.many)


def results(survey: Survey) -> Found:
    """Return the outcome of all answers there are now, worked out at once where it has to be."""
    shown = look(survey)
    return survey_results.results(survey) if shown.late else shown.found


def is_for_later(survey: Survey) -> bool:
    """Tell whether a survey's outcome is worked out in the background."""
    return queries.told(survey).count() > MANY


def written(found: Sequence[Result | None]) -> str:
    """Return outcomes as they are kept."""
    return json.dumps([each and asdict(each) for each in found], ensure_ascii=False)


def _read(survey: Survey, kept: Outcome) -> Found:
    rows = json.loads(kept.found)
    return [(question, each and _result(each))
            for question, each in zip(survey.questions.all(), rows, strict=True)]  # fmt: skip


def _result(row: dict[str, Any]) -> Result:
    groups = tuple(Group(**each) for each in row["groups"])
    lists = {"rows": tuple(row["rows"]), "notes": tuple(row["notes"]), "groups": groups}
    return Result(**row | lists)
