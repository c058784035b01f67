"""Plain text and Markdown (CommonMark 0.31): kept as they stand. Markdown's headings are told."""

import re

from firsthand.codebook.documents.document import (
    HEADING,
    LONGEST_NAME,
    NO_TEXT,
    TOO_LONG,
    Document,
    Turn,
    Unreadable,
    plain,
)
from firsthand.codebook.rules import MOST_TEXT

_MARK = re.compile(
    r"^(?P<fence> {0,3}(?:`{3,}|~{3,})).*$"
    r"|^ {0,3}#{1,6}[ \t]+(?P<atx>[^\n]*?)[ \t]*#*[ \t]*$"
    r"|^(?P<set>[^\n#>\-*+`~|\s][^\n]*)\n {0,3}(?:=+|-{2,})[ \t]*$",
    re.MULTILINE,
)


def read_txt(text: str) -> Document:
    """Return a text as it stands. Raises Unreadable."""
    text = plain(text)
    if not text.strip():
        raise Unreadable(NO_TEXT)
    if len(text) > MOST_TEXT:
        raise Unreadable(TOO_LONG)
    return Document(text)


def read_md(text: str) -> Document:
    """Return Markdown as it stands, with its headings. Raises Unreadable."""
    text = read_txt(text).text
    turns = tuple(_headings(text))
    return Document(text, turns, turns[0].name if turns else "", "md")


def _headings(text: str) -> list[Turn]:
    turns, fence = [], ""
    for found in _MARK.finditer(text):
        mark = (found["fence"] or "").strip()
        if mark:
            fence = "" if fence and mark.startswith(fence) else fence or mark
            continue
        group = "atx" if found["atx"] else "set"
        if not fence and found[group]:
            begin, end = found.span(group)
            turns.append(Turn(begin, end, HEADING, found[group].strip()[:LONGEST_NAME]))
    return turns
