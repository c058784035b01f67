"""Parts a RIS file into records, so that a bad line costs no more than itself.

An ER line is not believed before the line after it is seen. What follows decides:

- TY, the end, or text that is no field: the record is over.
- Fields with a title of their own: a record whose TY line is missing.
- Other fields: more of the same record. If they end in an ER line of their own and a long text was
  open, the first ER line stood inside that text, such as an abstract, and is put back there.

So a record is handed on when the next begins, and never more than one is held.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from firsthand.evidence.formats import kinds
from firsthand.evidence.formats.reference import Problem, Raw
from firsthand.evidence.formats.ris_tags import (
    HEADS,
    LONG,
    ORDERLY,
    Style,
    is_field,
    loosely,
)

LARGEST = 64_000_000  # letters in a record: more cannot be one
_PATIENCE = 4_000_000  # letters without an ER line: from there on, line by line
_NEAR = 4_096  # letters after an ER line that are enough to see what follows
_OVER = re.compile(r"\nER  - ?\n(?:[ \t]*\n)*(?:\d+\.\n)?(?=TY  - )").match
# Parts a record before each line; without a name where the line is not orderly (`ris_tags.HEADS`).
_FIELDS = re.compile(r"\n(?:([A-Z][A-Z0-9])  - ?)?").split
_TITLES = {"TI", "T1", "CT", "BT"}
_BETWEEN = re.compile(
    r"\d+\.|<\d+>|Record #.*|(?:Provider|Database|Content|EXPORT DATE): ?.*|Scopus"
)
_AFTER_ER = {"NL"}  # Ovid writes these there
_MOST_BETWEEN = 1000  # lines of text after a record that are kept with it
Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one record, and the line it begins on."""

    raw: Raw
    line: int


def records(texts: Iterable[str]) -> Iterator[Record | Problem]:
    """Yield each record of a RIS file, and each problem after the record it is about.

    `texts`: the file in pieces of whole lines, each line ended by a line feed.
    """
    return _Records().run(texts)


class _Records:
    """The record being read: `body`, and once ER was seen, what came after it."""

    def __init__(self) -> None:
        self.out: list[Record | Problem] = []
        self.style = ORDERLY
        self._wait()

    def _wait(self) -> None:
        """Be between records: what comes before a TY line goes to the tail."""
        self._begin(0)
        self.ended, self.fields = True, self.tail

    def _begin(self, line: int) -> None:
        self.line = line
        self.body: Fields = []
        self.tail: Fields = []  # fields after ER
        self.tail_line = 0
        self.between: list[str] = []  # text after ER
        self.er = ("", 0)
        self.ended = False
        self.fields = self.body  # where the next field goes
        self.more: list[str] = []  # further lines of the last field
        self.size = 0

    def run(self, texts: Iterable[str]) -> Iterator[Record | Problem]:
        """Read all. A record in which every line is orderly is taken whole, which is quick."""
        held, number = "", 1
        for text in texts:
            held, at = held + text, 0
            while (cut := self._cut(held, at)) is not None:
                end, begin = cut
                if end > at and (raw := self._orderly(held, at, end)):
                    if self.body or self.between:
                        self._end()
                        self._wait()
                        yield from self._out()
                    yield Record(raw, number)
                else:
                    self._lines(held[at:begin], number)
                    yield from self._out()
                number += held.count("\n", at, begin)
                at = begin
            held = held[at:]
        self._lines(held, number)
        self._end()
        yield from self._out()

    def _cut(self, held: str, at: int) -> tuple[int, int] | None:
        """Return where the next record ends and the one after it begins; None: more must come.

        The end is 0 where the lines up to there are better looked at one by one.
        """
        end = held.find("\nER  -", at)
        if end < 0:
            return (0, held.rfind("\n") + 1) if len(held) - at > _PATIENCE else None
        if over := _OVER(held, end):
            return end, over.end()
        line_end = held.find("\n", end + 1)
        return (0, line_end + 1) if 0 <= line_end < len(held) - _NEAR else None

    def _orderly(self, held: str, at: int, end: int) -> Raw | None:
        """Return the fields between two places, if a TY line begins them and each is orderly."""
        if not self.ended or self.tail or not held.startswith("TY  - ", at):
            return None
        text = held[at:end]
        kind, *parts = _FIELDS(text)
        names = parts[::2]
        if None in names or "TY" in names:
            return None
        return (("TY", kind[6:]), *zip(names, parts[1::2], strict=True))

    def _lines(self, text: str, number: int) -> None:
        """Read lines one by one; `number` is the first one's."""
        for place, line in enumerate(text.removesuffix("\n").split("\n") if text else (), number):
            self._any(line, place)
            self.size += len(line)
            if self.size > LARGEST:
                self._too_large(place)

    def _out(self) -> Iterator[Record | Problem]:
        yield from self.out
        self.out.clear()

    def _too_large(self, number: int) -> None:
        """A record that goes on and on is closed, so that memory stays bounded."""
        self._close_field()
        said = "This record is larger than any record can be."
        self._emit(Problem(number, said, "Its beginning; what follows is read as if new."))
        self._wait()

    def _any(self, line: str, number: int) -> None:
        name = HEADS.get(line[:6])
        if name is None:
            self._odd(line, number)
        else:
            self._field(name, line[6:], number)

    def _field(self, name: str, value: str, number: int, style: Style = ORDERLY) -> None:
        if name == "TY" and not self._only_text(value):
            self._next(number, style)
        elif name == "TY":
            said = "A line inside a text looks like the start of a record, and is not one."
            self._tell(number, said, "It stays in the text.")
            self.more.append(f"TY  - {value}")
            return
        elif name == "ER":
            self._er(value, number)
            return
        self._close_field()
        if not self.fields:
            self.line, self.tail_line = self.line or number, number
        self.fields.append((name, value))

    def _only_text(self, value: str) -> bool:
        """Within a long text, "TY  - " with no type after it is text."""
        if self.ended or not self.body or self.body[-1][0] not in LONG:
            return False
        return kinds.from_ris(value) == kinds.UNKNOWN and value.strip().upper() not in kinds.RIS

    def _odd(self, line: str, number: int) -> None:
        """A line that is not orderly: text, nothing, or a field spelt in another way."""
        if not line or line.isspace():
            if self.fields:
                self.more.append("")
            return
        found = loosely(line)
        if found and (found.name == "TY" and self._may_begin(found.value, found.style)):
            self._field("TY", found.value, number, found.style)
        elif (
            found
            and found.name != "TY"
            and self.fields
            and is_field(found, self.style, self.fields[-1][0])
        ):
            self._field(found.name, found.value, number)
        elif found and found.name == "ER" and not found.value and not found.style.small:
            self._field("ER", "", number)
        elif self.fields:
            self.more.append(line)
        elif len(self.between) < _MOST_BETWEEN:
            self.between.append(line)

    def _may_begin(self, value: str, style: Style) -> bool:
        return value.strip().upper() in kinds.RIS or (self.ended and not style.indented)

    def _er(self, value: str, number: int) -> None:
        self._close_field()
        if self.ended and self.tail:
            self._settle(closed=True)
        if not self.body:
            return
        self.er, self.ended, self.fields = (value, number), True, self.tail

    def _next(self, number: int, style: Style) -> None:
        if not self.ended:
            self._close_field()
            said = "No ER line ends this record; the next one begins."
            self._emit(Problem(self.line, said, "The whole record."))
        else:
            self._end()
        self._begin(number)
        self.style = style

    def _end(self) -> None:
        """Hand on what is left: at the end of the file, or before the next TY."""
        self._close_field()
        if not self.ended:
            said = "The file ends inside this record: it may have been cut off."
            self._emit(Problem(self.line, said, "What there was of the record."))
            return
        if self.tail:
            self._settle()
        if self.body:
            self.body += [("ER", self.er[0])] if self.er[0].strip() else []
            self.body += [("", text) for text in self._kept_between()]
            self._emit()
        elif lost := self._kept_between():
            said = (
                f"Lines that are no fields stand here, and no record they belong to: {len(lost)}."
            )
            self._tell(1, said, "Nothing of them.")

    def _kept_between(self) -> list[str]:
        """Text after a record, without the numbers and headings that some exports put there."""
        return [text for text in self.between if not _BETWEEN.fullmatch(text.strip())]

    def _settle(self, closed: bool = False) -> None:
        """Fields after ER: another record without TY, or more of this one.

        `closed`: they end in an ER line of their own. Then, after a long text, the first ER line
        was part of that text.
        """
        if not self.body or (_has_title(self.body) and _has_title(self.tail)):
            self._part()
            return
        value, number = self.er
        name, text = self.body[-1]
        if closed and name in LONG:
            self.body[-1] = (name, "\n".join([text, f"ER  - {value}", *self.between]))
            self._tell(number, f"An ER line stands inside {name}.", f"It was kept in {name}.")
            self.between = []
        elif any(each not in _AFTER_ER for each, _ in self.tail):
            self.body += [("ER", value)] if value.strip() else []
            self._tell(number, "Fields stand after the ER line.", "They were kept with the record.")
        self.body += self.tail
        self.tail = []
        self.fields = self.tail

    def _part(self) -> None:
        tail, line = self.tail, self.tail_line
        if self.body:
            self.tail = []
            self._end()
        self._begin(line)
        self.body, self.ended, self.fields = tail, True, self.tail
        self._tell(line, "No TY line begins this record.", "The whole record, of unknown kind.")

    def _close_field(self) -> None:
        """Put the further lines of a field to it, without the empty ones at its end."""
        if self.more:
            while self.more and not self.more[-1]:
                self.more.pop()
            name, value = self.fields[-1]
            self.fields[-1] = (name, "\n".join([value, *self.more]))
            self.more = []

    def _emit(self, problem: Problem | None = None) -> None:
        self.out.append(Record(tuple(self.body), self.line))
        if problem:
            self.out.append(problem)

    def _tell(self, line: int, said: str, kept: str) -> None:
        self.out.append(Problem(line, said, kept))


def _has_title(fields: Fields) -> bool:
    return any(name in _TITLES for name, _ in fields)
