"""A small file does not fill the memory: one text that many name is read once, all have a limit."""

import pytest

from firsthand.codebook.refi import placing
from firsthand.codebook.refi.reading import read_bytes, read_codes
from firsthand.codebook.refi.telling import Unreadable
from tests.codebook.refi.kit import A, B, qde, qdpx


def _many(*names: str) -> bytes:
    sources = "".join(
        f'<TextSource guid="{at:08}-1111-4111-8111-111111111111" name="T{at}" '
        f'plainTextPath="internal://{name}.txt"/>'
        for at, name in enumerate(names)
    )
    return qdpx(qde(f"<Sources>{sources}</Sources>"), a_txt=b"x" * 1000, b_txt=b"y" * 1000)


def test_one_text_that_many_sources_name_is_read_once(monkeypatch):
    monkeypatch.setattr(placing, "LARGEST_TOGETHER", 1500)
    found = read_bytes(_many(*["a"] * 60), "x.qdpx")
    assert len(found.texts) == 60
    assert len({id(each) for each in found.texts.values()}) == 1


def test_texts_that_are_too_large_together_are_left_out_and_told(monkeypatch):
    monkeypatch.setattr(placing, "LARGEST_TOGETHER", 1500)
    found = read_bytes(_many("a", "b", "a"), "x.qdpx")
    assert sorted(text[0] for text in found.texts.values()) == ["x", "x"]
    assert ["together" in each.said for each in found.told] == [True]


def test_whoever_wants_only_the_codes_has_no_text_opened():
    codes = f'<CodeBook><Codes><Code guid="{A}" name="Harm" isCodable="true"/></Codes></CodeBook>'
    source = f'<TextSource guid="{B}" name="T" plainTextPath="internal://a.txt"/>'
    content = qdpx(qde(f"{codes}<Sources>{source}</Sources>"), a_txt=b"words")
    assert read_bytes(content, "x.qdpx").texts == {B: "words"}
    found = read_codes(content, "x.qdpx")
    assert [each.name for each in found.project.codes] == ["Harm"]
    assert found.texts == {}
    with pytest.raises(Unreadable, match="is empty"):
        read_codes(b"", "x.qdc")
