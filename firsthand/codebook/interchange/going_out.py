"""A project on its way out: rows as values, in an order that depends on nothing but what they say.

What a person told us is left out, with all that was marked in it; of the rest, only passages that
the one who asks may see. What came with another program's file goes back with it.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import PurePosixPath
from typing import Any, TypeVar
from uuid import UUID

from firsthand.codebook import queries, rules
from firsthand.codebook.interchange import beside, describing, fragments
from firsthand.codebook.interchange.beside import Beside
from firsthand.codebook.interchange.describing import Said
from firsthand.codebook.models import Code, Coder, Example, Kept, Passage, Source, Working
from firsthand.codebook.refi import decoding
from firsthand.codebook.refi.media import PDFSource, PictureSource
from firsthand.codebook.refi.placing import bare
from firsthand.codebook.refi.reading import OURS
from firsthand.codebook.refi.texts import Coding, Text, TextSelection
from firsthand.codebook.refi.values import Code as CodeValue
from firsthand.codebook.refi.values import Codebook, CodeSet, Project, Set, User

_LONGEST = 100  # letters of a passage that stand in its name
_REST = ("variable", "case", "note", "link", "set", "graph")
_AT_ONCE = 50  # sources, whose passages are asked for together
_Of = TypeVar("_Of", Passage, Working)


class GoingOut:
    """Makes values of a project for one coder; with the names of coders only if asked to."""

    def __init__(self, by: Coder, *, names: bool = False) -> None:
        self.by, self.names = by, names
        self.tree = queries.tree(by.project)
        self.place = {code.id: at for at, (_, code) in enumerate(self.tree)}
        self._kept: dict[str, dict[UUID, Kept]] = {"code": {}, "user": {}, "source": {}}
        self._stretches: dict[UUID, list[Kept]] = {}
        self._others: list[Kept] = []
        self._values: dict[tuple[str, UUID], Any] = {}  # read once, and asked for often
        for row in by.project.kept.order_by("position"):
            self._sort(row)
        self.beside = Beside(double=by.project.double)
        self._users: dict[str, User] = {}
        self._guids = {str(code.guid) for _, code in self.tree}
        self._examples = queries.examples(by.project)
        self._coders = {each.id: each for each in by.project.coders.select_related("user")}

    def _sort(self, row: Kept) -> None:
        if row.kind == "selection" and row.about:
            self._stretches.setdefault(row.about, []).append(row)
        elif row.kind in self._kept and row.about:
            self._kept[row.kind][row.about] = row
        else:
            self._others.append(row)

    # -- codes ------------------------------------------------------------------------------------

    def codebook(self) -> Codebook:
        """Return the codebook by itself."""
        sets = tuple(
            CodeSet(each.guid, each.name, each.description, each.codes)
            for each in self._rest("set") if isinstance(each, Set) and each.codes
        )  # fmt: skip
        return Codebook(OURS, self.codes(), sets)

    def codes(self) -> tuple[CodeValue, ...]:
        below: dict[UUID | None, list[Code]] = {}
        for _, code in self.tree:
            below.setdefault(code.parent_id, []).append(code)
        return self._below(None, below)

    def _below(
        self, parent: UUID | None, below: dict[UUID | None, list[Code]]
    ) -> tuple[CodeValue, ...]:
        return tuple(
            replace(self._code(each), children=self._below(each.id, below))
            for each in below.get(parent, ())
        )

    def _code(self, code: Code) -> CodeValue:
        held = self._value("code", code.id)
        return CodeValue(
            str(code.guid), code.name, held.codable if held else True, code.colour,
            describing.written(_said(code, self._examples.get(code.id, ()))),
            held.notes if held else (),
        )  # fmt: skip

    # -- the whole --------------------------------------------------------------------------------

    def project(self) -> Project:
        """Return the project. Sources without text here, such as films, come as they came."""
        sources = list(self._sources())
        sources += [
            value for row in self._others if row.kind == "source"
            if (value := fragments.value(row)) and self._may_give(row, value)
        ]  # fmt: skip
        rest = {kind: self._rest(kind) for kind in _REST}
        base = next(iter(self._rest("project")), Project(""))
        return replace(
            base, name=self.by.project.title, origin=OURS, description=self.by.project.question,
            users=self._everyone(), codes=self.codes(), sources=tuple(sources),
            variables=rest["variable"], cases=rest["case"],
            notes=(*rest["note"], beside.note(self.beside)), links=rest["link"],
            sets=rest["set"], graphs=rest["graph"],
        )  # fmt: skip

    def sources(self) -> Iterator[Source]:
        """Yield the sources whose words may leave."""
        rows = self.by.project.sources.filter(removed_on=None).exclude(kind=rules.TESTIMONY)
        yield from rows.prefetch_related("turns").order_by("number").iterator(_AT_ONCE)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the texts, and the files that came with them; none of a source taken away."""
        taken = self._of_gone()
        for each in self.sources():
            name = f"{self._guid(each)}.txt"
            taken.add(name)
            yield name, decoding.encode(each.text)
        for name in self.by.project.kept_files.values_list("name", flat=True):
            if name not in taken:
                row = self.by.project.kept_files.get(name=name)
                yield name, bytes(row.content)

    def _of_gone(self) -> set[str]:
        """Return the files that only sources name which were taken away."""
        gone = self.by.project.sources.exclude(removed_on=None).values_list("id", flat=True)
        rows = self._kept["source"]
        away = rows.keys() & set(gone)
        here = {name for each in rows.keys() - away for name in self._files_of(each)}
        return {name for each in away for name in self._files_of(each)} - here

    def _files_of(self, source: UUID) -> Iterator[str]:
        held = self._value("source", source)
        for each in (held, getattr(held, "text", None)):
            for place in ("path", "current_path", "rich", "plain"):
                if path := getattr(each, place, ""):
                    yield PurePosixPath(bare(path)[1]).name

    def _rest(self, kind: str) -> tuple[Any, ...]:
        found = (fragments.value(row) for row in self._others if row.kind == kind)
        return tuple(each for each in found if each is not None)

    def _may_give(self, row: Kept, value: Any) -> bool:
        """What is coded in a film or a picture goes back only to whoever brought it in."""
        coded = value.codings or any(each.codings for each in value.selections)
        return not coded or row.by_id == self.by.id

    # -- sources ----------------------------------------------------------------------------------

    def _guid(self, source: Source) -> str:
        """Return the name of a source's text in the file."""
        held = self._value("source", source.id)
        if isinstance(held, PDFSource | PictureSource) and held.text:
            return held.text.guid
        row = self._kept["source"].get(source.id)
        return str(row.guid if row else source.id)

    def _sources(self) -> Iterator[Any]:
        """Yield the sources as values, so many at once that the database is asked seldom."""
        waiting = self.sources()
        while some := list(islice(waiting, _AT_ONCE)):
            rows = queries.visible_passages(self.by).filter(source__in=some)
            # Codes and coders are known: to make them anew for each passage takes half the time.
            rows = rows.select_related(None).prefetch_related(None).prefetch_related("codings")
            marked = _by_source(rows)
            workings = _by_source(queries.workings_of(some))
            for each in some:
                yield self._source(each, marked.get(each.id, []), workings.get(each.id, []))

    def _source(
        self, source: Source, marked: Sequence[Passage], workings: Sequence[Working]
    ) -> Any:
        held, guid = self._value("source", source.id), self._guid(source)
        self._note(source, guid)
        inner = held.text if isinstance(held, PDFSource | PictureSource) else held
        base = inner if isinstance(inner, Text) else Text(guid)
        boxed = inner is not held
        seen = queries.seen_among(self.by, workings)
        whole = self._may_give_coded(source, seen, workings)
        if not whole:
            base = replace(base, codings=())
            held = replace(held, selections=(), codings=()) if boxed else held
        text = replace(
            base, name=base.name if boxed else source.title, content="",
            plain=f"internal://{guid}.txt",
            selections=self._selections(source, guid, marked, seen, whole=whole),
        )  # fmt: skip
        return replace(held, name=source.title, text=text) if boxed else text

    def _may_give_coded(
        self, source: Source, seen: Iterable[Coder], workings: Iterable[Working]
    ) -> bool:
        """What is coded on a page of a PDF, or on a text as a whole, lies on no passage here.

        It goes to whoever brought it in, and to whoever may see what everyone coded in the source.
        """
        row = self._kept["source"].get(source.id)
        if row is None or row.by_id == self.by.id:
            return True
        done = {each.coder_id for each in workings if each.stands == rules.FINISHED}
        others = {each.id for each in seen}
        return bool(others) and done <= {*others, self.by.id}

    def _note(self, source: Source, guid: str) -> None:
        """Remember beside what the standard has no place for."""
        said: dict[str, Any] = {"kind": source.kind, "study": source.study, "origin": source.origin}
        said["turns"] = [
            [each.kind, each.start, each.end, each.speaker] for each in source.turns.all()
        ]
        self.beside.sources[guid] = {name: value for name, value in said.items() if value}

    def _selections(
        self, source: Source, guid: str, marked: Iterable[Passage], seen: Iterable[Coder], *,
        whole: bool,
    ) -> tuple[TextSelection, ...]:  # fmt: skip
        found = [fragments.value(row) for row in self._stretches.get(source.id, ())]
        if not whole:
            found = [each for each in found if not each.codings]
        busy = set()
        for each in marked:
            found.append(self._selection(each))
            busy.add(each.coder_id)
        idle = [self._user(each) for each in seen if each.id not in busy]
        if idle:
            self.beside.finished[guid] = sorted(idle)
        return tuple(sorted(found, key=lambda one: (one.start, -one.end, one.guid)))

    def _selection(self, passage: Passage) -> TextSelection:
        held = [fragments.value(row) for row in self._stretches.get(passage.id, ())]
        base = held[0] if held else TextSelection(str(passage.guid), 0, 0)
        user = self._user(self._coders[passage.coder_id])
        there = [each for each in passage.codings.all() if each.code_id in self.place]
        rows = [
            (str(self.tree[place][1].guid), each.by_suggestion)
            for place, each in sorted((self.place[one.code_id], one) for one in there)
        ]
        if hinted := [guid for guid, by_suggestion in rows if by_suggestion]:
            self.beside.suggested[str(passage.guid)] = hinted
        return replace(
            base, guid=str(passage.guid), start=passage.start, end=passage.end,
            name=base.name or _short(passage.quote), user=user, made=_moment(passage.made_at),
            description=passage.memo,
            codings=tuple(
                Coding(str(uuid.uuid5(passage.guid, guid)), user, code=guid)
                for guid, _ in rows
            ) + tuple(each for each in base.codings if each.code not in self._guids),
        )  # fmt: skip

    # -- who --------------------------------------------------------------------------------------

    def _user(self, coder: Coder) -> str:
        """Return a coder's GUID, and remember them among the users."""
        held = self._value("user", coder.id)
        guid = held.guid if held else str(coder.id)
        self._users[guid] = User(guid, held.name if held and held.name else coder.user.name)
        return guid

    def _everyone(self) -> tuple[User, ...]:
        """Return those who marked something, and those the file came with, by GUID."""
        for each in self._rest("user"):
            self._users.setdefault(each.guid, each)
        found = [self._users[guid] for guid in sorted(self._users)]
        if self.names:
            return tuple(found)
        return tuple(User(each.guid, f"Coder {at}") for at, each in enumerate(found, start=1))

    def _value(self, kind: str, about: UUID) -> Any:
        if (kind, about) not in self._values:
            row = self._kept[kind].get(about)
            self._values[kind, about] = fragments.value(row) if row else None
        return self._values[kind, about]


def _by_source(rows: Iterable[_Of]) -> dict[UUID, list[_Of]]:
    found: dict[UUID, list[_Of]] = {}
    for each in rows:
        found.setdefault(each.source_id, []).append(each)
    return found


def _said(code: Code, found: Iterable[Example]) -> Said:
    names = ("definition", "when_to_use", "when_not", "memo", "pattern")
    texts = {name: getattr(code, name) for name in names}
    if code.entry:
        texts["entry"] = f"{code.entry.version.slug} {code.entry.code}"
    return Said(texts, tuple((each.text, each.note) for each in found))


def _short(quote: str) -> str:
    tidy = " ".join(quote.split())
    return tidy if len(tidy) <= _LONGEST else tidy[:_LONGEST] + "…"


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z")
