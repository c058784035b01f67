"""Reads a file of references, whatever its format and encoding, one record at a time.

    for found in read(stream, "export.ris"):
        ...  # a Reference, or a Problem said in plain words

No more than one record is held, so a file may be as large as it likes. Excel tables are the
exception: their texts are kept apart from their rows, and are held while they are read.
"""

import tempfile
from collections.abc import Iterator
from itertools import islice
from typing import IO, BinaryIO, cast

from firsthand.evidence.formats import (
    bibtex,
    ciw,
    csl_json,
    endnote_tagged,
    endnote_xml,
    medline,
    ris,
    table,
    xlsx,
)
from firsthand.evidence.formats.building import Read
from firsthand.evidence.formats.columns import Chosen
from firsthand.evidence.formats.decoding import Source
from firsthand.evidence.formats.reference import Format, Problem, Reference, Unreadable
from firsthand.evidence.formats.sniffing import sniff

__all__ = ["File", "Format", "Problem", "Reference", "Unreadable", "read", "sniff"]
_BY_TEXT = {Format.RIS: ris.read, Format.MEDLINE: medline.read}
_BY_LINE = {
    Format.CIW: ciw.read,
    Format.ENDNOTE_TAGGED: endnote_tagged.read,
    Format.BIBTEX: bibtex.read,
}
_WITH_ENDS = {Format.ENDNOTE_XML: endnote_xml.read, Format.CSL_JSON: csl_json.read}


def read(stream: BinaryIO, name: str, *, columns: Chosen = None) -> Iterator[Reference | Problem]:
    """Yield each reference of a file, and each problem after the record it is about.

    `columns` says for tables which column holds what, part of a reference → heading; the others
    are guessed. Or it says so of every column, in order (`columns.match`). Raises Unreadable at
    once when the format cannot be made out, and with the first record when a table's columns
    cannot.
    """
    return File(stream, name).read(columns)


class File:
    """A file whose format and encoding were found out: say them, then read it once."""

    def __init__(self, stream: BinaryIO, name: str, encoding: str | None = None) -> None:
        self._source = Source(stream, encoding)
        self.format = sniff(self._source.head, name)
        self.encoding = "" if self.format is Format.XLSX else self._source.encoding

    def read(self, columns: Chosen = None) -> Iterator[Reference | Problem]:
        """Yield what is in the file, and what was odd about its letters."""
        notes = self._source.notes
        for found in self._found(columns):
            if notes:
                yield from notes
                notes.clear()
            yield found
        yield from notes

    def _found(self, columns: Chosen) -> Read:
        if self.format in _BY_TEXT:
            return _BY_TEXT[self.format](self._source.texts())
        if self.format in _BY_LINE:
            return _BY_LINE[self.format](self._source.each_line())
        if self.format in _WITH_ENDS:
            return _WITH_ENDS[self.format](self._source.lines())
        return table.references(self._rows(), columns, self.format)

    @property
    def is_table(self) -> bool:
        return self.format in (Format.CSV, Format.XLSX)

    def first_rows(self, count: int) -> list[list[str]]:
        """Return the cells of a table's first rows, its header among them. Read it anew then."""
        found = (row[1] for row in self._rows() if not isinstance(row, Problem))
        return list(islice(found, count))

    def _rows(self) -> Iterator[table.Row | Problem]:
        if self.format is Format.CSV:
            return table.rows(self._source.lines())
        return xlsx.rows(self._on_disk())

    def _on_disk(self) -> BinaryIO:
        """A zip file is read from its end, which a stream need not allow."""
        held: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=8 << 20)  # noqa: SIM115
        while piece := self._source.bytes.read(1 << 20):
            held.write(piece)
        held.seek(0)
        return cast(BinaryIO, held)
