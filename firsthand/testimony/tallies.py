"""Counting how suggestions fare: per code, never per person."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from firsthand.testimony.models import Tally


@transaction.atomic
def count(version: str, offered: Iterable[str], picked: Iterable[str]) -> None:
    """Add one to `taken` or `left` for each code that was offered for the first time."""
    shown, chosen = set(offered), set(picked)
    fresh = [Tally(model_version=version, code=code) for code in sorted(shown)]
    Tally.objects.bulk_create(fresh, ignore_conflicts=True)
    rows = Tally.objects.filter(model_version=version)
    rows.filter(code__in=shown & chosen).update(taken=F("taken") + 1)
    rows.filter(code__in=shown - chosen).update(left=F("left") + 1)
