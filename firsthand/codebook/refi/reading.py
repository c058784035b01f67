"""Reads a file of REFI-QDA 1.5: a project (.qdpx, or its .qde alone) or a codebook (.qdc).

    found = read(file, "study.qdpx")
    found.project.codes, found.texts["0616fddd-…"], found.told

What a file is, its content says, not its name. Everything that the standard knows is in the values;
what was put right, left out or assumed is in `told`. Raises Unreadable with a plain sentence.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import IO, Any
from xml.etree.ElementTree import Element

from firsthand.codebook.refi import naming, tree
from firsthand.codebook.refi.box import Box, Folder
from firsthand.codebook.refi.elements import Elements, Impossible
from firsthand.codebook.refi.offsets import STANDARD, Counting
from firsthand.codebook.refi.placing import Files, Placing, plain_texts
from firsthand.codebook.refi.telling import Telling, Told, Unreadable
from firsthand.codebook.refi.values import (
    CODEBOOK,
    IN_CODEBOOK,
    IN_PROJECT,
    PROJECT,
    Code,
    Codebook,
    Project,
)

OURS = "Firsthand"  # how `origin` begins in what is written here
_AS_ONE = (Counting(ends_as_one=True),)
_TAGS = {"Project": (PROJECT, IN_PROJECT), "CodeBook": (CODEBOOK, IN_CODEBOOK)}


@dataclass(frozen=True)
class Found:
    """What was read. A codebook by itself is in `codebook`, a project in `project`.

    `texts`: each text that is there, by the GUID of what it is the text of, without byte-order mark
    and with its line ends. Positions in `project` are code points of these.
    """

    project: Project | None
    codebook: Codebook | None
    texts: Mapping[str, str]
    files: Files
    counting: Counting
    told: tuple[Told, ...]

    @property
    def codes(self) -> tuple[Code, ...]:
        held = self.project or self.codebook
        return held.codes if held else ()

    @property
    def origin(self) -> str:
        held = self.project or self.codebook
        return held.origin if held else ""


def read(file: IO[bytes], name: str, beside: Mapping[str, bytes] | None = None) -> Found:
    """Read a file that can be sought in. `beside`: texts given along with a .qde, by name."""
    head = file.read(4)
    if not head:
        raise Unreadable(f"{name} is empty.")
    file.seek(0)
    files: Box | Folder = Folder(beside or {})
    if head.startswith(b"PK"):
        files = Box(file, name)
        return _read(files.project(), files.qde, files)
    return _read(file.read(tree.LARGEST + 1), name, files)


def read_bytes(content: bytes, name: str, beside: Mapping[str, bytes] | None = None) -> Found:
    """The same for a file in memory."""
    return read(io.BytesIO(content), name, beside)


def read_codes(content: bytes, name: str) -> Found:
    """Read only the codes of a file in memory: none of its texts is opened."""
    file = io.BytesIO(content)
    box = Box(file, name) if content.startswith(b"PK") else None
    inside = (box.project(), box.qde) if box else (content, name)
    return _read(*inside, Folder({}), codes_only=True)


def _read(content: bytes, name: str, files: Files, *, codes_only: bool = False) -> Found:
    telling = Telling()
    root = tree.parse(content, name)
    value = _value(root, name, telling)
    if isinstance(value, Codebook):
        tidy = replace(value, codes=naming.codes(value.codes, naming.Names(telling), telling))
        return Found(None, tidy, {}, files, STANDARD, telling.all())
    if codes_only:
        return Found(naming.project(value, telling), None, {}, files, STANDARD, telling.all())
    return _project(value, files, telling)


def _project(value: Project, files: Files, telling: Telling) -> Found:
    project = naming.project(value, telling)
    placing = Placing(files, telling)
    placing.gather(project)
    counting = STANDARD
    if not project.origin.startswith(OURS):
        atlas = "atlas" in project.origin.lower()
        counting = placing.counting(project, _AS_ONE if atlas else ())
    placed = placing.placed(project, counting)
    texts = plain_texts(placing.plain)
    return Found(placed, None, texts, files, counting, telling.all())


def _value(root: Element, name: str, telling: Telling) -> Any:
    tag, space = _tag_and_space(root)
    if tag not in _TAGS:
        raise Unreadable(
            f"{name} is no REFI-QDA file: it begins with “{tag[:40]}”, not Project or CodeBook."
        )
    wanted, known = _TAGS[tag]
    if space != wanted:
        _check_space(space, wanted, name)
        telling.mended(f"Its namespace is “{space}”; by the standard it is “{wanted}”.")
    try:
        return Elements(space, known, telling).value(root, tag)
    except Impossible as why:
        raise Unreadable(f"{name} cannot be used: {why}") from None


def _tag_and_space(root: Element) -> tuple[str, str]:
    space, _, tag = str(root.tag).rpartition("}")
    return tag, space.removeprefix("{")


def _check_space(space: str, wanted: str, name: str) -> None:
    """Let through a slip of the pen (large letters, a colon for a dot), and drafts before 1.0."""
    plain, meant = _plain(space), _plain(wanted)
    if plain == meant or re.fullmatch(rf"{meant.removesuffix('1:0')}0:\d+", plain):
        return
    said = f"“{space[:80]}”" if space else "none"
    raise Unreadable(
        f"{name} is no REFI-QDA 1.5 file: its namespace is {said}, and it should be “{wanted}”."
    )


def _plain(space: str) -> str:
    return re.sub("[.:]", ":", space.strip().lower())
