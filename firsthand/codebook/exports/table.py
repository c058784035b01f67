"""Passages as a table: CSV in UTF-8 (RFC 4180), a line for each code on each passage."""

import csv
import io
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from firsthand.codebook import rules
from firsthand.codebook.exports.seen import Seen, codes_of
from firsthand.codebook.models import Passage
from firsthand.methods.spreadsheets import safe

COLUMNS = (
    "source", "title", "kind", "study", "speaker", "passage", "coder", "code", "code_guid", "start",
    "end", "quote", "memo", "codebook_version", "day",
)  # fmt: skip


def write(every: Iterable[Seen]) -> Iterator[bytes]:
    """Yield the file, a source at a time. No cell is taken for a formula."""
    yield b"\xef\xbb\xbf" + _rows([COLUMNS])
    for seen in every:
        if seen.passages:
            yield _rows(_lines(seen))


def _rows(rows: Iterable[Iterable[object]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([safe(str(cell)) for cell in row] for row in rows)
    return out.getvalue().encode()


def _lines(seen: Seen) -> Iterator[tuple[object, ...]]:
    source, speaks = seen.source, _Speakers(seen)
    for each in seen.passages:
        head = (source.number, source.title, source.kind, source.study, speaks.at(each),
                each.guid, seen.called(each))  # fmt: skip
        tail = (each.start, each.end, each.quote, each.memo, each.codebook_version,
                each.made_at.date().isoformat())  # fmt: skip
        codes = [(code.name, str(code.guid)) for code in codes_of(each)] or [("", "")]
        for code in codes:
            yield (*head, *code, *tail)


class _Speakers:
    """Who speaks where a passage begins."""

    def __init__(self, seen: Seen) -> None:
        rows = seen.source.turns.filter(kind=rules.SPEAKER).order_by("start")
        self.turns = list(rows.values_list("start", "end", "speaker"))
        self.starts = [start for start, _, _ in self.turns]

    def at(self, passage: Passage) -> str:
        place = bisect_right(self.starts, passage.start) - 1
        if place < 0 or passage.start >= self.turns[place][1]:
            return ""
        return self.turns[place][2]
