"""A source as it is put before a coder: a page of its sentences, and what is marked in them.

Pages keep a long text quick to open; sentences keep their numbers over all of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from markupsafe import Markup, escape

from firsthand.codebook import queries
from firsthand.codebook.models import Code, Coder, Passage, Source
from firsthand.methods.layers import Mark, Piece, pieces
from firsthand.methods.sentences import Sentence

PER_PAGE = 12_000  # code points of a page, about; whole sentences
_MOST_LINES = 4  # codes that are drawn below one another


@dataclass(frozen=True)
class Line:
    """A passage as it is listed beside the text: its number on the page, and whose it is."""

    number: int
    passage: Passage
    codes: tuple[Code, ...]
    mine: bool
    quote: str

    @property
    def names(self) -> str:
        return ", ".join(each.name for each in self.codes) or "memo only"


@dataclass(frozen=True)
class Sheet:
    """One page of a source. `units` are all its sentences; this page has those of `here`."""

    text: str
    units: tuple[Sentence, ...]
    here: range
    number: int
    of: int
    lines: tuple[Line, ...]
    turns: tuple[tuple[int, str], ...]

    @cached_property
    def html(self) -> Markup:
        """The sentences, each a focusable unit under its number, with what is marked said aloud."""
        own = self.units[self.here.start : self.here.stop]
        marks = [Mark(each.passage.start, each.passage.end) for each in self.lines]
        rows = pieces([(each.start, each.end) for each in own], marks)
        made: list[str] = []
        before = -1
        for number, unit, row in zip(self.here, own, rows, strict=True):
            made += self._turns_before(number)
            if unit.paragraph != before:
                made.append("<p>" if before < 0 else "</p><p>")
            before = unit.paragraph
            made.append(self._unit(number + 1, unit, row))
        return Markup("".join([*made, "</p>" if made else ""]))  # noqa: S704  # escaped below

    def _turns_before(self, number: int) -> list[str]:
        """Return who speaks, or which page or part begins, with this sentence."""
        first = self.units[number].start
        last = self.units[number - 1].start if number > self.here.start else -1
        return [
            f'</p><p class="speaker" data-skip>{escape(name)}</p><p>'
            for start, name in self.turns if last < start <= first
        ]  # fmt: skip

    def _unit(self, number: int, unit: Sentence, row: Sequence[Piece]) -> str:
        inside = "".join(self._piece(each) for each in row)
        return (
            f'<span class="unit" id="s{number}" tabindex="-1" data-start="{unit.start}">'
            f'<span class="num" data-skip>{number} </span>{inside}</span> '
        )

    def _piece(self, piece: Piece) -> str:
        words = shown(self.text[piece.start : piece.end])
        if not piece.over:
            return words
        for level, code in enumerate(self._codes(piece)[:_MOST_LINES]):
            words = f'<span class="k{code.number} l{level}">{words}</span>'
        mine = any(self.lines[each].mine for each in piece.over)
        kind = "mine" if mine else "theirs"
        begun = "".join(self._begins(self.lines[each]) for each in piece.opens)
        ended = "".join(self._ends(self.lines[each]) for each in piece.closes)
        return f'{begun}<mark class="{kind}">{words}</mark>{ended}'

    def _codes(self, piece: Piece) -> list[Code]:
        every = [code for each in piece.over for code in self.lines[each].codes]
        return list(dict.fromkeys(every))

    def _begins(self, line: Line) -> str:
        whose = "" if line.mine else f", {line.passage.coder}"
        return _aside(f"(passage {line.number}{whose}: {line.names}) ")

    def _ends(self, line: Line) -> str:
        return (
            f'{_aside(f" (end of passage {line.number})")}<a class="ref" data-skip '
            f'href="#p{line.number}" aria-label="About passage {line.number}">{line.number}</a>'
        )


def shown(text: str) -> str:
    """Return text as markup from which a browser reads every code point of it again."""
    return str(escape(text)).replace("\r", "&#13;")


def _aside(words: str) -> str:
    return f'<span class="govuk-visually-hidden" data-skip>{escape(words)}</span>'


def sheet(
    coder: Coder,
    source: Source,
    text: str,
    units: tuple[Sentence, ...],
    digest: str,
    page: int = 1,
    at: int = 0,
) -> Sheet:
    """Return a page of a source for a coder; the one of sentence `at` (from 1) when it is given.

    `digest`: of the text as it is now (see `passages_on`).
    """
    cuts = _cuts(units)
    number = _page_of(cuts, at) if at else min(max(page, 1), len(cuts))
    here = cuts[number - 1]
    low, high = _bounds(units, here)
    rows = passages_on(coder, source, digest).filter(start__lt=high, end__gt=low)
    turns = source.turns.filter(start__lt=high, start__gte=low)
    return Sheet(
        text, units, here, number, len(cuts), _lines(coder, text, rows),
        tuple((each.start, each.speaker) for each in turns),
    )  # fmt: skip


def passages_on(coder: Coder, source: Source, digest: str) -> QuerySet[Passage]:
    """Return the passages that a coder may see, and that were made on these very words.

    A person may change what they told us: what was marked before would lie on other words then.
    """
    rows = queries.visible_passages(coder, source)
    return rows.filter(digest=digest) if source.sealed else rows


def _lines(coder: Coder, text: str, rows: Iterable[Passage]) -> tuple[Line, ...]:
    return tuple(
        Line(
            number, row, tuple(each.code for each in row.codings.all()),
            row.coder_id == coder.id, text[row.start : row.end],
        )
        for number, row in enumerate(rows, start=1)
    )  # fmt: skip


def _cuts(units: Sequence[Sentence]) -> list[range]:
    """Return the pages, as ranges of sentences."""
    found, first = [], 0
    for place, unit in enumerate(units):
        if unit.end - units[first].start > PER_PAGE and place > first:
            found.append(range(first, place))
            first = place
    return [*found, range(first, len(units))]


def _page_of(cuts: Sequence[range], at: int) -> int:
    return next((page for page, here in enumerate(cuts, start=1) if at - 1 in here), 1)


def _bounds(units: Sequence[Sentence], here: range) -> tuple[int, int]:
    if not here:
        return 0, 0
    low = 0 if here.start == 0 else units[here.start].start
    return low, units[here.stop - 1].end


def sentence_at(units: Sequence[Sentence], place: int) -> int:
    """Return the number (from 1) of the sentence at a place in the text, or of the last before."""
    return next((n for n in range(len(units), 0, -1) if units[n - 1].start <= place), 1)


def next_uncoded(units: Sequence[Sentence], spans: Sequence[tuple[int, int]], after: int) -> int:
    """Return the number of the first sentence behind `after` that no span touches; from the start
    when there is none behind; 0 when there is none at all."""
    free = [
        number
        for number, unit in enumerate(units, start=1)
        if not any(start < unit.end and end > unit.start for start, end in spans)
    ]
    return next((each for each in free if each > after), free[0] if free else 0)
