"""The made-up review: searched, imported, looked through and screened by the site's own actions."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from firsthand.config.demo import clock, town, workbench
from firsthand.config.demo.people import Someone
from firsthand.evidence import rules
from firsthand.evidence.actions import criteria, duplicates, importing, reviews, screening, searches
from firsthand.evidence.models import ImportFile, Look, Member, Record, Review, Screening, SearchRun

DAYS_AGO = 40  # when the review began


def review(staff: dict[str, Someone]) -> Review:
    """Have two researchers begin a review and take it half-way."""
    begun = timezone.localdate() - timedelta(days=DAYS_AGO)
    with clock.on(begun):
        owner, other = _members(staff)
    with clock.on(begun + timedelta(days=3)):
        _imported(owner, begun)
    with clock.on(begun + timedelta(days=10)):
        _screened(owner, other)
    with clock.on(begun + timedelta(days=20)):
        workbench.fill({"researcher": owner, "second researcher": other}, told())
    return owner.review


@cache
def told() -> dict[str, Any]:
    """Return everything review.yaml says."""
    text = Path(__file__).with_name("review.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def _members(staff: dict[str, Someone]) -> tuple[Member, Member]:
    protocol = {**told()["protocol"], "title": town.made_up(told()["protocol"]["title"])}
    owner = reviews.make(staff["researcher"].user, protocol)
    for row in told()["criteria"]:
        criteria.add(owner, row["kind"], row["text"])
    return owner, reviews.add_member(owner, staff["second researcher"].user, rules.REVIEWER)


def _imported(owner: Member, day: date) -> None:
    for row in told()["searches"]:
        said = {name: row[name] for name in ("database", "platform", "string", "hits")}
        said |= {"source": rules.DATABASE, "ran_on": day, "limits": ""}
        _import(owner, searches.add(owner, said), row["key"])
    # The worker would do this a moment later; what it finds done it leaves alone.
    for look in Look.objects.filter(review=owner.review, stage=rules.LOOK_WAITING):
        duplicates.look_through.func(str(look.id))


def _import(owner: Member, run: SearchRun, key: str) -> None:
    rows = [row for row in told()["records"] if row["search"] == key]
    content = "".join(map(_ris, rows)).encode()
    importing.take(owner, run, [(f"made-up-{key}.ris", content)])
    importing.read_file.func(str(ImportFile.objects.get(run=run).id))


def _ris(row: dict[str, Any]) -> str:
    """Return a record as a database would export it (RIS)."""
    names = "".join(f"AU  - {name.replace(' ', ', ')}\n" for name in row["by"])
    return (
        f"TY  - JOUR\nTI  - {town.made_up(row['title'])}\n{names}PY  - {row['year']}\n"
        f"T2  - Journal of Made-up Care\nAB  - {town.made_up(row['abstract'])}\nER  - \n\n"
    )


def _screened(owner: Member, other: Member) -> None:
    for number, row in enumerate(told()["records"], start=1):
        choices = [row.get("first"), row.get("second")]
        _decided(owner, other, number, rules.ABSTRACT, choices, row.get("settled"), None)
        _decided(owner, other, number, rules.FULL_TEXT, row.get("full", []),
                 row.get("settled_full"), row.get("why"))  # fmt: skip


def _decided(
    owner: Member, other: Member, number: int, stage: str,
    choices: list[str | None], settled: str | None, why: int | None,
) -> None:  # fmt: skip
    """Let each decide a record at a stage, and settle it where they differ."""
    for member, choice in zip((owner, other), choices, strict=False):
        if choice:
            screening.decide(member, _at(owner, number, stage), choice, "", _reasons(owner, why))
    if settled:
        screening.resolve(owner, _at(owner, number, stage), settled)


def _at(owner: Member, number: int, stage: str) -> Screening:
    record = Record.objects.get(review=owner.review, number=number)
    return Screening.objects.get(record=record, stage=stage)


def _reasons(owner: Member, number: int | None) -> list[Any]:
    return list(owner.review.criteria.filter(number=number)) if number else []
