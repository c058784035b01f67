"""How the lines of a new version stand to those of the old one, worked out from the changes; and
what a count against the old lines says about the new ones.

Relations are the mapping relations of SKOS (W3C Recommendation, 2009, section 10), seen from the
old line: `broad` leads to a wider new line, `narrow` to a narrower one. Counts that cannot be
known are given as the lowest and highest they can be (Fréchet, 1935, for what overlaps): a split
line's count is somewhere among its parts, and is never shared out by guessing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

EXACT, CLOSE, BROAD, NARROW, RELATED = "exact", "close", "broad", "narrow", "related"
CERTAIN = (EXACT, CLOSE, BROAD)  # whatever was coded as the old line is in the new one
_WORST = (EXACT, CLOSE, BROAD, NARROW, RELATED)


@dataclass(frozen=True)
class Step:
    """One change. `kind` is added, reworded, moved, merged, split, removed or ranked.

    `sources` are the codes it starts from, `results` those it leaves; `relation` says how the old
    meaning of a reworded line stands to the new one. `reason` is handed through.
    """

    kind: str
    sources: tuple[str, ...]
    results: tuple[str, ...]
    relation: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Line:
    """The old line stands to the new one in this relation."""

    old: str
    new: str
    relation: str


@dataclass(frozen=True)
class Map:
    """Every old line: mapped by `lines`, or in `removed` with its reason. `added` have no old one.

    `unmapped` are old lines of which neither is known: none, when every change is there.
    """

    lines: tuple[Line, ...]
    removed: Mapping[str, str]
    added: tuple[str, ...]
    unmapped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bounds:
    """How many the new line has: at least `low`, at most `high`, from these old lines."""

    low: int
    high: int
    of: tuple[str, ...]

    @property
    def known(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class Translated:
    """Counts by new lines. `among`: old count that lies among several; `lost`: in none of them."""

    counts: Mapping[str, Bounds]
    among: Mapping[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    lost: Mapping[str, int] = field(default_factory=dict)


def joined(first: str, then: str) -> str:
    """Give the relation of a line to what comes of what comes of it."""
    if EXACT in (first, then):
        return then if first == EXACT else first
    if CLOSE in (first, then):
        return then if first == CLOSE else first
    return first if first == then else RELATED


def mapped(codes: Iterable[str], steps: Iterable[Step]) -> Map:
    """Work out the map from the old codes and every change that stands, in order."""
    old = list(codes)
    come_from: dict[str, dict[str, str]] = {code: {code: EXACT} for code in old}
    why: dict[str, str] = {}
    for step in steps:
        why |= _apply(come_from, step)
    lines = [Line(o, new, rel) for new, origins in come_from.items() for o, rel in origins.items()]
    kept = {line.old for line in lines}
    gone = [code for code in old if code not in kept]
    return Map(
        tuple(sorted(lines, key=lambda line: (old.index(line.old), line.new))),
        {code: why[code] for code in gone if code in why},
        tuple(new for new, origins in come_from.items() if not origins),
        tuple(code for code in gone if code not in why),
    )


def _apply(come_from: dict[str, dict[str, str]], step: Step) -> dict[str, str]:
    """Change where lines come from; return old codes that went away, with the reason."""
    if step.kind == "ranked":
        return {}
    taken = [come_from.pop(code, {}) for code in step.sources]
    origins = _together(taken, _by(step))
    for code in step.results:
        come_from[code] = dict(origins)
    return dict.fromkeys(origins, step.reason) if step.kind == "removed" else {}


def _by(step: Step) -> str:
    fixed = {"merged": BROAD, "split": NARROW, "moved": EXACT}
    return fixed.get(step.kind, step.relation or EXACT)


def _together(taken: Sequence[Mapping[str, str]], by: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for origins in taken:
        for old, relation in origins.items():
            here = joined(relation, by)
            found[old] = max(found.get(old, EXACT), here, key=_WORST.index)
    return found


def chained(first: Iterable[Line], then: Iterable[Line]) -> tuple[Line, ...]:
    """Join two maps into one, from the lines of the first version to those of the third."""
    onward: dict[str, list[Line]] = {}
    for line in then:
        onward.setdefault(line.old, []).append(line)
    found: dict[tuple[str, str], str] = {}
    for line in first:
        for next_ in onward.get(line.new, ()):
            ends = line.old, next_.new
            here = joined(line.relation, next_.relation)
            found[ends] = max(found.get(ends, EXACT), here, key=_WORST.index)
    return tuple(Line(*ends, relation) for ends, relation in found.items())


def turned(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Read a map from its other end: from the new lines to the old ones."""
    other = {BROAD: NARROW, NARROW: BROAD}
    return tuple(Line(one.new, one.old, other.get(one.relation, one.relation)) for one in lines)


def translated(
    counts: Mapping[str, int], lines: Iterable[Line], *, overlap: bool = True
) -> Translated:
    """Say what counts by old lines tell of the new lines.

    `overlap`: one thing may be counted under several old lines (an account that tells of two
    harms), so what is merged is not simply added up. Raises ValueError for a count below nought.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count cannot be below nought")
    lines = list(lines)
    onward: dict[str, list[Line]] = {}
    back: dict[str, list[Line]] = {}
    for line in lines:
        onward.setdefault(line.old, []).append(line)
        back.setdefault(line.new, []).append(line)
    unsure = {old: found for old, found in onward.items() if not _sure(found)}
    return Translated(
        {new: _bounds(counts, found, overlap) for new, found in back.items()},
        {
            old: (counts[old], tuple(line.new for line in found))
            for old, found in unsure.items()
            if counts.get(old)
        },
        {old: count for old, count in counts.items() if count and old not in onward},
    )


def _sure(lines: Sequence[Line]) -> bool:
    return any(line.relation in CERTAIN for line in lines)


def _bounds(counts: Mapping[str, int], lines: Sequence[Line], overlap: bool) -> Bounds:
    sure = [counts.get(line.old, 0) for line in lines if line.relation in CERTAIN]
    every = [counts.get(line.old, 0) for line in lines]
    low = max(sure, default=0) if overlap else sum(sure)
    return Bounds(low, sum(every), tuple(line.old for line in lines))
