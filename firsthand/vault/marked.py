"""Rows under the server's mark: one that was changed from outside cannot even be loaded.

Whatever decides who is given keys stands in plain rows. Each carries the server's mark of its
table and of the fields in `MARKED`; it is checked whenever a row is loaded, and set anew when one
of them is changed and saved. See docs/adr/0011.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar, Generic, Self, TypeVar

from django.db import models, transaction

from firsthand.vault import derive
from firsthand.vault.seal import Tampered

Row = TypeVar("Row", bound=models.Model)


def mark_of(label: str, values: Iterable[object]) -> bytes:
    """Return the server's mark of a row of the table `label` that holds `values`."""
    return derive.mark("row", label, *map(_plain, values))


class MarkedQuerySet(models.QuerySet[Row, Row], Generic[Row]):
    """Rows with a mark; no way in bulk goes round it."""

    def update(self, **values: Any) -> int:
        """Update. Raises TypeError for fields under the mark: save each row instead."""
        if {self.model._meta.get_field(name).attname for name in values} & _marked(self.model):  # type: ignore[union-attr]
            raise TypeError("These fields are under the server's mark: save each row.")
        return super().update(**values)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Row]:
        """Create many, each with its mark."""
        rows = list(objs)
        for row in rows:
            row.proof = row.mark()
        return super().bulk_create(rows, *args, **kwargs)


MarkedManager = models.Manager.from_queryset(MarkedQuerySet)


class Marked(models.Model):
    """A row under the server's mark. One that counts its changes has a `version` in `MARKED`."""

    MARKED: ClassVar[tuple[str, ...]] = ()  # as the columns are called: `team_id`, not `team`
    proof = models.BinaryField(max_length=32, default=bytes)

    objects = MarkedManager()
    _loaded: Mapping[str, object] = {}

    class Meta:
        abstract = True

    @classmethod
    def from_db(
        cls,
        db: str | None,
        field_names: Collection[str],
        values: Collection[Any],
        **kwargs: Any,
    ) -> Self:
        """Return the row as it was loaded. Raises Tampered when its mark is not ours.

        A row loaded in part, as when Django gathers what is to be deleted, cannot be saved.
        """
        row = super().from_db(db, field_names, values, **kwargs)
        if len(values) == len(cls._meta.concrete_fields):
            row._loaded = row._now()
            expected = mark_of(cls._meta.label_lower, row._loaded.values())
            if not derive.same(expected, bytes(row.proof)):
                raise Tampered
        return row

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Iterable[str] | None = None,
        from_queryset: models.QuerySet[Self] | None = None,
    ) -> None:
        """Load again; the whole row, if the whole was loaded before. Raises Tampered."""
        whole = bool(self._loaded)
        super().refresh_from_db(using, None if whole else fields, from_queryset)
        if whole:
            self._loaded = self._now()

    def mark(self) -> bytes:
        """Return the mark that belongs to the row as it stands now."""
        fields = [self._meta.get_field(name) for name in self.MARKED]
        values = [each.to_python(getattr(self, each.attname)) for each in fields]  # type: ignore[union-attr]
        return mark_of(self._meta.label_lower, values)

    def save(self, **kwargs: Any) -> None:
        """Save. What is under the mark is written only where it was changed, and marked anew."""
        if self._state.adding:
            self.proof = self.mark()
            super().save(**kwargs)
        else:
            self._save_again(kwargs.pop("update_fields", None), kwargs)
        self._loaded = self._now()

    def _save_again(self, wanted: Iterable[str] | None, kwargs: dict[str, Any]) -> None:
        if not self._loaded:
            raise ValueError("Load the whole row before saving it.")
        fields = self._columns(wanted)
        changed = {name for name, value in self._now().items() if value != self._loaded[name]}
        changed &= fields
        fields -= _marked(type(self)) - changed
        if not changed:
            super().save(update_fields=fields, **kwargs)
            return
        with transaction.atomic():
            super().save(update_fields=fields | self._catch_up(changed), **kwargs)

    def _catch_up(self, changed: set[str]) -> set[str]:
        """Lock the row, take over what others changed meanwhile, and mark it; what to write too."""
        stored = type(self)._base_manager.select_for_update().get(pk=self.pk)
        for name in set(self.MARKED) - changed:
            setattr(self, name, getattr(stored, name))
        more = {"version"} & set(self.MARKED)
        for name in more:
            setattr(self, name, getattr(stored, name) + 1)
        self.proof = self.mark()
        return {"proof", *more}

    def _columns(self, wanted: Iterable[str] | None) -> set[str]:
        if wanted is None:
            return {each.attname for each in self._meta.concrete_fields if not each.primary_key}
        return {self._meta.get_field(name).attname for name in wanted}  # type: ignore[union-attr]

    def _now(self) -> dict[str, object]:
        return {name: self.__dict__[name] for name in self.MARKED}


def _marked(model: type[models.Model]) -> set[str]:
    return {*getattr(model, "MARKED", ()), "proof"}


def _plain(value: object) -> object:
    if isinstance(value, uuid.UUID):
        return value.bytes
    return bytes(value) if isinstance(value, memoryview) else value
