"""Writes a project as a .qdpx and a codebook as a .qdc: the same values give the same bytes."""

import zipfile
from collections.abc import Iterable
from dataclasses import replace
from typing import IO

from firsthand.codebook.refi import markup
from firsthand.codebook.refi.values import Code, Codebook, Project

_THEN = (1980, 1, 1, 0, 0, 0)  # the first day a zip file knows: when it was written is in no byte


class Empty(ValueError):
    """There is nothing that could be written. The sentence says what is missing."""


def write_project(project: Project, files: Iterable[tuple[str, bytes]], to: IO[bytes]) -> None:
    """Write a .qdpx. `files`: name within the folder "sources", and content, one at a time."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as held:
        held.writestr(_named("project.qde"), markup.document(project))
        for name, content in files:
            held.writestr(_named(f"sources/{name}"), content)


def write_codebook(codebook: Codebook) -> bytes:
    """Return a .qdc. In one, codes point to no notes. Raises Empty when there are no codes."""
    if not codebook.codes:
        raise Empty("There are no codes yet, and a codebook without codes is not allowed.")
    return markup.document(replace(codebook, codes=tuple(map(_without_notes, codebook.codes))))


def _without_notes(code: Code) -> Code:
    return replace(code, notes=(), children=tuple(map(_without_notes, code.children)))


def _named(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _THEN)
    info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
    info.external_attr = 0o644 << 16
    return info
