"""What a file of references holds: references, and problems said in plain words.

Both are values that never change. `raw` holds every field of a record as it stood, in order, so
that writing in the same format gives back everything.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

Raw = tuple[tuple[str, str], ...]


class Format(StrEnum):
    """A format that can be read. `words` is what people call it."""

    RIS = "ris"
    MEDLINE = "medline"
    CIW = "ciw"
    ENDNOTE_XML = "endnote-xml"
    ENDNOTE_TAGGED = "endnote-tagged"
    BIBTEX = "bibtex"
    CSV = "csv"
    XLSX = "xlsx"
    CSL_JSON = "csl-json"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Format.RIS: "RIS",
    Format.MEDLINE: "PubMed (nbib, MEDLINE)",
    Format.CIW: "Web of Science plain text",
    Format.ENDNOTE_XML: "EndNote XML",
    Format.ENDNOTE_TAGGED: "EndNote tagged text",
    Format.BIBTEX: "BibTeX",
    Format.CSV: "table (CSV, TSV)",
    Format.XLSX: "Excel table",
    Format.CSL_JSON: "CSL-JSON",
}


class Unreadable(ValueError):
    """Nothing of the file can be read. The sentence says why, and what to do."""


class Reference(NamedTuple):  # made far quicker than a frozen dataclass
    """One bibliographic record. Empty text, an empty tuple or None: the file does not say.

    `kind` is a CSL 1.0.2 type, such as "article-journal". `isbn_issn` holds each number once,
    parted by "; ". `doi` is bare and in small letters. `line` is where the record begins, the
    first line (or row, in a table) being 1.
    """

    kind: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    container: str
    volume: str
    issue: str
    pages: str
    abstract: str
    doi: str
    pmid: str
    isbn_issn: str
    url: str
    keywords: tuple[str, ...]
    language: str
    raw: Raw
    line: int
    source_format: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not as it should be: where, what, and what was kept all the same."""

    line: int
    said: str
    kept: str
