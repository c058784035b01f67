"""Asking about full texts: which reports are got, their PDFs, and what is to be read of one."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet

from firsthand.access.refused import Refused
from firsthand.evidence import duplicates, rules
from firsthand.evidence.models import (
    FullText,
    Member,
    PageText,
    Record,
    Retrieval,
    Review,
    Screening,
)
from firsthand.methods.finding import LONGEST, MOST, Place, find

A_PART = 50  # pages shown at a time: a thesis has hundreds


def reports(review: Review, status: str = "") -> QuerySet[Screening]:
    """Return the reports sought, each with how far getting it is; those of one status, if any."""
    rows = Screening.objects.filter(review=review, stage=rules.FULL_TEXT, stands=True)
    if status == rules.SOUGHT:
        rows = rows.filter(Q(record__retrieval=None) | Q(record__retrieval__status=status))
    elif status:
        rows = rows.filter(record__retrieval__status=status)
    attached = Count("record__full_texts", filter=Q(record__full_texts__taken_away_at=None))
    return (
        rows.select_related("record__retrieval")
        .defer("record__raw", "record__abstract")
        .annotate(attached=attached)
        .order_by("number")
    )


def counts(review: Review) -> dict[str, int]:
    """Return how many reports are how far."""
    rows = Screening.objects.filter(review=review, stage=rules.FULL_TEXT, stands=True).order_by()
    found = dict(rows.values_list("record__retrieval__status").annotate(Count("id")))
    found[rules.SOUGHT] = found.get(rules.SOUGHT, 0) + found.pop(None, 0)
    return {status: found.get(status, 0) for status in rules.RETRIEVALS}


def retrieval(record: Record) -> Retrieval | None:
    return Retrieval.objects.select_related("by__user").filter(record=record).first()


def files(record: Record) -> list[FullText]:
    """Return a report's PDFs without their content, those taken away too.

    Those of the records that were merged with it are of the same report.
    """
    records = [record, *(each.record for each in duplicates.mates(record))]
    rows = FullText.objects.filter(record__in=records)
    return list(rows.defer("content").select_related("by__user"))


def file(member: Member, pdf: uuid.UUID, *, content: bool = False) -> FullText:
    """Return one PDF of the member's review. Raises Refused."""
    rows = FullText.objects.select_related("record", "by__user")
    rows = rows if content else rows.defer("content")
    row = rows.filter(record__review=member.review_id, id=pdf).first()
    if row is None:
        raise Refused
    return row


# -- reading --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """One page's text in pieces; a piece that was found has its number among all (else 0)."""

    number: int
    pieces: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Reading:
    """What is read of a PDF: some of its pages, and what was found in all of them."""

    file: FullText
    pages: tuple[Shown, ...]
    first: int
    read: int
    words: str
    places: tuple[Place, ...]

    @property
    def parts(self) -> list[tuple[int, int]]:
        """Return the first and last page of each part it is shown in."""
        begins = range(1, self.read + 1, A_PART)
        return [(each, min(each + A_PART - 1, self.read)) for each in begins]

    @property
    def is_cut(self) -> bool:
        """Say whether there may be more places than are listed."""
        return len(self.places) == MOST

    def query(self, page: int) -> str:
        """Return the part of an address that shows a page, what is looked for kept."""
        said = {"pdf": str(self.file.id), "from": str(begin_of(page))}
        return urlencode({**said, "find": self.words} if self.words else said)


def begin_of(page: int) -> int:
    """Return the first page of the part in which a page is."""
    return (max(page, 1) - 1) // A_PART * A_PART + 1


def reading(
    record: Record, pdf: str = "", words: str = "", page: int | None = None
) -> Reading | None:
    """Return what is read of one of a record's PDFs: that one, else the first with text.

    Without a `page` it begins where the first of the `words` is found.
    """
    here = [each for each in files(record) if each.taken_away_at is None]
    first = next((each for each in here if each.stage == rules.READ), next(iter(here), None))
    chosen = next((each for each in here if str(each.id) == pdf), first)
    if chosen is None:
        return None
    texts = list(PageText.objects.filter(file=chosen).values_list("text", flat=True))
    words = " ".join(words.split())[:LONGEST]
    places = find(texts, words)
    page = page or (places[0].page if places else 1)
    begin = begin_of(min(page, len(texts) or 1))
    part = enumerate(texts[begin - 1 : begin - 1 + A_PART], start=begin)
    pages = tuple(Shown(number, _pieces(text, number, places)) for number, text in part)
    return Reading(chosen, pages, begin, len(texts), words, places)


def _pieces(text: str, page: int, places: Sequence[Place]) -> tuple[tuple[str, int], ...]:
    numbered = enumerate(places, start=1)
    marks = {each.begin: (each.end, number) for number, each in numbered if each.page == page}
    edges = sorted({0, len(text), *marks, *(end for end, _ in marks.values())})
    return tuple(
        (text[begin:end], marks[begin][1] if begin in marks else 0)
        for begin, end in pairwise(edges)
    )
