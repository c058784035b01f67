"""Themes, what they are mapped to, and findings: making, changing, taking away, putting back."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from firsthand.access.refused import Refused, not_now
from firsthand.codebook import example_themes, rules, theming, trail
from firsthand.codebook.models import Coder, Finding, FindingPaper, Project, Theme, ThemeEntry
from firsthand.evidence.models import Record
from firsthand.harms.models import Entry

_THEME = ("name", "description", "parent")


@transaction.atomic
def add(by: Coder, wanted: Mapping[str, Any]) -> Theme:
    """Make a theme (name, description, parent, codes) under the next number."""
    project = _locked(by)
    said = {name: wanted[name] for name in _THEME if name in wanted}
    row = Theme.objects.create(project=project, number=_next(project.themes), **said)
    row.codes.set(wanted.get("codes", ()))
    trail.leave(by, "theme made", theme=row.number, name=row.name)
    return row


@transaction.atomic
def change(by: Coder, theme: Theme, wanted: Mapping[str, Any]) -> None:
    """Change a theme; the trail keeps how it was. Raises Refused when it would be below itself."""
    _locked(by)
    parent = wanted.get("parent")
    parents = dict(Theme.objects.filter(project=by.project_id).values_list("id", "parent_id"))
    if parent and rules.is_below(parent.id, theme.id, parents):
        raise not_now("A theme cannot stand below itself.")
    before = {
        "name": theme.name, "description": theme.description,
        "parent": theme.parent.name if theme.parent else None,
        "codes": [each.name for each in theme.codes.all()],
    }  # fmt: skip
    for name in _THEME:
        setattr(theme, name, wanted.get(name))
    theme.save()
    theme.codes.set(wanted.get("codes", ()))
    trail.leave(by, "theme changed", theme=theme.number, before=before)


@transaction.atomic
def take_away(by: Coder, theme: Theme) -> None:
    """Take a theme off the pages; its codes and findings stay, and it can be put back."""
    if theme.children.filter(removed_on=None).exists():
        raise not_now("There are themes below this one. Move them first, or take them away.")
    Theme.objects.filter(id=theme.id).update(removed_on=timezone.localdate())
    trail.leave(by, "theme taken away", theme=theme.number)


@transaction.atomic
def put_back(by: Coder, theme: Theme) -> None:
    Theme.objects.filter(id=theme.id).update(removed_on=None)
    trail.leave(by, "theme put back", theme=theme.number)


@transaction.atomic
def map_to(by: Coder, theme: Theme, entry: Entry, says_who: str, why: str = "") -> ThemeEntry:
    """Say that a theme has to do with a line of the model, and who says so; once is enough."""
    row, fresh = ThemeEntry.objects.get_or_create(
        theme=theme, entry=entry, says_who=says_who, defaults={"why": why, "by": by}
    )
    if fresh:
        trail.leave(by, "theme mapped", theme=theme.number, entry=entry.code, says_who=says_who)
    return row


@transaction.atomic
def unmap(by: Coder, mapping: ThemeEntry) -> None:
    """Take a mapping away; the trail keeps who said so, and why."""
    trail.leave(
        by, "theme unmapped", theme=mapping.theme.number, entry=mapping.entry.code,
        says_who=mapping.says_who, why=mapping.why,
    )  # fmt: skip
    mapping.delete()


# -- findings ------------------------------------------------------------------------------------


@transaction.atomic
def add_finding(by: Coder, wanted: Mapping[str, Any]) -> Finding:
    """Write a finding (text, papers, records, themes, set_aside) under the next number."""
    project = _locked(by)
    row = Finding.objects.create(
        project=project, number=_next(project.findings), text=wanted["text"],
        set_aside=wanted.get("set_aside", ""), by=by,
    )  # fmt: skip
    _place(by, row, wanted)
    trail.leave(by, "finding written", finding=row.number)
    return row


@transaction.atomic
def change_finding(by: Coder, finding: Finding, wanted: Mapping[str, Any]) -> None:
    """Change a finding, its papers, where it is represented, or why not."""
    before = {
        "text": finding.text, "set_aside": finding.set_aside,
        "papers": [each.name for each in finding.papers.all()],
        "themes": [each.number for each in finding.themes.all()],
    }  # fmt: skip
    finding.text, finding.set_aside = wanted["text"], wanted.get("set_aside", "")
    finding.save()
    _place(by, finding, wanted)
    trail.leave(by, "finding changed", finding=finding.number, before=before)


def _place(by: Coder, finding: Finding, wanted: Mapping[str, Any]) -> None:
    """Write the papers anew. Records that a coder may not see were not in their form: they stay."""
    rows = finding.papers.all()
    (rows if theming.may_see_records(by) else rows.filter(record=None)).delete()
    stay = set(finding.papers.values_list("name", flat=True))
    papers: Iterable[str] = wanted.get("papers", ())
    records: Iterable[Record] = wanted.get("records", ())
    named: dict[str, Record | None] = dict.fromkeys(papers)
    named.update({each.called[:200]: each for each in records})
    for name in named.keys() - stay:
        FindingPaper.objects.create(finding=finding, name=name, record=named[name])
    finding.themes.set(wanted.get("themes", ()))


@transaction.atomic
def finding_away(by: Coder, finding: Finding, *, back: bool = False) -> None:
    """Take a finding off the list, or have it back."""
    day = None if back else timezone.localdate()
    Finding.objects.filter(id=finding.id).update(removed_on=day)
    did = "finding put back" if back else "finding taken away"
    trail.leave(by, did, finding=finding.number)


# -- the themes of 2023 ---------------------------------------------------------------------------


@transaction.atomic
def begin_with_2023(by: Coder) -> list[Theme]:
    """Make the six themes of 2023 with their findings, mapped to the model. Raises Refused.

    Only in a project without themes and findings: nothing of anybody's is mixed with them.
    """
    project = _locked(by)
    if project.themes.exists() or project.findings.exists():
        raise not_now("This project has themes or findings already, so these would be mixed in.")
    told = example_themes.themes_2023()
    entries = {each.code: each for each in Entry.objects.filter(version__slug=told.model)}
    made = []
    for each in told.themes:
        theme = add(by, {"name": each.name})
        for finding in each.findings:
            add_finding(by, {"text": finding.text, "papers": finding.papers, "themes": [theme]})
        for mapping in each.mapped_to:
            if mapping.entry in entries:
                map_to(by, theme, entries[mapping.entry], told.says_who, mapping.why)
        made.append(theme)
    trail.leave(by, "themes of 2023 taken", themes=len(made))
    return made


def _locked(by: Coder) -> Project:
    return Project.objects.select_for_update().get(id=by.project_id)


def _next(rows: Any) -> int:
    last = rows.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def mapping(by: Coder, theme: Theme, id: UUID) -> ThemeEntry:
    """Return a mapping of a theme. Raises Refused."""
    row = theme.mappings.select_related("entry", "theme").filter(id=id).first()
    if row is None or theme.project_id != by.project_id:
        raise Refused
    return row
