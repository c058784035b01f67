"""A plan on its way into the database: codes, sources, passages, and who marked them.

Whoever marked something in another program becomes a coder here who takes part no longer, under the
name that the file says; nobody can sign in as them. Whoever brings the file in may say that they
are one of them. They have read the file, so on what others coded in it they count as a reader.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils import timezone

from firsthand.codebook import rules
from firsthand.codebook.actions import codes as code_actions
from firsthand.codebook.actions import sources as source_actions
from firsthand.codebook.interchange.fragments import Keeping
from firsthand.codebook.interchange.plans import CodePlan, PassagePlan, Plan, SourcePlan
from firsthand.codebook.models import (
    Code,
    Coder,
    Coding,
    Example,
    Passage,
    Project,
    Source,
    Working,
)
from firsthand.codebook.refi.values import User as Named
from firsthand.codebook.rules import TurnOf
from firsthand.harms.models import Entry
from firsthand.people.actions.local import called

_BATCH = 500


class GoingIn:
    """Brings a plan into a project; `by` does it, and is `me` in the file if that is said."""

    def __init__(self, by: Coder, plan: Plan, me: str = "") -> None:
        self.by, self.plan, self.me = by, plan, me
        self.keeping = Keeping(by)
        self.codes: dict[str, Code] = {}
        self.coders: dict[str, Coder] = {}
        self.there = 0  # codes that were here before

    # -- codes ------------------------------------------------------------------------------------

    def bring_codes(self) -> None:
        """Add the codes of the file; one that is here already, by GUID or by name, is that one."""
        rows = list(self.by.project.codes.filter(deleted_on=None))
        by_guid = {str(each.guid): each for each in rows}
        gone = set(self.by.project.codes.exclude(deleted_on=None).values_list("guid", flat=True))
        by_name = {(each.parent_id, each.name.lower()): each for each in rows}
        self._codes(self.plan.codes, None, (by_guid, by_name, {str(each) for each in gone}))

    def _codes(self, plans: Iterable[CodePlan], parent: Code | None, known: Any) -> None:
        by_guid, by_name, gone = known
        for each in plans:
            place = (parent.id if parent else None, each.name.lower())
            row = by_guid.get(each.guid) or by_name.get(place)
            if row is None:
                row = self._code(each, parent, each.guid in gone)
            else:
                self.there += 1
            self.codes[each.guid] = row
            self._codes(each.children, row, known)

    def _code(self, plan: CodePlan, parent: Code | None, gone: bool) -> Code:
        texts = {name: said for name, said in plan.said.texts.items() if name in code_actions.TEXTS}
        if texts.get("pattern") not in rules.PATTERNS:
            texts.pop("pattern", None)
        row = code_actions.add(
            self.by, plan.name, parent=parent, entry=_entry(plan.said.texts.get("entry", "")),
            guid=None if gone else UUID(plan.guid), colour=plan.colour, **texts,
            examples=[text for text, _ in plan.said.examples],
        )  # fmt: skip
        for text, note in plan.said.examples:
            if note:
                Example.objects.filter(code=row, text=text).update(note=note)
        if plan.held is not None:
            self.keeping.add("code", "Code", plan.held, row.id, str(row.guid))
        return row

    # -- who --------------------------------------------------------------------------------------

    def bring_coders(self) -> None:
        """Make a coder of everyone who marked something."""
        for number, each in enumerate(self.plan.users, start=1):
            self._coder(each, number)

    def _coder(self, user: Named, number: int) -> Coder:
        if user.guid == self.me:
            row = self.by
        else:
            name = user.name or f"Coder {number}"
            someone = called(f"{self.by.project_id} {user.guid}", name)
            row, _ = Coder.objects.get_or_create(
                project=self.by.project, user=someone,
                defaults={"role": rules.CODER, "left_on": timezone.localdate()},
            )  # fmt: skip
        self.coders[user.guid] = row
        if user.guid:
            self.keeping.add("user", "User", user, row.id)
        return row

    # -- sources and passages ---------------------------------------------------------------------

    def bring_sources(self) -> Iterator[int]:
        """Add the sources with what is marked in them. Yields how many are done."""
        for done, each in enumerate(self.plan.sources, start=1):
            row = self._source(each)
            self.keeping.add("source", each.tag, each.held, row.id,
                             each.held.guid if each.held else each.guid)  # fmt: skip
            for one in each.loose:
                self.keeping.add("selection", "PlainTextSelection", one, row.id)
            self._passages(row, each.passages)
            self._workings(row, each)
            yield done

    def _source(self, plan: SourcePlan) -> Source:
        said = plan.beside
        kind = said.get("kind")
        known = {rules.REPORT, rules.DOCUMENT, rules.TRANSCRIPT, rules.SURVEY}
        study = str(said.get("study", ""))[:200]
        elsewhere = {"format": "REFI-QDA", "program": self.plan.program}
        origin = said.get("origin", {}) if said else elsewhere
        return source_actions.add(
            self.by, kind=kind if kind in known else rules.DOCUMENT, title=plan.title,
            text=plan.text, turns=_turns(said.get("turns"), len(plan.text)),
            origin=origin if isinstance(origin, dict) else {}, study=study,
        )  # fmt: skip

    @cached_property
    def _version(self) -> int:
        """The version of the codebook once the codes of the file are in it."""
        rows = Project.objects.values_list("codebook_version", flat=True)
        return rows.get(id=self.by.project_id)

    def _passages(self, source: Source, plans: list[PassagePlan]) -> None:
        rows = [self._passage(source, each) for each in plans]
        Passage.objects.bulk_create(rows, batch_size=_BATCH)
        for row, each in zip(rows, plans, strict=True):
            if each.held is not None:
                self.keeping.add("selection", "PlainTextSelection", each.held, row.id)
        Coding.objects.bulk_create(
            (
                Coding(passage=row, code=self.codes[code],
                       by_suggestion=code in self.plan.suggested.get(each.guid, ()))
                for row, each in zip(rows, plans, strict=True)
                for code in dict.fromkeys(each.codes)
            ),
            batch_size=_BATCH, ignore_conflicts=True,
        )  # fmt: skip

    def _passage(self, source: Source, plan: PassagePlan) -> Passage:
        quote, prefix, suffix = rules.around(source.text, plan.start, plan.end)
        return Passage(
            source=source, coder=self.coders[plan.user], guid=UUID(plan.guid), start=plan.start,
            end=plan.end, quote=quote, prefix=prefix, suffix=suffix, digest=source.digest,
            codebook_version=self._version, memo=plan.memo,
            made_at=_when(plan.made) or timezone.now(),
        )  # fmt: skip

    def _workings(self, source: Source, plan: SourcePlan) -> None:
        """Everyone in the file is finished with it, and whoever brings it in has seen it."""
        done = {self.coders[one.user].id for one in plan.passages}
        idle = self.plan.finished.get(plan.guid, ())
        done |= {self.coders[guid].id for guid in idle if guid in self.coders}
        if done:
            reads = self.by.id not in done
            rows = [Working(source=source, coder_id=each, finished_at=timezone.now())
                    for each in sorted(done)]  # fmt: skip
            if reads:
                rows.append(Working(source=source, coder=self.by, reads=True,
                                    finished_at=timezone.now()))  # fmt: skip
            Working.objects.bulk_create(rows, ignore_conflicts=True)

    def keep_rest(self) -> None:
        """Keep what no page here shows."""
        for kind, tag, value in self.plan.rest:
            self.keeping.add(kind, tag, value)
        self.keeping.save()


def _turns(said: Any, length: int) -> list[TurnOf]:
    """Return turns as they were said beside the file; none when they do not fit."""
    try:
        found = [TurnOf(int(start), int(end), str(speaker), str(kind))
                 for kind, start, end, speaker in said or ()]  # fmt: skip
    except (TypeError, ValueError):
        return []
    return [] if rules.wrong_with_turns(found, length) else found


def _when(said: str) -> datetime | None:
    """Return a moment; without a zone it is taken for that of Greenwich.

    Some programs write the first day of all when they mean none: in Greenwich that may be no day.
    """
    if not said:
        return None
    try:
        found = datetime.fromisoformat(said)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _entry(said: str) -> Entry | None:
    """Return the entry of the model of harm that is named "2022 E12", if it is here."""
    slug, _, code = said.strip().rpartition(" ")
    return Entry.objects.filter(version__slug=slug, code=code).first() if slug else None
