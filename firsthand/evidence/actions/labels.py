"""Making labels, renaming, removing and putting them back; putting them on records."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from firsthand.access.refused import Refused, not_now
from firsthand.evidence import labels, rules, trail
from firsthand.evidence.models import Label, LabelOn, Member, Review, Screening

_TAKEN = "There is a label of this name already. If it was removed, put it back."
_MOST = f"A review has {rules.MOST_LABELS} labels at most. Remove one first."


@transaction.atomic
def make(by: Member, said: Mapping[str, str]) -> Label:
    """Make a label (name, colour, line). Raises Refused when its name is taken."""
    review = Review.objects.select_for_update().get(id=by.review_id)
    _check_free(review, said["name"])
    if labels.labels(review).count() >= rules.MOST_LABELS:
        raise not_now(_MOST)
    row = Label.objects.create(review=review, by=by, **said)
    trail.leave(by, "label made", **said)
    return row


@transaction.atomic
def change(by: Member, label: Label, said: Mapping[str, str]) -> None:
    """Rename a label, or give it another look. Raises Refused when its name is taken."""
    review = _of(by, label)
    before = {name: getattr(label, name) for name in said}
    if before == dict(said):
        return
    _check_free(review, said["name"], label)
    Label.objects.filter(id=label.id).update(**said)
    trail.leave(by, "label changed", before=before, **said)


@transaction.atomic
def remove(by: Member, label: Label) -> None:
    """Take a label off every page; where it was put is kept."""
    _of(by, label)
    if Label.objects.filter(id=label.id, removed_at=None).update(removed_at=timezone.now()):
        trail.leave(by, "label removed", name=label.name)


@transaction.atomic
def put_back(by: Member, label: Label) -> None:
    """Have a removed label back wherever it was."""
    _of(by, label)
    rows = Label.objects.filter(id=label.id, removed_at__isnull=False)
    if rows.update(removed_at=None):
        trail.leave(by, "label put back", name=label.name)


@transaction.atomic
def put(by: Member, screening: Screening, chosen: Iterable[Label]) -> None:
    """Let these, of the labels in use, be the ones that a member has on a record at a stage.

    What others put on stays. The trail says it, and the history does not, like a decision.
    """
    if screening.review_id != by.review_id:
        raise Refused
    wanted = {each.id: each for each in chosen}
    rows = LabelOn.objects.filter(screening=screening, member=by, label__removed_at=None)
    if not wanted and not rows.exists():
        return  # as most of the time: then no one need wait for another
    Review.objects.select_for_update().get(id=by.review_id)
    had = {each.label_id: each.label for each in rows.select_related("label")}
    rows.filter(label_id__in=had.keys() - wanted.keys()).delete()
    for key in wanted.keys() - had.keys():
        LabelOn.objects.create(label=wanted[key], screening=screening, member=by)
    if had.keys() != wanted.keys():
        trail.leave(
            by, "labels put", record=screening.number, stage=screening.stage,
            now=_names(wanted.values()), was=_names(had.values()),
        )  # fmt: skip


def _names(some: Iterable[Label]) -> list[str]:
    return sorted(each.name for each in some)


def _of(by: Member, label: Label) -> Review:
    review = Review.objects.select_for_update().get(id=by.review_id)
    if label.review_id != review.id:
        raise Refused
    return review


def _check_free(review: Review, name: str, but: Label | None = None) -> None:
    rows = Label.objects.filter(review=review, name__iexact=name)
    if any(each != but for each in rows):
        raise not_now(_TAKEN)
