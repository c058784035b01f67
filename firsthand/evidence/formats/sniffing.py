"""Which format a file is in: by what stands in it, and only then by its name."""

import re

from firsthand.evidence.formats.decoding import encoding_of
from firsthand.evidence.formats.reference import Format, Unreadable

# Each line of the beginning is held against these; the first that fits decides.
_LINES = (
    (Format.RIS, re.compile(r"\ufeff?\s*TY[ \t]*[-\u2013\u2014]", re.IGNORECASE)),
    (Format.MEDLINE, re.compile(r"(PMID|PMC )- ?\S")),
    (Format.CIW, re.compile(r"(FN (Clarivate|Thomson|ISI|Web)|PT [A-Z]\s*$)")),
    (Format.ENDNOTE_TAGGED, re.compile(r"%[0AT] \S")),
    (Format.BIBTEX, re.compile(r"\s*@\s*[A-Za-z]+\s*[{(]")),
    (Format.ENDNOTE_XML, re.compile(r".*<(xml|records|record)>\s*(<|$)")),
    (Format.CSL_JSON, re.compile(r"\s*(\[\s*(\{|$|\])|\{\s*(\"|$))")),
)
_SOON = 4096  # bytes that nearly always say it
_RIS_FIELD = re.compile(r"^[A-Z][A-Z0-9]  - ", re.MULTILINE)
_NAMES = {
    ".csv": Format.CSV, ".tsv": Format.CSV, ".tab": Format.CSV, ".ris": Format.RIS,
    ".nbib": Format.MEDLINE, ".ciw": Format.CIW, ".enw": Format.ENDNOTE_TAGGED,
    ".bib": Format.BIBTEX,
}  # fmt: skip
_ELSE = (
    (b"%PDF", "This is a PDF. A file of references is wanted: export one as RIS."),
    (b"\x1f\x8b", "This file is packed (gzip). Unpack it first."),
    (b"PK", "This file is packed (zip), and no Excel table. Unpack it first."),
    (b"\xd0\xcf\x11\xe0", "This is a file of old Office. Save it as .xlsx or CSV."),
    (b"{\\rtf", "This is formatted text (RTF). Export the references as RIS instead."),
)


def sniff(head: bytes, name: str) -> Format:
    """Return the format of a file from its first bytes and its name.

    Raises Unreadable, with a sentence for the person who chose the file.
    """
    if not head.strip(b"\0 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("This file is empty.")
    if head.startswith(b"PK") and (b"xl/" in head or name.lower().endswith(".xlsx")):
        return Format.XLSX
    for mark, said in _ELSE:
        if head.startswith(mark):
            raise Unreadable(said)
    encoding = encoding_of(head)
    whole = head[: head.rfind(b"\n", 0, _SOON) + 1]
    return _by_line(_text(whole, encoding)) or _by_text(_text(head, encoding), name)


def _text(head: bytes, encoding: str) -> str:
    text = head.decode(encoding, "replace").replace("\0", "")
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")


def _by_line(text: str) -> Format | None:
    """Return the format of the first line that shows one."""
    for line in text.split("\n"):
        for found, pattern in _LINES:
            if pattern.match(line):
                return found
    return None


def _by_text(text: str, name: str) -> Format:
    if found := _by_line(text):
        return found
    if len(_RIS_FIELD.findall(text)) > 2:
        return Format.RIS
    if re.match(r"\s*<(!doctype html|html|head|body)", text, re.IGNORECASE):
        raise Unreadable("This is a web page, perhaps the one for signing in. Export again.")
    if text.lstrip().startswith("<"):
        raise Unreadable("This XML is not EndNote's. Export the references as RIS or nbib instead.")
    return _by_name(text, name)


def _by_name(text: str, name: str) -> Format:
    ending = name.lower()[name.rfind(".") :] if "." in name else ""
    if ending in _NAMES and _NAMES[ending] is not Format.CSV:
        raise Unreadable(
            f"The name says {_NAMES[ending].words}, but nothing in the file begins a record."
        )
    header = text.lstrip().split("\n", 1)[0]
    if ending in _NAMES or sum(map(header.count, ",;\t|")) > 0:
        return Format.CSV
    raise Unreadable(
        "What this file is could not be made out. RIS, nbib, EndNote XML, BibTeX, Web of Science, "
        "CSL-JSON and tables (CSV, Excel) can be read."
    )
