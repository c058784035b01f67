"""What is published stands still: the rows refuse, one by one and in bulk."""

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class Frozen(Exception):
    """Someone tried to change a published version of the model."""

    def __init__(self) -> None:
        super().__init__(
            "This version of the model is published, so it cannot change. "
            "Make a new version, with a map from this one."
        )


class FrozenQuerySet(models.QuerySet[Row, Row], Generic[Row]):
    """Rows of a model with a `version_path`; no way in bulk goes round what save() refuses."""

    def published_rows(self) -> "FrozenQuerySet[Row]":
        """Keep the rows that belong to a published version."""
        return self.filter(**{f"{self._version_path()}published_on__isnull": False})

    def _version_path(self) -> str:
        return str(getattr(self.model, "version_path"))  # noqa: B009

    def refuse_if_published(self, rows: Iterable[Any]) -> None:
        """Raise Frozen when a row is, or would be, part of a published version."""
        rows = list(rows)
        versions = self.model._meta.apps.get_model("harms", "ModelVersion")._base_manager
        owners = {row.owner for row in rows if row.owner}
        stored = type(self)(self.model, using=self.db).filter(pk__in=[row.pk for row in rows])
        if versions.filter(pk__in=owners, published_on__isnull=False).exists():
            raise Frozen
        if stored.published_rows().exists():
            raise Frozen

    def update(self, **values: Any) -> int:
        """Update. Raises Frozen when a row is published, or would move to another version."""
        owner = self._version_path().split("__")[0]
        moves = {owner, f"{owner}_id"} & set(values)
        if moves or self.published_rows().exists():
            raise Frozen
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete. Raises Frozen when a row is published."""
        if self.published_rows().exists():
            raise Frozen
        return super().delete()

    def bulk_update(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> int:
        """Update many. Raises Frozen when one is, or would be, part of a published version."""
        rows = list(objs)
        self.refuse_if_published(rows)
        return super().bulk_update(rows, *args, **kwargs)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Row]:
        """Create many. Raises Frozen when one would join, or change, a published version."""
        rows = list(objs)
        if kwargs.get("update_conflicts"):
            raise Frozen  # what it would meet and change cannot be looked at beforehand
        self.refuse_if_published(rows)
        return super().bulk_create(rows, *args, **kwargs)


FrozenManager = models.Manager.from_queryset(FrozenQuerySet)
