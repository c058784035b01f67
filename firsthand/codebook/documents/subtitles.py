"""Transcripts with times: SubRip (SRT) and WebVTT (W3C Candidate Recommendation, 4 April 2019).

Each cue is a line. A voice (`<v Ada>`) is written as "Ada: " where it changes, as in any printed
transcript, and its turn goes to the next. Times, notes, styles and tags are left out, and said.
"""

import re
from html import unescape
from itertools import groupby

from firsthand.codebook.documents.document import SPEAKER, Document, Turn, Writing, plain
from firsthand.codebook.documents.speakers import speakers

_TIMES = re.compile(r"^[ \t]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]*-->.*$", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,200})?[ \t]+(?P<name>[^<>\n]{1,200})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|<\d[\d:.]*>|\{\\an?\d\}")
_BLOCK = re.compile(r"\n[ \t]*\n+")
VOICED = "The tags of speakers are written as “Name:” before what they say."


def read(text: str, kind: str) -> Document:
    """Return what is said, and who says it. Raises Unreadable."""
    written, cues = Writing(), 0
    said: list[tuple[str, str]] = []
    for block in _BLOCK.split(plain(text).strip("\n")):
        times = _TIMES.search(block)
        if times is None:
            continue
        cues += 1
        said += _voices(block[times.end() :], escaped=kind == "vtt")
    voiced = any(name for name, _ in said)
    turns = _write(written, said)
    written.left_out(cues, "the time of the one cue", "times of cues")
    if voiced:
        written.dropped.append(VOICED)
    made = written.document(kind)
    return Document(made.text, turns if voiced else speakers(made.text), "", kind, made.dropped)


def _voices(body: str, escaped: bool) -> list[tuple[str, str]]:
    """Return (speaker or "", words) for each voice of a cue."""
    parts = _VOICE.split(body)
    pairs = [("", parts[0]), *zip(parts[1::2], parts[2::2], strict=True)]
    said = [(" ".join(_bare(name, escaped).split()), _words(part, escaped)) for name, part in pairs]
    return [each for each in said if each[1]]


def _words(part: str, escaped: bool) -> str:
    """Return a cue's words as one line; of two who speak in one cue, each has a line."""
    lines = [" ".join(line.split()) for line in _bare(part, escaped).split("\n") if line.strip()]
    both = len(lines) > 1 and all(line.startswith(("-", "\u2013")) for line in lines)
    return ("\n" if both else " ").join(lines)


def _bare(part: str, escaped: bool) -> str:
    part = _TAG.sub("", part)
    return unescape(part) if escaped else part


def _write(written: Writing, said: list[tuple[str, str]]) -> tuple[Turn, ...]:
    turns = []
    for name, each in groupby(said, key=lambda one: one[0]):
        begin = written.length
        lines = [words for _, words in each]
        written.line("\n".join([f"{name}: {lines[0]}" if name else lines[0], *lines[1:]]))
        if name:
            turns.append(Turn(begin, written.length - 1, SPEAKER, name[:200]))
    return tuple(turns)
