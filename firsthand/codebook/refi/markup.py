"""From values to XML: the same value gives the same bytes, and what is written is valid.

Source: XML 1.0, sections 2.2 (which characters there may be), 2.11 (line ends) and 3.3.3 (white
space in attributes): what a reader would change on its way in is written as a reference instead.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from firsthand.codebook.refi.parts import Attribute, Children, Refs, Said, Words, plan
from firsthand.codebook.refi.values import CODEBOOK, IN_CODEBOOK, IN_PROJECT, PROJECT, Codebook

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = _IN_TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def allowed(text: str) -> str:
    """Return a text as XML can hold it: what it cannot is a sign that something was here."""
    return _FORBIDDEN.sub("\ufffd", text)


def document(value: Any) -> bytes:
    """Return a project or a codebook as a file of XML."""
    tag, space = ("CodeBook", CODEBOOK) if isinstance(value, Codebook) else ("Project", PROJECT)
    lines = _lines(tag, value, IN_CODEBOOK if space == CODEBOOK else IN_PROJECT, space)
    # Line by line: one emoji in a text makes Python keep four bytes for each of its letters.
    return b"".join(line.encode() for line in chain([_HEAD], lines))


def fragment(tag: str, value: Any) -> str:
    """Return one value of a project as XML, without the namespace that it stands in."""
    return "".join(_lines(tag, value, IN_PROJECT))


def _lines(tag: str, value: Any, known: dict[str, Any], space: str = "") -> Iterator[str]:
    parts = [(getattr(value, name), part) for name, part in plan(value.__class__)]
    head = f' xmlns="{space}"' if space else ""
    head += "".join(_attribute(held, part) for held, part in parts if isinstance(part, Attribute))
    inner = [line for held, part in parts for line in _inner(held, part, known)]
    if not inner:
        yield f"<{tag}{head}/>\n"
        return
    yield f"<{tag}{head}>\n"
    yield from inner
    yield f"</{tag}>\n"


def _attribute(held: Any, part: Attribute) -> str:
    if held in (None, "") and not part.required:
        return ""
    said = allowed(part.kind.write(held)).translate(_IN_ATTRIBUTE)
    return f' {part.name}="{said}"'


def _inner(held: Any, part: Any, known: dict[str, Any]) -> Iterator[str]:
    """Yield the elements that a field stands for: none where nothing is said."""
    if isinstance(part, Words):
        yield from _words(part.tag, held)
    elif isinstance(part, Refs):
        for each in [held] if part.single else held:
            yield f'<{part.tag} {part.name}="{each}"/>\n'
    elif isinstance(part, Said):
        if held[0]:
            yield f"<{held[0]}>{allowed(held[1]).translate(_IN_TEXT)}</{held[0]}>\n"
    elif isinstance(part, Children) and held:
        yield from (f"<{each}>\n" for each in part.box)
        for each in [held] if part.single else held:
            yield from _lines(_tag(each, part.tags, known), each, known)
        yield from (f"</{each}>\n" for each in reversed(part.box))


def _words(tag: str, held: str) -> Iterator[str]:
    if held:
        yield f"<{tag}>{allowed(held).translate(_IN_TEXT)}</{tag}>\n"


def _tag(value: Any, tags: tuple[str, ...], known: dict[str, Any]) -> str:
    return next(each for each in tags if known[each] is type(value))
