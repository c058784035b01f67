"""A record's title and abstract with the words of the review's blocks marked, and the legend.

A screen reader hears a block's name with the first word of it in a record; the legend says how
many there are. To hear it at every word would drown the text.
"""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from firsthand.access.refused import Refused
from firsthand.evidence.models import Block, Member, Record, Review
from firsthand.methods import highlights


@dataclass(frozen=True)
class Run:
    """Some text; `look` is the block that it is marked for, `said` what is heard before it."""

    text: str
    look: Block | None = None
    said: str = ""


@dataclass(frozen=True)
class Marked:
    """A record's title and paragraphs of its abstract in runs; each block with its count."""

    title: tuple[Run, ...]
    abstract: tuple[tuple[Run, ...], ...]
    legend: tuple[tuple[Block, int], ...]


def blocks(review: Review) -> list[Block]:
    return list(review.blocks.all())


def block(review: Review, block: uuid.UUID) -> Block:
    """Return one block. Raises Refused."""
    row = review.blocks.filter(id=block).first()
    if row is None:
        raise Refused
    return row


def marked(member: Member, record: Record) -> Marked:
    """Return a record as it is shown to a member while screening."""
    used = [each for each in blocks(member.review) if each.used] if member.highlights else []
    found = [highlights.pattern(highlights.terms(each.words)) for each in used]
    texts = [record.called, *_paragraphs(record.abstract)]
    pieces = [highlights.marked(text, found) for text in texts]
    counted = highlights.counts((piece for some in pieces for piece in some), len(used))
    heard: set[int] = set()
    runs = [tuple(_runs(some, used, heard)) for some in pieces]
    return Marked(runs[0], tuple(runs[1:]), tuple(zip(used, counted, strict=True)))


def _paragraphs(text: str) -> list[str]:
    parts = re.split(r"\n\s*\n|\r\n\s*\r\n", text)
    return [each.strip() for each in parts if each.strip()]


def _runs(
    pieces: Sequence[highlights.Piece], used: Sequence[Block], heard: set[int]
) -> Iterable[Run]:
    for piece in pieces:
        new = [at for at in piece.opens if at not in heard]
        heard.update(new)
        said = ", ".join(used[at].name for at in new)
        look = used[piece.blocks[0]] if piece.blocks else None
        yield Run(piece.text, look, said)
