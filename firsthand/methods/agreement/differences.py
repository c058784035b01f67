"""Where coders of one text differ on one code: places, and what each marked there.

A place is a run of overlapping spans, whoever marked them. It is alike when each coder's own spans
there, united, are the same. Settling such differences one by one, with the first coding kept:
Campbell JL and others (2013), "Coding in-depth semistructured interviews", Sociological Methods &
Research 42: 294-320.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Range = tuple[int, int]


@dataclass(frozen=True)
class Marked:
    """Code points `start` to before `end` that a coder gave the code; `key` names the passage."""

    coder: str
    start: int
    end: int
    key: str


@dataclass(frozen=True)
class Place:
    """A run of overlapping spans: `held` has one entry for each coder, in the order given."""

    start: int
    end: int
    held: tuple[tuple[Range, ...], ...]
    keys: tuple[str, ...]

    @property
    def alike(self) -> bool:
        """Whether all coders marked the same here."""
        return len(set(self.held)) == 1


def places(marks: Iterable[Marked], coders: Sequence[str]) -> tuple[Place, ...]:
    """Return the places of one code in the order of the text. `coders`: all who finished it."""
    runs: list[list[Marked]] = []
    reach = -1
    for mark in sorted(marks, key=lambda each: (each.start, each.end, each.key)):
        if mark.start >= reach:
            runs.append([])
        runs[-1].append(mark)
        reach = max(reach, mark.end)
    return tuple(_place(run, coders) for run in runs)


def _place(run: Sequence[Marked], coders: Sequence[str]) -> Place:
    return Place(
        start=run[0].start,
        end=max(each.end for each in run),
        held=tuple(united((m.start, m.end) for m in run if m.coder == who) for who in coders),
        keys=tuple(each.key for each in run),
    )


def united(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Unite ranges that overlap or touch; return them in order."""
    found: list[Range] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
