"""Who may: the members of a review, and for some things its owners. To others nothing is here."""

import uuid

from firsthand.access.refused import Refused, not_now
from firsthand.evidence import rules
from firsthand.evidence.models import Criterion, Decision, Member, Screening
from firsthand.people.models import User


def check_member(user: object, review: uuid.UUID) -> Member:
    """Return someone's membership of a review, the review with it. Raises Refused."""
    if not isinstance(user, User):
        raise Refused
    rows = Member.objects.select_related("review")
    member = rows.filter(review_id=review, user_id=user.id, left_on=None).first()
    if member is None:
        raise Refused
    member.user = user
    return member


def check_owner(user: object, review: uuid.UUID) -> Member:
    """Return an owner's membership. Raises Refused, as for someone who has nothing to do here."""
    member = check_member(user, review)
    if not member.is_owner:
        raise Refused
    return member


def check_stage(stage: str) -> str:
    if stage not in rules.STAGES:
        raise Refused
    return stage


def check_not_in_use(criterion: Criterion, decided: int) -> None:
    """Refuse to delete a criterion that decisions were made by, and say why. Raises Refused."""
    if decided:
        said = "One decision was" if decided == 1 else f"{decided:,} decisions were"
        raise not_now(
            f"Criterion {criterion.number} is in use: {said} made while it stood, and each keeps "
            "the version it was made under. So it cannot be deleted. You can retire it, with your "
            "reason: it then counts for nothing that is decided from now on."
        )


def check_stands(screening: Screening) -> None:
    """Refuse to decide on a record that is set aside as a duplicate. Raises Refused."""
    if not screening.stands:
        raise not_now(
            f"Record {screening.number} is set aside: another record of the same report is "
            "screened in its place. Its page says which. What was decided on it stays."
        )


def check_share(member: Member, screening: Screening) -> None:
    """Refuse to decide what is in the share of others. Raises Refused."""
    if not screening.pool and not screening.shares.filter(member=member).exists():
        raise not_now(
            f"Record {screening.number} is in the share of someone else. Go on with your own share."
        )


def check_reopening(screening: Screening, read_further: bool) -> None:
    """Refuse to open again what is not settled, or is being read in full. Raises Refused."""
    if screening.state not in (rules.INCLUDED, rules.EXCLUDED):
        raise not_now("This record is not settled, so there is nothing to open again.")
    if read_further:
        raise not_now(
            "This record is being read in full already. Decide there; what was decided on its "
            "title stays."
        )


def check_talking(screening: Screening) -> None:
    """Refuse to talk over what is blind still, to all alike. Raises Refused."""
    if screening.state not in rules.DECIDED:
        raise Refused


def check_got(screening: Screening) -> None:
    """Refuse to decide on a report that nobody could get. Raises Refused."""
    if screening.state == rules.NOT_GOT:
        raise not_now(
            f"The report of record {screening.number} is marked as one that could not be got. "
            "Change that first, on the page of its full text."
        )


def check_undo(screening: Screening, decision: Decision | None, read_further: bool) -> Decision:
    """Return the decision that its reviewer may take back. Raises Refused, saying why."""
    if decision is None:
        raise not_now("You have not decided this record, or have taken it back already.")
    if hasattr(screening, "resolution"):
        raise not_now("This record has been settled since. Both first decisions stay as they are.")
    if screening.reopenings.exists():
        raise not_now("This record was opened again by an owner. Both first decisions stay.")
    if decision.revealed:
        raise not_now(
            "You have seen by now what another reviewer decided here, so a new decision of yours "
            "would not be blind. If you differ, settle it from the list of conflicts."
        )
    if read_further:
        raise not_now("This record is being read in full already, so it stays included.")
    return decision
