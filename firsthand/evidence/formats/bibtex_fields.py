"""The fields of one BibTeX entry, also when its braces do not match.

Where braces match, they decide where a value ends. Where they do not, a value ends at the latest
before the next line that looks like a field, so that one lost brace costs one value's end at most.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from firsthand.evidence.formats.reference import Problem, Raw

_BEGIN = re.compile(r"\s*@\s*[A-Za-z]+\s*[{(]\s*")
_KEY = re.compile(r"([^\s,={}\"]*)\s*(?:,|$)")
_NAME = re.compile(r"[\s,]*([A-Za-z][^\s={},\"#]*(?:[ \t\xa0]+[^\s={},\"#]+)*)\s*=\s*")
_NEXT = re.compile(r",?[ \t]*\n[ \t]*[A-Za-z][\w:./ \xa0-]{0,40}?[ \t]*=[ \t]*[{\"\d]")
_BRACES = re.compile(r"(?<!\\)[{}]")
_QUOTE = re.compile(r"(?<!\\)[{}\"]")
_BARE = re.compile(r"[^\s,#{}\"]+")
_JOIN = re.compile(r"\s*#\s*")


@dataclass(frozen=True)
class Entry:
    """An entry: `raw` as it stood, `values` without braces and with macros filled in."""

    key: str
    raw: Raw
    values: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


def entry(chunk: str, line: int, macros: Mapping[str, str]) -> Entry:
    """Return what one entry's text says. `macros`: what @string has defined so far."""
    return _Reader(chunk, line, macros).entry()


class _Reader:
    def __init__(self, chunk: str, line: int, macros: Mapping[str, str]) -> None:
        self.chunk, self.line, self.macros = chunk, line, macros
        begin = _BEGIN.match(chunk)
        self.at = begin.end() if begin else 0
        braces = _BRACES.findall(chunk)
        opened = 1 if begin and "(" in begin[0] else 0
        self.matched = braces.count("{") == braces.count("}") and not (opened and not braces)
        self.raw: list[tuple[str, str]] = []
        self.values: list[tuple[str, str]] = []

    def entry(self) -> Entry:
        key = _KEY.match(self.chunk, self.at)
        if key:
            self.at = key.end()
        while found := _NAME.match(self.chunk, self.at):
            self.at = found.end()
            self._value(found[1])
        return Entry(key[1] if key else "", tuple(self.raw), tuple(self.values), self._problems())

    def _value(self, name: str) -> None:
        """Read values joined by "#" and remember them under the field's name."""
        stood, said = [], []
        while True:
            piece, meant = self._piece()
            stood.append(piece)
            said.append(meant)
            joined = _JOIN.match(self.chunk, self.at)
            if not joined:
                break
            self.at = joined.end()
        self.raw.append((name, " # ".join(stood)))
        self.values.append((name.lower(), "".join(said)))

    def _piece(self) -> tuple[str, str]:
        sign = self.chunk[self.at : self.at + 1]
        if sign in ("{", '"') and sign:
            end = self._end(_BRACES if sign == "{" else _QUOTE, sign)
            inner = self.chunk[self.at + 1 : end]
            self.at = end + (self.chunk[end : end + 1] in ("}", '"'))
            return (f"{{{inner}}}" if sign == "{" else f'"{inner}"'), inner
        bare = _BARE.match(self.chunk, self.at)
        word = bare[0] if bare else ""
        self.at += len(word)
        if (meant := self.macros.get(word.lower())) is not None:
            return f"{{{meant}}}", meant
        return word, word

    def _end(self, signs: re.Pattern[str], opener: str) -> int:
        """Return where the value that begins here ends."""
        latest = len(self.chunk)
        if not self.matched and (after := _NEXT.search(self.chunk, self.at + 1)):
            latest = after.start()
        depth = 0
        for found in signs.finditer(self.chunk, self.at + 1, latest):
            if found[0] == "{":
                depth += 1
            elif found[0] == '"' and depth == 0:
                return found.start()
            elif found[0] == "}":
                depth -= 1
                if depth < 0:
                    return found.start()
        return latest

    def _problems(self) -> tuple[Problem, ...]:
        rest = self.chunk[self.at :].strip(" \t\n,})")
        if not self.matched:
            said = "The braces of this record do not match."
            return (Problem(self.line, said, f"The {len(self.raw)} fields that could be read."),)
        if rest and "=" in rest.split("\n", 1)[0]:
            said = "Something after the fields of this record could not be read."
            return (Problem(self.line, said, f"The {len(self.raw)} fields before it."),)
        return ()
