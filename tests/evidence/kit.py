"""Reviews for tests: made by the site's own actions, with people who take part in them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from firsthand.evidence import rules, screening
from firsthand.evidence.actions import (
    criteria,
    full_texts,
    highlights,
    labels,
    reviews,
    rounds,
    searches,
    strategies,
    talking,
)
from firsthand.evidence.actions import screening as deciding
from firsthand.evidence.grouping import regroup
from firsthand.evidence.models import (
    Chart,
    ImportFile,
    Member,
    Pair,
    Record,
    Review,
    Screening,
    SearchRun,
    Study,
)
from firsthand.people import rules as roles
from firsthand.people.models import User
from tests.evidence import papers

PROTOCOL = {"title": "Harm in social care (made up)", "question": "What harms do people name?"}
SEARCH: dict[str, Any] = {
    "source": "database", "database": "PsycINFO", "platform": "Ovid", "ran_on": date(2026, 3, 2),
    "string": "(harm* OR iatrogen*) AND social care", "limits": "", "hits": 12,
}  # fmt: skip


def user(name: str, role: str = roles.RESEARCHER) -> User:
    return User.objects.create(username=f"mark of {name}", role=role, name=name)


def review(*names: str, each: int = 2, **more: Any) -> list[Member]:
    """Return the members of a new review, its owner first."""
    owner = reviews.make(user(names[0]), {**PROTOCOL, "each": each, **more})
    return [owner, *(reviews.add_member(owner, user(name), rules.REVIEWER) for name in names[1:])]


def imported(by: Member, count: int, title: str = "Record") -> list[Record]:
    """Return records under a search, as an import leaves them."""
    run = searches.add(by, SEARCH)
    row = Review.objects.get(id=by.review_id)
    file = ImportFile.objects.create(
        run=run, review=row, name=f"{title}.ris", fingerprint=f"{run.id}", size=1,
        stage=rules.READ, by=by, records_read=count, passed=count,
    )  # fmt: skip
    begun = row.records_made
    records = [
        Record.objects.create(
            review=row, file=file, number=begun + place, title=f"{title} {begun + place}",
            abstract="What people said.", authors=["Brook, A."], year=2020, line=place,
            raw=[["TI", f"{title} {begun + place}"]], source_format="ris",
        )
        for place in range(1, count + 1)
    ]  # fmt: skip
    for each in records:
        Screening.objects.create(
            review=row, record=each, stage=rules.ABSTRACT, number=each.number, needed=row.each
        )
    row.records_made = begun + count
    row.save()
    return records


def at(record: Record, stage: str = rules.ABSTRACT) -> Screening:
    return Screening.objects.get(record=record, stage=stage)


def decide(record: Record, *said: tuple[Member, str], stage: str = rules.ABSTRACT) -> Screening:
    """Let each decide in turn; return how the record stands then."""
    for member, choice in said:
        deciding.decide(member, at(record, stage), choice)
    return at(record, stage)


def next_number(member: Member, stage: str = rules.ABSTRACT, after: int = 0) -> int | None:
    found = screening.next_for(member, stage, after)
    return found.number if found else None


def pair(one: Record, other: Record, holds: str, by: Member | None = None) -> Pair:
    """Return two records of which something holds, as a look leaves it, their group with it."""
    first, second = sorted((one, other), key=lambda each: each.id)
    row = Pair.objects.create(
        review=one.review, first=first, second=second, holds=holds, reason="titles alike", by=by
    )
    if holds == rules.SAME:
        regroup(one.review, [one.id, other.id])
    return row


def charted(by: Member, record: Record) -> tuple[Study, Chart]:
    """Return the study of a record that is included, and someone's chart of it."""
    from tests.evidence import charting_kit

    charting_kit.put(record, rules.INCLUDED)
    charting_kit.form(by)
    charting_kit.studies.follow(by.review)
    study = Study.objects.get(review=by.review)
    charting_kit.chart(by, study)
    return study, Chart.objects.get(study=study)


@dataclass
class Reviewed:
    """A review with something of everything in it, and what its addresses name."""

    member: Member
    criterion: UUID
    run: SearchRun
    record: Record
    round: UUID
    imported: UUID
    pair: UUID
    pdf: UUID
    label: UUID
    block: UUID
    note: UUID
    study: UUID
    report: UUID
    chart: UUID

    @classmethod
    def filled(cls, owner: Member, other: Member) -> "Reviewed":
        """Fill a review: a criterion, a search, a record two differ on, a calibration round."""
        row = criteria.add(owner, rules.INCLUDE, "Names yarrow")
        records = imported(owner, 4, "Yarrow")
        deciding.decide(owner, at(records[0]), rules.INCLUDE, "yarrow note")
        deciding.decide(other, at(records[0]), rules.EXCLUDE, "yarrow again", [row])
        begun = rounds.begin(owner, rules.ABSTRACT, 2, seed=1)
        file = records[0].file
        unsure = pair(records[2], records[3], rules.ASKED)
        strategies.save(owner, {"blocks": [{"name": "Yarrow", "terms": ["yarrow*"]}]})
        look = {"colour": "sun", "line": "dotted"}
        label = labels.make(owner, {"name": "yarrow label", **look})
        labels.put(other, at(records[0]), [label])
        block = highlights.add(owner, {"name": "yarrow block", "words": "yarrow*", **look})
        pdf = full_texts.attach(owner, records[0], [("yarrow.pdf", papers.PAPER)]).new[0]
        note = talking.write(other, at(records[0]), "yarrow talked over")
        study, chart = charted(owner, records[1])
        return cls(
            other, row.id, file.run, records[0], begun.id, file.id, unsure.id, pdf.id, label.id,
            block.id, note.id, study.id, study.reports.get().id, chart.id,
        )  # fmt: skip

    @property
    def addresses(self) -> dict[str, UUID]:
        return {
            "review": self.member.review_id,
            "member": self.member.id,
            "criterion": self.criterion,
            "run": self.run.id,
            "record": self.record.id,
            "round": self.round,
            "imported": self.imported,
            "pair": self.pair,
            "pdf": self.pdf,
            "label": self.label,
            "block": self.block,
            "note": self.note,
            "study": self.study,
            "report": self.report,
            "chart": self.chart,
        }
