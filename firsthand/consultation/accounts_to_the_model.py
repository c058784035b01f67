"""Handing down to a draft how many people's accounts tell of each line: safe counts alone.

Counted is what its owner lets be counted, by the codes they chose. The published figures count the
same accounts by quarter, and a number that added quarters up would give away what they hold back.
So only quarters that are over count, of these only those in which the line has as many accounts
as may be shown, and the sum is rounded down to whole tens (or what the threshold is). Where that
leaves nothing, nothing is put: not even that there is something to hold back.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from firsthand.harms import handing, queries, shown
from firsthand.harms import policies as editing
from firsthand.harms.handing import Found, Leading, NotPlaced, Plan
from firsthand.harms.models import Editor, Entry, Ground, ModelVersion
from firsthand.harms.rules import TESTIMONY
from firsthand.methods.quarters import Quarter, quarter_of
from firsthand.testimony.queries import CountedRow, counted

AT = "/figures/#accounts"
TITLE = "Accounts that people let be counted"


@transaction.atomic
def accounts_down(by: Editor) -> list[Ground]:
    """Put beneath each line of a draft how many accounts tell of it. Return all of it.

    Raises Refused: no editor of the draft any more, or published already.
    """
    editor = _checked(by)
    rows, _ = handing.carry_out(editor, planned(editor))
    return rows


@transaction.atomic
def preview(by: Editor) -> Plan:
    """Say what `accounts_down` would put there. Raises Refused as it does."""
    return planned(_checked(by))


def _checked(by: Editor) -> Editor:
    editor = editing.check_editor(by.user, by.version.pk)
    editing.check_open(editor.version)
    return editor


def planned(by: Editor) -> Plan:
    """Work out what there is to be put."""
    told, lost = _told(by)
    detail = {"at_least": True} if shown.threshold() else {}
    found = [Found(code, TESTIMONY, TITLE, many, AT, detail=detail)
             for code, many in _safe(told).items()]  # fmt: skip
    aside = [NotPlaced(f"Accounts of {where}", why) for where, why in _safe(lost)]
    return handing.plan(by.version, AT, (TESTIMONY,), found, aside)


_Name = TypeVar("_Name", str, tuple[str, str])


def _safe(told: Mapping[_Name, Counter[Quarter]]) -> dict[_Name, int]:
    """Add up the quarters that may be shown, rounded down; leave out where that is nothing."""
    least = shown.threshold()
    sums = {name: sum(n for n in told[name].values() if n >= least) for name in sorted(told)}
    return {name: many - (many % least if least else 0) for name, many in sums.items() if many}


def _told(
    by: Editor,
) -> tuple[dict[str, Counter[Quarter]], dict[tuple[str, str], Counter[Quarter]]]:
    """Count accounts by line, each once beneath a line however many of its codes led there."""
    led, parents = Leading(by), _parents(by.version)
    told: dict[str, Counter[Quarter]] = defaultdict(Counter)
    lost: dict[tuple[str, str], Counter[Quarter]] = defaultdict(Counter)
    versions = {each.slug: each for each in queries.published_versions()}
    for row in _over():
        version = versions.get(row.model_version)
        ends = [(code, *(led.to(version, code) if version else ("", handing.FOREIGN)))
                for code in row.codes]  # fmt: skip
        there = {new for _, new, _ in ends if new}
        for new in there | {parents[new] for new in there if new in parents}:
            told[new][quarter_of(row.month)] += 1
        for code, _, why in ends:
            if why:
                lost[f"line {code} of {row.model_version}", why][quarter_of(row.month)] += 1
    return told, lost


def _over() -> list[CountedRow]:
    """Return what is counted of the quarters that are over."""
    today = timezone.localdate()
    return [row for row in counted(today).rows if quarter_of(row.month) < quarter_of(today)]


def _parents(of: ModelVersion) -> dict[str, str]:
    rows = Entry.objects.filter(version=of, parent__isnull=False)
    return dict(rows.values_list("code", "parent__code"))
