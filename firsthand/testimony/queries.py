"""Asking about testimonies. Whatever shows words goes through the door and so into the log."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from firsthand.access import door, grants, log
from firsthand.access import rules as access
from firsthand.access.doer import Doer
from firsthand.access.models import Grant
from firsthand.access.refused import Refused
from firsthand.people.models import Organisation, Team, User
from firsthand.people.queries import teams_of, teams_to_ask
from firsthand.people.rules import RESEARCH, SERVICE_KINDS
from firsthand.testimony import counting, policies, rules
from firsthand.testimony.answers import PROMPTS, Answers, from_sealed
from firsthand.testimony.counting import Count
from firsthand.testimony.counting import CountedRow as CountedRow
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


def chosen_teams(said: Answers) -> list[Team]:
    """Return the teams that were chosen and that may be let in as its owner wishes now."""
    rows = Team.objects.filter(id__in=said.teams, active=True).select_related("organisation")
    return list(rows.filter(organisation__kind__in=rules.kinds_for(said.wishes)))


def teams_named(ids: Iterable[str]) -> list[Team]:
    """Return teams by their ids, to be named."""
    return list(Team.objects.filter(id__in=list(ids)).select_related("organisation"))


def readers(testimony: Testimony) -> tuple[list[Grant], list[Grant]]:
    """Return the grants that hold today: to help or to answer, and, apart, for research."""
    rows = grants.standing(testimony.item_id)
    learning = [grant for grant in rows if grant.purpose == access.RESEARCH]
    return [grant for grant in rows if grant not in learning], learning


def reading_teams(testimony: Testimony) -> list[Team]:
    """Return the teams that can read a testimony today, to help or to answer."""
    return [grant.team for grant in readers(testimony)[0]]


def reading_unwished(testimony: Testimony, wishes: tuple[str, ...]) -> list[Team]:
    """Return the teams that can read a testimony though its owner wishes for it no longer."""
    kinds = rules.kinds_for(wishes)
    return [team for team in reading_teams(testimony) if team.organisation.kind not in kinds]


def item_of(testimony: uuid.UUID) -> uuid.UUID:
    """Return the id of a testimony's item. Raises Testimony.DoesNotExist."""
    return Testimony.objects.values_list("item_id", flat=True).get(id=testimony)


def owner_of(testimony: uuid.UUID) -> Keyring:
    """Return the keyring that owns a testimony."""
    return Testimony.objects.select_related("item__owner").get(id=testimony).item.owner


def owner_id_of(testimony: uuid.UUID) -> uuid.UUID:
    """Return the id of the keyring that owns a testimony. Raises Testimony.DoesNotExist."""
    return Testimony.objects.values_list("item__owner_id", flat=True).get(id=testimony)


# -- for research -----------------------------------------------------------------------------


def researchers_are_here() -> bool:
    """Say whether any research team of this site can be let in."""
    return teams_to_ask([RESEARCH]).exists()


def research_ids(reader: User | None = None) -> QuerySet[Testimony, uuid.UUID]:
    """Return the ids of what is shared for research today, for another query to look among.

    With a reader: of what is shared with a team that they are in. Unchecked: whoever opens one
    comes through the door, which checks.
    """
    live = Grant.objects.filter(purpose=access.RESEARCH, revoked_on=None)
    if reader is not None:
        live = live.filter(team__in=teams_of(reader))
    live = live.filter(Q(until=None) | Q(until__gte=timezone.localdate()))
    rows = Testimony.objects.exclude(stage=rules.WITHDRAWN)
    return rows.filter(item__in=live.values("item_id")).values_list("id", flat=True)


def shared_for_research(doer: Doer) -> list[uuid.UUID]:
    """Return the ids of what was shared for research with a team of the doer's. Raises Tampered."""
    rows = Testimony.objects.filter(id__in=research_ids()).order_by("id")
    return [row.id for row in rows if _for_research(doer, row)]


def research_text(doer: Doer, testimony: uuid.UUID) -> str:
    """Return the words of a testimony, to be coded. Raises Refused; logs, like any reading."""
    row = Testimony.objects.filter(id=testimony).exclude(stage=rules.WITHDRAWN).first()
    if row is None:
        raise Refused
    if not _for_research(doer, row):
        door.refuse(doer, row.item_id)
    said = answers_of(door.enter(doer, row.item_id))
    return "\n\n".join(each for each in (said.happened, *said.more.values()) if each.strip())


def _for_research(doer: Doer, row: Testimony) -> bool:
    found = (grants.live(row.item_id, team) for team in doer.teams)
    return any(grant is not None and grant.purpose == access.RESEARCH for grant in found)


def is_counted(testimony: uuid.UUID) -> bool:
    """Say whether its owner lets a testimony be counted."""
    return Counted.objects.filter(testimony_id=testimony).exists()


def counted_ids() -> QuerySet[Counted, uuid.UUID]:
    """Return the ids of every testimony that is counted, for another query to look among.

    Unchecked: what is published of one asks `checked_ids` too.
    """
    return Counted.objects.values_list("testimony_id", flat=True)


def checked_ids() -> set[uuid.UUID]:
    """Return the same ids, those left out that someone else than their owner had counted."""
    return counting.ids()


def counted(today: date) -> Count:
    """Return what may be counted today, in no order that says who told when."""
    return counting.count(today)


def counted_changed() -> list[uuid.UUID]:
    """Return the items of tellings that are not counted as their owner left it."""
    return counting.changed()
