"""Telling, changing and withdrawing: each leaves its line in the log, in the same transaction."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from firsthand.access import door, grants, log
from firsthand.access import rules as access
from firsthand.access.doer import Doer
from firsthand.access.models import Grant
from firsthand.access.refused import not_now
from firsthand.people.models import Team, User
from firsthand.people.queries import current_keyring
from firsthand.people.rules import INDEPENDENT, PERSON
from firsthand.testimony import policies, recounting, researching, rules, signals
from firsthand.testimony.answers import Answers, from_sealed, to_sealed
from firsthand.testimony.models import Testimony
from firsthand.testimony.queries import answers_of, chosen_teams
from firsthand.vault import derive, items, keyrings, words
from firsthand.vault.items import OpenItem
from firsthand.vault.keyrings import Locked
from firsthand.vault.keys import Keys
from firsthand.vault.models import Item, Keyring
from firsthand.vault.rules import FORM, RECEIPT_HOLDER
from firsthand.vault.sessions import SessionStore

# How long the number in a form opens what that form began: long enough for a double click or
# a second try on a bad line, too short for someone who finds the page later.
_FORM_OPENS_FOR = timedelta(minutes=2)


class LastDayOver(Exception):
    """The last day of sharing that a draft chose has passed: it is to be asked for again."""


def begin(doer: Doer, sitting: SessionStore, number: str, happened: str) -> uuid.UUID:
    """Keep the first words of a telling and return its id. Slow when it makes a receipt.

    `number` is the form's own: sent twice, it is one telling, from the same browser or after
    the server was killed in between.
    """
    for _ in range(3):
        testimony = _id_for(number)
        row = Testimony.objects.filter(id=testimony).first()
        try:
            if row is None:
                return _begin(doer, sitting, number, happened)
            return _begin_again(doer, sitting, row, number, happened)
        except IntegrityError:  # the other half of a double click was a moment faster
            continue
        except Locked:  # a form from long ago: its words begin a telling of their own
            number = str(words.draw())
    raise not_now("We could not keep this just now. Please press Continue once more.")


def has_begun(number: str) -> bool:
    """Say whether the form of this number has begun a telling already: it is sent once more."""
    return Testimony.objects.filter(id=_id_for(number)).exists()


def save(
    doer: Doer,
    row: Testimony,
    step: str,
    given: Mapping[str, Any],
    seen: OpenItem | None = None,
) -> OpenItem:
    """Keep the answers of one step. `seen`: what this request opened already."""
    with transaction.atomic():
        opened = door.change(doer, row.item_id, to_sealed(step, given), seen=seen)
        if row.stage == rules.KEPT:
            opened = recounting.recount(doer, row, opened, answers_of(opened))
    return opened


@transaction.atomic
def save_wishes(
    doer: Doer, row: Testimony, given: Mapping[str, Any], seen: OpenItem | None = None
) -> None:
    """Keep what someone wishes for. A draft lets go of the teams that it no longer lets in.

    Where teams read already, ending that is another question: see `stop_sharing_with`.
    """
    row = Testimony.objects.select_for_update().get(id=row.id)
    said = answers_of(save(doer, row, "wishes", given, seen))
    left = tuple(str(team.id) for team in chosen_teams(said))
    if row.stage == rules.DRAFT and set(left) != set(said.teams):
        save(doer, row, "readers", {"teams": left, "until": said.until})


def finish(doer: Doer, row: Testimony) -> None:
    """Keep a draft for good, share it with whom its owner chose, count it if they wish.

    Raises LastDayOver, and keeps the draft a draft, when it could be shared with nobody any more.
    """
    with transaction.atomic():
        row = Testimony.objects.select_for_update().get(id=row.id)
        if row.stage == rules.KEPT:
            return  # pressed twice
        policies.check_move(row, rules.KEPT)
        row.stage, row.told_on = rules.KEPT, timezone.localdate()
        row.save()
        opened, fields = door.look_all(doer, row.item_id)
        said = from_sealed(fields)
        if rules.is_over(said.until, timezone.localdate()) and chosen_teams(said):
            raise LastDayOver
        opened = recounting.recount(doer, row, opened, said)
        share_as_chosen(doer, row, opened, said)


@transaction.atomic
def choose_readers(
    doer: Doer, row: Testimony, given: Mapping[str, Any], offered: Iterable[Team]
) -> None:
    """Keep who may read what was kept already: let in who was chosen, end who was left out.

    `offered` are the teams there were to choose from; any other stays as it is.
    """
    Testimony.objects.select_for_update().get(id=row.id)
    for team in offered:
        if str(team.id) not in given["teams"] and grants.live(row.item_id, team):
            stop_sharing(doer, row, team)
    opened = save(doer, row, "readers", given)
    share_as_chosen(doer, row, opened, answers_of(opened))


def share_as_chosen(doer: Doer, row: Testimony, opened: OpenItem, said: Answers) -> None:
    """Let every chosen team in, until the day that was chosen.

    A wish that was taken back lets nobody in, whatever was chosen before.
    """
    until = date.fromisoformat(said.until) if said.until else None
    wished = {team.id for team in chosen_teams(said)}
    for team in Team.objects.filter(id__in=said.teams, active=True).select_related("organisation"):
        standing = grants.live(opened.id, team)
        if standing and standing.purpose == access.RESEARCH:
            continue  # it reads for another reason, which is not ended or widened by the way
        if _is_new(standing, until) if standing else team.id in wished:
            share(doer, row, opened, team, until)


def _is_new(standing: Grant, until: date | None) -> bool:
    """Whether choosing a team once more changes anything: its last day, or keys it began anew."""
    return standing.until != until or not grants.is_keyed(standing.item_id, standing.team)


@transaction.atomic
def share(doer: Doer, row: Testimony, opened: OpenItem, team: Team, until: date | None) -> None:
    """Let one team read a testimony and its files."""
    purpose = access.HELP if team.organisation.kind in INDEPENDENT else access.ANSWER
    grants.make(doer, opened, team, purpose, until=until)
    for each in row.attachments.all():
        part = items.unlock(each.item_id, doer.keys)
        log.check_state(row.item_id, part)
        items.share(part, current_keyring(team))
    signals.shared.send(
        Testimony,
        doer=doer,
        testimony=row.id,
        opened=opened,
        team=team,
        purpose=purpose,
        until=until,
    )


@transaction.atomic
def stop_sharing(doer: Doer, row: Testimony, team: Team) -> None:
    """End a team's access at once. Of one that was let in for research nobody else need hear."""
    Testimony.objects.select_for_update().get(id=row.id)
    if researching.reads(row, team):
        researching.stop(doer, row, team)
        return
    opened = door.look(doer, row.item_id)
    grants.revoke(doer, opened, team)
    said = answers_of(door.look(doer, row.item_id))
    left = tuple(each for each in said.teams if each != str(team.id))
    save(doer, row, "readers", {"teams": left, "until": said.until})
    signals.revoked.send(Testimony, doer=doer, testimony=row.id, team=team)


@transaction.atomic
def stop_sharing_with(doer: Doer, row: Testimony, teams: Iterable[Team]) -> None:
    """End the access of several teams at once, all or none."""
    for team in teams:
        stop_sharing(doer, row, team)


@transaction.atomic
def withdraw(doer: Doer, row: Testimony) -> None:
    """Destroy what was told. The row stays, empty, so that its owner sees what became of it."""
    policies.check_move(row, rules.WITHDRAWN)
    signals.withdrawn.send(Testimony, doer=doer, testimony=row.id)
    recounting.forget(row, door.look(doer, row.item_id))
    door.erase(doer, row.item_id)
    row.stage = rules.WITHDRAWN
    row.save(update_fields=["stage"])


def forget_words(sitting: SessionStore, keys: Keys) -> None:
    """The receipt is written down: its words leave the sitting."""
    sitting.hold(keys.without_words())


# -- the parts --------------------------------------------------------------------------------


def _id_for(number: str) -> uuid.UUID:
    return derive.id_for("telling", number)


def _begin(doer: Doer, sitting: SessionStore, number: str, happened: str) -> uuid.UUID:
    if isinstance(doer.user, User) and doer.user.role == PERSON and doer.user.keyring:
        return _create(doer, doer.user.keyring, number, happened)
    receipt = words.draw()
    keys, lock = Keys.fresh(str(receipt)), keyrings.receipt_lock(receipt)
    with transaction.atomic():
        keyring = keyrings.make(RECEIPT_HOLDER, keys)
        keyrings.add_lock(keys.without_words(), lock)
        ends_at = timezone.now() + _FORM_OPENS_FOR
        keyrings.add_lock(keys, keyrings.secret_lock(FORM, number.encode()), ends_at=ends_at)
        testimony = _create(Doer(None, {keys.id: keys}), keyring, number, happened)
        sitting.hold(keys)
    return testimony


def _create(doer: Doer, owner: Keyring, number: str, happened: str) -> uuid.UUID:
    fields = to_sealed("happened", {"happened": happened})
    with transaction.atomic():
        opened = door.create(doer, owner, fields)
        row = Testimony.objects.create(
            id=_id_for(number), item_id=opened.id, begun_on=timezone.localdate()
        )
    return row.id


def _begin_again(
    doer: Doer, sitting: SessionStore, row: Testimony, number: str, happened: str
) -> uuid.UUID:
    owner = Item.objects.get(id=row.item_id).owner_id
    if not doer.owns(owner):
        lock = keyrings.secret_lock(FORM, number.encode())
        keys = keyrings.by_secret(owner, lock, timezone.now())
        sitting.hold(keys)
        doer = Doer(doer.user, {**doer.hands, keys.id: keys}, doer.teams)
    if row.stage != rules.DRAFT:
        raise Locked
    if from_sealed(items.read_all(door.look(doer, row.item_id))).happened != happened:
        save(doer, row, "happened", {"happened": happened})
    return row.id
