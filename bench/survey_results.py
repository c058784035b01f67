"""How long a survey's results take to be worked out: rankings, intervals, groups, sets, ratings.

    PYTHONPATH=. python bench/survey_results.py --answers 100 1000 10000

Made-up answers to 18 items in order (with two questions about the person), best-worst sets and
ratings, in a database of its own. CPU seconds of the whole, and of each question.
"""

import argparse
import os
import resource
import tempfile
import time

import numpy as np

ITEMS = 18


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, nargs="+", default=[100, 1000, 10000])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        os.environ |= {
            "FIRSTHAND_DATA": place,
            "DJANGO_SETTINGS_MODULE": "firsthand.config.settings",
        }
        from firsthand.config import prepare

        prepare.set_up()
        prepare.migrate()
        for many in asked.answers:
            measure(many)


def measure(many: int) -> None:
    from firsthand.consultation import survey_queries, survey_results
    from firsthand.consultation.models import Answer

    survey = filled(many)
    begun = time.process_time()
    answers = list(survey_queries.told(survey).only("id", "came", "chosen", "simulated"))
    print(f"{many:,} answers: read in {time.process_time() - begun:.2f} s", end="")
    questions = list(survey.questions.all())
    for row in questions:
        at = time.process_time()
        survey_results.result(row, questions, answers, survey.seed)
        print(f", {row.kind} {time.process_time() - at:.2f}", end="")
    spent = time.process_time() - begun
    shown = looked(survey)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"; {spent:.2f} s of CPU in all, {memory} MB", flush=True)
    print(f"  looked at once that is kept: {shown:.3f} s of CPU", flush=True)
    Answer.objects.all().delete()


def looked(survey) -> float:
    """Have it worked out as the background does, and look at what was found."""
    from firsthand.consultation import survey_outcomes
    from firsthand.consultation.actions import working_out
    from firsthand.consultation.models import Outcome

    working_out.ask(survey)
    for number in Outcome.objects.filter(survey=survey).values_list("id", flat=True):
        working_out.work_out.call(str(number))
    survey_outcomes.look(survey)
    begun = time.process_time()
    survey_outcomes.look(survey)
    return time.process_time() - begun


def filled(many: int):
    from django.utils import timezone

    from firsthand.consultation import survey_rules as rules
    from firsthand.consultation.actions import surveys
    from firsthand.consultation.models import Answer
    from firsthand.people import actions as people
    from firsthand.people.models import User

    user = User.objects.create(username=f"bench{many}", role="researcher", name="Bench")
    people.give_keys(user, "lantern orbit gravel")
    about = {"title": "Bench", "about": "Made up.", "ways_in": "link", "layout": "plain"}
    by = surveys.make(User.objects.get(id=user.id), about)
    items = rules.keyed(f"Thing {n}" for n in range(ITEMS))
    asked = [{"kind": "order", "text": "First?", "items": items, "most": 5},
             {"kind": "sets", "text": "Most, least?", "items": items, "times": 2},
             {"kind": "rate", "text": "How much?", "items": items}]  # fmt: skip
    for n, groups in enumerate((3, 5)):
        items_ = rules.keyed(f"Group {each}" for each in range(groups))
        asked.append({"kind": "about", "text": f"About {n}?", "items": items_, "reason": "Why."})
    rows = [surveys.ask(by, each) for each in asked]
    surveys.put(by, "open")
    surveys.put(by, "closed")
    dice = np.random.default_rng(many)
    Answer.objects.bulk_create([
        Answer(survey=by.survey, mark=dice.bytes(32), stage="sent", came="link",
               chosen=chosen(rows, dice), begun_on=timezone.localdate(),
               sent_on=timezone.localdate())
        for _ in range(many)
    ], batch_size=500)  # fmt: skip
    by.survey.refresh_from_db()
    return by.survey


def chosen(rows, dice) -> dict:
    """One made-up answer: five in order, every set answered, all rated, both groups told."""
    order, sets, rate, *about = rows
    liked = np.argsort(np.arange(ITEMS) / 6 + dice.gumbel(size=ITEMS))
    keys = order.keys
    drawn = [[keys[each] for each in dice.permutation(ITEMS)[:4]] for _ in range(9)]
    return {
        str(order.id): {"places": {keys[n]: at for at, n in enumerate(liked[:5], 1)}, "away": []},
        str(sets.id): {"sets": drawn, "picked": [each[:2] for each in drawn]},
        str(rate.id): {"ratings": {key: int(dice.integers(1, 6)) for key in keys}, "away": []},
        **{str(row.id): {"one": row.keys[int(dice.integers(len(row.keys)))]} for row in about},
    }


if __name__ == "__main__":
    main()
