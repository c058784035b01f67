"""A draft's lines and their order as plain values: read whole, changed as values, written back.

A line is {id, kind, code, parent, ranked_by, name, label, description, content_note, examples,
stages, links}. The order is, for each list (rules.list_of), its groups of codes by place. Ranks
and positions are not kept in a line: they follow from the order.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import ProtectedError

from firsthand.access.refused import not_now
from firsthand.harms import rules
from firsthand.harms.models import CrossLink, Entry, ModelVersion

Line = dict[str, Any]
Orders = dict[str, list[list[str]]]
TEXTS = ("name", "label", "description", "content_note", "examples")
_SAME = ("kind", "code", "ranked_by", *TEXTS, "stages")
_LINK = ("scheme", "target", "target_name", "says_who")
_ASIDE = 10_000  # positions up here are free while lines change places


@dataclass(frozen=True)
class State:
    """What a draft says now: its lines by code, in order, and its lists' orders."""

    lines: Mapping[str, Line]
    orders: Orders


def read(version: ModelVersion) -> State:
    """Read a version."""
    rows = list(
        Entry.objects.filter(version=version).select_related("parent").prefetch_related("links")
    )
    ranked: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        parent = row.parent.code if row.parent else None
        ranked.setdefault(rules.list_of(row.kind, parent), []).append((row.code, row.rank))
    orders = {name: rules.grouped(pairs) for name, pairs in ranked.items()}
    return State({row.code: _line(row) for row in rows}, orders)


def _line(row: Entry) -> Line:
    links = [{name: getattr(link, name) for name in _LINK} for link in row.links.all()]
    told = {name: getattr(row, name) for name in _SAME}
    parent = row.parent.code if row.parent else None
    return {"id": str(row.pk), "parent": parent, **told, "links": links}


def copy(old: ModelVersion, new: ModelVersion) -> None:
    """Copy every line of a version into an empty draft: codes stay, ids are new."""
    rows = list(
        Entry.objects.filter(version=old).select_related("parent").prefetch_related("links")
    )
    made = {row.code: _copied(row, new) for row in rows}
    for row in rows:
        made[row.code].parent = made[row.parent.code] if row.parent else None
    Entry.objects.bulk_create([row for row in made.values() if row.parent is None])
    Entry.objects.bulk_create([row for row in made.values() if row.parent is not None])
    CrossLink.objects.bulk_create(
        CrossLink(
            entry=made[row.code], position=link.position,
            **{name: getattr(link, name) for name in _LINK},
        )
        for row in rows for link in row.links.all()
    )  # fmt: skip


def _copied(row: Entry, new: ModelVersion) -> Entry:
    same = {name: getattr(row, name) for name in (*_SAME, "rank", "position")}
    return Entry(version=new, **same)


def anew(line: Line) -> Line:
    """Return a line with an id of its own."""
    return {**line, "id": str(uuid.uuid4())}


def codes_of_all() -> list[str]:
    """List every code of every published version."""
    rows = Entry.objects.filter(version__published_on__isnull=False)
    return list(rows.order_by().values_list("code", flat=True).distinct())


def mark(said: Any) -> str:
    """Give a short mark of a value: the same as long as nobody has changed it."""
    return rules.digest({"said": said})[:16]


def write(
    version: ModelVersion,
    before: Mapping[str, Line | None],
    after: Mapping[str, Line | None],
    orders: Orders,
) -> None:
    """Make the lines of `before` those of `after`, and let ranks follow from `orders`.

    Lists that `orders` does not name stay as they are. A code with None is no line.
    """
    kept = {line["id"]: line for line in after.values() if line}
    gone = [line["id"] for line in before.values() if line and line["id"] not in kept]
    _delete(version, gone)
    for place, line in enumerate(kept.values(), start=1):
        _save(version, line, place)
    settle(version, orders)


def _delete(version: ModelVersion, ids: Sequence[str]) -> None:
    try:
        Entry.objects.filter(version=version, pk__in=ids).delete()
    except ProtectedError:
        raise not_now(
            "Something is coded with this line of the draft, so it cannot go. "
            "Take it off there first."
        ) from None


def _save(version: ModelVersion, line: Line, place: int) -> None:
    parent = Entry.objects.filter(version=version, code=line["parent"] or "").first()
    row = Entry.objects.filter(version=version, pk=line["id"]).first()
    stays = row is not None and row.parent_id == (parent.pk if parent else None)
    row = row or Entry(pk=line["id"], version=version)
    for name in _SAME:
        setattr(row, name, line[name])
    row.parent = parent
    if not stays:
        # For a moment with a place and a rank that no line has; `settle` gives the right ones.
        row.position, row.rank = 2 * _ASIDE + place, f"x{place}"
    row.save()
    row.links.all().delete()
    CrossLink.objects.bulk_create(
        CrossLink(entry=row, position=at, **link) for at, link in enumerate(line["links"], start=1)
    )


def settle(version: ModelVersion, changed: Mapping[str, Sequence[Sequence[str]]]) -> None:
    """Give every line its place and rank, as the orders say."""
    rows = {row.code: row for row in Entry.objects.filter(version=version).select_related("parent")}
    orders = _orders(rows, changed)
    ranks = {code: rank for groups in orders.values() for code, rank in rules.ranks(groups).items()}
    places = {code: at for at, code in enumerate(_whole(orders), start=1)}
    moved = [
        row for code, row in rows.items() if (row.rank, row.position) != (ranks[code], places[code])
    ]
    for at, row in enumerate(moved):
        row.position, row.rank = _ASIDE + at, f"y{at}"
    Entry.objects.bulk_update(moved, ["position", "rank"])
    for row in moved:
        row.position, row.rank = places[row.code], ranks[row.code]
    Entry.objects.bulk_update(moved, ["position", "rank"])


def _orders(
    rows: Mapping[str, Entry], changed: Mapping[str, Sequence[Sequence[str]]]
) -> dict[str, list[list[str]]]:
    """Give the order of every list: those changed as said, the others as they are ranked now."""
    ranked: dict[str, list[tuple[str, str]]] = {}
    for row in sorted(rows.values(), key=lambda each: each.position):
        name = rules.list_of(row.kind, row.parent.code if row.parent else None)
        if name not in changed:
            ranked.setdefault(name, []).append((row.code, row.rank))
    found = {name: rules.grouped(pairs) for name, pairs in ranked.items()}
    return found | {name: [list(group) for group in groups] for name, groups in changed.items()}


def _whole(orders: Mapping[str, Sequence[Sequence[str]]]) -> Iterable[str]:
    """Yield every code as the model is read: each source, its experiences; impacts; the rest."""
    for kind in (rules.SOURCE, rules.IMPACT, rules.MINIMISATION):
        for group in orders.get(kind, ()):
            for code in group:
                yield code
                if kind == rules.SOURCE:
                    yield from (one for inner in orders.get(code, ()) for one in inner)
