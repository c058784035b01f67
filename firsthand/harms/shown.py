"""What may be shown of what stands beneath a line: counts, and small counts of people held back.

Papers and findings are public, so their counts are. Passages, answers, accounts and comments come
from people: fewer than the figures' threshold are not counted out, and nothing is added up over
them, so that what is held back cannot be worked out from a sum.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from firsthand.harms import rules
from firsthand.harms.models import Ground

_TITLED = (rules.PAPER, rules.FINDING, rules.SURVEYED)  # whose titles are public as well
HELD_BACK = "held_back"


@dataclass(frozen=True)
class Shown:
    """One thing beneath a line, as anyone may read it."""

    code: str
    kind: str
    title: str
    words: str
    count: int | None
    interval: str
    held_back: bool
    link: str


def threshold() -> int:
    """The smallest count of people that is shown. Where a single one may be shown, so may none."""
    found = int(getattr(settings, "FIRSTHAND_FIGURES_THRESHOLD", 10))
    return found if found > 1 else 0


def too_small(kind: str, count: int | None) -> bool:
    """Tell whether a count is of people, and too small to be shown."""
    return rules.GROUNDS[kind][2] and count is not None and count < threshold()


def shown(rows: Iterable[Ground]) -> list[Shown]:
    """Turn grounds into what anyone may read, in the order of their kinds."""
    order = list(rules.GROUNDS)
    return sorted((_shown(row) for row in rows), key=lambda one: (order.index(one.kind), one.title))


def _shown(row: Ground) -> Shown:
    held = bool(row.detail.get(HELD_BACK)) or too_small(row.kind, row.count)
    return Shown(
        row.code,
        row.kind,
        row.title if row.kind in _TITLED else "",
        f"fewer than {threshold()} {rules.GROUNDS[row.kind][1]}" if held else words(row),
        None if held else row.count,
        "" if held else interval(row),
        held,
        row.at if row.kind in _TITLED and row.at.startswith("https://") else "",
    )


def words(row: Ground) -> str:
    """Say how many of what: 34 passages in 5 groups. Without a count, what it is."""
    one, many, _ = rules.GROUNDS[row.kind]
    if row.count is None:
        return f"{many}, fewer than are counted out" if row.detail.get(HELD_BACK) else one
    least = "at least " if row.detail.get("at_least") else ""
    said = f"{least}{row.count:,} {one if row.count == 1 else many}"
    groups = row.detail.get("groups")
    return f"{said} in {groups} groups" if isinstance(groups, int) and groups > 1 else said


def interval(row: Ground) -> str:
    """Say an interval, such as of a rank: between 2 and 5. Nothing when there is none."""
    if row.low is None or row.high is None:
        return ""
    if row.low == row.high:
        return f"{row.low:g}"
    return f"between {row.low:g} and {row.high:g}"
