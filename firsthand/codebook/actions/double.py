"""Drawing which sources two people code, settling where they differ, and taking that back."""

import secrets
from collections.abc import Sequence
from uuid import UUID

import numpy as np
from django.db import transaction
from django.utils import timezone

from firsthand.access.refused import Refused, not_now
from firsthand.codebook import policies, rules, settling, trail
from firsthand.codebook.actions import passages
from firsthand.codebook.models import Code, Coder, Doubled, DoubleDraw, Project, Settlement, Source
from firsthand.codebook.settling import Wanted
from firsthand.methods import doubling


@transaction.atomic
def draw(by: Coder, percent: int, among: Sequence[Coder], seed: int | None = None) -> DoubleDraw:
    """Draw so many of 100 sources for two coders each, and ask these to code them. Raises Refused.

    Drawn from the sources that were in no draw before and that none of `among` only reads. The
    same seed draws the same again.
    """
    project = Project.objects.select_for_update().get(id=by.project_id)
    if len(among) < 2:
        raise not_now("Choose two people or more who are to code.")
    pool = {each.number: each for each in settling.could_be_drawn(project, among)}
    if not pool:
        raise not_now("There is no source left to draw from: each was in a draw already.")
    seed = secrets.randbelow(2**31) if seed is None else seed
    pairs = doubling.drawn(list(pool), len(among), percent, np.random.default_rng(seed))
    row = DoubleDraw.objects.create(
        project=project, percent=percent, seed=seed, pool=list(pool), by=by,
        among=[each.user.name for each in among],
    )  # fmt: skip
    for pair in pairs:
        first, second = (among[place] for place in pair.coders)
        source = pool[pair.source]
        Doubled.objects.create(draw=row, source=source, first=first, second=second)
        for each in (first, second):
            passages.ask(by, source, each)
    drawn = [pair.source for pair in pairs]
    trail.leave(by, "sources drawn", percent=percent, seed=seed, of=list(pool), drawn=drawn)
    return row


@transaction.atomic
def settle(
    by: Coder, source: Source, code: Code, wanted: Wanted, *, digest: str = "", opened: str = ""
) -> Settlement:
    """Settle one difference between coders of a source. Raises Refused, saying why not.

    `opened`: the text of a sealed source, as their own session opened it; `digest`: of it.
    """
    Source.objects.select_for_update().only("id").get(id=source.id)
    settling.check_settler(by, source)
    policies.check_not_copied(source, wanted.reason, opened)
    place = settling.place(source, code, wanted.passages, digest)
    if place is None:
        raise not_now("What was coded here has changed. Look at the two codings again.")
    if place.alike:
        raise not_now("Here all coded the same, so there is nothing to settle.")
    _check(by, source, place, wanted)
    if place.settled:
        _undo(by, place.settled)
    new = wanted.choice == rules.NEW
    row = Settlement.objects.create(
        source=source, code=code, choice=wanted.choice, takes=wanted.takes, by=by,
        start=wanted.start if new else None, end=wanted.end if new else None,
        digest=source.digest if new else "", reason=wanted.reason,
    )  # fmt: skip
    row.passages.set(place.passages)
    # Where and what is not told here: someone else may still be going to code this source.
    trail.leave(by, "difference settled", source=source.number, together=wanted.together)
    return row


def _check(by: Coder, source: Source, place: settling.Compared, wanted: Wanted) -> None:
    if wanted.takes and wanted.takes not in [each.coder for each in place.sides]:
        raise Refused
    if wanted.choice == rules.NEW:
        # Of what is sealed the length is not kept: there a new stretch stays within the difference.
        low, high = (place.start, place.end) if source.sealed else (0, source.length)
        if not low <= (wanted.start or 0) < (wanted.end or 0) <= high:
            raise not_now("These words are not in the text. Choose them again.")
    if by in [each.coder for each in place.sides] and not wanted.together:
        raise not_now(
            "You are one of those who coded this. Settle it together with the others and say so, "
            "or let a third person settle it."
        )


@transaction.atomic
def undo(by: Coder, settlement: Settlement) -> None:
    """Take a settlement back: the difference is open again, and the history keeps it."""
    settling.check_settler(by, settlement.source)
    if settlement.undone_at is None:
        _undo(by, settlement)
        trail.leave(by, "settling undone", source=settlement.source.number)


def _undo(by: Coder, settlement: Settlement) -> None:
    settlement.undone_at, settlement.undone_by = timezone.now(), by
    settlement.save(update_fields=["undone_at", "undone_by"])


def settlement(by: Coder, id: UUID) -> Settlement:
    """Return a settlement of a project. Raises Refused."""
    rows = Settlement.objects.select_related("source", "code")
    row = rows.filter(source__project=by.project_id, source__removed_on=None, id=id).first()
    if row is None:
        raise Refused
    return row
