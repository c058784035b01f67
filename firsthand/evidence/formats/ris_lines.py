"""Reads the lines of a RIS file one by one: which begin a field, and which are text.

`ris_tags` says how each may be spelt; `ris_held` what becomes of the record.
"""

from collections.abc import Sequence

from firsthand.evidence.formats import kinds
from firsthand.evidence.formats.reference import Problem
from firsthand.evidence.formats.ris_held import Held
from firsthand.evidence.formats.ris_tags import (
    HEADS,
    LONG,
    ORDERLY,
    Found,
    Style,
    is_field,
    loosely,
)
from firsthand.evidence.formats.tagged import close

LARGEST = 64_000_000  # letters in a record: more cannot be one
_MOST_BETWEEN = 1000  # lines of text after a record that are kept with it


class Lines(Held):
    """The record that is being read, a line at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.style = ORDERLY

    def read(self, lines: Sequence[str], number: int) -> None:
        """Read lines one by one; `number` is the first one's."""
        for place, line in enumerate(lines, number):
            name = HEADS.get(line[:6])
            if name is None:
                self._odd(line, place)
            else:
                self._field(name, line[6:], place)
            self.size += len(line)
            if self.size > LARGEST:
                self._too_large(place)

    def _too_large(self, number: int) -> None:
        """A record that goes on and on is closed, so that memory stays bounded."""
        close(self.fields, self.more)
        said = "This record is larger than any record can be."
        self.emit(Problem(number, said, "Its beginning; what follows is read as if new."))
        self.wait()

    def _field(self, name: str, value: str, number: int, style: Style = ORDERLY) -> None:
        if name == "TY" and not self._only_text(value):
            self._next(number, style)
        elif name == "TY":
            said = "A line inside a text looks like the start of a record, and is not one."
            self.tell(number, said, "It stays in the text.")
            self.more.append(f"TY  - {value}")
            return
        elif name == "ER":
            self._er(value, number)
            return
        close(self.fields, self.more)
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
        if found and self._is_field(found):
            style = found.style if found.name == "TY" else ORDERLY
            self._field(found.name, found.value, number, style)
        elif self.fields:
            self.more.append(line)
        elif len(self.between) < _MOST_BETWEEN:
            self.between.append(line)

    def _is_field(self, found: Found) -> bool:
        """Say whether a line that may begin a field does so here."""
        if found.name == "TY":
            known = found.value.strip().upper() in kinds.RIS
            return known or (self.ended and not found.style.indented)
        if self.fields and is_field(found, self.style, self.fields[-1][0]):
            return True
        return found.name == "ER" and not found.value and not found.style.small

    def _er(self, value: str, number: int) -> None:
        close(self.fields, self.more)
        if self.ended and self.tail:
            self.settle(closed=True)
        if not self.body:
            return
        self.er, self.ended, self.fields = (value, number), True, self.tail

    def _next(self, number: int, style: Style) -> None:
        if not self.ended:
            close(self.fields, self.more)
            said = "No ER line ends this record; the next one begins."
            self.emit(Problem(self.line, said, "The whole record."))
        else:
            self.end()
        self.begin(number)
        self.style = style
