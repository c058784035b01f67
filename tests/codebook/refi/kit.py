"""Short ways to make and to judge files of REFI-QDA, for tests."""

import io
import zipfile
from pathlib import Path

import pytest

from firsthand.codebook.refi.reading import Found, read_bytes
from firsthand.codebook.refi.values import PROJECT
from firsthand.codebook.refi.writing import write_project

A, B, C, D, U = (f"{each}1111111-1111-4111-8111-111111111111" for each in "abcde")


def schemas(shared_dir):
    """The two schemas of the standard, as judges: project and codebook."""
    etree = pytest.importorskip("lxml.etree")
    place = shared_dir / "data" / "refi"
    if not (place / "Project.xsd").is_file():
        pytest.skip("the schemas of REFI-QDA are not here")
    return {
        name: etree.XMLSchema(etree.parse(place / f"{name}.xsd"))
        for name in ("Project", "Codebook")
    }


def judge(schema, content: bytes) -> None:
    """Fail, saying why, unless a document is valid."""
    from lxml import etree

    assert schema.validate(etree.fromstring(content)), schema.error_log.last_error


def qde(inner: str, head: str = "", space: str = PROJECT) -> bytes:
    """A project's XML."""
    return (
        f'<?xml version="1.0"?><Project xmlns="{space}" name="P" {head}>{inner}</Project>'.encode()
    )


def qdpx(project: bytes, **files: bytes) -> bytes:
    """A zip file of it; a file called a_txt is sources/a.txt."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("project.qde", project)
        for name, content in files.items():
            box.writestr(f"sources/{name.replace('_', '.')}", content)
    return held.getvalue()


def marked(content: bytes, *stretches: tuple[int, int, str], origin: str = "") -> Found:
    """Read a project of one text file with these stretches (start, end, name)."""
    from xml.sax.saxutils import quoteattr

    inner = "".join(
        f'<PlainTextSelection guid="{number:08}-1111-4111-8111-111111111111" '
        f'startPosition="{start}" endPosition="{end}" name={quoteattr(name)}/>'
        for number, (start, end, name) in enumerate(stretches)
    )
    text = f'<TextSource guid="{A}" name="T" plainTextPath="internal://a.txt">{inner}</TextSource>'
    head = f"origin={quoteattr(origin)}" if origin else ""
    return read_bytes(qdpx(qde(f"<Sources>{text}</Sources>", head), a_txt=content), "t.qdpx")


def words(found: Found) -> list[str]:
    """What is marked in the only text of a project."""
    (source,) = found.project.sources
    text = found.texts[source.guid]
    return [text[each.start : each.end] for each in source.selections]


def told(found: Found, kind: str) -> list[str]:
    return [each.said for each in found.told if each.kind == kind]


def written(project, files=()) -> bytes:
    held = io.BytesIO()
    write_project(project, files, held)
    return held.getvalue()


def samples(shared_dir) -> Path:
    place = shared_dir / "data" / "refi" / "samples"
    if not place.is_dir():
        pytest.skip("there are no samples of REFI-QDA here")
    return place
