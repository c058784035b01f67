"""A long text is looked through once; taking a project out asks the database seldom."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from firsthand.codebook import rules, sentences
from firsthand.codebook.actions import interchange, passages, sources
from firsthand.codebook.models import Source
from firsthand.codebook.sentences import sentences_of
from firsthand.methods.sentences import split
from tests.codebook.kit import made

TEXT = "Nobody asked me. They decided in a meeting.\n\nI was told later."


def source(digest: str, kind: str = rules.DOCUMENT) -> Source:
    return Source(kind=kind, digest=digest)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    sentences._places.clear()


def test_sentences_of_a_text_are_looked_for_once(monkeypatch):
    looked = []
    monkeypatch.setattr(sentences, "split", lambda text: looked.append(text) or split(text))
    assert sentences_of(source("one"), TEXT) == split(TEXT)
    assert sentences_of(source("one"), TEXT) == split(TEXT)
    assert len(looked) == 1
    assert sentences_of(source("two"), TEXT[:20]) == split(TEXT[:20])
    assert len(looked) == 2


def test_of_what_a_person_told_us_nothing_is_remembered():
    assert sentences_of(source("", rules.TESTIMONY), TEXT) == split(TEXT)
    assert not sentences._places


def test_only_the_texts_that_were_asked_for_last_are_remembered():
    for number in range(sentences._MOST + 2):
        sentences_of(source("first"), TEXT)
        sentences_of(source(str(number)), TEXT)
    assert len(sentences._places) == sentences._MOST
    assert "first" in sentences._places
    assert "0" not in sentences._places


@pytest.mark.django_db
def test_a_project_with_many_sources_asks_the_database_as_often_as_one_with_few():
    few = asked(it := made())
    for number in range(6):
        row = sources.add(it.ada, kind=rules.DOCUMENT, title=f"More {number}", text=TEXT)
        passages.code(it.ada, row, 0, 6, [it.codes["Harm"]])
        passages.finish(it.ada, row)
    assert asked(it) == few


def asked(it) -> int:
    it.code(it.ada, "Nobody asked me.", "Harm")
    with CaptureQueriesContext(connection) as seen:
        interchange.take_out(it.ada, io.BytesIO())
    return len(seen)
