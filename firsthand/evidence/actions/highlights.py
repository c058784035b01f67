"""Blocks of words that are marked while screening: owners set them, each member may hide them."""

from collections.abc import Mapping

from django.db import transaction

from firsthand.access.refused import Refused, not_now
from firsthand.evidence import rules, trail
from firsthand.evidence.models import Block, Member, Review

_TAKEN = "There is a block of this name already."
_MOST = f"A review has {rules.MOST_BLOCKS} blocks at most."


@transaction.atomic
def add(by: Member, said: Mapping[str, str]) -> Block:
    """Add a block (name, words, colour, line). Raises Refused."""
    review = Review.objects.select_for_update().get(id=by.review_id)
    if review.blocks.count() >= rules.MOST_BLOCKS:
        raise not_now(_MOST)
    _check_free(review, said["name"])
    row = Block.objects.create(review=review, **said)
    trail.leave(by, "block of words added", **said)
    return row


@transaction.atomic
def change(by: Member, block: Block, said: Mapping[str, str]) -> None:
    """Change a block; the trail keeps how it was. Raises Refused."""
    review = Review.objects.select_for_update().get(id=by.review_id)
    if block.review_id != review.id:
        raise Refused
    _check_free(review, said["name"], block)
    before = {name: getattr(block, name) for name in said}
    if before != dict(said):
        Block.objects.filter(id=block.id).update(**said)
        trail.leave(by, "block of words changed", before=before, name=said["name"])


@transaction.atomic
def use(by: Member, block: Block, used: bool) -> None:
    """Mark a block's words from now on, or no longer."""
    rows = Block.objects.filter(id=block.id, review=by.review_id, used=not used)
    if rows.update(used=used):
        trail.leave(by, "block of words on" if used else "block of words off", name=block.name)


def show(to: Member, shown: bool) -> None:
    """Mark words for one member, or not: their own choice, of no one else's concern."""
    Member.objects.filter(id=to.id).update(highlights=shown)


def _check_free(review: Review, name: str, but: Block | None = None) -> None:
    rows = Block.objects.filter(review=review, name__iexact=name)
    if any(each != but for each in rows):
        raise not_now(_TAKEN)
