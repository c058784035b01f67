"""How long it takes to read and count what a review has charted: CPU seconds, database included.

    PYTHONPATH=. .venv/bin/python bench/charting.py 500

A made-up review in a database of its own: so many studies, a form of 20 fields (12 of them with
choices), every fifth study charted twice.
"""

import os
import sys
import tempfile
import time
import uuid

os.environ["FIRSTHAND_DATA"] = tempfile.mkdtemp()
os.environ["DJANGO_SETTINGS_MODULE"] = "firsthand.config.settings"


def fields() -> list[dict[str, object]]:
    """A form of 12 fields of six choices, and 8 of words."""
    chosen = [
        {"key": f"c{n}", "kind": "many", "label": f"Choice {n}",
         "choices": [{"key": f"c{n}x{k}", "label": f"{n} {k}"} for k in range(6)]}
        for n in range(12)
    ]  # fmt: skip
    return [*chosen, *({"key": f"t{n}", "kind": "text", "label": f"Words {n}"} for n in range(8))]


def answers(number: int) -> dict[str, object]:
    """What was charted of one study."""
    said: dict[str, object] = {
        f"c{n}": {"state": "given", "value": [f"c{n}x{(number + n) % 6}"]} for n in range(12)
    }
    words = {"state": "given", "value": "What people said of it. " * 10}
    return said | {f"t{n}": words for n in range(8)}


def fill(many: int):
    """Return a review with so many charted studies."""
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from firsthand.evidence import models as m
    from firsthand.people.models import User

    review = m.Review.objects.create(title="Made up", question="?")
    two = [
        m.Member.objects.create(
            review=review, role="owner",
            user=User.objects.create(username=str(uuid.uuid4()), role="researcher", name=f"P{n}"),
        )
        for n in range(2)
    ]  # fmt: skip
    run = m.SearchRun.objects.create(
        review=review, number=1, source="other", database="d", ran_on="2026-01-01", by=two[0]
    )
    file = m.ImportFile.objects.create(
        run=run, review=review, name="f", fingerprint="f", size=1, stage="read", by=two[0]
    )
    now = timezone.now()
    form = m.ChartForm.objects.create(
        review=review, version=1, fields=fields(), by=two[0], published_at=now
    )
    for number in range(1, many + 1):
        record = m.Record.objects.create(
            review=review, file=file, number=number, title=f"T{number}", line=1
        )
        m.Screening.objects.create(
            review=review, record=record, stage="full-text", number=number, needed=1,
            state="included",
        )  # fmt: skip
        needed = 2 if number % 5 == 0 else 1
        study = m.Study.objects.create(
            review=review, number=number, name=f"S{number}", needed=needed
        )
        m.StudyReport.objects.create(study=study, home=study, record=record)
        for member in two[:needed]:
            m.Chart.objects.create(
                study=study, member=member, form=form, answers=answers(number), revision=1,
                finished_at=now,
            )  # fmt: skip
    return review


def main(many: int) -> None:
    """Print each figure."""
    import django

    django.setup()
    from firsthand.evidence import charts, tabling
    from firsthand.methods.charting import gaps, mapping
    from firsthand.methods.charting.choosing import askable

    review = fill(many)
    for name, does in {
        "read all charts": lambda: charts.studies_of(review),
        "read and count gaps": lambda: gaps.counted(*charts.studies_of(review)),
        "read and map two fields": lambda: _map(charts.studies_of(review), askable, mapping),
        "Excel": lambda: tabling.as_xlsx(*charts.studies_of(review)),
    }.items():
        does()
        begun = time.process_time()
        for _ in range(3):
            does()
        print(f"{name}, {many:,} studies: {(time.process_time() - begun) / 3:.3f} CPU s")


def _map(found, askable, mapping):
    known = askable(found[0])
    return mapping.crossed([known["c0"], known["c1"]], found[1])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
