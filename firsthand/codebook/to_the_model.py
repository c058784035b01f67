"""Handing down to a draft of the model what was coded: how many passages, findings and papers.

Counts only: no word of a source, and of what a person told us nothing but how many passages of
theirs carry a code. Counted is what the coder who hands it down may see.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from firsthand.access.refused import Refused
from firsthand.codebook import agreeing, queries, rules, settling, theming, trail
from firsthand.codebook.models import Code, Coder, Finding, FindingPaper, Passage, Source, Theme
from firsthand.harms import handing, shown
from firsthand.harms import policies as editing
from firsthand.harms.handing import Found, Leading, NotPlaced, Plan
from firsthand.harms.models import Editor, Entry, Ground, ModelVersion
from firsthand.harms.rules import FINDING, PAPER, PASSAGE

KINDS = {  # what the passages of a kind of source are called
    rules.REPORT: "findings of reports",
    rules.DOCUMENT: "documents",
    rules.TRANSCRIPT: "transcripts",
    rules.SURVEY: "answers to surveys",
    rules.TESTIMONY: "what people told us",
}
GROUNDS = (PASSAGE, FINDING, PAPER)
TOO_FEW = (
    "Too few people have told of it for a number that gives nobody away. Nothing is put there, "
    "not even that there is something to hold back."
)
UNSETTLED = "Coders differ here, and it is not settled. Only what is agreed is counted."


@dataclass(frozen=True)
class _Marked:
    """A stretch that carries codes of one line. `key` tells stretches apart."""

    key: tuple[object, ...]
    source: Source
    code: Code


@transaction.atomic
def hand_down(coder: Coder, draft: ModelVersion) -> list[Ground]:
    """Put beneath each line of a draft what a project's coding and themes say of it today.

    Return all of it. What the project put there before and holds no more is taken away. Raises
    Refused: no coder of the project, no editor of the draft, or published already.
    """
    editor = check(coder, draft)
    what = planned(coder, editor)
    rows, changed = handing.carry_out(editor, what)
    if changed:
        trail.leave(coder, "put beneath a draft", draft=draft.slug, grounds=len(rows),
                    taken_away=len(what.gone), not_placed=len(what.not_placed))  # fmt: skip
    return rows


@transaction.atomic
def preview(coder: Coder, draft: ModelVersion) -> Plan:
    """Say what `hand_down` would put there. Raises Refused as it does."""
    return planned(coder, check(coder, draft))


def check(coder: Coder, draft: ModelVersion) -> Editor:
    """Return the coder's place among the editors of an open draft. Raises Refused."""
    if not Coder.objects.filter(id=coder.id, left_on=None).exists():
        raise Refused
    editor = editing.check_editor(coder.user, draft.pk)
    editing.check_open(draft)
    return editor


def planned(coder: Coder, editor: Editor) -> Plan:
    """Work out what there is to be put."""
    led = Leading(editor)
    passages, aside = _passages(coder, led)
    findings, strayed = _findings(coder, led)
    mine = reverse("codebook:project", args=[coder.project_id])
    return handing.plan(editor.version, mine, GROUNDS, [*passages, *findings], [*aside, *strayed])


# -- passages --------------------------------------------------------------------------------


def _passages(coder: Coder, led: Leading) -> tuple[list[Found], list[NotPlaced]]:
    marked, unsettled = _marked(coder)
    found: dict[tuple[str, str], list[_Marked]] = {}
    lost: dict[Code, tuple[str, set[tuple[object, ...]]]] = {}
    for each in marked:
        entry = each.code.entry
        assert entry is not None  # only codes with a line are looked at
        code, why = led.to(entry.version, entry.code)
        if code:
            found.setdefault((code, each.source.kind), []).append(each)
        else:
            lost.setdefault(each.code, (why, set()))[1].add(each.key)
    rows, few = [], []
    for (code, kind), held in sorted(found.items(), key=_order):
        if kind != rules.TESTIMONY or _enough(held):
            rows.append(_counted(coder, code, kind, held))
        else:
            few.append(NotPlaced(f"What people told us of line {code}", TOO_FEW))
    return rows, [*(_lost(*each) for each in lost.items()), *unsettled, *few]


def _order(pair: tuple[tuple[str, str], list[_Marked]]) -> tuple[str, int]:
    return pair[0][0], list(KINDS).index(pair[0][1])


def _counted(coder: Coder, code: str, kind: str, held: list[_Marked]) -> Found:
    studies = {each.source.study for each in held if each.source.study}
    detail = {"sources": len({each.source.id for each in held})}
    many = len({each.key for each in held})
    if kind == rules.TESTIMONY:
        many, detail = _rounded(many)
    elif len(studies) > 1:
        detail["groups"] = len(studies)
    return Found(
        code, PASSAGE, f"{_title(coder)}: {KINDS[kind]}", many,
        reverse("codebook:sources", args=[coder.project_id]), detail=detail,
    )  # fmt: skip


def _enough(held: Iterable[_Marked]) -> bool:
    """Whether so many people told of a line that it may be said: people, not passages of theirs."""
    return len({each.source.id for each in held}) >= shown.threshold()


def _rounded(many: int) -> tuple[int, dict[str, int]]:
    """Round down to whole tens (or what the threshold is), and say so: counted again with one
    person more or less, an exact number would tell what that person told."""
    least = shown.threshold()
    return (many - many % least, {"at_least": True}) if least else (many, {})


def _title(coder: Coder) -> str:
    return coder.project.title[:200]


def _lost(code: Code, told: tuple[str, set[tuple[object, ...]]]) -> NotPlaced:
    why, keys = told
    many = f"{len(keys):,} {'passage' if len(keys) == 1 else 'passages'}"
    entry = code.entry
    where = f" (line {entry.code} of {entry.version.slug})" if entry else ""
    return NotPlaced(f"{many} with the code \u201c{code.name}\u201d{where}", why)


def _marked(coder: Coder) -> tuple[list[_Marked], list[NotPlaced]]:
    """Return what is marked: as agreed where two coded a source, as each coded it elsewhere."""
    rows = list(queries.visible_passages(coder).select_related("source").defer("source__text"))
    codes = _with_line(coder)
    twice = agreeing.finished_by(coder.project)
    found = [it for each in rows if each.source_id not in twice for it in _of(each, codes)]
    shared = {each.source_id: each.source for each in rows if each.source_id in twice}
    open_: list[settling.Compared] = []
    for source in sorted(shared.values(), key=lambda it: it.number):
        places = settling.compared(source)
        found += _agreed(source, settling.agreed(places), codes)
        open_ += [it for it in places if it.is_open and it.code.id in codes]
    return found, [NotPlaced(_differ(len(open_)), UNSETTLED)] if open_ else []


def _differ(many: int) -> str:
    return f"{many:,} {'place' if many == 1 else 'places'} that two people coded differently"


def _with_line(coder: Coder) -> dict[UUID, Code]:
    rows = queries.codes(coder.project).filter(entry__isnull=False)
    return {each.id: each for each in rows.select_related("entry__version")}


def _of(passage: Passage, codes: dict[UUID, Code]) -> Iterable[_Marked]:
    for coding in passage.codings.all():
        if coding.code_id in codes:
            yield _Marked((passage.id,), passage.source, codes[coding.code_id])


def _agreed(
    source: Source, spans: Iterable[settling.AgreedSpan], codes: dict[UUID, Code]
) -> list[_Marked]:
    return [
        _Marked((source.id, each.start, each.end), source, codes[each.code.id])
        for each in spans if each.code.id in codes
    ]  # fmt: skip


# -- findings --------------------------------------------------------------------------------


def _findings(coder: Coder, led: Leading) -> tuple[list[Found], list[NotPlaced]]:
    rows = list(theming.themes(coder.project).prefetch_related("mappings__entry__version"))
    under = theming.under(rows)
    beneath: dict[str, dict[UUID, Finding]] = {}
    lost: list[NotPlaced] = []
    for theme in rows:
        held = {it.id: it for each in under[theme.id] for it in each.findings.all()
                if it.removed_on is None}  # fmt: skip
        for entry in _mapped(theme):
            code, why = led.to(entry.version, entry.code)
            if code:
                beneath.setdefault(code, {}).update(held)
            else:
                lost.append(_strayed(theme.name, entry, why))
    found = [it for code in sorted(beneath) for it in _both(coder, code, beneath[code])]
    return found, lost


def _mapped(theme: Theme) -> list[Entry]:
    """Return the lines that a theme is mapped to, each once however many say so."""
    return list({each.entry_id: each.entry for each in theme.mappings.all()}.values())


def _strayed(theme: str, entry: Entry, why: str) -> NotPlaced:
    where = f"line {entry.code} of {entry.version.slug}"
    return NotPlaced(f"What stands in the theme \u201c{theme}\u201d ({where})", why)


def _both(coder: Coder, code: str, held: dict[UUID, Finding]) -> Iterable[Found]:
    papers = {_paper(it) for each in held.values() for it in each.papers.all()}
    at = reverse("codebook:findings", args=[coder.project_id])
    if held:
        yield Found(code, FINDING, f"{_title(coder)}: findings", len(held), at)
    if papers:
        yield Found(code, PAPER, f"{_title(coder)}: papers of the findings", len(papers), at)


def _paper(row: FindingPaper) -> object:
    """Tell papers apart: by their record where it is known, by how they are cited elsewhere."""
    return row.record_id or row.name
