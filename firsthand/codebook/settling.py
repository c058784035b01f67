"""Where coders of a source differ, what settled it, and what is agreed in the end.

What each coded stays as it is. The agreed coding is worked out from theirs and from what settled
the differences: what all coded alike needs no settling.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from firsthand.access.refused import not_now
from firsthand.codebook import queries, rules
from firsthand.codebook.models import (
    Code,
    Coder,
    Doubled,
    Passage,
    Project,
    Settlement,
    Source,
    Working,
)
from firsthand.methods.agreement.differences import Marked, Place, Range, places, united

ALIKE, SETTLED = "alike", "settled"


@dataclass(frozen=True)
class Side:
    """What one coder marked at a place: their stretches, united."""

    coder: Coder
    ranges: tuple[Range, ...]


@dataclass(frozen=True)
class Compared:
    """A place where at least one coder gave a code, and what settled it."""

    code: Code
    start: int
    end: int
    sides: tuple[Side, ...]
    passages: tuple[Passage, ...]
    alike: bool
    settled: Settlement | None

    @property
    def key(self) -> str:
        """Name the difference, for a form: its first passage."""
        return str(self.passages[0].id)

    @property
    def is_open(self) -> bool:
        return not self.alike and self.settled is None

    @property
    def agreed(self) -> tuple[Range, ...]:
        """The stretches that are agreed here; none while it is open."""
        if self.alike:
            return self.sides[0].ranges
        if self.settled is None or self.settled.choice == rules.NEITHER:
            return ()
        if self.settled.choice == rules.NEW:
            return ((self.settled.start or 0, self.settled.end or 0),)
        taken = [
            each.ranges for each in self.sides
            if self.settled.choice == rules.ALL or each.coder == self.settled.takes
        ]  # fmt: skip
        return united(each for ranges in taken for each in ranges)


@dataclass(frozen=True)
class Wanted:
    """How a difference is to be settled. `passages`: one or more of it. `takes`: whose coding."""

    passages: tuple[UUID, ...]
    choice: str
    reason: str
    takes: Coder | None = None
    start: int | None = None
    end: int | None = None
    together: bool = False


@dataclass(frozen=True)
class AgreedSpan:
    """A stretch of the agreed coding, and how it came to be agreed."""

    code: Code
    start: int
    end: int
    how: str
    settled: Settlement | None


def check_settler(by: Coder, source: Source) -> None:
    """Refuse whoever may not see what was coded here, and say what to do. Raises Refused."""
    own = queries.working(by, source)
    stand = [each.stands for each in queries.workings_that_count(source)]
    if not rules.may_settle(rules.READS, stand):
        raise not_now(
            "What was coded here can be compared once two people or more have finished this "
            "source and nobody is still coding it."
        )
    if own is None:
        raise not_now(
            "You have not coded this source. Choose first to read what others coded; you cannot "
            "code it yourself then."
        )


def coders_of(source: Source) -> list[Coder]:
    """Return who coded a source and finished, whoever was asked first before others."""
    rows = source.workings.filter(finished_at__isnull=False, reads=False)
    rows = rows.select_related("coder__user").order_by("coder__since", "coder__user__name", "id")
    return [each.coder for each in rows]


def compared(source: Source, digest: str = "") -> list[Compared]:
    """Return every place of a source that anybody coded, in order of the text.

    Only for whoever may see it: `check_settler` is asked before, and a sealed source is opened.
    `digest`: only what was coded on the text of that digest, for a person's words change unseen.
    """
    coders = coders_of(source)
    rows = Passage.objects.filter(source=source, coder__in=coders, removed_on=None)
    rows = rows.filter(state=rules.STANDS).prefetch_related("codings__code")
    rows = rows.filter(digest=digest) if digest else rows
    settled = _settled(source)
    by_code: dict[Code, list[Passage]] = {}
    for each in rows:
        for coding in each.codings.all():
            by_code.setdefault(coding.code, []).append(each)
    found = [it for code, held in by_code.items() for it in _places(code, held, coders, settled)]
    return sorted(found, key=lambda each: (each.start, each.end, each.code.number))


def _places(
    code: Code, held: Sequence[Passage], coders: Sequence[Coder],
    settled: dict[tuple[UUID, frozenset[UUID]], Settlement],
) -> Iterable[Compared]:  # fmt: skip
    rows = {str(each.id): each for each in held}
    marks = [Marked(str(each.coder_id), each.start, each.end, key) for key, each in rows.items()]
    for place in places(marks, [str(each.id) for each in coders]):
        passages = tuple(rows[key] for key in place.keys)
        yield _compared(code, place, passages, coders, settled)


def _compared(
    code: Code, place: Place, passages: tuple[Passage, ...], coders: Sequence[Coder],
    settled: dict[tuple[UUID, frozenset[UUID]], Settlement],
) -> Compared:  # fmt: skip
    sides = tuple(Side(who, held) for who, held in zip(coders, place.held, strict=True))
    row = settled.get((code.id, frozenset(each.id for each in passages)))
    return Compared(code, place.start, place.end, sides, passages, place.alike, row)


def _settled(source: Source) -> dict[tuple[UUID, frozenset[UUID]], Settlement]:
    """Return what settles differences today. A new stretch of a text that changed settles none.

    What was settled of a code that was merged since holds for the code it was merged into, unless
    the same place was settled of that code itself.
    """
    rows = source.settlements.filter(undone_at=None).select_related("takes__user", "by__user")
    found = [
        each for each in rows.prefetch_related("passages")
        if each.choice != rules.NEW or each.digest == source.digest
    ]  # fmt: skip
    into = dict(source.project.codes.values_list("id", "merged_into_id"))
    found.sort(key=lambda each: into[each.code_id] is None)
    return {
        (_stands(each.code_id, into), frozenset(it.id for it in each.passages.all())): each
        for each in found
    }


def _stands(code: UUID, into: Mapping[UUID, UUID | None]) -> UUID:
    """Return the code that one was merged into, and that one into, or the code itself."""
    while (following := into[code]) is not None:
        code = following
    return code


def place(
    source: Source, code: Code, passages: Iterable[UUID], digest: str = ""
) -> Compared | None:
    """Return the place of a code that these passages are at; None when they are at none."""
    wanted = set(passages)
    for each in compared(source, digest):
        if each.code == code and wanted and wanted <= {it.id for it in each.passages}:
            return each
    return None


def agreed(found: Iterable[Compared]) -> list[AgreedSpan]:
    """Return the agreed coding: what all coded alike, and what settled the rest."""
    return [
        AgreedSpan(each.code, start, end, ALIKE if each.alike else SETTLED, each.settled)
        for each in found
        for start, end in each.agreed
    ]


# -- coding twice ---------------------------------------------------------------------------------


def doubled(project: Project) -> list[Doubled]:
    """Return every source that was drawn for two, with how each is."""
    rows = Doubled.objects.filter(draw__project=project, source__removed_on=None)
    rows = rows.select_related("source", "first__user", "second__user")
    return list(rows.prefetch_related("source__workings").order_by("source__number"))


def could_be_drawn(project: Project, among: Sequence[Coder]) -> list[Source]:
    """Return the sources that were in no draw yet, and that each of these coders may code: they
    may read it, and have not chosen to do no more than that."""
    before: set[int] = set()
    for pool in project.draws.values_list("pool", flat=True):
        before |= set(pool)
    reads = Working.objects.filter(source=OuterRef("id"), coder__in=among, reads=True)
    rows = queries.readable(queries.sources(project).exclude(Exists(reads)), *among)
    return [each for each in rows.order_by("number") if each.number not in before]
