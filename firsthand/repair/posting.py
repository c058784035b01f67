"""Putting one turn into a conversation: words, files and promises, each sealed on its own."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils import timezone

from firsthand.access import door, grants
from firsthand.access import rules as access
from firsthand.access.doer import Doer
from firsthand.people.models import Team
from firsthand.people.queries import current_keyring
from firsthand.repair import binding, moving, policies, rules, words
from firsthand.repair.models import Message, MessageFile, Promise, Request
from firsthand.repair.words import FileLine, Pledge, Said
from firsthand.testimony import queries as testimonies
from firsthand.testimony.files import CleanFile
from firsthand.vault import derive, items, keyrings
from firsthand.vault.items import OpenItem
from firsthand.vault.models import Keyring
from firsthand.vault.rules import context

_Numbered = list[tuple[uuid.UUID, CleanFile]]


@dataclass(frozen=True)
class Turn:
    """What one side posts. `number` is the form's own: sent twice, it is one turn.

    Other words from the same form are a turn of their own: someone went back and wrote again.
    """

    number: str
    said: Said
    files: Sequence[CleanFile] = ()
    pledges: Sequence[Pledge] = ()

    def id_in(self, request: Request) -> uuid.UUID:
        """Return the id the turn has in a conversation."""
        return derive.id_for("turn", request.id, self.number, self._digest)

    @cached_property
    def _digest(self) -> bytes:
        said = words.said_to_sealed(self.said)[words.FIELD]
        files = [(each.name, hashlib.blake2b(each.content).digest()) for each in self.files]
        will = [(words.pledge_to_sealed(each)[words.FIELD], each.due) for each in self.pledges]
        parts = [part for pair in [*files, *will] for part in pair]
        return hashlib.blake2b(context(said, len(files), *parts)).digest()


class Overtaken(Exception):
    """Someone wrote in the conversation since the form was shown."""


def post(
    doer: Doer, request: Request, party: str, step: str, turn: Turn, seen: int | None
) -> Message:
    """Put a turn into a conversation, inside the caller's transaction.

    `seen` is how many turns there were when the form was shown. Raises Overtaken, Refused.
    """
    row = moving.locked(request)
    team = _team(doer, row, party)
    if posted := row.messages.filter(id=turn.id_in(row)).first():
        return posted
    policies.check_step(row, step, party)
    if seen is not None and seen != row.turns:
        raise Overtaken
    message = _message(doer, row, team, step, turn)
    for pledge in turn.pledges:
        _promise(doer, row, message, pledge)
    row.answered = row.answered or step == rules.ANSWER
    row.unread_by_team = row.unread_by_team or party != rules.TEAM
    row.unread_by_person = row.unread_by_person or party != rules.PERSON
    moving.rest(row, step, party)
    return message


def _team(doer: Doer, row: Request, party: str) -> Team | None:
    """The team that posts, if it is not the person; raises Refused for whoever may not."""
    if party == rules.COMPANION:
        return policies.check_companion(doer, row)
    (policies.check_team if party == rules.TEAM else policies.check_person)(doer, row)
    return row.team if party == rules.TEAM else None


def _message(doer: Doer, row: Request, team: Team | None, step: str, turn: Turn) -> Message:
    numbered = [(uuid.uuid4(), clean) for clean in turn.files]
    said = replace(turn.said, files=tuple(_file_line(*each) for each in numbered))
    row.turns += 1
    message = Message(
        id=turn.id_in(row), request=row, place=row.turns,
        kind=rules.ANSWER_KIND if step == rules.ANSWER else rules.MESSAGE,
        by=doer.user if team else None, team=team, on=timezone.localdate(),
        at=timezone.now() if team else None,
    )  # fmt: skip
    sealed = words.said_to_sealed(said)
    message.item_id = _seal(doer, row, sealed, row.item_id, access.WROTE, team, message).id
    message.save(force_insert=True)
    _attach(doer, row, message, numbered)
    return message


def _attach(doer: Doer, row: Request, message: Message, numbered: _Numbered) -> None:
    for place, (number, clean) in enumerate(numbered, start=1):
        opened = _seal(doer, row, {}, message.item_id, access.WROTE, message.team)
        items.attach(opened, clean.content)
        MessageFile.objects.create(id=number, message=message, item_id=opened.id, place=place)


def _promise(doer: Doer, row: Request, message: Message, pledge: Pledge) -> None:
    row.promised += 1
    promise = Promise(
        request=row, message=message, place=row.promised, made_on=message.on, due=pledge.due
    )
    sealed = words.pledge_to_sealed(pledge)
    opened = _seal(doer, row, sealed, row.item_id, access.PROMISED, row.team, promise)
    promise.item_id = opened.id
    promise.save(force_insert=True)


def _seal(
    doer: Doer,
    row: Request,
    fields: dict[str, bytes],
    under: uuid.UUID,
    done: str,
    team: Team | None,
    about: Message | Promise | None = None,
) -> OpenItem:
    """Seal a part of a conversation for its owner and for every team let into it today."""
    if about:
        fields = {**fields, binding.FIELD: binding.facts_of(about)}
    owner = keyrings.check(row.item.owner)
    return door.create(
        doer,
        owner,
        fields,
        whole=testimonies.item_of(row.testimony_id),
        under=under,
        to=_readers(row),
        done=done,
        team=team,
    )


def _readers(row: Request) -> list[Keyring]:
    return [current_keyring(grant.team) for grant in grants.standing(row.item_id)]


def _file_line(number: uuid.UUID, clean: CleanFile) -> FileLine:
    return FileLine(str(number), clean.name, clean.media_type, len(clean.content))
