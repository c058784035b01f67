"""Beginning a review out of a file, all of it or nothing."""

import argparse
from typing import TYPE_CHECKING

from firsthand.config.reviewing import acting, protocol, tables
from firsthand.config.talk import Stop

if TYPE_CHECKING:
    from firsthand.people.models import User


def begin(args: argparse.Namespace) -> None:
    """Begin the review and say what it is called."""
    with acting.site():
        from django.db import transaction

        from firsthand.evidence.actions import criteria, reviews, searches

        plan = protocol.plan(args.source)
        with transaction.atomic():
            member = reviews.make(researcher(args), plan.protocol)
            for kind, text in plan.criteria:
                criteria.add(member, kind, text)
            for said in plan.searches:
                searches.add(member, said)
        review = member.review
        told = {
            "review": review.id, "title": review.title, "owner": member.user.name,
            "criteria": len(plan.criteria), "searches": len(plan.searches),
        }  # fmt: skip
        lines = [
            f"Begun: {review.title}",
            f"Its number is {review.id}.",
            f"{len(plan.criteria)} criteria and {len(plan.searches)} searches are written down.",
        ]
        tables.tell(told, lines, args.json)


def researcher(args: argparse.Namespace) -> "User":
    """Return who begins it: a researcher of this site, or someone made known here. Raises Stop."""
    from firsthand.people.rules import RESEARCHER

    user = known(args.who, args.here)
    if user.role != RESEARCHER:
        raise Stop(f"{user.name} is no researcher. Researchers begin reviews; others take part.")
    return user


def known(name: str, here: bool) -> "User":
    """Return someone of this site by name; with `here`, made known if need be. Raises Stop."""
    from firsthand.people.actions import local
    from firsthand.people.queries import staff

    if here and not staff().filter(name__iexact=name.strip()).exists():
        if not name.strip():
            raise Stop("Say a name.", 2)
        return local.here(name.strip())
    return acting.staff_called(name)
