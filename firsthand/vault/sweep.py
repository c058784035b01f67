"""Looking over whole tables whose rows are under the server's mark, without loading a row."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db import models

from firsthand.vault import derive
from firsthand.vault.marked import Marked, mark_of


def tables() -> list[type[Marked]]:
    """Return every table whose rows are under the server's mark."""
    return [model for model in apps.get_models() if issubclass(model, Marked)]


def changed_rows(model: type[Marked]) -> list[object]:
    """Return the keys of every row of a table that was changed from outside."""
    rows = model._base_manager.values("pk", "proof", *model.MARKED).iterator()
    return [row["pk"] for row in rows if not _is_ours(model, row)]


def versions(rows: models.QuerySet[Any]) -> Iterator[tuple[Any, int, bytes]]:
    """Yield key, version and mark of each of `rows` that bears our mark."""
    model: type[Marked] = rows.model
    for row in rows.values("pk", "proof", *model.MARKED).iterator():
        if _is_ours(model, row):
            yield row["pk"], row["version"], bytes(row["proof"])


def _is_ours(model: type[Marked], values: Mapping[str, Any]) -> bool:
    expected = mark_of(model._meta.label_lower, (values[name] for name in model.MARKED))
    return derive.same(expected, bytes(values["proof"]))
