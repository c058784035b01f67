"""Asking about themes: their tree, what stands beneath each, and findings still to be placed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from firsthand.access.refused import Refused
from firsthand.codebook import queries, rules
from firsthand.codebook.models import Coder, Coding, Finding, Passage, Project, Theme
from firsthand.evidence import policies as evidence
from firsthand.evidence.models import Record, Screening
from firsthand.evidence.rules import FULL_TEXT, INCLUDED
from firsthand.harms.models import Entry

REPRESENTED, ASIDE, OPEN = "represented", "aside", "open"
NO_STUDY = "no study named"


@dataclass(frozen=True)
class Line:
    """A theme in the tree, with what stands beneath it and beneath its sub-themes."""

    depth: int
    theme: Theme
    passages: int
    sources: int
    findings: int
    papers: int


@dataclass(frozen=True)
class Cell:
    """How many passages of a theme come from one kind of source and one study."""

    theme: Theme
    kind: str
    study: str
    passages: int
    sources: int

    @property
    def kind_words(self) -> str:
        return rules.KINDS[self.kind]

    @property
    def study_words(self) -> str:
        return self.study or NO_STUDY


def themes(project: Project) -> QuerySet[Theme]:
    rows = project.themes.filter(removed_on=None)
    return rows.prefetch_related("codes", "mappings__entry", "findings__papers")


def theme(project: Project, theme: UUID) -> Theme:
    """Return one theme, taken away or not. Raises Refused."""
    row = project.themes.filter(id=theme).select_related("parent").first()
    if row is None:
        raise Refused
    return row


def finding(project: Project, finding: UUID) -> Finding:
    """Return one finding, taken away or not. Raises Refused."""
    row = project.findings.filter(id=finding).first()
    if row is None:
        raise Refused
    return row


def tree(rows: Iterable[Theme]) -> list[tuple[int, Theme]]:
    """Return themes with how deep each stands, each after the one it belongs to."""
    below: dict[UUID | None, list[Theme]] = {}
    every = list(rows)
    known = {each.id for each in every}
    for each in every:
        parent = each.parent_id if each.parent_id in known else None
        below.setdefault(parent, []).append(each)
    found: list[tuple[int, Theme]] = []
    waiting = [(0, each) for each in reversed(below.get(None, []))]
    while waiting:
        depth, each = waiting.pop()
        found.append((depth, each))
        waiting += [(depth + 1, child) for child in reversed(below.get(each.id, []))]
    return found


def under(rows: Sequence[Theme]) -> dict[UUID, list[Theme]]:
    """Return each theme with its sub-themes, however deep, itself first."""
    parents = {each.id: each.parent_id for each in rows}
    found: dict[UUID, list[Theme]] = {each.id: [] for each in rows}
    for each in rows:
        for above in rows:
            if rules.is_below(each.id, above.id, parents):
                found[above.id].append(each)
    return found


# -- what stands beneath ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Coded:
    passage: UUID
    code: UUID
    source: UUID
    kind: str
    study: str


def table(coder: Coder, *, leaves: bool = False) -> tuple[list[Line], list[Cell]]:
    """Return what stands beneath each theme, and by kind of source and study.

    Counted are the passages that this coder may see, each once however many codes it has. In what
    leaves the site, none of what people told us: a small count of people would tell of them.
    """
    rows = list(themes(coder.project))
    coded = [it for it in _coded(coder) if not leaves or it.kind != rules.TESTIMONY]
    inside = under(rows)
    lines, cells = [], []
    for depth, each in tree(rows):
        held = inside[each.id]
        codes = {code.id for it in held for code in it.codes.all()}
        mine = [it for it in coded if it.code in codes]
        lines.append(_line(depth, each, held, mine))
        cells += _cells(each, mine)
    return lines, cells


def _coded(coder: Coder) -> list[_Coded]:
    seen = queries.visible_passages(coder).order_by().values("id")
    rows = Coding.objects.filter(passage__in=seen, code__deleted_on=None).order_by()
    named = rows.values_list(
        "passage_id", "code_id", "passage__source_id", "passage__source__kind",
        "passage__source__study",
    )  # fmt: skip
    return [_Coded(*each) for each in named]


def _line(depth: int, theme: Theme, held: Sequence[Theme], mine: Sequence[_Coded]) -> Line:
    findings = {it.id: it for each in held for it in each.findings.all() if it.removed_on is None}
    papers = {paper.name for each in findings.values() for paper in each.papers.all()}
    passages, sources = {it.passage for it in mine}, {it.source for it in mine}
    return Line(depth, theme, len(passages), len(sources), len(findings), len(papers))


def _cells(theme: Theme, mine: Sequence[_Coded]) -> list[Cell]:
    groups: dict[tuple[str, str], list[_Coded]] = {}
    for each in mine:
        groups.setdefault((each.kind, each.study), []).append(each)
    order = list(rules.KINDS)
    return [
        Cell(theme, *key, len({it.passage for it in held}), len({it.source for it in held}))
        for key, held in sorted(groups.items(), key=lambda it: (order.index(it[0][0]), it[0][1]))
    ]


def passages(
    coder: Coder, theme: Theme, kind: str | None = None, study: str | None = None
) -> QuerySet[Passage]:
    """Return the passages beneath a theme that a coder may see."""
    rows = list(themes(coder.project))
    held = under(rows).get(theme.id, [theme])
    codes = {code.id for it in held for code in it.codes.all()}
    found = queries.visible_passages(coder).filter(
        Q(codings__code__in=codes, codings__code__deleted_on=None)
    )
    if kind is not None:
        found = found.filter(source__kind=kind)
    if study is not None:
        found = found.filter(source__study=study)
    return (
        found.select_related("source", "coder__user").order_by("source__number", "start").distinct()
    )


# -- findings ------------------------------------------------------------------------------------


def findings(project: Project) -> list[tuple[Finding, str, list[Theme]]]:
    """Return every finding, how it stands, and the themes it is represented in."""
    rows = project.findings.filter(removed_on=None).prefetch_related("papers", "themes")
    found = []
    for each in rows:
        placed = [it for it in each.themes.all() if it.removed_on is None]
        stands = REPRESENTED if placed else ASIDE if each.set_aside else OPEN
        found.append((each, stands, placed))
    return found


def may_see_records(coder: Coder) -> bool:
    """Say whether a coder takes part in the review that the project belongs to."""
    try:
        evidence.check_member(coder.user, coder.project.review_id or UUID(int=0))
    except Refused:
        return False
    return True


def included(coder: Coder) -> QuerySet[Record]:
    """Return the records whose reports the project's review included, for a member of the review.

    None without a review, and none for a coder who does not take part in it.
    """
    if not may_see_records(coder):
        return Record.objects.none()
    rows = Screening.objects.filter(
        review=coder.project.review_id, stage=FULL_TEXT, state=INCLUDED, stands=True
    )
    return Record.objects.filter(id__in=rows.values("record_id")).order_by("number")


def without_finding(coder: Coder) -> list[Record]:
    """Return the included records that no finding names yet, of those a coder may see."""
    rows = Finding.objects.filter(project=coder.project, removed_on=None)
    named = rows.filter(papers__record__isnull=False)
    return list(included(coder).exclude(id__in=named.values("papers__record")))


# -- the model ------------------------------------------------------------------------------------


def entries(project: Project) -> list[Entry]:
    """Return the lines of the model that themes may be mapped to: of the project's version."""
    rows = Entry.objects.select_related("version").order_by("position")
    if project.version_id:
        return list(rows.filter(version=project.version_id))
    newest = Entry.objects.filter(version__published_on__isnull=False)
    last = newest.order_by("-version__published_on").values_list("version_id", flat=True).first()
    return list(rows.filter(version=last))


def as_plain(coder: Coder) -> list[dict[str, Any]]:
    """Return all themes for JSON, with what stands beneath each."""
    lines, cells = table(coder, leaves=True)
    return [_plain(each, [it for it in cells if it.theme == each.theme]) for each in lines]


def _plain(line: Line, cells: Sequence[Cell]) -> dict[str, Any]:
    theme = line.theme
    return {
        "number": theme.number, "theme": theme.name, "description": theme.description,
        "within": theme.parent.name if theme.parent else None,
        "codes": [each.name for each in theme.codes.all()],
        "mapped_to": [
            {"entry": each.entry.code, "name": each.entry.name, "says_who": each.says_who,
             "why": each.why}
            for each in theme.mappings.all()
        ],
        "passages": line.passages, "sources": line.sources,
        "findings": [
            {"finding": each.text, "papers": [it.name for it in each.papers.all()]}
            for each in theme.findings.all() if each.removed_on is None
        ],
        "by_kind_and_study": [
            {"kind": each.kind, "study": each.study, "passages": each.passages,
             "sources": each.sources}
            for each in cells
        ],
    }  # fmt: skip
