"""Whatever a text holds and wherever it is marked: out, in and out again are the same bytes."""

import io
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand.codebook import queries, rules
from firsthand.codebook.actions import interchange, passages, sources
from firsthand.codebook.models import Coder
from firsthand.codebook.refi.reading import read_bytes
from tests.codebook.kit import made, user

pytestmark = pytest.mark.django_db

# Emoji of one and two code points, a combining accent, Arabic with its vowels, every line end,
# byte-order marks, no-break spaces, and what XML has to write otherwise.
_LETTERS = ["a", " ", "\u0301", "\u0642\u064e", "\U0001f622", "\U0001f3f3\ufe0f", "\r\n", "\r",
            "\n", "\ufeff", "\u00a0", "\u2028", "<&>", '"', "\t"]  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_LETTERS), min_size=2, max_size=40).map("".join).filter(str.strip)

_TIMES = count()  # nobody is called as someone of another example


def out(coder: Coder) -> bytes:
    held = io.BytesIO()
    interchange.take_out(coder, held)
    return held.getvalue()


@given(_TEXTS, st.data())
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_goes_out_and_comes_in_with_every_passage_at_its_place(text, data):
    again_and_again = next(_TIMES)
    it = made(*(f"{each} {again_and_again}" for each in ("Ada", "Ben", "Cai")))
    row = sources.add(it.ada, kind=rules.DOCUMENT, title="Any (made up)", text=text)
    for _ in range(3):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        passages.code(it.ada, row, start, end, [it.codes["Harm"]], memo=text[:20].strip())
    first = out(it.ada)
    found, zoe = read_bytes(first, "a.qdpx"), user(f"Zoe {again_and_again}")
    again = interchange.bring_in(zoe, found, "a.qdpx")
    same = again.project.sources.get(title="Any (made up)")
    assert same.text == text
    assert places(again, same) == places(it.ada, row)
    assert out(again) == first


def places(coder: Coder, source) -> list[tuple]:
    rows = queries.visible_passages(coder, source)
    return [(each.start, each.end, each.quote, each.memo) for each in rows]
