"""From a file that was read to all that is to be made of it here. Pure.

What no page here shows (sets, cases, films, links, notes of other programs) is kept as it was, is
told, and is given back when the project is taken out again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from firsthand.codebook.interchange import beside, code_plans
from firsthand.codebook.interchange.plans import CodePlan, Plan, SourcePlan
from firsthand.codebook.interchange.source_plans import Planning, parts, tag_of
from firsthand.codebook.refi.reading import Found
from firsthand.codebook.refi.telling import KEPT, Telling, Told
from firsthand.codebook.refi.texts import Text, TextSelection
from firsthand.codebook.refi.values import Codebook, Project, Set, Source, User

_KINDS = (
    ("variables", "variable", "Variable", "Variables of sources and cases"),
    ("cases", "case", "Case", "Cases"),
    ("notes", "note", "Note", "Notes and memos"),
    ("links", "link", "Link", "Links"),
    ("sets", "set", "Set", "Sets"),
    ("graphs", "graph", "Graph", "Graphs"),
)
_UNSAID = "Not said in the file: which question do you bring to these texts?"


def plan(found: Found, name: str) -> Plan:
    """Return what is to be made of a project, or of a codebook by itself."""
    telling = Telling()
    codes = code_plans.plans(found.codes, telling)
    project = found.project or Project(name, sets=_sets(found.codebook))
    said = beside.read(project.notes)
    notes = tuple(each for each in project.notes if each.guid != beside.GUID)
    project = replace(project, notes=notes)
    planning = Planning(found.texts, code_plans.guids(codes), telling, _noted(project, found.texts))
    sources, others = planning.plans(project)
    for each in sources:
        each.beside = said.sources.get(each.guid, {})
    rest = [*_rest(project), *(("source", tag_of(each), each) for each in others)]
    told = (*found.told, *telling.all(), *_kept(project, codes, sources, others))
    return Plan(
        project.name.strip()[:300] or name, project.description.strip() or _UNSAID, found.origin,
        said.double, codes, tuple(sources), _users(project, sources, said.finished), tuple(rest),
        said.finished, said.suggested, told,
    )  # fmt: skip


def _noted(project: Project, texts: Mapping[str, str]) -> dict[str, str]:
    """Return by GUID what the notes to a thing say, which it names or which are linked with it."""
    said = {each.guid: texts.get(each.guid, "").strip() or each.description.strip()
            for each in project.notes}  # fmt: skip
    named = [(one.guid, note) for each in project.sources for part, _ in parts(each)
             for one in part.selections for note in one.notes]  # fmt: skip
    ends = [(each.origin, each.target) for each in project.links]
    linked = [(to, note) for one, other in ends for to, note in ((one, other), (other, one))]
    found: dict[str, list[str]] = {}
    for to, note in dict.fromkeys((*named, *linked)):
        if said.get(note):
            found.setdefault(to, []).append(said[note])
    return {to: "\n\n".join(notes) for to, notes in found.items()}


def _sets(codebook: Codebook | None) -> tuple[Set, ...]:
    every = codebook.sets if codebook else ()
    return tuple(Set(each.guid, each.name, each.description, each.codes) for each in every)


def _users(
    project: Project, sources: Iterable[SourcePlan], finished: Mapping[str, list[str]]
) -> tuple[User, ...]:
    """Return who marked anything, or said that they found nothing to mark, as the file names them.

    What nobody is said to have marked is that of someone without a name and a GUID.
    """
    named = {each.guid: each for each in project.users}
    busy = dict.fromkeys(one.user for each in sources for one in each.passages)
    idle = dict.fromkeys(guid for each in finished.values() for guid in each if guid in named)
    return tuple(named.get(guid, User(guid)) for guid in busy | idle)


def _rest(project: Project) -> Iterable[tuple[str, str, Any]]:
    bare = replace(project, codes=(), sources=(), users=(), notes=(), variables=(), cases=(),
                   links=(), sets=(), graphs=())  # fmt: skip
    yield "project", "Project", bare
    for each in project.users:
        yield "user", "User", each
    for name, kind, tag, _ in _KINDS:
        for value in getattr(project, name):
            yield kind, tag, value


def _kept(
    project: Project, codes: Iterable[CodePlan], sources: Iterable[SourcePlan],
    others: Iterable[Source],
) -> Iterable[Told]:  # fmt: skip
    """Yield what is only kept, kind by kind, with the first names."""
    for name, _, _, words in _KINDS:
        yield from _told(words, [each.name for each in getattr(project, name, ())
                                 if hasattr(each, "name")])  # fmt: skip
    yield from _told("Sources whose words are not there (pictures, sound, film, missing texts)",
                     [each.name for each in others])  # fmt: skip
    yield from _told("Codes and variables of whole sources",
                     [each.title for each in sources
                      if each.held and (each.held.codings or each.held.values)])  # fmt: skip
    yield from _told("What is marked on pages, in pictures, in sound and in film",
                     [each.name for each in project.sources if not isinstance(each, Text)
                      for _ in getattr(each, "selections", ())])  # fmt: skip
    yield from _told("Cases, and codes that are not in the file, on words",
                     [each.title for each in sources for one in (*each.loose, *_held(each))
                      for _ in one.codings])  # fmt: skip
    yield from _told("Marked words without a code or a note",
                     [each.title for each in sources for _ in each.loose])  # fmt: skip
    yield from _told("Names, notes and later changes of marked words",
                     [each.title for each in sources for one in _held(each)
                      if one.name or one.notes or one.changed or one.changed_by])  # fmt: skip


def _held(source: SourcePlan) -> list[TextSelection]:
    return [each.held for each in source.passages if each.held]


def _told(words: str, names: list[str]) -> Iterable[Told]:
    if names:
        shown = tuple(dict.fromkeys(each[:60] for each in names if each))[:5]
        yield Told(KEPT, f"{words}.", len(names), shown)
