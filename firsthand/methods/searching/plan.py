"""A search from a file's parsed content (YAML or JSON): every mistake is told, with its place.

Content may be nested without end, as YAML's aliases allow: only its beginning is ever written out.
"""

import reprlib
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from firsthand.methods.searching.blocks import (
    EVERYWHERE,
    Block,
    Field,
    Heading,
    Near,
    Search,
    Term,
    Thesaurus,
)

T = TypeVar("T")
_TOP = {"title", "blocks", "fields", "from_year", "to_year", "languages"}
_IN_BLOCK = {"name", "terms", "near", "headings", "fields"}
_IN_NEAR = {"words", "of", "within"}
_IN_HEADING = {"heading", "thesaurus", "narrower"}


class Unusable(ValueError):
    """The content is no search; `wrong` has a sentence for each reason."""

    def __init__(self, wrong: Iterable[str]) -> None:
        self.wrong = tuple(wrong)
        super().__init__("\n".join(self.wrong))


def search(told: Any) -> Search:
    """Make a search of parsed content. Raises Unusable with every reason at once."""
    reader = _Reader()
    made = reader.search(told)
    if reader.wrong or made is None:
        raise Unusable(reader.wrong)
    return made


class _Reader:
    """Reads piece by piece, and goes on after a mistake so that all are told at once."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def search(self, told: Any) -> Search | None:
        if not isinstance(told, dict):
            self._bad("The file", "it has to name a title and blocks.")
            return None
        self._unknown("The file", told, _TOP)
        fields = self._fields("fields", told.get("fields"), EVERYWHERE)
        listed = self._list("blocks", told.get("blocks"))
        blocks = [self._block(i, each, fields) for i, each in enumerate(listed, 1)]
        return self._made("The search", lambda: Search(
            _said(told.get("title") or ""),
            tuple(each for each in blocks if each),
            self._year("from_year", told.get("from_year")),
            self._year("to_year", told.get("to_year")),
            tuple(map(_said, self._list("languages", told.get("languages")))),
        ))  # fmt: skip

    def _block(self, number: int, told: Any, fields: tuple[Field, ...]) -> Block | None:
        where = f"Block {number}"
        if not isinstance(told, dict):
            self._bad(where, "it has to have a name and terms.")
            return None
        self._unknown(where, told, _IN_BLOCK)
        name = _said(told.get("name") or where)
        where = f"Block {number} ({name})"
        terms = self._terms(where, told.get("terms"))
        near = [self._near(where, each) for each in self._list(where, told.get("near"))]
        heads = [self._heading(where, each) for each in self._list(where, told.get("headings"))]
        its = self._fields(where, told.get("fields"), fields)
        if not terms and not any(near) and not any(heads) and self.wrong:
            return None  # what is wrong with its synonyms is told already
        parts = (tuple(e for e in near if e), tuple(e for e in heads if e))
        return self._made(where, lambda: Block(name, terms, *parts, its))

    def _terms(self, where: str, told: Any) -> tuple[Term, ...]:
        made = [self._term(where, each) for each in self._list(where, told)]
        return tuple(dict.fromkeys(each for each in made if each))

    def _term(self, where: str, told: Any) -> Term | None:
        if isinstance(told, bool) or not isinstance(told, str | int):
            self._bad(where, f"{reprlib.repr(told)} is no synonym; put it in quotation marks.")
            return None
        return self._made(where, lambda: Term(str(told)))

    def _near(self, where: str, told: Any) -> Near | None:
        if not isinstance(told, dict):
            self._bad(where, "near needs words, of and within.")
            return None
        self._unknown(f"{where}, near", told, _IN_NEAR)
        these, those = (self._terms(where, told.get(key)) for key in ("words", "of"))
        within = told.get("within")
        if not isinstance(within, int):
            self._bad(where, "within has to be a whole number of words.")
            return None
        return self._made(where, lambda: Near(these, those, within))

    def _heading(self, where: str, told: Any) -> Heading | None:
        if not isinstance(told, dict):
            self._bad(where, "a heading needs heading and thesaurus.")
            return None
        self._unknown(f"{where}, heading", told, _IN_HEADING)
        whose = {each.value.lower(): each for each in Thesaurus}
        found = whose.get(_said(told.get("thesaurus")).lower())
        if found is None:
            known = ", ".join(Thesaurus)
            self._bad(where, f"the thesaurus of a heading is one of {known}.")
            return None
        narrower = told.get("narrower", True) is not False
        return self._made(where, lambda: Heading(_said(told.get("heading") or ""), found, narrower))

    def _fields(self, where: str, told: Any, otherwise: tuple[Field, ...]) -> tuple[Field, ...]:
        if told is None:
            return otherwise
        known = {each.value: each for each in Field}
        said = [_said(each).lower() for each in self._list(where, told)]
        for each in said:
            if each not in known:
                self._bad(where, f"{each!r} is no field; there are {', '.join(known)}.")
        return tuple(known[each] for each in dict.fromkeys(said) if each in known)

    def _year(self, where: str, told: Any) -> int | None:
        if told is None or (isinstance(told, int) and 1000 <= told <= 2999):
            return told
        self._bad(where, f"{reprlib.repr(told)} is no year.")
        return None

    def _list(self, where: str, told: Any) -> list[Any]:
        if told is None or isinstance(told, list):
            return told or []
        self._bad(where, f"{reprlib.repr(told)} has to be a list.")
        return []

    def _unknown(self, where: str, told: dict[Any, Any], known: set[str]) -> None:
        for each in told:
            if each not in known:
                self._bad(
                    where,
                    f"{reprlib.repr(each)} is not known; there are {', '.join(sorted(known))}.",
                )

    def _made(self, where: str, make: Callable[[], T]) -> T | None:
        try:
            return make()
        except ValueError as why:
            self._bad(where, str(why))
            return None

    def _bad(self, where: str, why: str) -> None:
        self.wrong.append(f"{where}: {why}")


def _said(told: Any) -> str:
    """A text as it is, anything else in short."""
    return told if isinstance(told, str) else reprlib.repr(told)
