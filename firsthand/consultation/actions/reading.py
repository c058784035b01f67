"""Reading people's own words: each time leaves its line, in the same transaction."""

import uuid
from collections.abc import Mapping

from django.db import transaction

from firsthand.access.refused import not_now
from firsthand.codebook.actions import sources
from firsthand.codebook.models import Coder
from firsthand.codebook.rules import SURVEY
from firsthand.consultation import survey_queries as queries
from firsthand.consultation import survey_rules as rules
from firsthand.consultation import survey_words
from firsthand.consultation.models import Survey, Surveyor
from firsthand.consultation.survey_trail import leave
from firsthand.vault.keys import Keys


@transaction.atomic
def read_words(by: Surveyor, hands: Mapping[uuid.UUID, Keys]) -> list[tuple[str, list[str]]]:
    """Return each question with what was written to it. Raises Refused without the keys.

    Only once the survey is closed, and of enough people (`survey_queries.told`): until then
    whoever answered can take it back whole. The words of a question are in order of the alphabet:
    nothing tells which belong together.
    """
    keys = survey_words.keys_of(by.survey, hands)
    survey = Survey.objects.select_for_update().get(id=by.survey_id)
    if survey.stage != rules.CLOSED:
        raise not_now("Close the survey first. Until then people can still take their words back.")
    written = survey_words.opened(keys, queries.told(survey).exclude(words=b""))
    found = [
        (row.text, sorted(each[str(row.id)] for each in written if str(row.id) in each))
        for row in by.survey.questions.all()
    ]
    leave(by, "words read", many=len(written))
    return [(text, some) for text, some in found if some]


@transaction.atomic
def offer(by: Surveyor, hands: Mapping[uuid.UUID, Keys], coder: Coder) -> int:
    """Add what was written to each question to a coding project, a source a question.

    Only once the survey is closed, and from then on it stays so. The words stand in the project
    unsealed, for its coders: the page says so before. Returns how many sources there are now.
    Raises Refused without the keys.
    """
    found = read_words(by, hands)
    for text, some in found:
        title = f"{by.survey.title}, version {by.survey.version}: {text}"
        sources.add(coder, kind=SURVEY, title=title[:300], text="\n\n".join(some),
                    origin={"survey": str(by.survey_id), "answers": len(some)})  # fmt: skip
    leave(by, "words given to coding", project=coder.project.title, sources=len(found))
    return len(found)
