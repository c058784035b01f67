"""Asking about testimonies. Whatever shows words goes through the door and so into the log."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from firsthand.access import door, log
from firsthand.access.doer import Doer
from firsthand.access.refused import Refused
from firsthand.people.models import Organisation
from firsthand.people.rules import SERVICE_KINDS
from firsthand.testimony import policies, rules
from firsthand.testimony.answers import PROMPTS, Answers, from_sealed
from firsthand.testimony.fitting import fits_of
from firsthand.testimony.models import Attachment, Counted, Testimony
from firsthand.vault import items
from firsthand.vault.items import OpenItem
from firsthand.vault.models import Keyring


@dataclass(frozen=True)
class FileLine:
    """A file as it is listed. `size` is in bytes."""

    id: uuid.UUID
    name: str
    media_type: str
    size: int


@dataclass(frozen=True)
class CodeLine:
    """An entry of the model of harm that a person picked."""

    code: str
    label: str
    source: str


@dataclass(frozen=True)
class Telling:
    """What someone told, as those may read it whom they chose."""

    id: uuid.UUID
    told_on: date | None
    stage: str
    happened: str
    more: tuple[tuple[str, str], ...]
    when: str
    where: str
    codes: tuple[CodeLine, ...]
    wishes: tuple[str, ...]
    files: tuple[FileLine, ...]


@dataclass(frozen=True)
class CountedRow:
    """What the published figures may know of one testimony."""

    codes: tuple[str, ...]
    model_version: str
    month: date
    service_kind: str
    place: str


def own(doer: Doer, testimony: uuid.UUID) -> Testimony:
    """Return a testimony of the doer's own. Raises Refused."""
    row = Testimony.objects.select_related("item").filter(id=testimony).first()
    return policies.check_open(policies.check_own(doer, row))


def mine(doer: Doer) -> list[Testimony]:
    """Return the doer's own testimonies, newest first, the withdrawn last."""
    rows = Testimony.objects.select_related("item").filter(item__owner_id__in=list(doer.hands))
    return sorted(rows, key=lambda row: (row.stage != rules.WITHDRAWN, row.begun_on), reverse=True)


def answers_of(opened: OpenItem) -> Answers:
    """Return the answers in an open item."""
    return from_sealed(items.read_all(opened))


def telling_for(doer: Doer, testimony: uuid.UUID) -> Telling:
    """Return what was told, to its owner or to someone they chose. Raises Refused; logs."""
    row = Testimony.objects.filter(id=testimony).exclude(stage=rules.WITHDRAWN).first()
    if row is None:
        raise Refused
    opened = door.enter(doer, row.item_id)
    return telling(doer, row, opened)


def telling(doer: Doer, row: Testimony, opened: OpenItem) -> Telling:
    """Return the whole of an open testimony."""
    said = answers_of(opened)
    return Telling(
        id=row.id,
        told_on=row.told_on,
        stage=row.stage,
        happened=said.happened,
        more=tuple((PROMPTS[key], text) for key, text in said.more.items() if text),
        when=said.when,
        where=where_in_words(said),
        codes=code_lines(said),
        wishes=tuple(rules.WISHES[wish] for wish in said.wishes),
        files=tuple(files(doer, row)),
    )


def files(doer: Doer, row: Testimony) -> Iterator[FileLine]:
    """Yield the files of a testimony that the doer holds the keys of."""
    for each in row.attachments.all():
        opened = items.unlock(each.item_id, doer.keys)
        log.check_state(row.item_id, opened)
        about = items.read_all(opened)
        yield FileLine(
            each.id, about["name"].decode(), about["type"].decode(), int(about["size"].decode())
        )


def attachment(testimony: uuid.UUID, file: uuid.UUID) -> Attachment:
    """Return the row of a file. Raises Refused."""
    row = Attachment.objects.filter(id=file, testimony_id=testimony).first()
    if row is None:
        raise Refused
    return row


def where_in_words(said: Answers) -> str:
    """Return where it happened, as it was picked or typed."""
    kind = SERVICE_KINDS.get(said.service_kind, "") if said.service_kind != "not-said" else ""
    picked = organisation(said)
    named = picked.name if picked else said.service
    return f"{named} ({kind})" if named and kind else named or kind


def organisation(said: Answers) -> Organisation | None:
    """Return the organisation that was picked, if one was and it is still here."""
    if not said.organisation:
        return None
    return Organisation.objects.filter(id=said.organisation).first()


def code_lines(said: Answers) -> tuple[CodeLine, ...]:
    """Return the picked entries in the words of the version they were picked from."""
    known = fits_of(said.model_version)
    found = [known[code] for code in said.codes if code in known]
    return tuple(CodeLine(each.code, each.label, each.source) for each in found)


def item_of(testimony: uuid.UUID) -> uuid.UUID:
    """Return the id of a testimony's item. Raises Testimony.DoesNotExist."""
    return Testimony.objects.values_list("item_id", flat=True).get(id=testimony)


def owner_of(testimony: uuid.UUID) -> Keyring:
    """Return the keyring that owns a testimony."""
    return Testimony.objects.select_related("item__owner").get(id=testimony).item.owner


def owner_id_of(testimony: uuid.UUID) -> uuid.UUID:
    """Return the id of the keyring that owns a testimony. Raises Testimony.DoesNotExist."""
    return Testimony.objects.values_list("item__owner_id", flat=True).get(id=testimony)


def is_counted(testimony: uuid.UUID) -> bool:
    """Say whether its owner lets a testimony be counted."""
    return Counted.objects.filter(testimony_id=testimony).exists()


def counted_ids() -> QuerySet[Counted, uuid.UUID]:
    """Return the ids of every testimony that may be counted, for another query to look among."""
    return Counted.objects.values_list("testimony_id", flat=True)


def counted_rows() -> list[CountedRow]:
    """Return what may be counted, in no order that says who told when."""
    rows = Counted.objects.order_by("month", "service_kind", "testimony_id")
    fields = rows.values_list("codes", "model_version", "month", "service_kind", "place")
    return [
        CountedRow(tuple(codes), version, month, kind, place)
        for codes, version, month, kind, place in fields.iterator()
    ]
