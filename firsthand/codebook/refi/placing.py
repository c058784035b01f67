"""Finds each text of a project and brings what is marked in it to its place in code points."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from firsthand.codebook.refi import offsets
from firsthand.codebook.refi.decoding import Plain, decode, unmarked
from firsthand.codebook.refi.media import (
    AudioSource,
    PDFSource,
    PictureSource,
    Transcript,
    VideoSource,
)
from firsthand.codebook.refi.offsets import Counting, Marked, Ruler, Stretch
from firsthand.codebook.refi.telling import Telling
from firsthand.codebook.refi.texts import Text, TextSelection
from firsthand.codebook.refi.values import Project

_SCHEMES = ("internal://", "relative://", "absolute://", "internal:/")
LARGEST_TEXT = 100 * 1024**2  # bytes of one text
LARGEST_TOGETHER = 256 * 1024**2  # bytes of all texts of a project


class Files(Protocol):
    """Where the files lie that a project names."""

    def find(self, path: str) -> str: ...
    def size(self, name: str) -> int: ...
    def content(self, name: str) -> bytes: ...


def bare(path: str) -> tuple[str, str]:
    """Return how a path is given ("internal", "relative", "absolute" or "") and the path itself."""
    for scheme in _SCHEMES:
        if path.lower().startswith(scheme):
            return scheme.partition(":")[0], path[len(scheme) :]
    return "", path


@dataclass
class Placing:
    """Reads the texts of a project, and finds out how its positions were counted."""

    files: Files
    telling: Telling
    plain: dict[str, Plain] = field(default_factory=dict)  # by the GUID of the text
    _read: dict[str, Plain] = field(default_factory=dict)  # by name: many may name the same file
    _bytes: int = 0

    def gather(self, project: Project) -> None:
        """Read every text that is there."""
        for each in texts(project):
            found = self._plain(each)
            if found is not None:
                self.plain[each.guid] = found

    def _plain(self, text: Text | Transcript) -> Plain | None:
        if text.content or not text.plain:
            return unmarked(text.content) if text.content or not text.rich else None
        scheme, path = bare(text.plain)
        name = self.files.find(path)
        where = text.name or path
        if name in self._read:
            return self._read[name]
        why = scheme
        try:
            if name:
                why = self._too_large(self.files.size(name))
                if not why:
                    self._read[name] = self._decoded(self.files.content(name), where)
                    return self._read[name]
        except KeyError:
            why = scheme
        self.telling.left_out(_MISSING[why], where[:60])
        return None

    def _too_large(self, size: int) -> str:
        if size > LARGEST_TEXT:
            return "large"
        if self._bytes + size > LARGEST_TOGETHER:
            return "together"
        self._bytes += size
        return ""

    def _decoded(self, content: bytes, where: str) -> Plain:
        found = decode(content)
        if found.encoding != "utf-8":
            said = f"A text is in {found.encoding}, not in UTF-8 as the standard asks."
            self.telling.mended(said, where[:60])
        return found

    def counting(self, project: Project, preferred: tuple[Counting, ...] = ()) -> Counting:
        """Return how the positions of a project were counted, and tell it unless it is the rule."""
        marked = [self._marked(each) for each in texts(project) if each.guid in self.plain]
        found = offsets.way(marked, preferred)
        if found != offsets.STANDARD:
            self.telling.assumed(found.words)
        return found

    def _marked(self, text: Text | Transcript) -> Marked:
        plain = self.plain[text.guid]
        return Marked(plain.text, plain.marked, tuple(_stretches(text)))

    def placed(self, project: Project, counting: Counting) -> Project:
        """Return the project with every position in code points; what marks nothing is left out."""
        return replace(
            project, sources=tuple(self._source(each, counting) for each in project.sources)
        )

    def _source(self, source: Any, counting: Counting) -> Any:
        if isinstance(source, Text):
            return self._text(source, counting)
        if isinstance(source, PDFSource | PictureSource):
            return replace(source, text=source.text and self._text(source.text, counting))
        inner = tuple(self._transcript(each, counting) for each in source.transcripts)
        return replace(source, transcripts=inner)

    def _text(self, text: Text, counting: Counting) -> Text:
        if text.guid not in self.plain:
            return text
        ruler = offsets.ruler(self._marked(text), counting)
        found = (self._selection(each, ruler, text) for each in text.selections)
        return replace(text, selections=tuple(each for each in found if each))

    def _selection(self, one: TextSelection, ruler: Ruler, text: Text) -> TextSelection | None:
        start, end = ruler.points(Stretch(min(one.start, one.end), max(one.start, one.end)))
        where = f"{text.name[:40]}, {one.start} to {one.end}"
        if one.start > one.end:
            self.telling.mended("A stretch ended before it began: it was turned round.", where)
        words = self.plain[text.guid].text
        if start < 0 or min(one.start, one.end) < 0 or end > ruler.length:
            start, end = _by_words(words, one.name)
            said = "A stretch lay beyond its text: it was found again by its words."
            if end:
                self.telling.assumed(said, where)
        if start >= end:
            said = "A stretch that marks nothing, or lies beyond the text."
            self.telling.left_out(said, where)
            return None
        return replace(one, start=start, end=end)

    def _transcript(self, transcript: Transcript, counting: Counting) -> Transcript:
        if transcript.guid not in self.plain:
            return transcript
        ruler = offsets.ruler(self._marked(transcript), counting)
        points = tuple(
            each if each.position is None
            else replace(each, position=_within(ruler, each.position))
            for each in transcript.points
        )  # fmt: skip
        return replace(transcript, points=points)


_MISSING = {
    "internal": "A text that should be in the file is not there.",
    "relative": "A text lies in a folder beside the project's, and not in the file.",
    "absolute": "A text lies on the computer of whoever wrote the file, and not in it.",
    "": "A text that the project names is not in the file.",
    "large": "A text is larger than 100 MB.",
    "together": "The texts of the project are larger than 256 MB together.",
}


def texts(project: Project) -> Iterator[Text | Transcript]:
    """Yield every text of a project: sources, what stands for PDFs and pictures, notes."""
    for each in project.sources:
        if isinstance(each, Text):
            yield each
        elif isinstance(each, PDFSource | PictureSource) and each.text:
            yield each.text
        elif isinstance(each, AudioSource | VideoSource):
            yield from each.transcripts
    yield from project.notes


def _stretches(text: Text | Transcript) -> Iterator[Stretch]:
    if isinstance(text, Text):
        yield from (Stretch(each.start, each.end, each.name) for each in text.selections)
    else:
        for point in text.points:
            if point.position is not None:
                yield Stretch(point.position, point.position)


def _within(ruler: Ruler, position: int) -> int:
    return max(0, min(ruler.points(Stretch(position, position))[0], ruler.length))


def _by_words(text: str, name: str) -> tuple[int, int]:
    """Return where a text holds these words, if it does so once; else nowhere."""
    if len(name) < 12 or text.count(name) != 1:
        return 0, 0
    at = text.index(name)
    return at, at + len(name)


def plain_texts(plain: Mapping[str, Plain]) -> dict[str, str]:
    return {guid: each.text for guid, each in plain.items()}
