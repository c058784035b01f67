"""From XML to values. What is not valid is put right where it is plain what was meant.

Whatever is mended or left out is told, with where; one odd element costs no other. A thing without
a GUID is given one that is made from where it stands, so that the same file always gives the same.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from firsthand.codebook.refi.kinds import GUID, SAID, TRUTH, VARIABLE, WHOLE
from firsthand.codebook.refi.parts import Attribute, Children, Refs, Said, Words, plan
from firsthand.codebook.refi.telling import Telling

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_OURS = uuid.UUID("6f6a3c6e-8d0f-5b0e-9f6c-0a6b7f2f2b11")
_NO_NAME = "Without a name"
_STANDS_IN = {TRUTH.words: True, VARIABLE.words: "Text"}  # for what has to be there and is not
_Nodes = dict[str, list[Element]]


class Impossible(ValueError):
    """There cannot be such a value: it is left out."""


class Elements:
    """Reads elements of one namespace into the classes that `known` names."""

    def __init__(self, space: str, known: dict[str, Any], telling: Telling) -> None:
        self.space, self.known, self.telling = f"{{{space}}}", known, telling
        self._given = 0

    def value(self, node: Element, tag: str) -> Any:
        """Return an element as the value it is. Raises Impossible when it cannot be one."""
        inner = self._by_tag(node)
        where = _where(tag, node)
        taken: set[str] = set()
        found = {
            name: self._field(node, inner, part, where, taken)
            for name, part in plan(self.known[tag])
        }
        self._tell_rest(node, inner, where, taken, tag)
        self._tell_order(node, where, tag)
        return self.known[tag](**found)

    def _by_tag(self, node: Element) -> _Nodes:
        inner: _Nodes = defaultdict(list)
        for child in node:
            inner[str(child.tag).removeprefix(self.space)].append(child)
        return inner

    def _field(self, node: Element, inner: _Nodes, part: Any, where: str, taken: set[str]) -> Any:
        if isinstance(part, Attribute):
            return self._attribute(node, part, where)
        if isinstance(part, Words):
            taken.add(part.tag)
            return self._words(inner.get(part.tag, ()), part, where)
        if isinstance(part, Refs):
            taken.add(part.tag)
            return self._refs(inner.get(part.tag, ()), part, where)
        if isinstance(part, Said):
            taken.update(SAID)
            return self._said(inner, where)
        taken.add((part.box or part.tags)[0])
        taken.update(() if part.box else part.tags)
        return self._children(inner, part, where)

    # -- attributes -------------------------------------------------------------------------------

    def _attribute(self, node: Element, part: Attribute, where: str) -> Any:
        said = node.get(part.name)
        empty = None if part.kind is WHOLE else ""
        if said is None or (said.strip() == "" and part.kind.words != "a text"):
            return self._missing(node, part, where) if part.required else empty
        try:
            found = part.kind.read(said)
        except ValueError:
            return self._wrong(node, part, where, empty)
        if found.mended:
            self.telling.mended(f"{part.name} was not written as the standard asks.", where)
        return found.value

    def _missing(self, node: Element, part: Attribute, where: str) -> Any:
        """Return what may stand for something that has to be there."""
        if part.kind is GUID and part.name == "guid":
            self.telling.mended("It had no GUID; one was made for it.", where)
            return self._made(node)
        if part.name == "name":
            self.telling.mended(f"It had no name: it is called “{_NO_NAME}”.", where)
            return _NO_NAME
        if part.kind.words in _STANDS_IN:
            self.telling.mended(f"{part.name} was not said.", where)
            return _STANDS_IN[part.kind.words]
        raise Impossible(f"{part.name} is missing.")

    def _wrong(self, node: Element, part: Attribute, where: str, empty: Any) -> Any:
        if part.kind is GUID and part.name == "guid":
            self.telling.mended("What should be its GUID is none; one was made for it.", where)
            return self._made(node)
        if not part.required:
            self.telling.left_out(f"Its {part.name} is not {part.kind.words}.", where)
            return empty
        if part.kind.words in _STANDS_IN:
            return self._missing(node, part, where)
        raise Impossible(f"{part.name} is not {part.kind.words}.")

    def _made(self, node: Element) -> str:
        """Return a GUID for what has none. What should have been one still finds its own."""
        self._given += 1
        return str(uuid.uuid5(_OURS, node.get("guid", "").strip() or f"element {self._given}"))

    # -- elements ---------------------------------------------------------------------------------

    def _refs(self, nodes: Sequence[Element], part: Refs, where: str) -> Any:
        found = []
        for each in nodes:
            said = each.get(part.name, "") or each.get("targetGUID", "") or each.get("guid", "")
            try:
                found.append(GUID.read(said).value)
            except ValueError:
                if said.strip():
                    found.append(str(uuid.uuid5(_OURS, said.strip())))
                else:
                    self.telling.left_out(f"A {part.tag} that names nothing.", where)
        if not part.single:
            return tuple(found)
        if not found:
            raise Impossible(f"{part.tag} is missing.")
        if len(found) > 1:
            self.telling.left_out(f"More than one {part.tag}: the first one counts.", where)
        return found[0]

    def _words(self, nodes: Sequence[Element], part: Words, where: str) -> str:
        if len(nodes) > 1:
            self.telling.mended(f"More than one {part.tag}: they were joined.", where)
        return "\n".join(map(_text, nodes))

    def _said(self, inner: _Nodes, where: str) -> tuple[str, str]:
        for tag, kind in SAID.items():
            for node in inner.get(tag, ()):
                try:
                    return tag, kind.read(_text(node)).value
                except ValueError:
                    self.telling.left_out(f"What a variable says is not {kind.words}.", where)
        return "", ""

    def _children(self, inner: _Nodes, part: Children, where: str) -> Any:
        found = []
        for tag, node in self._boxed(inner, part, where):
            try:
                found.append(self.value(node, tag))
            except Impossible as why:
                self.telling.left_out(f"One {tag}: {why}", _where(tag, node))
        if not part.single:
            return tuple(found)
        if len(found) > 1:
            self.telling.left_out(f"More than one {part.tags[0]}: the first one counts.", where)
        return found[0] if found else None

    def _boxed(self, inner: _Nodes, part: Children, where: str) -> Iterator[tuple[str, Element]]:
        """Yield the elements of a field with their names, out of the elements around them."""
        if not part.box:
            yield from ((tag, node) for tag in part.tags for node in inner.get(tag, ()))
            return
        nodes = inner.get(part.box[0], [])
        for deeper in part.box[1:]:
            nodes = [each for node in nodes for each in self._only(node, (deeper,), where)]
        for node in nodes:
            if not len(node):
                self.telling.mended(f"{_bare(node.tag)} with nothing in it.", where)
            for each in self._only(node, part.tags, where):
                yield str(each.tag).removeprefix(self.space), each

    def _only(self, node: Element, tags: tuple[str, ...], where: str) -> Iterator[Element]:
        for each in node:
            if str(each.tag).removeprefix(self.space) in tags:
                yield each
            else:
                self.telling.left_out(f"{_bare(each.tag)}, which the standard does not know there.",
                                      where)  # fmt: skip

    def _tell_rest(
        self, node: Element, inner: _Nodes, where: str, taken: set[str], tag: str
    ) -> None:
        """Tell what stands in an element and means nothing to the standard."""
        for name in sorted(set(node.keys()) - _attributes(self.known[tag])):
            if not name.startswith(_XSI):
                said = f"{_bare(name)} of a {tag}, which the standard does not know."
                self.telling.left_out(said, where)
        for name in sorted(set(inner) - taken):
            said = f"{_bare(name)} in a {tag}, which the standard does not know there."
            self.telling.left_out(said, where)

    def _tell_order(self, node: Element, where: str, tag: str) -> None:
        places = _places(self.known[tag])
        last = -1
        for child in node:
            place = places.get(str(child.tag).removeprefix(self.space), last)
            if place < last:
                said = f"The parts of a {tag} are not in the order of the standard."
                self.telling.mended(said, where)
                return
            last = place


@cache
def _attributes(of: Any) -> frozenset[str]:
    """Return which attributes a value has."""
    return frozenset(part.name for _, part in plan(of) if isinstance(part, Attribute))


@cache
def _places(of: Any) -> dict[str, int]:
    """Return which element comes where among those of a value."""
    found = {}
    for at, (_, part) in enumerate(plan(of)):
        if isinstance(part, Words | Refs):
            found[part.tag] = at
        elif isinstance(part, Said):
            found.update(dict.fromkeys(SAID, at))
        elif isinstance(part, Children):
            found.update(dict.fromkeys(part.box[:1] or part.tags, at))
    return found


def _text(node: Element) -> str:
    return "".join(node.itertext())


def _bare(tag: Any) -> str:
    return str(tag).rpartition("}")[2][:60]


def _where(tag: str, node: Element) -> str:
    said = node.get("name") or node.get("guid") or ""
    return f"{tag} {said[:60]}".strip()
