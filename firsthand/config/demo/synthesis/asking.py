"""A ranking survey on the sources of harm, answered from a file of simulated ballots."""

import csv
import io

import numpy as np

from firsthand.config.demo.town import made_up
from firsthand.consultation import survey_ballots, survey_queries
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.actions import answering, surveys
from firsthand.consultation.models import Question, Surveyor
from firsthand.harms.models import ModelVersion
from firsthand.people.models import User

MANY, SEED = 100, 2023


def asked(first: User, draft: ModelVersion, ballots: bytes) -> tuple[Surveyor, Question]:
    """Ask which sources of harm weigh most; take the ballots in, marked as simulated; close it."""
    by = surveys.make(first, {
        "title": made_up("which harms weigh most"), "ways_in": rules.LINK, "layout": rules.PLAIN,
        "about": made_up("a survey whose answers are simulated"), "model": draft,
    })  # fmt: skip
    question = surveys.ask(by, {
        "kind": rules.ORDER, "text": "Which of these weighs most for you? Put up to seven in order.",
        "items": survey_queries.items_of(draft, "source"), "most": 7,
    })  # fmt: skip
    surveys.put(by, rules.OPEN)
    answering.bring_in(by, survey_ballots.read(question, ballots), simulated=True)
    surveys.put(by, rules.CLOSED)
    return by, question


def simulated(draft: ModelVersion, many: int = MANY, seed: int = SEED) -> bytes:
    """Return a file of ballots as a programme with dice would fill them in: nobody answered.

    Each has a weight for every source, its place in the draft counting most, and chance; one in
    ten ballots orders only the first three.
    """
    labels = [each["label"] for each in survey_queries.items_of(draft, "source")]
    dice = np.random.default_rng(seed)
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(labels)
    for _ in range(many):
        weights = np.arange(len(labels)) + 2.5 * dice.gumbel(size=len(labels))
        places = weights.argsort().argsort() + 1
        short = dice.random() < 0.1
        rows.writerow(["" if short and place > 3 else place for place in places])
    return out.getvalue().encode()
