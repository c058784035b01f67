"""Values of REFI-QDA as rows that keep them, and back."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from firsthand.codebook.models import Coder, Kept, Project
from firsthand.codebook.refi import markup, tree
from firsthand.codebook.refi.elements import Elements
from firsthand.codebook.refi.telling import Telling
from firsthand.codebook.refi.values import IN_PROJECT

_NOWHERE = UUID(int=0)


class Keeping:
    """Keeps what came with a file, in its order."""

    def __init__(self, by: Coder) -> None:
        self.by = by
        self._rows: dict[tuple[str, UUID], Kept] = {}
        last = by.project.kept.order_by("position").last()
        self._next = last.position + 1 if last else 0

    def add(
        self, kind: str, tag: str, value: Any, about: UUID | None = None, guid: str = ""
    ) -> None:
        """Keep a value; without one, only which GUID a row here has elsewhere."""
        own = UUID(guid or getattr(value, "guid", "") or str(_NOWHERE))
        xml = markup.fragment(tag, value) if value is not None else ""
        row = Kept(project=self.by.project, kind=kind, guid=own, about=about, xml=xml, by=self.by,
                   position=self._next + len(self._rows))  # fmt: skip
        self._rows.setdefault((kind, own), row)

    def save(self) -> None:
        """Write them; what the project keeps already stays as it is."""
        Kept.objects.bulk_create(self._rows.values(), batch_size=500, ignore_conflicts=True)


def value(row: Kept) -> Any:
    """Return what a row keeps."""
    if not row.xml:
        return None
    root = tree.parse(row.xml.encode(), row.kind)
    return Elements("", IN_PROJECT, Telling()).value(root, root.tag)


def of(project: Project, kinds: Iterable[str]) -> Iterator[Kept]:
    """Yield the rows of some kinds, in their order."""
    yield from project.kept.filter(kind__in=list(kinds)).order_by("position").iterator(500)
