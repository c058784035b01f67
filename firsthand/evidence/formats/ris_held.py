"""The RIS record that is being read, and what came after its ER line.

An ER line is not believed before the line after it is seen. What follows decides:

- TY, the end, or text that is no field: the record is over.
- Fields with a title of their own: a record whose TY line is missing.
- Other fields: more of the same record. If they end in an ER line of their own and a long text was
  open, the first ER line stood inside that text, such as an abstract, and is put back there.

So a record is handed on when the next begins, and never more than one is held.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from firsthand.evidence.formats.reference import Problem, Raw
from firsthand.evidence.formats.ris_tags import LONG
from firsthand.evidence.formats.tagged import close

_TITLES = {"TI", "T1", "CT", "BT"}
_BETWEEN = re.compile(
    r"\d+\.|<\d+>|Record #.*|(?:Provider|Database|Content|EXPORT DATE): ?.*|Scopus"
)
_AFTER_ER = {"NL"}  # Ovid writes these there
Fields = list[tuple[str, str]]


class Record(NamedTuple):
    """The fields of one record, and the line it begins on."""

    raw: Raw
    line: int


class Held:
    """A record that is being read: `body`, and once ER was seen, what came after it."""

    def __init__(self) -> None:
        self.found: list[Record | Problem] = []
        self.wait()

    def wait(self) -> None:
        """Be between records: what comes before a TY line goes to the tail."""
        self.begin(0)
        self.ended, self.fields = True, self.tail

    def begin(self, line: int) -> None:
        """Begin a record on that line."""
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

    @property
    def over(self) -> bool:
        """Whether the record is over as far as can be seen: nothing but text came after it."""
        return self.ended and not self.tail

    def out(self) -> Iterator[Record | Problem]:
        """Yield what was found, once."""
        yield from self.found
        self.found.clear()

    def closed(self) -> Iterator[Record | Problem]:
        """Hand on what is left, and be between records."""
        if self.body or self.between:
            self.end()
            self.wait()
            yield from self.out()

    def end(self) -> None:
        """Hand on what is left: at the end of the file, or before the next TY."""
        close(self.fields, self.more)
        if not self.ended:
            said = "The file ends inside this record: it may have been cut off."
            self.emit(Problem(self.line, said, "What there was of the record."))
            return
        if self.tail:
            self.settle()
        if self.body:
            self.body += [("ER", self.er[0])] if self.er[0].strip() else []
            self.body += [("", text) for text in self._kept_between()]
            self.emit()
        elif lost := self._kept_between():
            self.tell(
                1,
                f"Lines that are no fields stand here, and no record they belong to: {len(lost)}.",
                "Nothing of them.",
            )

    def _kept_between(self) -> list[str]:
        """Text after a record, without the numbers and headings that some exports put there."""
        return [text for text in self.between if not _BETWEEN.fullmatch(text.strip())]

    def settle(self, closed: bool = False) -> None:
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
            self.tell(number, f"An ER line stands inside {name}.", f"It was kept in {name}.")
            self.between = []
        elif any(each not in _AFTER_ER for each, _ in self.tail):
            self.body += [("ER", value)] if value.strip() else []
            self.tell(number, "Fields stand after the ER line.", "They were kept with the record.")
        self.body += self.tail
        self.tail = []
        self.fields = self.tail

    def _part(self) -> None:
        tail, line = self.tail, self.tail_line
        if self.body:
            self.tail = []
            self.end()
        self.begin(line)
        self.body, self.ended, self.fields = tail, True, self.tail
        self.tell(line, "No TY line begins this record.", "The whole record, of unknown kind.")

    def emit(self, problem: Problem | None = None) -> None:
        """Hand on the record, and what was wrong with it."""
        self.found.append(Record(tuple(self.body), self.line))
        if problem:
            self.found.append(problem)

    def tell(self, line: int, said: str, kept: str) -> None:
        """Say what was wrong."""
        self.found.append(Problem(line, said, kept))


def _has_title(fields: Fields) -> bool:
    return any(name in _TITLES for name, _ in fields)
