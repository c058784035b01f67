"""How far coders of a project agree on each code, for one who takes part.

Counted are the sources that two or more have finished, that nobody is still coding, and that the
one who looks has finished too or chose only to read: whoever may yet code a source learns nothing
of another's coding from a figure. What people told us under seal is left out,
for its length is not kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from firsthand.codebook import queries, rules
from firsthand.codebook.models import Coder, Coding, Project, Source, Working
from firsthand.methods.agreement import telling
from firsthand.methods.agreement.by_code import CodeAgreement, by_code
from firsthand.methods.agreement.coded import Document, Span
from firsthand.methods.sentences import split

SEED = 2023  # of the resampling: the same coding has the same intervals on every page


@dataclass(frozen=True)
class Agreed:
    """`codes`: each code's agreement, in the order of the codebook; `sources`: those counted."""

    codes: tuple[CodeAgreement, ...]
    sources: tuple[Source, ...]


def finished_by(project: Project) -> dict[UUID, list[Coder]]:
    """Return the coders of each source that two or more finished and that nobody still codes."""
    rows = Working.objects.filter(source__project=project, source__removed_on=None)
    rows = rows.exclude(queries.LEFT_UNFINISHED)
    held: dict[UUID, list[Working]] = {}
    for each in rows.select_related("coder__user").order_by("coder__since", "coder_id"):
        held.setdefault(each.source_id, []).append(each)
    return {
        source: [each.coder for each in of if each.stands == rules.FINISHED]
        for source, of in held.items()
        if rules.may_settle(rules.FINISHED, [each.stands for each in of])
    }


def seen_by(coder: Coder) -> dict[UUID, list[Coder]]:
    """Return those of `finished_by` that this coder is done with, and so will not code any more."""
    own = Working.objects.filter(coder=coder, finished_at__isnull=False)
    done = set(own.values_list("source_id", flat=True))
    return {each: of for each, of in finished_by(coder.project).items() if each in done}


def agreed(coder: Coder) -> Agreed:
    """Return how far the coders of a project agree on each of its codes, for one of them."""
    project, finished = coder.project, seen_by(coder)
    rows = project.sources.filter(id__in=finished, removed_on=None, item=None)
    sources = tuple(rows.order_by("number"))
    documents = [_document(each, finished[each.id]) for each in sources]
    codes = [code for _, code in queries.tree(project)]
    found = by_code(
        documents, _spans(sources, finished), [str(each.id) for each in codes],
        np.random.default_rng(SEED),
    )  # fmt: skip
    names = telling.named(found, [each.name for each in codes])
    return Agreed(names, sources)


def _document(source: Source, coders: Sequence[Coder]) -> Document:
    ends = [each.end for each in split(source.text)][:-1]  # what follows the last one is its own
    who = tuple(str(each.id) for each in coders)
    return Document(str(source.id), source.length, who, (*ends, source.length))


def _spans(sources: Sequence[Source], finished: dict[UUID, list[Coder]]) -> list[Span]:
    rows = Coding.objects.filter(
        passage__source__in=[each.id for each in sources], passage__removed_on=None,
        passage__state=rules.STANDS, code__deleted_on=None,
    )  # fmt: skip
    named = rows.values_list(
        "passage__source_id", "passage__coder_id", "code_id", "passage__start", "passage__end"
    )
    who = {source: {each.id for each in coders} for source, coders in finished.items()}
    return [
        Span(str(source), str(coder), str(code), start, end)
        for source, coder, code, start, end in named
        if coder in who[source]
    ]
