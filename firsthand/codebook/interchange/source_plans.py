"""From the texts of a file, and what is marked in them, to sources and passages here. Pure."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from firsthand.codebook import rules
from firsthand.codebook.interchange.plans import PassagePlan, SourcePlan
from firsthand.codebook.refi.media import (
    AudioSource,
    PDFSource,
    PictureSource,
    Transcript,
    VideoSource,
)
from firsthand.codebook.refi.offsets import says
from firsthand.codebook.refi.placing import bare
from firsthand.codebook.refi.telling import Telling
from firsthand.codebook.refi.texts import Text, TextSelection
from firsthand.codebook.refi.values import IN_PROJECT, Project, Source

_TAGS = {each: tag for tag, each in IN_PROJECT.items() if tag.endswith("Source")}
_MADE_UP = {ord("\0"): "\ufffd", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}


def tag_of(source: Source) -> str:
    """Return the name of the element that a source is."""
    return _TAGS[type(source)]


def parts(source: Source) -> Iterator[tuple[Text | Transcript, Any]]:
    """Yield each text of a source, and the source as it is kept beside it: without that text's
    stretches. What becomes a text of its own, as a transcript does, is kept with no source."""
    if isinstance(source, Text):
        yield source, replace(source, selections=(), content="")
    elif isinstance(source, PDFSource | PictureSource) and source.text:
        alone = replace(source.text, selections=(), content="")
        yield source.text, replace(source, text=alone)
    elif isinstance(source, AudioSource | VideoSource):
        for each in source.transcripts:
            yield each, None


class Planning:
    """Makes plans of sources, and tells what they cannot hold."""

    def __init__(
        self, texts: Mapping[str, str], codes: set[str], telling: Telling,
        noted: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.texts, self.codes, self.telling = texts, codes, telling
        self.noted = noted or {}  # by the GUID of a stretch, what notes to it say
        self._titles: set[tuple[str, str]] = set()

    def plans(self, project: Project) -> tuple[list[SourcePlan], list[Source]]:
        """Return the sources to make, and those that are only kept."""
        made: list[SourcePlan] = []
        rest: list[Source] = []
        for each in project.sources:
            found = [plan for part, held in parts(each) if (plan := self._plan(each, part, held))]
            made += found
            if not any(plan.held for plan in found):
                rest.append(_without_transcripts(each, {plan.guid for plan in found}))
        return made, rest

    def _plan(self, source: Source, part: Text | Transcript, held: Any) -> SourcePlan | None:
        text = self.texts.get(part.guid, "").translate(_MADE_UP)
        name = " ".join((source.name or part.name or bare(part.plain)[1]).split())
        if not text.strip() or len(text) > rules.MOST_TEXT:
            if part.guid in self.texts:
                empty = "A text with nothing in it." if len(text) <= rules.MOST_TEXT else (
                    f"A text longer than {rules.MOST_TEXT:,} letters.")  # fmt: skip
                self.telling.left_out(empty, name[:60])
            return None
        plan = SourcePlan(part.guid, self._title(name, text), text, tag_of(source), held)
        if isinstance(part, Text):
            self._passages(plan, part)
        else:
            self._of_transcript(plan, part)
        return plan

    def _title(self, name: str, text: str) -> str:
        """Return a title: the same text under the same title would be taken for the same source."""
        title = own = name[:490] or "A text without a name"
        again = 1
        while (own, text) in self._titles:
            again += 1
            own = f"{title} ({again})"
        self._titles.add((own, text))
        return own

    def _passages(self, plan: SourcePlan, text: Text) -> None:
        found: dict[tuple[str, int, int], PassagePlan] = {}
        for one in text.selections:
            self._selection(plan, one, found)
        plan.passages = list(found.values())

    def _selection(
        self, plan: SourcePlan, one: TextSelection, found: dict[tuple[str, int, int], PassagePlan]
    ) -> None:
        """A stretch is a passage of each who put a code on it, or wrote a note to it.

        Some programs put cases on words as they put codes: those are kept.
        """
        by: dict[str, list[str]] = {}
        for each in one.codings:
            if each.code in self.codes:
                by.setdefault(each.user or one.user, []).append(each.code)
        said = one.description or self.noted.get(one.guid, "")
        if not by and said:
            by[one.user] = []
        others = tuple(each for each in one.codings if each.code not in self.codes)
        alone = replace(one, description=said, codings=others)
        if not by:
            plan.loose.append(alone)
            return
        for place, (user, codes) in enumerate(by.items()):
            self._passage(plan, alone, user, codes, place, found)

    def _passage(
        self, plan: SourcePlan, one: TextSelection, user: str, codes: list[str], place: int,
        found: dict[tuple[str, int, int], PassagePlan],
    ) -> None:  # fmt: skip
        own = one.guid if not place else str(uuid.uuid5(uuid.UUID(one.guid), user or "nobody"))
        odd = _says_more(one, plan.text[one.start : one.end]) and not place
        new = PassagePlan(own, user, one.start, one.end, made=one.made, held=one if odd else None)
        there = found.setdefault((user, one.start, one.end), new)
        if there is not new:
            said = "The same words were marked twice by the same person: here that is one passage."
            self.telling.assumed(said, plan.title[:60])
        there.codes += [each for each in codes if each not in there.codes]
        there.memo = "\n\n".join(filter(None, (there.memo, one.description * (not place))))

    def _of_transcript(self, plan: SourcePlan, transcript: Transcript) -> None:
        """Stretches of a transcript go from one point in time to another."""
        at = {each.guid: each.position for each in transcript.points}
        if any(each.time is not None for each in transcript.points):
            self.telling.left_out("When in the sound or film each part of a transcript is said.",
                                  plan.title[:60])  # fmt: skip
        found: dict[tuple[str, int, int], PassagePlan] = {}
        for one in transcript.selections:
            start, end = at.get(one.start), at.get(one.end)
            if start is None or end is None or start >= end:
                self.telling.left_out("A stretch of a transcript that has no place in its text.",
                                      plan.title[:60])  # fmt: skip
                continue
            same = TextSelection(one.guid, start, end, one.name, one.user, one.made,
                                 description=one.description, codings=one.codings)  # fmt: skip
            self._selection(plan, same, found)
        plan.passages = list(found.values())


def _says_more(one: TextSelection, words: str) -> bool:
    """Say whether a stretch says what no passage here can: a name that is not its words, notes."""
    named = one.name and not says(words, one.name)
    return bool(named or one.notes or one.changed or one.changed_by or one.codings)


def _without_transcripts(source: Source, made: set[str]) -> Source:
    """A transcript that became a text of its own is not given back twice."""
    if isinstance(source, AudioSource | VideoSource):
        left = tuple(each for each in source.transcripts if each.guid not in made)
        return replace(source, transcripts=left)
    return source
