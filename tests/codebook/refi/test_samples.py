"""The files of other tools that we have: what is read from each, and that nothing is lost."""

import io
import zipfile
from collections import Counter

import pytest

from firsthand.codebook.refi.kinds import GUID
from firsthand.codebook.refi.reading import read
from firsthand.codebook.refi.tree import parse
from tests.codebook.refi.kit import judge, samples, schemas, told, written


def _read(shared_dir, name):
    with (samples(shared_dir) / name).open("rb") as file:
        return read(file, name)


def test_a_project_with_two_texts_is_read_with_every_passage_at_its_place(shared_dir):
    found = _read(shared_dir, "qc-demo-cproctor.qdpx")
    sources = found.project.sources
    assert [len(each.selections) for each in sources] == [158, 0]
    assert sum(len(one.codings) for each in sources for one in each.selections) == 205
    assert _count(found.codes) == 262
    first = sources[0].selections[0]
    words = found.texts[sources[0].guid][first.start : first.end]
    assert words.startswith("clarifying questions") or words.strip(), words
    assert not found.told


def test_a_blank_project_is_read_as_one(shared_dir):
    found = _read(shared_dir, "atlasti-blank-atlas-project.qdpx")
    assert (found.project.name, len(found.project.users)) == ("blank-atlas-project", 2)
    assert found.codes == ()
    assert not found.told


def test_a_project_without_its_texts_keeps_everything_else_and_says_what_is_missing(shared_dir):
    found = _read(shared_dir, "skyloom-Project.qde")
    project = found.project
    assert Counter(type(each).__name__ for each in project.sources) == Counter(
        {"Text": 6, "PDFSource": 2, "VideoSource": 2, "PictureSource": 1, "AudioSource": 1}
    )
    assert (len(found.codes), len(project.sets), len(project.notes)) == (14, 16, 2)
    assert (len(project.graphs), len(project.links)) == (1, 1)
    assert told(found, "left out") == ["A text that should be in the file is not there."]


def test_the_texts_may_be_given_beside_a_project_that_comes_without(shared_dir):
    name = "skyloom-Project.qde"
    text = "x" * 139 + "Oh, that was great. See you tomorrow? Eleven thirty. Mm." + "y" * 9
    beside = {"230b768e-5A3D-42B7-BE92-2A3721177944.txt": text.encode()}
    with (samples(shared_dir) / name).open("rb") as file:
        found = read(file, name, beside)
    (source,) = [each for each in found.project.sources if "Diet" in each.name and each.guid
                 in found.texts]  # fmt: skip
    (one,) = source.selections
    assert found.texts[source.guid][one.start : one.end] == one.name


def test_a_codebook_with_an_empty_list_of_sets_is_read_and_that_is_told(shared_dir):
    found = _read(shared_dir, "taguette-1.5.2-export.qdc")
    assert [each.name for each in found.codes] == ["harm.stigma", "harm.bureaucracy"]
    assert told(found, "mended") == ["Sets with nothing in it."]


@pytest.mark.parametrize(
    "name", ["qc-demo-cproctor.qdpx", "atlasti-blank-atlas-project.qdpx", "skyloom-Project.qde"]
)
def test_what_is_written_of_a_sample_is_valid_and_nothing_of_it_is_lost(shared_dir, name):
    found = _read(shared_dir, name)
    ours = _qde(written(found.project))
    judge(schemas(shared_dir)["Project"], ours)
    assert _said(ours) == _said(_qde((samples(shared_dir) / name).read_bytes()))


def _qde(content: bytes) -> bytes:
    if not content.startswith(b"PK"):
        return content
    return zipfile.ZipFile(io.BytesIO(content)).read("project.qde")


def _said(content: bytes) -> Counter:
    """Every element with its attributes and text, GUIDs and colours in one spelling."""
    return Counter(
        (str(node.tag), frozenset((name, _tidy(value)) for name, value in node.items()
                                  if not name.startswith("{")), (node.text or "").strip())
        for node in parse(content, "x").iter()
    )  # fmt: skip


def _tidy(value: str) -> str:
    try:
        return GUID.read(value).value
    except ValueError:
        return value.lower() if value.startswith("#") else value


def _count(codes) -> int:
    return sum(1 + _count(each.children) for each in codes)
