"""Finds out from its content what a file is; its name decides only between kinds of plain text."""

import re

from firsthand.codebook.documents import packed
from firsthand.codebook.documents.document import Unreadable

TXT, MD, HTML, SRT, VTT = "txt", "md", "html", "srt", "vtt"
DOCX, ODT, EPUB, PDF, RTF = "docx", "odt", "epub", "pdf", "rtf"
FORMATS = {
    TXT: "plain text", MD: "Markdown", DOCX: "Word", ODT: "OpenDocument text", RTF: "rich text",
    HTML: "web page", EPUB: "e-book", PDF: "PDF", SRT: "subtitles (SRT)", VTT: "captions (WebVTT)",
}  # fmt: skip
EMPTY = "There is nothing in this file. Choose it again, or another."
OLD_WORD = (
    "This is a file of an older Word, or one that is locked with a password. Open it in Word or "
    "LibreOffice, save it as .docx without a password, and bring that."
)
PICTURE = (
    "This is a picture. Have its words recognised (OCR) or type them, and bring them as a text."
)
SOUND = (
    "This is a recording. Have it written down, with who speaks, and bring the transcript: "
    "as captions (.vtt, .srt) or as a text with lines like “Interviewer: …”."
)
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_WORD),
    (b"\x89PNG", PICTURE), (b"\xff\xd8\xff", PICTURE), (b"GIF8", PICTURE), (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE), (b"ID3", SOUND), (b"RIFF", SOUND), (b"OggS", SOUND), (b"fLaC", SOUND),
    (b"\x1aE\xdf\xa3", SOUND), (b"\xff\xfb", SOUND),
)  # fmt: skip
_TIME = r"(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_SRT = re.compile(rf"\s*(?:\d+[ \t]*\r?\n|\d+[ \t]*\r)?{_TIME}[ \t]*-->[ \t]*{_TIME}")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


def packed_or_marked(content: bytes) -> str:
    """Return the format of a file that its first bytes tell, else "". Raises Unreadable."""
    if not content:
        raise Unreadable(EMPTY)
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.lstrip()[:5] == b"{\\rtf":
        return RTF
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return packed.kind_of(content)
    for mark, sentence in _MAGIC:
        if content.startswith(mark):
            raise Unreadable(sentence)
    if content[4:8] == b"ftyp":
        raise Unreadable(SOUND)
    return ""


def of_text(text: str, name: str) -> str:
    """Return the format of a text."""
    ending = name.lower().rpartition(".")[2]
    head = text[:4096]
    if re.match(r"WEBVTT(?:[ \t\r\n]|$)", head):
        return VTT
    if _SRT.match(head):
        return SRT
    if _HTML.match(head) or (ending in ("html", "htm", "xhtml") and "<" in text):
        return HTML
    return MD if ending in ("md", "markdown") else TXT
