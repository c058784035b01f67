"""A text as it is shown: its lines, and where who speaks, a page or a heading begins."""

from dataclasses import dataclass
from functools import cached_property

from firsthand.codebook import rules
from firsthand.codebook.models import Source, Turn
from firsthand.methods.typed import whole

A_PART = 40_000  # characters that are shown at a time


@dataclass(frozen=True)
class Line:
    """A line of the text, and what begins with it."""

    text: str
    turns: tuple[Turn, ...]

    @property
    def heading(self) -> bool:
        return any(each.kind == rules.HEADING for each in self.turns)

    @property
    def marks(self) -> list[str]:
        """Return what begins here in words: a page, or who speaks."""
        return [
            f"Page {each.speaker}" if each.kind == rules.PAGE else f"{each.speaker} speaks"
            for each in self.turns
            if each.kind != rules.HEADING
        ]


@dataclass(frozen=True)
class Part:
    """Some of a text's lines; `before` and `after`: where the parts beside it begin, if any."""

    lines: tuple[Line, ...]
    start: int
    end: int
    length: int

    @cached_property
    def before(self) -> int | None:
        return max(self.start - A_PART, 0) if self.start else None

    @cached_property
    def after(self) -> int | None:
        return self.end if self.end < self.length else None


def a_part(source: Source, begin: str = "") -> Part:
    """Return the part of a text that begins at, or in the line of, a place."""
    typed = whole(begin, 0, digits=8)
    text = source.text
    start = text.rfind("\n", 0, min(typed, max(len(text) - 1, 0))) + 1 if typed else 0
    end = text.find("\n", min(start + A_PART, len(text)))
    end = min(end + 1 if end >= 0 else len(text), start + 2 * A_PART)
    turns = list(source.turns.filter(start__gte=start, start__lt=end).order_by("start"))
    return Part(tuple(_lines(text[start:end], start, turns)), start, end, len(text))


def _lines(text: str, start: int, turns: list[Turn]) -> list[Line]:
    found, at, each = [], start, 0
    for line in text.split("\n"):
        end = at + len(line) + 1
        begun = each
        while each < len(turns) and turns[each].start < end:
            each += 1
        found.append(Line(line, tuple(turns[begun:each])))
        at = end
    return found
