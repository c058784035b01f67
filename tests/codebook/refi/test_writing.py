"""What is written is valid by the schemas of the standard, and reads back as the very same."""

import io
import uuid
import zipfile
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.codebook.refi.kinds import WHOLE
from firsthand.codebook.refi.parts import Attribute, Refs, Said, Words, plan
from firsthand.codebook.refi.reading import read_bytes
from firsthand.codebook.refi.texts import Text
from firsthand.codebook.refi.values import IN_CODEBOOK, IN_PROJECT, Code, Codebook, Project
from firsthand.codebook.refi.writing import Empty, write_codebook
from tests.codebook.refi.kit import A, B, judge, schemas, told, written

_LETTERS = [*"ab<&>\"' \n\r\t\u0301\u0639\u00a0\U0001f622", ""]
_SAID = [
    ("TextValue", "x"), ("BooleanValue", "true"), ("IntegerValue", "007"), ("FloatValue", "-1.5"),
    ("DateValue", "2020-02-29"), ("DateTimeValue", "2020-02-29T01:02:03.5+01:00"), ("", ""),
]  # fmt: skip

PLAIN, CONTENT = (dict(plan(Text))[name] for name in ("plain", "content"))


class Making:
    """Makes values of any class, with all that it may hold, from one seed."""

    def __init__(self, seed: int, known) -> None:
        self.dice, self.known = Random(seed), known

    def value(self, of, depth=4):
        return of(**{name: self._field(part, depth) for name, part in plan(of)})

    def _field(self, part, depth):
        if part in (PLAIN, CONTENT):  # a text that is elsewhere: nothing beyond it is left out
            return "internal://gone.txt" if part == PLAIN else ""
        if isinstance(part, Attribute):
            bare = not part.required and self.dice.random() < 0.3
            empty = None if part.kind is WHOLE else ""
            return empty if bare else self._kinds()[part.kind.words]()
        if isinstance(part, Words):
            return self._words()
        if isinstance(part, Said):
            return self.dice.choice(_SAID)
        count = 0 if depth == 0 else self.dice.choice((0, 0, 1, 2))
        if isinstance(part, Refs):
            return self._guid() if part.single else tuple(self._guid() for _ in range(count))
        found = tuple(
            self.value(self.known[self.dice.choice(part.tags)], depth - 1) for _ in range(count)
        )
        return next(iter(found), None) if part.single else found

    def _kinds(self):
        pick = self.dice.choice
        return {
            "a text": self._words, "a GUID": self._guid,
            "a whole number": lambda: self.dice.randrange(-9999, 9999),
            "true or false": lambda: pick((True, False)),
            "a colour such as #3366cc": lambda: f"#{self.dice.randrange(16**6):06x}",
            "a day and time": lambda: pick(("2020-02-29T23:59:59Z", "0001-01-01T00:00:00.25")),
            "a direction": lambda: pick(("Associative", "OneWay", "Bidirectional")),
            "a kind of variable": lambda: pick(("Text", "Boolean", "Integer", "Float", "Date")),
            "a shape": lambda: pick(("Person", "Oval", "Note")),
            "a style of line": lambda: pick(("dotted", "dashed", "solid")),
        }  # fmt: skip

    def _words(self):
        return "".join(self.dice.choices(_LETTERS, k=self.dice.randrange(6)))

    def _guid(self):
        return str(uuid.UUID(int=self.dice.getrandbits(128)))


_SEEDS = st.integers(0, 2**32)
_QUICK = settings(max_examples=40, deadline=None)


def test_any_project_is_written_valid_and_reads_back_the_same(shared_dir):
    schema = schemas(shared_dir)["Project"]

    @_QUICK
    @given(_SEEDS)
    def holds(seed):
        made = Making(seed, IN_PROJECT).value(Project)
        content = written(replace(made, origin="Other"))
        judge(schema, zipfile.ZipFile(io.BytesIO(content)).read("project.qde"))
        found = read_bytes(content, "x.qdpx")
        assert not told(found, "mended")
        assert written(found.project) == content

    holds()


def test_any_codebook_is_written_valid_and_reads_back_the_same(shared_dir):
    schema = schemas(shared_dir)["Codebook"]

    @_QUICK
    @given(_SEEDS)
    def holds(seed):
        codebook = Making(seed, IN_CODEBOOK).value(Codebook)
        if codebook.codes:
            content = write_codebook(codebook)
            judge(schema, content)
            assert write_codebook(read_bytes(content, "x.qdc").codebook) == content

    holds()


def test_a_codebook_without_codes_is_not_written():
    with pytest.raises(Empty, match="no codes yet"):
        write_codebook(Codebook())


def test_letters_that_xml_cannot_hold_are_a_sign_that_something_was_there(shared_dir):
    code = Code(A, "a\x00b\ud800\ufffe", True, description="line\r\nline\x1b")
    content = write_codebook(Codebook(codes=(code,)))
    judge(schemas(shared_dir)["Codebook"], content)
    (again,) = read_bytes(content, "x.qdc").codes
    assert again.name == "a\ufffdb\ufffd\ufffd"
    assert again.description == "line\r\nline\ufffd"


def test_notes_of_codes_are_not_in_a_codebook():
    code = Code(A, "Fear", True, notes=(B,), children=(Code(B, "Dread", True, notes=(A,)),))
    assert b"NoteRef" not in write_codebook(Codebook(codes=(code,)))
    assert b"NoteRef" in zipfile.ZipFile(io.BytesIO(written(Project("P", codes=(code,))))).read(
        "project.qde"
    )


def test_when_it_was_written_is_in_no_byte():
    files = [("a.txt", b"text")]
    assert written(Project("P"), files) == written(Project("P"), files)
    held = zipfile.ZipFile(io.BytesIO(written(Project("P"), files)))
    assert {each.date_time for each in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}
