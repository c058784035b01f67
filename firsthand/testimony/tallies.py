"""Counting how suggestions fare: per code, never per person."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from firsthand.testimony.models import Tally


@transaction.atomic
def count(version: str, offered: Iterable[str], picked: Iterable[str]) -> None:
    """Add one to `taken` or `left` for each code that was offered for the first time."""
    taken = set(picked)
    for code in offered:
        row, _ = Tally.objects.get_or_create(model_version=version, code=code)
        column = "taken" if code in taken else "left"
        Tally.objects.filter(id=row.id).update(**{column: F(column) + 1})
