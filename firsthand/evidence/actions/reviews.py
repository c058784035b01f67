"""Beginning a review, its protocol, and who takes part."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from firsthand.access.refused import not_now
from firsthand.evidence import rules, trail
from firsthand.evidence.actions import shares
from firsthand.evidence.models import Member, Review, Screening
from firsthand.evidence.moving import settle
from firsthand.people.models import User


@transaction.atomic
def make(by: User, protocol: Mapping[str, Any]) -> Member:
    """Begin a review; whoever does is its first owner."""
    review = Review.objects.create(**protocol)
    member = Member.objects.create(review=review, user=by, role=rules.OWNER)
    trail.leave(member, "review made", protocol=dict(protocol))
    return member


@transaction.atomic
def change_protocol(by: Member, protocol: Mapping[str, Any]) -> None:
    """Change the protocol; the trail keeps how it was."""
    review = Review.objects.select_for_update().get(id=by.review_id)
    before = {name: getattr(review, name) for name in protocol}
    changed = [name for name in protocol if protocol[name] != before[name]]
    if not changed:
        return
    for name in changed:
        setattr(review, name, protocol[name])
    review.save(update_fields=changed)
    trail.leave(by, "protocol changed", before={name: before[name] for name in changed})
    if "each" in changed:
        _ask_so_many(review)


def _ask_so_many(review: Review) -> None:
    """What nobody has decided yet is decided by so many from now on; the rest, and shares, stand.

    A share says itself how many decide: one alone would wait for ever for a second.
    """
    untouched = (rules.UNSEEN, rules.NOT_GOT)
    rows = Screening.objects.filter(review=review, state__in=untouched, round=None, pool=True)
    rows.update(needed=review.each)


@transaction.atomic
def add_member(by: Member, user: User, role: str) -> Member:
    """Let someone take part, again if they had left."""
    member, fresh = Member.objects.get_or_create(
        review=by.review, user=user, defaults={"role": role}
    )
    if not fresh and member.left_on is None:
        raise not_now(f"{user.name} takes part already.")
    member.role, member.left_on = role, None
    member.save(update_fields=["role", "left_on"])
    trail.leave(by, "member added", member=member.id, name=user.name, role=role)
    return member


@transaction.atomic
def end_member(by: Member, member: Member) -> None:
    """Someone takes part no longer. What they decided stays; calibration waits for them no more."""
    review = Review.objects.select_for_update().get(id=by.review_id)
    if member.left_on is not None:
        return  # pressed twice
    others = review.members.filter(role=rules.OWNER, left_on=None).exclude(id=member.id)
    if member.is_owner and not others.exists():
        raise not_now("A review needs an owner. Make someone else an owner first.")
    member.left_on = timezone.localdate()
    member.save(update_fields=["left_on"])
    trail.leave(by, "member left", member=member.id, name=member.user.name)
    shares.give_back(by, member)
    waiting = Screening.objects.filter(review=review, state__in=rules.OPEN, round__isnull=False)
    for screening in waiting.exclude(decisions__member=member).select_for_update():
        screening.needed = max(screening.needed - 1, 1)
        settle(screening)
